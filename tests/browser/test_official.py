"""The official’s path: presses from a question to its answer, at a desk and in a hand."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SEEN
from tests.browser.journeys import on_map, open_map

pytestmark = pytest.mark.browser

SIZES = {
    "desk": {"width": 1440, "height": 900},
    "hand": {"width": 390, "height": 844},
    "lying": {"width": 844, "height": 390},
    "twice": {"width": 720, "height": 450},
}
ARTOIS = "epci:200072460"
LILLERS = (50.555, 2.47)
"""In the CA de Béthune-Bruay, latitude and longitude."""


@pytest.fixture(params=SIZES, scope="module")
def screen(request, browser, browser_context_args, address):
    """Give a page of each size, open on the whole département."""
    small = request.param != "desk"
    context = browser.new_context(
        **{**browser_context_args, "viewport": SIZES[request.param]},
        has_touch=small,
        is_mobile=small,
    )
    context.add_init_script(SEEN)
    page = context.new_page()
    open_map(page, address)
    yield page
    context.close()


class Presses:
    """Counts what the official does; typing a name and Enter is one."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def find(self, text: str) -> None:
        expect(self.page.locator("#search")).to_be_visible()
        self.page.locator("#search").fill(text)
        expect(self.page.get_by_role("option").first).to_be_visible()
        self.page.keyboard.press("Enter")
        self.count += 1

    def press(self, name: str) -> None:
        self.page.locator("#sheet").get_by_role("button", name=name).first.click()
        self.count += 1


def test_fit_interlocutor_districts_and_neighbours_are_few_presses_away(screen):
    official = Presses(screen)
    official.find("CABBALR")
    sheet = screen.locator("#sheet")
    expect(sheet.locator("h2")).to_contain_text("CA de Béthune-Bruay")
    expect(sheet.locator(".headline-fit .headline")).to_be_in_viewport()
    expect(sheet).to_contain_text("2023-2026")
    assert official.count <= 3
    contact = sheet.locator("#interlocuteur")
    expect(contact).to_contain_text("MDADT de l’Artois")
    expect(contact).to_contain_text("ni l’adresse")
    expect(sheet).to_contain_text("Quartiers prioritaires (QPV)")
    official.press("Comparer aux voisins")
    expect(sheet.locator("h2")).to_contain_text("CC du Ternois")
    expect(sheet.locator("h2")).to_be_in_viewport()
    assert official.count <= 4


def test_the_whole_frame_is_seen(screen):
    wide, high = screen.viewport_size["width"], screen.viewport_size["height"]
    assert screen.evaluate("document.documentElement.scrollWidth") <= wide
    for part in ("#map", ".zoom", "#search"):
        box = screen.locator(part).first.bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= high
    assert screen.locator("#map").bounding_box()["height"] > 250


def test_a_click_in_the_open_epci_opens_the_commune(page, address):
    open_map(page, address)
    page.locator("#map").click(position=on_map(page, *LILLERS))
    expect(page.locator("#sheet h2")).to_contain_text("CA de Béthune-Bruay")
    page.wait_for_timeout(900)
    page.locator("#map").click(position=on_map(page, *LILLERS))
    expect(page.locator("#sheet .kicker")).to_contain_text("Commune")
    first = page.locator("#sheet h2").inner_text()
    page.wait_for_timeout(900)
    # from a commune to another of the same EPCI
    page.locator("#map").click(position=on_map(page, 50.56, 2.53))
    expect(page.locator("#sheet h2")).not_to_have_text(first)
    expect(page.locator("#sheet .kicker")).to_contain_text("Commune")


@pytest.mark.parametrize(("level", "count"), [("epci", 20), ("territoire", 7), ("mds", 9)])
def test_the_limits_are_those_of_the_level(page, address, level, count):
    open_map(page, address + f"?indicateur=population&niveau={level}&dessin=aplats")
    # and the outline of the département
    expect(page.locator(".leaflet-limits-pane path")).to_have_count(count + 1)
    expect(page.locator(".zone-name").first).to_be_attached()


def test_a_popup_stays_inside_what_a_phone_shows(phone, address):
    open_map(phone, address + "?lieu=" + ARTOIS)
    phone.locator("#sheet .handle").tap()
    phone.evaluate("dashExtensions.atlas.openOperation('2023-534-bethune-bruay-2')")
    card = phone.locator(".leaflet-popup")
    expect(card).to_be_visible()
    phone.wait_for_timeout(600)
    box, sheet = card.bounding_box(), phone.locator("#sheet").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert box["y"] + box["height"] <= sheet["y"] + 1
    expect(card.locator(".leaflet-popup-close-button")).to_have_attribute("aria-label", "Fermer")
    expect(phone.locator("#sheet .headline-fit .headline")).to_be_in_viewport()
