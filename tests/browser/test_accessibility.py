"""Axe finds nothing on any state of the page, at a desk or in a hand."""

import pytest
from playwright.sync_api import expect

from tests.browser.journeys import click_pin, open_map, violations

pytestmark = pytest.mark.browser

VIEWS = (
    "",
    "?lieu=epci:200090751&couches=operations,qpv,colleges",
    "?indicateur=population&niveau=commune&lieu=<script>",
    "?lieu=contrat:ct-grand-calais",
    "?lieu=qpv:QN06254M",
)


@pytest.mark.parametrize("view", VIEWS)
def test_desk(page, address, view):
    open_map(page, address + view)
    assert violations(page) == []


@pytest.mark.parametrize("view", VIEWS)
def test_phone(phone, address, view):
    open_map(phone, address + view)
    assert violations(phone) == []


def test_desk_with_the_table_and_the_search_open(page, address):
    open_map(page, address)
    page.locator("#table-toggle").click()
    expect(page.locator(".ag-row").first).to_be_visible()
    expect(page.locator("body[data-search=ready]")).to_be_attached(timeout=30_000)
    page.locator("#search").fill("calais")
    expect(page.get_by_role("option").first).to_be_visible()
    assert violations(page) == []


def test_desk_with_a_popup_open(page, address):
    open_map(page, address + "?lieu=commune:62193")
    click_pin(page)
    expect(page.locator(".leaflet-popup")).to_have_css("opacity", "1")  # it fades in
    assert violations(page) == []


@pytest.mark.parametrize("tab", ["Fiche", "Carte", "Tableau"])
def test_phone_with_each_panel_open(phone, address, tab):
    open_map(phone, address)
    phone.get_by_role("button", name=tab, exact=True).tap()
    phone.wait_for_timeout(400)
    assert violations(phone) == []
