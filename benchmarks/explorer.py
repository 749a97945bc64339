"""What the Explorer costs its reader: first map, cold and warm, then each thing that is done on it.

``python -m benchmarks.explorer --runs 5``. With the layers of the project, then with 5 000 points
added; beside a folium map and a plain plotly choropleth of the same data in the same run.
"""

import argparse
import logging
import statistics
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

import geopandas as gpd
import numpy as np
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from app.opening.data import open_catalogue
from app.server import create_app
from app.settings import Settings, read_settings
from benchmarks.browser import open_chromium
from benchmarks.first_map import COMMUNES, POLL_MS, WATCH_PAINT
from benchmarks.folium_map import draw, serve_page
from benchmarks.plotly_map import PAINTED as PLOTLY_PAINTED
from benchmarks.plotly_map import draw_with_plotly, serve_plotly
from geo.crs import EXCHANGE, MEASURE
from geo.perimeter import Level
from layers.catalogue.layers import Catalogue
from layers.model.layer import Layer
from layers.model.points import GEOCODED

POINTS: Final = 5_000
SEED: Final = 62
SETTLE_MS: Final = 1_500
"""Until the fields and the names for the search box are there."""
HEADER: Final = (20, 20)
"""Pixels: a point of the header, where the search box is."""

OPENING_MS: Final = 700
"""Until the list of a field has opened."""

PRESS_MS: Final = 80
"""Between the press and the release of a hand."""
RELEASED: Final = "indicator, from the release"
CHOSEN: Final = {"indicator": "Densité", RELEASED: "Collèges"}
"""Option that is chosen: pressed and released at once, timed from the press; or as by a hand."""

TIMED: Final = """
(act) => {
  const atlas = window.dashExtensions.atlas;
  const acts = {
    territory: () => atlas.choose("epci:200090751"),
    search: () => {
      const box = document.getElementById("search");
      box.focus();
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(box, "saint");
      box.dispatchEvent(new Event("input", { bubbles: true }));
    },
  };
  const dones = {
    indicator: () => document.getElementById("map-title").textContent.startsWith("Densité"),
    "indicator, from the release": () =>
      document.getElementById("map-title").textContent.startsWith("Collèges"),
    territory: () => document.querySelector("#sheet h2").textContent.includes("Grand Calais"),
    search: () => document.querySelector("#found [role=option]") !== null,
  };
  window.lasted = 0;
  const begin = () => {
    const from = performance.now();
    acts[act]?.();
    const watch = () => {
      if (!dones[act]()) return requestAnimationFrame(watch);
      requestAnimationFrame(() => { window.lasted = performance.now() - from; });
    };
    watch();
  };
  if (acts[act]) begin();
  else {
    const gesture = act === "indicator" ? "pointerdown" : "click";
    addEventListener(gesture, begin, { capture: true, once: true });
  }
}
"""
"""What is pressed is timed by the page itself."""


def act_on(page: Page, act: str) -> float:
    """Do one thing as a reader does; milliseconds until the frame after what it shows."""
    option = CHOSEN.get(act)
    if option:
        page.click("#indicator")
        page.wait_for_timeout(OPENING_MS)
    page.evaluate(TIMED, act)
    if option:
        press = PRESS_MS if act == RELEASED else 0
        page.locator("[role=option]", has_text=option).first.click(delay=press)
    while not (lasted := page.evaluate("window.lasted")):
        page.wait_for_timeout(POLL_MS)
    return float(lasted)


def points_layer(catalogue: Catalogue, count: int) -> Layer:
    """Return a layer of so many points that are drawn over the département."""
    chance = np.random.default_rng(SEED)
    model = catalogue.layers["colleges"]
    rows = catalogue.load(model.id)
    outline = catalogue.reference.outlines(Level.DEPARTEMENT).to_crs(rows.crs)
    west, south, east, north = outline.total_bounds
    drawn = rows.iloc[chance.integers(len(rows), size=count)].reset_index(drop=True)
    longitudes = chance.uniform(west, east, count)
    places = gpd.points_from_xy(longitudes, chance.uniform(south, north, count))
    drawn = drawn.assign(**{model.key: [f"point-{n}" for n in range(count)]}).set_geometry(
        gpd.GeoSeries(places, crs=rows.crs)
    )
    return replace(model, id="points", title="Points", read=lambda *_: drawn)


