"""The pictures of docs/: the map at the size of a laptop and of a phone, as Chromium paints it.

``make screenshots``, or ``python -m docs.screenshots``.
"""

from pathlib import Path
from typing import Final

from playwright.sync_api import Browser

from benchmarks.browser import open_chromium, serve_atlas

FOLDER: Final = Path(__file__).parent
COMMUNES: Final = 887
SIZES: Final = ((1440, 900), (390, 844))
VIEWS: Final = {
    "departement": "/",
    "grand-calais": "/?lieu=epci:200090751",
    "comparaison": "/?lieu=epci:200090751&comparer=epci:200072460",
}
"""Name of the picture → the address that it shows."""


def take(browser: Browser, address: str, width: int, height: int, path: Path) -> None:
    """Save what a reader sees once the map and the sheet stand still."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="fr-FR", reduced_motion="reduce"
    )
    page = context.new_page()
    page.add_init_script("localStorage.setItem('atlas62.visite', 'vue')")  # no tour
    page.goto(address)
    page.locator(".leaflet-pane svg path").nth(COMMUNES).wait_for(state="attached")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=path)
    context.close()


def main() -> None:
    """Take each view at each size."""
    with serve_atlas() as address, open_chromium() as browser:
        for name, view in VIEWS.items():
            for width, height in SIZES:
                path = FOLDER / f"{name}-{width}x{height}.png"
                take(browser, f"{address}{view}", width, height, path)
                print(path.name)


if __name__ == "__main__":
    main()
