"""Names that are attacks are shown as text: in the map, the sheet, the search, the table."""

from dataclasses import replace
from types import MappingProxyType

import pytest
from playwright.sync_api import expect

from app.server import create_app
from app.settings import EMBEDDED_DATA, Settings
from layers.catalogue.layers import Catalogue
from tests.browser.journeys import click_pin, open_map

pytestmark = pytest.mark.browser

ATTACK = '<img src=x onerror="document.title=1">"\'=cmd()'


@pytest.fixture(scope="module")
def hostile(reference, serve):
    """Give the address of a map on which a commune, an EPCI and a college are called an attack."""
    communes = {**reference.communes}
    communes["62193"] = replace(communes["62193"], name=ATTACK)
    epcis = {**reference.epcis}
    epcis["200090751"] = replace(epcis["200090751"], name=ATTACK)
    attacked = replace(
        reference, communes=MappingProxyType(communes), epcis=MappingProxyType(epcis)
    )
    catalogue = Catalogue(attacked, EMBEDDED_DATA)
    catalogue.load("colleges")["name"] = ATTACK
    catalogue.load("operations")["title"] = ATTACK
    return serve(create_app(Settings(), catalogue))


def test_an_attack_is_read_as_text_everywhere(page, hostile):
    open_map(page, hostile + "?lieu=epci:200090751&couches=colleges")
    expect(page.locator("#sheet h2")).to_contain_text("<img src=x")
    page.locator("#map").focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator(".tip").first).to_contain_text("<img")
    click_pin(page)
    expect(page.locator(".popup").first).to_contain_text("<img")
    page.locator("#table-toggle").click()
    expect(page.locator(".ag-row", has_text="<img").first).to_be_visible()
    page.locator("[data-table-rows=operations]").click()
    expect(page.locator(".ag-center-cols-container .ag-row")).to_have_count(7)
    expect(page.locator(".ag-row", has_text="<img").first).to_be_visible()
    expect(page.locator("body[data-search=ready]")).to_be_attached(timeout=30_000)
    page.locator("#search").fill("img src")
    expect(page.get_by_role("option").first).to_contain_text("<img")
    assert page.locator("img").count() == 0
    assert page.title() != "1"
