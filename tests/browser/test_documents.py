"""The documents in a browser: accessible, alone on the network, fit for a phone and for paper."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from app.web.addresses import (
    ACCESSIBILITY,
    API,
    FUNDING,
    HELP,
    POSITIONS,
    TRUST,
    contract_url,
    finding_url,
    geocoder_url,
    operation_url,
    position_url,
)
from tests.browser.journeys import violations

pytestmark = pytest.mark.browser

CALAIS = operation_url("2023-534-grand-calais-1")
DISCREPANCY = "chiffres.superficie.surface.territoire:calaisis"
PAGES = (
    TRUST,
    f"{TRUST}?statut=connu",
    FUNDING,
    CALAIS,
    operation_url("2023-534-fauquembergues-1"),
    contract_url("ct-ternois"),
    contract_url("cv-marquise"),
    POSITIONS,
    position_url("mairies", "mairie-62139"),
    geocoder_url("Auchy"),
    HELP,
    ACCESSIBILITY,
    f"{API}/collections?f=html",
    f"{API}/collections/operations/items?f=html",
)


@pytest.mark.parametrize("path", PAGES)
def test_desk(page, address, path):
    page.goto(address + path[1:])
    expect(page.locator("h1")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_phone(phone, address, path):
    phone.goto(address + path[1:])
    assert violations(phone) == []
    width = phone.evaluate("document.documentElement.scrollWidth")
    assert width == phone.evaluate("window.innerWidth")


def test_everything_unfolded(page, address):
    page.goto(address + TRUST[1:])
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    expect(page.locator(".finding").last).to_be_visible()
    assert violations(page) == []


def test_a_page_needs_no_script(page, address):
    page.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(address + CALAIS[1:])
    expect(page.locator("h1")).to_be_visible()
    scripts = page.locator("script").evaluate_all("all => all.map(one => one.src)")
    assert [url for url in scripts if "/atlas/search-" not in url] == [], "the search alone"


def test_the_link_to_a_finding_unfolds_it(page, address):
    page.goto(address + finding_url(DISCREPANCY)[1:])
    finding = page.locator(f"[id='{DISCREPANCY}']")
    expect(finding).to_be_visible()
    expect(finding).to_contain_text("401")
    assert quote(DISCREPANCY) in page.url


def test_from_a_figure_to_the_words_of_its_line(page, address):
    page.goto(address + CALAIS[1:])
    page.get_by_role("link", name=re.compile(r"Voir la source, l.\s2028")).first.click()
    note = page.locator(":target")
    expect(note).to_be_in_viewport()
    expect(note).to_contain_text("Fonds propres (GCTM) 2 000 000,00 €")


def test_from_a_document_to_the_map_and_from_the_search_box(page, address):
    page.goto(address + CALAIS[1:])
    page.get_by_role("link", name="Voir Calais sur la carte").click()
    expect(page.locator("#sheet-body h2").first).to_have_text("Calais")
    page.goto(address + FUNDING[1:])
    page.locator("#search").fill("ternois")
    page.get_by_role("option", name="CC du Ternois").first.click()
    expect(page.locator("#sheet-body h2").first).to_contain_text("Ternois")


def test_on_paper_only_the_document_stays(page, address):
    page.goto(address + FUNDING[1:])
    page.emulate_media(media="print")
    expect(page.locator(".nav")).to_be_hidden()
    expect(page.get_by_role("searchbox")).to_be_hidden()
    expect(page.locator(".printed-address")).to_have_text(FUNDING)
    expect(page.locator("tfoot").first).to_have_css("display", "table-row-group")


def test_what_is_folded_on_screen_is_whole_on_paper(page, address):
    for path in ("contrat/ct-bethune-bruay", "operation/2023-534-bethune-bruay-1"):
        page.goto(address + path)
        page.emulate_media(media="print")
        for folded in page.locator("details").all():
            assert folded.locator("summary").bounding_box()["height"] < 60
            assert folded.bounding_box()["height"] > 60
        page.emulate_media(media="screen")
