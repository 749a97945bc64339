"""The Explorer in a hand: one panel at a time, three stops, nothing wider than the screen."""

import pytest
from playwright.sync_api import Page, expect

from app.web.render import FOOT, NAVIGATION
from tests.browser.journeys import on_map, open_map, violations

pytestmark = pytest.mark.browser


def height(phone: Page, panel: str) -> float:
    phone.wait_for_timeout(300)
    return phone.locator(f"#{panel}").bounding_box()["height"]


def test_the_sheet_has_three_stops(phone, address):
    open_map(phone, address)
    heights = [height(phone, "sheet")]
    for _ in range(2):
        phone.locator("#sheet .handle").tap()
        heights.append(height(phone, "sheet"))
    assert heights == sorted(heights)
    assert len({round(h) for h in heights}) == 3


def test_each_panel_opens_from_its_tab(phone, address):
    open_map(phone, address)
    phone.get_by_role("button", name="Légende", exact=True).tap()
    expect(phone.locator("#legend")).to_be_in_viewport()
    phone.get_by_role("button", name="Carte", exact=True).tap()
    expect(phone.locator("#legend")).not_to_be_in_viewport()
    assert phone.locator("#map").bounding_box()["height"] > 700
    phone.get_by_role("button", name="Tableau", exact=True).tap()
    expect(phone.locator(".ag-row").first).to_be_visible()
    phone.get_by_role("button", name="Fiche", exact=True).tap()
    expect(phone.locator("#sheet h2")).to_be_in_viewport()
    open_map(phone, address + "?tableau=operations")
    expect(phone.locator(".ag-row").first).to_be_in_viewport()
    expect(phone.get_by_role("button", name="Tableau", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_is_wider_than_the_screen(phone, address, width):
    phone.set_viewport_size({"width": width, "height": 700})
    open_map(phone, address + "?lieu=epci:200072460")
    for stop in ("peek", "half", "full"):
        phone.evaluate("stop => { document.getElementById('shell').dataset.stop = stop; }", stop)
        assert phone.evaluate("document.documentElement.scrollWidth") <= width
    sheet = phone.locator("#sheet-body")
    assert sheet.evaluate("e => e.scrollWidth - e.clientWidth") <= 0


def test_targets_are_large_enough_for_a_finger(phone, address):
    open_map(phone, address)
    phone.get_by_role("button", name="Légende", exact=True).tap()
    # Mantine writes some of its styles after the first paint
    phone.wait_for_function(
        """() => [...document.querySelectorAll(
            ".tabs button, .zoom button, .handle, .layer, .mantine-Select-input, .search input")]
          .filter(e => e.offsetParent !== null)
          .every(e => e.getBoundingClientRect().height >= 44)""",
        timeout=5_000,
    )


def test_a_tap_on_the_map_opens_the_sheet_of_the_place(phone, address):
    open_map(phone, address)
    phone.locator("#map").tap(position=on_map(phone, 50.68, 1.70))
    expect(phone.locator("#sheet h2")).to_have_text("CA du Boulonnais")


def test_the_other_pages_are_behind_a_button_whatever_the_sheet_shows(phone, address):
    phone.set_viewport_size({"width": 320, "height": 640})
    open_map(phone, address + "?lieu=contrat:ct-grand-calais")
    menu = phone.get_by_role("button", name="Menu")
    links = phone.locator("#pages a")
    expect(links.first).not_to_be_visible()
    menu.tap()
    expected = [address for address, _ in (*NAVIGATION, *FOOT)]
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(phone) == []
    assert links.evaluate_all("all => all.map(a => a.getAttribute('href'))") == expected
    assert links.evaluate_all("all => all.every(a => a.getBoundingClientRect().height >= 44)")
    phone.keyboard.press("Escape")
    expect(links.first).not_to_be_visible()
    expect(menu).to_be_focused()
    menu.tap()
    phone.get_by_role("link", name="Peut-on s’y fier").tap()
    phone.wait_for_url("**/confiance")
    assert phone.locator("h1").inner_text().startswith("Peut-on s’y fier")
