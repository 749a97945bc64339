"""The offline map opened from the disk, with no network at all."""

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from app.exports.offline.contents import OfflineChoice
from app.exports.offline.page import offline_map
from geo.perimeter import Level, Perimeter
from layers.catalogue.layers import Catalogue
from tests.browser.conftest import DESK, PHONE
from tests.browser.journeys import violations

pytestmark = pytest.mark.browser

CALAIS = Perimeter(Level.EPCI, "200090751")
HOSTILE = "<img src=x onerror=alert(1)></script><script>alert(2)</script>"


@pytest.fixture(scope="module")
def file(catalogue, tmp_path_factory):
    path = tmp_path_factory.mktemp("offline") / "carte.html"
    path.write_bytes(offline_map(catalogue, OfflineChoice(CALAIS)))
    return path


@pytest.fixture
def cut_off(browser):
    """Open a file where nothing answers; whatever it asks for, or complains of, fails the test."""
    contexts, wrongs = [], []

    def start(path, *, look: bool = False, **options) -> Page:
        context = browser.new_context(locale="fr-FR", bypass_csp=look, **options)
        contexts.append(context)
        context.set_offline(True)
        page = context.new_page()
        page.on("request", lambda r: wrongs.append(r.url[:99]) if "http" in r.url[:5] else None)
        page.on("pageerror", lambda error: wrongs.append(str(error)))
        page.on("console", lambda line: wrongs.append(line.text) if line.type == "error" else None)
        page.on("dialog", lambda dialog: wrongs.append(dialog.message) or dialog.dismiss())
        page.goto(path.as_uri())
        expect(page.locator("#sheet h2")).to_be_visible()
        return page

    yield start
    for context in contexts:
        context.close()
    assert wrongs == []


def test_a_desk_has_map_legend_search_layers_sheets_and_sources(cut_off, file):
    page = cut_off(file, viewport=DESK)
    expect(page.locator(".leaflet-communes-pane path")).to_have_count(14)
    expect(page.locator("#sheet h2")).to_have_text("CA Grand Calais Terres & Mers")
    expect(page.locator("#legend")).to_contain_text("FIT par habitant")
    page.locator("#theme").select_option(label="Population, par commune (2023)")
    expect(page.locator("#map-title")).to_have_text("Population, par commune (2023)")
    expect(page.locator(".leaflet-circles-pane path").nth(13)).to_be_attached()
    expect(page.locator("#map .pin")).to_have_count(1)
    page.get_by_label("Collèges").check()
    expect(page.locator("#map .pin").nth(9)).to_be_attached()
    page.locator("#search").fill("saint tricat")
    page.keyboard.press("Enter")
    expect(page.locator("#sheet h2")).to_have_text("Saint-Tricat")
    expect(page).to_have_title("Saint-Tricat – Atlas 62")
    page.get_by_role("navigation").get_by_role("button", name="CA Grand Calais").click()
    expect(page.locator("#sheet h2")).to_have_text("CA Grand Calais Terres & Mers")
    page.get_by_text("Toutes les sources").click()
    expect(page.locator(".sources")).to_contain_text("Licence Ouverte")


def test_a_click_on_the_map_opens_a_sheet_and_a_pin_its_card(cut_off, file):
    page = cut_off(file, viewport=DESK)
    page.locator(".leaflet-communes-pane path").nth(3).click()
    expect(page.locator("#sheet .kicker")).to_contain_text("Commune")
    page.locator("#map .pin").first.click()
    expect(page.locator(".leaflet-popup")).to_contain_text("piscine")


def test_a_phone_opens_it_too_and_axe_finds_nothing(cut_off, file):
    for options in ({"viewport": DESK}, {"viewport": PHONE, "has_touch": True, "is_mobile": True}):
        page = cut_off(file, look=True, **options)
        expect(page.locator(".town").first).to_be_visible()
        assert violations(page) == []
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= options["viewport"]["width"]
    page.get_by_role("button", name="Carte", exact=True).tap()
    expect(page.locator("#theme")).to_be_visible()


def test_a_hostile_name_is_a_text_from_the_search_to_the_card(cut_off, catalogue, tmp_path):
    def read(_reference, _data):
        rows = catalogue.load("colleges").copy()
        rows["name"] = HOSTILE
        return rows

    layers = [
        replace(layer, read=read) if layer.id == "colleges" else layer
        for layer in catalogue.layers.values()
    ]
    attacked = Catalogue(catalogue.reference, catalogue.data, layers)
    choice = OfflineChoice(Perimeter(Level.COMMUNE, "62193"), layers=("colleges",), title=HOSTILE)
    path = tmp_path / "carte.html"
    path.write_bytes(offline_map(attacked, choice))
    page = cut_off(path, viewport=DESK)
    assert page.title().startswith(HOSTILE)
    page.locator("#search").fill("onerror")
    expect(page.get_by_role("option").first).to_contain_text("<img src=x")
    page.keyboard.press("Escape")
    page.locator("#map .pin").first.dispatch_event("click")
    expect(page.locator("#sheet")).to_contain_text(HOSTILE)
