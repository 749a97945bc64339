"""The first frame: the same picture before and after the scripts, and a page without them."""

import io
import re
from urllib.parse import unquote

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, FIRST_FRAME, PHONE, SEEN
from tests.known_totals import ALL_COMMUNES

pytestmark = pytest.mark.browser

VIEWS = {
    "whole": "",
    "place": "?lieu=epci:200090751",
    "communes": "?niveau=commune&indicateur=densite&lieu=commune:62193",
    "circles": "?indicateur=population&couches=contrats,qpv,operations",
    "gaps": "ecarts?service=lycees&sites=62041",
    "left there": "?lieu=epci:200069672&comparer=epci:200090751&couches=colleges&vue=9.5,50.5,2.3",
}
DIFFERENT = 64
"""Of 255, from which on a pixel is another one: below is the edge of a line or of a letter."""
MOST_DIFFERENT = 0.02
"""Of all pixels: whole pixels of a border or of a name that is set a little to the side."""


def still(browser, viewport, **more) -> Page:
    """Return a page that stays at its first frame."""
    phone = viewport is PHONE
    context = browser.new_context(
        viewport=viewport, locale="fr-FR", has_touch=phone, is_mobile=phone, bypass_csp=True, **more
    )
    context.add_init_script(SEEN)
    page = context.new_page()
    page.stays_still = True
    return page


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def plain(request, browser):
    page = still(browser, request.param, java_script_enabled=False)
    yield page
    page.context.close()


def hold_scripts(page):
    """Keep the scripts of the page back; return what lets them come."""
    held, free = [], []

    def hold(route):
        if free:
            route.continue_()
        else:
            held.append(route)

    def let_come():
        free.append(True)
        for route in held:
            route.continue_()

    page.route(re.compile(r"/atlas/atlas-\w+\.js"), hold)
    return let_come


@pytest.mark.parametrize(
    ("view", "viewport"),
    [*((view, DESK) for view in VIEWS), ("whole", PHONE), ("left there", PHONE)],
    ids=lambda given: given if isinstance(given, str) else f"{given['width']}",
)
def test_the_scripts_take_over_without_a_change_to_be_seen(browser, address, viewport, view):
    page = still(browser, viewport)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    let_come = hold_scripts(page)
    page.goto(address + VIEWS[view], wait_until="commit")
    expect(page.locator(FIRST_FRAME)).to_be_visible()
    page.evaluate("document.fonts.ready.then(() => 1)")
    before = Image.open(io.BytesIO(page.screenshot())).convert("L")
    let_come()
    expect(page.locator(FIRST_FRAME)).to_have_count(0)
    page.mouse.move(2, 2)
    after = Image.open(io.BytesIO(page.screenshot())).convert("L")
    changed = ImageChops.difference(before, after).histogram()[DIFFERENT:]
    assert sum(changed) / (before.width * before.height) < MOST_DIFFERENT
    outlines = [url for url in asked if "/geometrie/" in url]
    assert len(outlines) == len(set(outlines))
    if view == "whole":
        assert not [
            url for url in outlines if re.search(r"(commune|epci|departement)-far|around", url)
        ]
        expect(page.locator(".leaflet-communes-pane path")).to_have_count(ALL_COMMUNES)
    page.context.close()


def test_what_is_written_and_pressed_before_the_scripts_is_not_lost(browser, address):
    page = still(browser, DESK)
    let_come = hold_scripts(page)
    page.goto(address, wait_until="commit")
    page.get_by_role("button", name="Agrandir la carte").click()
    page.locator("#search").press_sequentially("bethu")
    page.locator("#legend summary").first.click()
    let_come()
    expect(page.locator(FIRST_FRAME)).to_have_count(0)
    expect(page.locator("#search")).to_have_value("bethu")
    expect(page.locator("#search")).to_be_focused()
    expect(page.get_by_role("option").first).to_be_visible()
    expect(page.locator("#legend details").first).to_have_attribute("open", "")
    page.wait_for_function("dashExtensions.atlas.state.map.getZoom() > 9")
    page.context.close()


