"""The official’s path: presses from a question to its answer, at a desk and in a hand."""

import re

import pypdfium2
import pytest
from playwright.sync_api import Locator, Page, expect

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
    """Counts what the official does; typing a name and Enter is one. To scroll is none."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0
        self.sheet = page.locator("#sheet")

    def find(self, text: str) -> None:
        expect(self.page.locator("#search")).to_be_visible()
        self.page.locator("#search").fill(text)
        expect(self.page.get_by_role("option").first).to_be_visible()
        self.page.keyboard.press("Enter")
        self.count += 1
        expect(self.sheet.locator("h2")).to_contain_text("CA de Béthune-Bruay")

    def press(self, part: Locator) -> None:
        part.first.scroll_into_view_if_needed()
        part.first.click()
        self.count += 1


@pytest.fixture
def official(screen):
    """Give somebody who has the whole département before their eyes."""
    whole = screen.locator("#sheet h2").get_by_text("Pas-de-Calais", exact=True)
    if not whole.count():
        screen.evaluate("dashExtensions.atlas.choose('departement:62')")
    expect(whole).to_be_attached()
    return Presses(screen)


def test_the_fit_of_my_epci_and_until_when(official):
    official.find("CABBALR")
    amount = official.sheet.locator(".headline-fit .headline")
    expect(amount).to_have_text(re.compile(r"^255.000.€$"))
    expect(amount).to_be_in_viewport()
    expect(official.sheet.locator(".sentence")).to_contain_text("2023-2026")
    assert official.count <= 3


def test_who_is_my_interlocutor(official):
    official.find("Béthune-Bruay")
    contact = official.sheet.locator("#interlocuteur")
    contact.scroll_into_view_if_needed()
    expect(contact.locator("strong")).to_have_text("MDADT de l’Artois")
    expect(contact.locator("strong")).to_be_in_viewport()
    expect(contact).to_contain_text("ni l’adresse")
    assert official.count <= 3


def test_my_priority_districts_and_one_of_them(official):
    official.find("cabbalr")
    districts = official.sheet.locator("section", has=official.page.locator(
        "h3", has_text="Quartiers prioritaires (QPV)"))  # fmt: skip
    official.press(districts.locator("summary"))
    official.press(districts.get_by_text("Terre-Noeve"))
    expect(official.sheet.locator("h2")).to_contain_text("Terre-Noeve")
    expect(official.sheet.locator("h2")).to_be_in_viewport()
    assert official.count <= 3


def test_beside_my_neighbours(official):
    official.find("CABBALR")
    official.press(official.sheet.get_by_role("button", name="Comparer aux voisins"))
    expect(official.sheet.locator("h2")).to_contain_text("CC du Ternois")
    expect(official.sheet.locator("h2")).to_be_in_viewport()
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


def test_no_name_of_a_district_lies_over_that_of_an_epci(page, address):
    """At Lens the quartiers are many and their names long."""
    open_map(page, address + "?lieu=epci:246200364&couches=qpv")
    expect(page.locator(".zone-name", has_text="Lens")).to_be_attached()
    expect(page.locator(".town-area").first).to_be_attached()
    over = page.evaluate("""() => {
      const boxes = (words) => [...document.querySelectorAll(words)]
        .map((one) => one.getBoundingClientRect());
      const zones = boxes(".zone-name");
      return boxes(".town-area").filter((name) => zones.some((zone) => (
        name.left < zone.right && name.right > zone.left
        && name.top < zone.bottom - 2 && name.bottom > zone.top + 2
      ))).length;
    }""")
    assert over == 0


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


def test_the_browser_s_own_print_has_map_legend_day_and_address(page, address, tmp_path):
    open_map(page, address + "?lieu=" + ARTOIS)
    seen = page.evaluate("dashExtensions.atlas.state.map.getBounds().toBBoxString()")
    texts = printed(page, tmp_path)
    first = texts[0]
    for words in (
        "FIT par habitant, par EPCI",
        "donnée non disponible",
        "a un contrat de territoire",
    ):
        assert words in first
    assert "255000€" in first.replace(" ", "")
    # a name with a rim is written twice: its letters come in pairs
    for town in ("Lillers", "Auchel", "Violaines"):
        assert re.search("".join(f"{letter}+" for letter in town), first), town
    assert "Imprimé le " in texts[-1]
    assert address + "?lieu=" + ARTOIS in texts[-1]
    # the screen is as it was, and so is the address
    assert page.evaluate("dashExtensions.atlas.state.map.getBounds().toBBoxString()") == seen
    assert page.url == address + "?lieu=" + ARTOIS


def test_a_printed_comparison_repeats_its_heads_on_every_page(page, address, tmp_path):
    open_map(page, address + f"?lieu={ARTOIS}&comparer=epci:200069482")
    texts = printed(page, tmp_path)
    last = next(rank for rank, text in enumerate(texts) if "Sièges du SDIS (direction" in text)
    assert last > 0
    for text in texts[: last + 1]:
        assert re.search(r"CC des Campagnes de l’Artois.*tirets.*Pas-de-Calais", text)


def printed(page: Page, folder) -> list[str]:
    """Return the text of each page that the browser prints."""
    content = page.pdf(path=folder / "imprimé.pdf", prefer_css_page_size=True)
    texts = []
    with pypdfium2.PdfDocument(content) as document:
        for sheet in document:
            letters = sheet.get_textpage()
            text = letters.get_text_bounded()
            texts.append(" ".join(re.sub(r"[\u00a0\u202f]", " ", text).split()))
            letters.close()
    return texts
