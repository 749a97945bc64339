"""Journeys on the Explorer at a desk."""

import re

import pytest
from playwright.sync_api import expect

from app.map.points import point_features
from tests.browser.journeys import on_map, open_map, search, see_communes, violations

pytestmark = pytest.mark.browser

GRAND_CALAIS = "CA Grand Calais Terres & Mers"
DARK = "#a03c27"


def title(page):
    return page.locator("#sheet h2")


def test_the_map_shows_every_commune(page, address):
    open_map(page, address)
    expect(page.locator("#sheet")).to_contain_text("1\u202f878\u202f696\u00a0€")
    expect(page.locator("#legend")).to_contain_text("FIT par habitant")


def test_grand_calais_shows_its_amount_its_communes_and_its_contract(page, address):
    open_map(page, address)
    search(page, "grand calais")
    expect(title(page)).to_have_text(GRAND_CALAIS)
    sheet = page.locator("#sheet")
    expect(sheet).to_contain_text("500\u202f000\u00a0€")
    expect(sheet).to_contain_text("Contrat de territoire")
    expect(sheet).to_contain_text("2023-2026")
    expect(sheet.get_by_role("heading", name="14 communes")).to_be_visible()
    expect(sheet.locator(".parts button")).to_have_count(14)


def test_everything_follows_a_click_on_the_map(page, address):
    open_map(page, address)
    page.locator("#map").click(position=on_map(page, 50.86, 1.82))
    expect(title(page)).to_have_text(GRAND_CALAIS)
    expect(page.locator("#trail [aria-current]")).to_have_text(GRAND_CALAIS)
    expect(page.locator("#epci")).to_have_value(GRAND_CALAIS)
    expect(page.locator("#announcements")).to_contain_text(GRAND_CALAIS)
    expect(page.locator(".leaflet-selection-pane path")).not_to_have_count(0)
    expect(page).to_have_url(re.compile(r"lieu=epci:200090751"))
    expect(page).to_have_title(f"{GRAND_CALAIS} – Atlas 62")


def test_the_address_reopens_the_same_view(page, address, context):
    view = "?lieu=epci:200090751&indicateur=population&niveau=commune&couches=qpv&vue=10.5,50.9,1.9"
    open_map(page, address + view)
    expect(title(page)).to_have_text(GRAND_CALAIS)
    expect(page.locator("#indicator")).to_have_value("Population")
    expect(page.locator("[data-layer=qpv]")).to_be_checked()
    expect(page.locator("[data-layer=operations]")).not_to_be_checked()
    where = """() => {
        const map = dashExtensions.atlas.state.map;
        return [map.getZoom(), map.getCenter().lat];
    }"""
    zoom, latitude = page.evaluate(where)
    assert (zoom, round(latitude, 2)) == (10.5, 50.9)
    again = context.new_page()
    open_map(again, page.url)
    assert again.evaluate(where) == page.evaluate(where)
    assert again.locator("#sheet").inner_text() == page.locator("#sheet").inner_text()
    assert again.locator("#legend").inner_text() == page.locator("#legend").inner_text()


def test_back_and_forward_return_to_what_was_seen(page, address):
    open_map(page, address)
    search(page, "saint omer")
    expect(title(page)).to_have_text("Saint-Omer")
    page.locator("#sheet .kicker button").first.click()
    expect(title(page)).to_have_text("Audomarois")
    page.go_back()
    expect(title(page)).to_have_text("Saint-Omer")
    page.go_back()
    expect(title(page)).to_have_text("Pas-de-Calais")
    page.go_forward()
    expect(title(page)).to_have_text("Saint-Omer")


def test_a_move_of_the_map_is_kept_in_the_address(page, address):
    open_map(page, address)
    page.get_by_role("button", name="Agrandir la carte").click()
    expect(page).to_have_url(re.compile(r"vue=[\d.]+,50\.\d+,2\.\d+"))
    page.reload()
    see_communes(page)
    assert page.evaluate("dashExtensions.atlas.state.map.getZoom()") > 9


