"""Two agglomerations side by side, the link that opens them again, its QR code, paper."""

import pytest
from playwright.sync_api import expect

from tests.browser.journeys import open_map, search, violations

pytestmark = pytest.mark.browser

BOTH = "?lieu=epci:200090751&comparer=epci:200072460"
OUTLINES = ".leaflet-selection-pane path"


def test_two_agglomerations_are_set_side_by_side_and_shared(page, address, context):
    open_map(page, address + "?lieu=epci:200090751")
    expect(page.locator("body[data-search=ready]")).to_be_attached(timeout=30_000)
    page.get_by_role("button", name="Comparer avec un autre").click()
    expect(page.locator("#search")).to_be_focused()
    expect(page.get_by_role("option")).to_have_count(19)
    search(page, "bethnue")
    expect(page.locator(".compared-places thead th")).to_have_count(3)
    expect(page.locator("#sheet")).to_contain_text("255\u202f000\u00a0€")
    expect(page.locator(OUTLINES)).to_have_count(4)
    assert page.url == address + BOTH
    assert violations(page) == []
    again = context.new_page()
    open_map(again, page.url)
    assert again.locator("#sheet").inner_text() == page.locator("#sheet").inner_text()
    again.close()
    page.get_by_role("button", name="Quitter la comparaison").click()
    expect(page.locator("#sheet h2")).to_have_text("CA Grand Calais Terres & Mers")
    page.go_back()
    expect(page.locator(".compared-places")).to_be_attached()
    assert page.url == address + BOTH


def test_a_view_is_taken_along_as_a_qr_code_and_on_paper(page, address):
    open_map(page, address + BOTH)
    page.locator(".trail-bar").get_by_role("button", name="Code QR").click()
    code = page.locator("dialog img")
    expect(code).to_be_visible()
    page.wait_for_function("document.querySelector('dialog img').naturalWidth > 100")
    expect(page.locator("dialog")).to_contain_text(page.url)
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(code).not_to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("#map")).to_be_visible()
    expect(page.locator("#legend .legend-table")).to_be_visible()
    expect(page.locator("#timeline")).not_to_be_visible()
    expect(page.locator(".compared-places")).to_be_visible()
    sheet = page.locator("#sheet-body")
    assert sheet.evaluate("e => getComputedStyle(e).overflowY") == "visible"


@pytest.mark.parametrize(
    ("width", "query"),
    [
        (390, BOTH + ",epci:246200364"),
        (320, "?comparer=contrat:ct-grand-calais,contrat:ct-ternois,contrat:cv-marquise"),
        (320, "?comparer=qpv:QN06254M,qpv:QN06205M"),
    ],
)
def test_what_is_compared_fits_in_a_hand(phone, address, width, query):
    phone.set_viewport_size({"width": width, "height": 844})
    open_map(phone, address + query)
    first = phone.locator(".compared-places tbody td").first.bounding_box()
    tabs = phone.locator(".tabs").bounding_box()
    assert first["y"] + first["height"] <= tabs["y"], "no figure is seen before the sheet is opened"
    phone.locator("#sheet .handle").tap()
    phone.locator("#sheet .handle").tap()
    phone.wait_for_timeout(400)
    sheet = phone.locator("#sheet-body")
    assert sheet.evaluate("e => e.scrollWidth - e.clientWidth") <= 0
    assert phone.evaluate("document.documentElement.scrollWidth") <= width
    buttons = sheet.locator(".in-hand button")
    assert buttons.evaluate_all("all => all.every(b => b.getBoundingClientRect().height >= 44)")
    assert violations(phone) == []
