"""A slow line, a server that is gone: the last choice counts, what is missing comes by itself."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.journeys import open_map

pytestmark = pytest.mark.browser

TERNOIS = "epci:200069672"
CALAIS = "epci:200090751"


LATE = """
const ask = window.fetch;
window.fetch = async (url, options) => {
  if (String(url).includes("/choix/")) await new Promise((done) => setTimeout(done, 1500));
  return ask(url, options);
};
"""
"""Each answer to a choice waits for a second and a half."""


def pick(page: Page, field: str, option: str) -> None:
    page.locator(f"input#{field}").click()
    page.get_by_role("option", name=option, exact=True).first.click()


def test_the_last_of_two_choices_wins(page, address):
    page.add_init_script(LATE)
    open_map(page, address)
    pick(page, "indicator", "Population")
    pick(page, "level", "Commune")
    expect(page.locator("#map-title")).to_contain_text("Population")
    expect(page).to_have_url(re.compile("indicateur=population&niveau=commune"))
    expect(page.locator("input#level")).to_have_value("Commune")
    pick(page, "indicator", "Densité")
    pick(page, "indicator", "Population")
    page.wait_for_timeout(3000)
    expect(page.locator("input#indicator")).to_have_value("Population")
    expect(page.locator("#map-title")).to_contain_text("Population")
    pick(page, "epci", "CC du Ternois")
    pick(page, "epci", "CA Grand Calais Terres & Mers")
    expect(page.locator("#sheet h2")).to_have_text("CA Grand Calais Terres & Mers")
    page.wait_for_timeout(2000)
    expect(page.locator("input#epci")).to_have_value("CA Grand Calais Terres & Mers")
    assert CALAIS in page.url


def test_a_sheet_that_does_not_come_says_so_and_comes_by_itself(
    browser, address, browser_context_args
):
    context = browser.new_context(**browser_context_args)
    context.add_init_script("localStorage.setItem('atlas62.visite', 'vue')")
    page = context.new_page()
    open_map(page, address)
    page.route("**/choix/**", lambda route: route.abort())
    page.evaluate("shown => dashExtensions.atlas.choose(shown)", TERNOIS)
    expect(page.locator("#outage")).to_contain_text("Le serveur ne répond pas")
    expect(page.locator("#sheet h2")).to_have_text("CC du Ternois")
    expect(page.locator("#sheet .failure")).to_contain_text("redemandée")
    expect(page.locator("#trail [aria-current]")).to_have_text("CC du Ternois")
    assert TERNOIS in page.url
    page.locator("#outage").get_by_role("button", name="Fermer").click()
    expect(page.locator("#outage")).to_be_empty()
    page.unroute("**/choix/**")
    expect(page.locator("#sheet .sentence")).to_contain_text("Ternois")
    expect(page.locator("#outage")).to_be_empty()
    context.close()


def test_a_new_sheet_opens_at_its_top_with_the_focus_on_its_heading(page, address):
    open_map(page, address + "?lieu=" + CALAIS)
    body = page.locator("#sheet-body")
    body.evaluate("e => { e.scrollTop = 900; }")
    page.locator("#sheet-body [data-place^='commune:']").first.click()
    expect(page.locator("#sheet h2")).not_to_have_text("CA Grand Calais Terres & Mers")
    expect(page.locator("#sheet h2")).to_be_focused()
    assert body.evaluate("e => e.scrollTop") == 0
    expect(page.locator("#sheet .headlines")).to_be_in_viewport()