def test_another_indicator_repaints_without_new_geometry(page, address):
    open_map(page, address)
    page.wait_for_load_state("networkidle")
    expect(page.locator("body[data-search=ready]")).to_be_attached(timeout=30_000)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("#indicator").click()
    page.get_by_role("option", name="Densité", exact=True).click()
    expect(page.locator("#map-title")).to_have_text("Densité, par EPCI (2023)")
    expect(page.locator(f'.leaflet-zones-pane path[fill="{DARK}"]')).to_have_count(0)
    assert [url for url in asked if "/geometrie/" in url] == []


def test_no_data_is_hatched_and_not_zero(page, address):
    open_map(page, address)
    hatched = page.locator('.leaflet-zones-pane path[fill="url(#no-data)"]')
    rows = page.locator("#legend tr", has_text="donnée non disponible")
    expect(hatched).to_have_count(int(rows.locator(".number").inner_text()))


def test_several_points_at_one_place_are_one_square_listed_one_by_one(page, address, catalogue):
    rows = catalogue.load("hopitaux")
    features = point_features(catalogue.layer("hopitaux"), rows)["features"]
    squares = [one for one in features if one["properties"]["shape"] == "square"]
    square = max(squares, key=lambda feature: len(feature["properties"]["items"]))
    longitude, latitude = square["geometry"]["coordinates"]
    open_map(page, f"{address}?couches=hopitaux&vue=13,{latitude},{longitude}")
    expect(page.locator(".pin-square").first).to_be_attached()
    page.locator("#map").click(position=on_map(page, latitude, longitude))
    expect(page.locator(".popup li")).to_have_count(len(square["properties"]["items"]))
    expect(page.locator(".popup")).to_contain_text("mairie")


def test_the_table_comes_when_it_is_opened_and_keeps_step(page, address):
    open_map(page, address)
    expect(page.locator("script[src*=dash_ag_grid]")).to_have_count(0)
    page.locator("#table-toggle").click()
    row = page.locator(".ag-row", has_text="CA de Lens-Liévin").first
    row.click()
    expect(title(page)).to_have_text("CA de Lens-Liévin")
    search(page, "grand calais")
    expect(page.locator(".ag-row-selected").first).to_contain_text("Grand Calais")
    page.locator(".ag-header-cell", has_text="Population").first.click()
    page.locator(".ag-row[row-index='5'] [col-id=name]").focus()
    held = page.evaluate_handle("document.activeElement")
    page.evaluate(
        "dashExtensions.atlas.set('choice', { data: { indicator: 'eleves', level: 'epci' } })"
    )
    page.wait_for_function(
        "dash_ag_grid.getApi('table').getColumnState()[1].colId === 'eleves'", timeout=5_000
    )
    expect(page.locator("[col-id=population][aria-sort]")).to_have_attribute(
        "aria-sort", "ascending"
    )
    assert held.evaluate("cell => cell === document.activeElement")
    page.locator("[data-table-rows=operations]").click()
    expect(page.locator(".ag-center-cols-container .ag-row")).to_have_count(7)
    expect(page.locator("[data-table-rows=operations]")).to_be_focused()


def test_the_keyboard_goes_from_search_to_map_to_table(page, address):
    open_map(page, address)
    page.locator("#map").focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator(".tip")).to_be_visible()
    first = page.locator("#announcements").inner_text()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#announcements")).not_to_have_text(first)
    page.keyboard.press("Enter")
    expect(title(page)).not_to_have_text("Pas-de-Calais")


def test_the_map_is_one_stop_for_the_keyboard(page, address):
    open_map(page, address)
    assert page.locator("#map [tabindex='0'], #map a[href], #map button").count() == 0
    expect(page.locator("#map")).to_have_attribute("tabindex", "0")


