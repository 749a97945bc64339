"""How soon the first map is painted and how much it transfers, beside folium in the same run.

``make bench``, or ``python -m benchmarks.first_map --runs 9``, on a slow phone with ``--phone``.
Each visit has a new browser context, so a cold cache; the maps take turns; the table gives medians.
"""

import argparse
import statistics
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from playwright.sync_api import Browser, CDPSession

from app.opening.data import open_catalogue
from app.settings import read_settings
from benchmarks.browser import open_chromium, serve_atlas
from benchmarks.folium_map import draw, serve_page

COMMUNES: Final = 887
POLL_MS: Final = 100
QUIET_MS: Final = 1000
"""After the paint, what still arrives in this time is counted too."""

KINDS: Final = ("Document", "Script", "Stylesheet", "Font", "Image", "Data")

DESK: Final[Mapping[str, Any]] = {"viewport": {"width": 1440, "height": 900}}
PHONE: Final[Mapping[str, Any]] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
}
SLOWER: Final = 4
"""Times by which the processor of a slow phone is slower than this one's."""
LINE: Final[dict[str, Any]] = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
"""Of a slow phone: milliseconds, bytes a second."""

WATCH_PAINT: Final = """
(communes) => {
  const paths = '.leaflet-pane svg path[d^="M"], .frame-ground path[d^="M"]';
  const drawn = () => document.querySelectorAll(paths).length;
  const watch = () => {
    if (drawn() < communes) return requestAnimationFrame(watch);
    const note = () => { window.painted = performance.now(); };
    requestAnimationFrame(() => requestAnimationFrame(note));
  };
  watch();
}
"""


TAKEN_OVER: Final = "performance.getEntriesByName('reprise')[0]?.startTime ?? 0"


@dataclass
class Visit:
    """What one cold visit cost.

    Parameters
    ----------
    painted_ms
        From the start of the navigation to the frame after the last commune is drawn, by whom ever.
    taken_over_ms
        Until the scripts lead the map that the server drew; 0 where they drew it themselves.
    requests
        Number of answers.
    transferred
        Bytes on the wire, headers included, by kind.
    """

    painted_ms: float = 0.0
    taken_over_ms: float = 0.0
    requests: int = 0
    transferred: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def total(self) -> int:
        """Bytes of all kinds."""
        return sum(self.transferred.values())


def visit(browser: Browser, address: str, *, phone: bool = False) -> Visit:
    """Open an address with an empty cache and wait for the communes; on a slow phone if asked."""
    result = Visit()
    context = browser.new_context(**PHONE if phone else DESK)
    page = context.new_page()
    session = context.new_cdp_session(page)
    _count_bytes(session, result)
    if phone:
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        session.send("Network.emulateNetworkConditions", LINE)
    page.add_init_script(f"({WATCH_PAINT})({COMMUNES})")
    page.goto(address, wait_until="commit")
    while not result.painted_ms:  # wait_for_function would need eval, which the page forbids
        page.wait_for_timeout(POLL_MS)
        result.painted_ms = page.evaluate("window.painted ?? 0")
    if page.evaluate("Boolean(document.getElementById('first-frame'))"):
        while not result.taken_over_ms:
            page.wait_for_timeout(POLL_MS)
            result.taken_over_ms = page.evaluate(TAKEN_OVER)
    page.wait_for_timeout(QUIET_MS)
    context.close()
    return result


def _count_bytes(session: CDPSession, result: Visit) -> None:
    kinds: dict[str, str] = {}

    def received(event: dict[str, Any]) -> None:
        kind = event["type"]
        kinds[event["requestId"]] = kind if kind in KINDS else "Data"

    def finished(event: dict[str, Any]) -> None:
        if event["requestId"] in kinds:
            result.requests += 1
            result.transferred[kinds[event["requestId"]]] += int(event["encodedDataLength"])

    session.on("Network.responseReceived", received)
    session.on("Network.loadingFinished", finished)
    session.send("Network.enable")


def measure(
    addresses: Mapping[str, str], runs: int, *, phone: bool = False
) -> dict[str, list[Visit]]:
    """Visit each address in turn, ``runs`` times, after one visit that does not count."""
    visits: dict[str, list[Visit]] = {name: [] for name in addresses}
    with open_chromium() as browser:
        for run in range(runs + 1):
            for name, address in addresses.items():
                cost = visit(browser, address, phone=phone)
                if run:
                    visits[name].append(cost)
    return visits


def write_table(visits: Mapping[str, list[Visit]]) -> str:
    """Write the medians as a Markdown table, one column a map, the spread of the times below."""
    measures: dict[str, Callable[[Visit], float]] = {
        "painted (ms)": lambda visit: visit.painted_ms,
        "in the scripts’ hands (ms)": lambda visit: visit.taken_over_ms or visit.painted_ms,
        "transferred (KB)": lambda visit: visit.total / 1000,
        **{f"- {kind.lower()} (KB)": partial(_kilobytes, kind=kind) for kind in KINDS},
        "requests": lambda visit: visit.requests,
    }
    lines = [f"| median | {' | '.join(visits)} |", f"| --- |{' ---: |' * len(visits)}"]
    for label, measure_of in measures.items():
        medians = [statistics.median(map(measure_of, cost)) for cost in visits.values()]
        lines.append(f"| {label} | {' | '.join(f'{median:.0f}' for median in medians)} |")
    spreads = [[visit.painted_ms for visit in cost] for cost in visits.values()]
    spans = [f"{min(times):.0f} to {max(times):.0f}" for times in spreads]
    return "\n".join([*lines, f"| fastest to slowest (ms) | {' | '.join(spans)} |"])


def _kilobytes(visit: Visit, kind: str) -> float:
    return visit.transferred[kind] / 1000


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7, help="visits of each map (default 7)")
    parser.add_argument(
        "--phone",
        action="store_true",
        help="on a slow phone: processor ÷ 4, 1.6 Mbit/s, 150 ms",
    )
    asked = parser.parse_args()
    runs = asked.runs
    catalogue = open_catalogue(read_settings())
    few, all_layers = (draw(catalogue, every_layer=every_layer) for every_layer in (False, True))
    with serve_atlas() as atlas, serve_page(few) as peer, serve_page(all_layers) as full_peer:
        addresses = {"Atlas 62": atlas, "folium": peer, "folium, every layer": full_peer}
        visits = measure(addresses, runs, phone=asked.phone)
    where = "headless Chromium as a slow phone" if asked.phone else "headless Chromium"
    print(f"{COMMUNES} communes, cold cache, {where}, {runs} visits of each map.\n")
    print(write_table(visits))


if __name__ == "__main__":
    main()