def areas_layer(catalogue: Catalogue, count: int) -> Layer:
    """Return a layer of so many round areas of 150 m that are drawn over the département."""
    points = points_layer(catalogue, count)
    rows = points.read(catalogue.reference, catalogue.data)
    shapes = rows.geometry.to_crs(MEASURE).buffer(150).to_crs(EXCHANGE)
    drawn = rows.set_geometry(shapes)
    fields = tuple(field for field in points.fields if field not in GEOCODED)
    return replace(
        points,
        id="surfaces",
        title="Surfaces",
        geometry="polygon",
        fields=fields,
        read=lambda *_: drawn,
    )


def with_points(catalogue: Catalogue, count: int) -> Catalogue:
    """Return a catalogue with one more layer, of so many points."""
    grown = Catalogue(catalogue.reference, catalogue.data)
    grown.layers["points"] = points_layer(catalogue, count)
    return grown


@contextmanager
def serve(catalogue: Catalogue) -> Iterator[str]:
    """Serve a catalogue from this process; yields the address."""
    server = make_server("127.0.0.1", 0, create_app(Settings(), catalogue).server, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def painted(page: Page, address: str) -> float:
    """Open an address; milliseconds from the navigation until the communes are painted."""
    page.goto(address, wait_until="commit")
    while not (when := page.evaluate("window.painted ?? 0")):
        page.wait_for_timeout(POLL_MS)
    return float(when)


def visit(browser: Browser, address: str, watch: str, acts: Sequence[str]) -> dict[str, float]:
    """Open a map cold, then warm, then do on it what it can."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.add_init_script("localStorage.setItem('atlas62.visite', 'vue')")
    page.add_init_script(watch)
    times = {f"{state} first map": painted(page, address) for state in ("cold", "warm")}
    if acts:
        page.mouse.move(*HEADER)  # who goes to the fields brings them
    page.wait_for_timeout(SETTLE_MS)
    for act in acts:
        times[act] = act_on(page, act)
        page.wait_for_timeout(SETTLE_MS)
    context.close()
    return times


PAINTED: Final = f"({WATCH_PAINT})({COMMUNES})"
ACTS: Final = (*CHOSEN, "territory", "search")


def write_table(times: Mapping[str, list[dict[str, float]]]) -> str:
    """Write the medians, milliseconds, one column a map; a dash where a map cannot do it."""
    measures = list(dict.fromkeys(name for runs in times.values() for name in runs[0]))
    lines = [f"| ms | {' | '.join(times)} |", f"| --- |{' ---: |' * len(times)}"]
    for measure in measures:
        cells = [
            f"{statistics.median(run[measure] for run in runs):.0f}" if measure in runs[0] else "-"
            for runs in times.values()
        ]
        lines.append(f"| {measure} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    """Measure and print the table."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="visits of each map (default 5)")
    runs = parser.parse_args().runs
    catalogue = open_catalogue(read_settings())
    with (
        serve(catalogue) as atlas,
        serve(with_points(catalogue, POINTS)) as crowded,
        serve_page(draw(catalogue, every_layer=False)) as folium,
        serve_plotly(draw_with_plotly(catalogue)) as plotly,
        open_chromium() as browser,
    ):
        maps = {
            "Atlas 62": (atlas, PAINTED, ACTS),
            "Atlas 62, 5 000 points": (f"{crowded}?couches=operations,points", PAINTED, ACTS),
            "folium": (folium, PAINTED, ()),
            "plotly": (plotly, PLOTLY_PAINTED, ()),
        }
        times: dict[str, list[dict[str, float]]] = {name: [] for name in maps}
        for run in range(runs + 1):
            for name, (address, watch, acts) in maps.items():
                cost = visit(browser, address, watch, acts)
                if run:
                    times[name].append(cost)
    print(f"{COMMUNES} communes, headless Chromium, medians of {runs} visits of each map.\n")
    print(write_table(times))


if __name__ == "__main__":
    main()
