"""The offline map of the département beside the map that folium saves of the same layers.

``python -m benchmarks.offline --runs 5``; under a minute. Both files are opened from the disk by a
Chromium that has no network at all, and folium's also from a server of this machine that has its
libraries. Painted: when the last of the 887 communes is drawn.
"""

import argparse
import re
import statistics
import tempfile
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser

from app.exports.offline.contents import OfflineChoice
from app.exports.offline.page import offline_map
from app.settings import EMBEDDED_DATA
from benchmarks.browser import open_chromium
from benchmarks.first_map import COMMUNES, POLL_MS, WATCH_PAINT
from benchmarks.folium_map import draw, serve_page
from geo.reference.places import Reference
from layers.catalogue.layers import Catalogue

PATIENCE_MS: Final = 8_000


def paint(browser: Browser, address: str, *, network: bool) -> float | None:
    """Open an address with an empty cache; return milliseconds to the paint, None for never."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=not network)
    page = context.new_page()
    page.add_init_script(f"({WATCH_PAINT})({COMMUNES})")
    page.goto(address, wait_until="commit")
    painted, waited = 0.0, 0
    while not painted and waited < PATIENCE_MS:
        page.wait_for_timeout(POLL_MS)
        waited += POLL_MS
        painted = page.evaluate("window.painted ?? 0")
    context.close()
    return painted or None


def median(browser: Browser, address: str, runs: int, *, network: bool) -> str:
    """Return the median of some visits, after one that does not count, or ``never``."""
    if paint(browser, address, network=network) is None:
        return "never"
    times = [paint(browser, address, network=network) for _ in range(runs)]
    known = [time for time in times if time is not None]
    return f"{statistics.median(known):.0f}" if len(known) == runs else "not each time"


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    catalogue = Catalogue(Reference.load(EMBEDDED_DATA / "communes"), EMBEDDED_DATA)
    ours, peer = offline_map(catalogue, OfflineChoice()), draw(catalogue, every_layer=True)
    files = len(re.findall(r'(?:src|href)="/cdn/', peer))
    with tempfile.TemporaryDirectory() as scratch, open_chromium() as browser:
        paths = [Path(scratch) / name for name in ("atlas.html", "folium.html")]
        paths[0].write_bytes(ours)
        paths[1].write_text(peer, encoding="utf-8")
        alone = [median(browser, path.as_uri(), runs, network=False) for path in paths]
        with serve_page(peer) as address:
            served = median(browser, address, runs, network=True)
    print("| the département, every layer | KB | other files that it asks for "
          "| painted without a network (ms) | painted with one (ms) |")  # fmt: skip
    print("| --- | ---: | ---: | ---: | ---: |")
    print(f"| Atlas 62, search, sheets and sources inside | {len(ours) / 1000:.0f} | 0 "
          f"| {alone[0]} | {alone[0]} |")  # fmt: skip
    print(f"| folium, saved | {len(peer.encode()) / 1000:.0f} | {files} | {alone[1]} | {served} |")


if __name__ == "__main__":
    main()
