"""Steps that several journeys take."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.known_totals import ALL_COMMUNES

SHAPES = ".leaflet-communes-pane path"

FIND_PIN = """() => {
    for (const pin of document.querySelectorAll("#map .pin")) {
        const box = pin.getBoundingClientRect();
        const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
        if (pin.contains(document.elementFromPoint(x, y))) return [x, y];
    }
    return null;
}"""

PLACE_ON_MAP = """([latitude, longitude]) => {
    const map = dashExtensions.atlas.state.map;
    const point = map.latLngToContainerPoint([latitude, longitude]);
    return { x: point.x, y: point.y };
}"""


OFTEN_MS = 20
"""``expect`` asks again after 100, 350, 850 ms, then once a second: a page is there in between."""


def wait_until(page: Page, script: str, argument: object = None) -> None:
    """Wait until a function of the page says so."""
    page.wait_for_function(script, arg=argument, polling=OFTEN_MS, timeout=60_000)


def see_communes(page: Page) -> None:
    """Wait until every commune is drawn."""
    wait_until(page, f"many => document.querySelectorAll('{SHAPES}').length === many", ALL_COMMUNES)


def open_map(page: Page, address: str) -> None:
    """Open an address and wait until every commune is drawn and the sheet is there."""
    page.goto(address)
    see_communes(page)
    expect(page.locator("#sheet h2")).to_be_attached()
    expect(page.locator(".town").first).to_be_attached()
    go_to_fields(page)


def go_to_fields(page: Page) -> None:
    """Go near the fields, which brings them."""
    # not by hovering: a browser without windows takes the pointer to be in this corner already
    page.locator(".header").dispatch_event("pointerover", {"clientX": 2, "clientY": 2})
    # their scripts are compressed when they are first asked for
    wait_until(page, "() => !document.querySelector('[data-still]')")


def search(page: Page, text: str) -> None:
    """Type into the search box, once it knows every name, and take the best answer."""
    expect(page.locator("body[data-search=ready]")).to_be_attached(timeout=30_000)
    page.locator("#search").fill(text)
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")


def click_pin(page: Page) -> None:
    """Click a pin that can be seen."""
    expect(page.locator("#map .pin").first).to_be_attached()
    page.mouse.click(*page.evaluate(FIND_PIN))


def on_map(page: Page, latitude: float, longitude: float) -> dict[str, float]:
    """Return where a place is on the map, pixels from its corner."""
    return page.evaluate(PLACE_ON_MAP, [latitude, longitude])


def violations(page: Page) -> list[str]:
    """Return what Axe finds wrong on a page as it stands: rule, and element.

    Of what is right one element a rule is enough: to tell all of them takes most of the time.
    """
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{v['id']}: {node['html'][:120]}" for v in found for node in v["nodes"]]