def test_the_map_the_sheet_and_the_legend_are_there_without_scripts(plain, address):
    plain.goto(address)
    expect(plain.locator("#sheet h2")).to_have_text("Pas-de-Calais")
    expect(plain.locator("#legend")).to_contain_text("FIT par habitant")
    expect(plain.locator(".frame-zones path")).to_have_count(20)
    box = plain.locator(".frame-coast").bounding_box()
    assert box["width"] > 200
    expect(plain.locator(".name-town:visible").first).to_be_attached()
    # what only scripts could do is not offered
    expect(plain.locator("button:not([type=submit]):visible")).to_have_count(0)
    expect(plain.locator("input[type=checkbox]:visible")).to_have_count(0)


def test_a_place_is_opened_from_the_map_and_from_a_list(plain, address):
    plain.goto(address)
    plain.locator(".frame-zones a[href*='200090751']").click()
    expect(plain.locator("#sheet h2")).to_have_text("CA Grand Calais Terres & Mers")
    assert "lieu=epci:200090751" in unquote(plain.url)
    plain.locator("#trail").get_by_role("link", name="Pas-de-Calais").click()
    expect(plain.locator("#sheet h2")).to_have_text("Pas-de-Calais")


def test_the_indicator_the_level_and_the_measure_are_chosen_without_scripts(plain, address):
    plain.goto(address + "?lieu=epci:200090751")
    plain.get_by_label("Indicateur", exact=True).select_option("densite")
    plain.locator("[data-still=indicator]").get_by_role("button", name="Afficher").click()
    expect(plain.locator("#map-title")).to_contain_text("Densité")
    plain.get_by_label("Par", exact=True).select_option("commune")
    plain.locator("[data-still=level]").get_by_role("button", name="Afficher").click()
    expect(plain.locator("#map-title")).to_contain_text("par commune")
    assert {"lieu=epci:200090751", "indicateur=densite", "niveau=commune"} <= set(
        unquote(plain.url).partition("?")[2].split("&")
    )


def test_a_search_without_scripts_has_results_that_open_places(plain, address):
    plain.goto(address)
    plain.locator("#search").fill("bethune")
    plain.locator("#search").press("Enter")
    expect(plain.get_by_role("heading", name="Communes")).to_be_visible()
    plain.get_by_role("link", name="Béthune", exact=True).first.click()
    expect(plain.locator("#sheet h2")).to_have_text("Béthune")


def test_the_table_without_scripts_turns_its_pages(plain, address):
    plain.goto(address + "?niveau=commune&indicateur=densite")
    plain.locator("#table-toggle").click()
    rows = plain.locator(".plain-table tbody tr")
    expect(rows).to_have_count(50)
    first = rows.first.inner_text()
    plain.get_by_role("link", name="Lignes suivantes").click()
    expect(plain.locator(".table-bar")).to_contain_text("51 à 100")
    assert rows.first.inner_text() != first
    rows.first.get_by_role("link").click()
    assert "lieu=commune:" in unquote(plain.url)


def test_a_question_of_gaps_is_asked_and_answered_without_scripts(plain, address):
    plain.goto(address + "ecarts")
    plain.locator("#gap-service").select_option("lycees")
    plain.locator("#gap-threshold").fill("20")
    plain.get_by_role("button", name="Répondre").click()
    expect(plain.locator("#sheet .sentence")).to_contain_text("lycée")
    plain.locator("#gap-commune").fill("Hesdin")
    plain.get_by_role("button", name="Ouvrir").click()
    expect(plain.locator(".sites .site-name")).to_have_text("Hesdin-la-Forêt")
    expect(plain.locator(".frame-site")).to_have_count(1)
    assert plain.url.endswith("/ecarts?service=lycees&sites=Hesdin")
    plain.locator("#table-toggle").click()
    expect(plain.locator(".plain-table tbody tr")).to_have_count(50)
    expect(plain.locator("button:not([type=submit]):visible")).to_have_count(0)