def test_nothing_that_the_page_does_breaks_its_own_policy(browser, browser_context_args, address):
    context = browser.new_context(**{**browser_context_args, "bypass_csp": False})
    page, errors = context.new_page(), []
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    open_map(page, address)
    search(page, "grand calais")
    expect(title(page)).to_have_text(GRAND_CALAIS)
    page.locator("#table-toggle").click()
    expect(page.locator(".ag-row").first).to_be_visible()
    context.close()
    assert errors == []


def test_an_unknown_place_opens_the_departement_and_says_so(page, address):
    open_map(page, address + "?lieu=epci:000000000&couches=volcans")
    expect(title(page)).to_have_text("Pas-de-Calais")
    expect(page.locator("#remarks")).to_contain_text("inconnu")
    expect(page.locator("#remarks")).to_contain_text("volcans")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?lieu=%3Cscript%3Edocument.title=1%3C/script%3E", "inconnu"),
        ("?indicateur=%F0%9F%92%A9&niveau=42", "inconnu"),
        ("?lieu=epci:200090751&vue=nan,&couches=" + "x," * 5_000, "Adresse trop longue"),
        ("?lieu=epci:2000%E9%&dessin=[]", "inconnu"),
    ],
)
def test_a_hostile_address_opens_a_sensible_view_and_says_what_was_ignored(
    page, address, query, said
):
    open_map(page, address + query)
    place = GRAND_CALAIS if "epci:200090751" in query else "Pas-de-Calais"
    expect(title(page)).to_have_text(place)
    expect(page.locator("#remarks")).to_contain_text(said)
    assert page.title() == f"{place} – Atlas 62"


def test_a_browser_that_hides_where_it_comes_from_gets_its_view_all_the_same(page, address):
    def without_referrer(route):
        headers = {k: v for k, v in route.request.headers.items() if k != "referer"}
        route.continue_(headers=headers)

    page.route("**/_dash-layout?*", without_referrer)
    open_map(page, address + "?lieu=epci:200090751&couches=qpv")
    expect(title(page)).to_have_text(GRAND_CALAIS)
    expect(page.locator("[data-layer=qpv]")).to_be_checked()
    expect(page).to_have_url(re.compile(r"lieu=epci:200090751&couches=qpv"))


def test_fields_come_to_whoever_goes_to_them(page, address):
    page.goto(address)
    see_communes(page)
    expect(page.locator("#sheet h2")).to_be_attached()
    expect(page.locator("input#indicator")).to_have_count(0)
    assert violations(page) == []
    # a screen reader presses without any pointer and without moving the focus
    page.get_by_role("button", name=re.compile("^Indicateur")).dispatch_event("click")
    expect(page.locator("input#indicator")).to_be_focused()
    expect(page.get_by_role("option").first).to_be_visible()


def test_the_side_of_a_switch_pressed_before_its_scripts_came_is_chosen(page, address):
    page.goto(address)
    expect(page.locator("#sheet h2")).to_be_attached()
    expect(page.locator("#first-frame")).to_have_count(0)
    page.locator("[data-still]").get_by_text("Cercles", exact=True).dispatch_event("click")
    expect(page).to_have_url(re.compile("dessin=cercles"), timeout=30_000)
    expect(page.locator("#legend")).to_contain_text("ne s’additionne pas")


def test_a_server_that_does_not_answer_is_told_and_asked_again(phone, address):
    open_map(phone, address)
    phone.route("**/choix/**", lambda route: route.abort())
    phone.evaluate("dashExtensions.atlas.choose('epci:200090751')")
    expect(phone.locator("#outage")).to_contain_text("ne répond pas")
    phone.unroute("**/choix/**")
    for place, name in (("epci:200072460", "Béthune-Bruay"), ("epci:200090751", "Grand Calais")):
        phone.evaluate("place => dashExtensions.atlas.choose(place)", place)
        expect(phone.locator("#sheet h2")).to_contain_text(name)
