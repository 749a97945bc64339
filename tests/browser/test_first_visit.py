"""The first visit: a tour that is offered once, skipped, recalled, and leaves the map alive."""

import pytest
from playwright.sync_api import expect

from app.parts.tour import STEPS
from tests.browser.conftest import PHONE
from tests.browser.journeys import click_pin, on_map, open_map, see_communes, violations

pytestmark = pytest.mark.browser

STEP = ".tour h2"


@pytest.fixture
def stranger(browser, browser_context_args):
    """Give a page of somebody who has never been here."""
    context = browser.new_context(**browser_context_args)
    yield context.new_page()
    context.close()


def test_the_tour_goes_by_the_keyboard_and_is_offered_once(stranger, address):
    open_map(stranger, address)
    expect(stranger.locator(STEP)).to_have_text(STEPS[0].title)
    assert stranger.evaluate("document.activeElement === document.body")
    assert violations(stranger) == []
    expect(stranger.locator("[data-toured] input")).to_have_id("search")
    stranger.get_by_role("button", name="Suivant").focus()
    for step in STEPS[1:]:
        stranger.keyboard.press("Enter")
        expect(stranger.locator(STEP)).to_have_text(step.title)
        for part in step.shows.split():
            expect(stranger.locator(f"#{part}")).to_have_attribute("data-toured", "yes")
    stranger.get_by_role("button", name="Précédent").click()
    expect(stranger.locator(STEP)).to_have_text(STEPS[-2].title)
    stranger.keyboard.press("Escape")
    expect(stranger.locator(".tour")).to_have_count(0)
    expect(stranger.locator("#map")).to_be_focused()
    stranger.reload()
    see_communes(stranger)
    expect(stranger.locator(".tour")).to_have_count(0)


def test_the_map_lives_while_the_tour_is_open(stranger, address):
    open_map(stranger, address)
    expect(stranger.locator(STEP)).to_be_visible()
    stranger.locator("#map").click(position=on_map(stranger, 50.86, 1.82))
    expect(stranger.locator("#sheet h2")).to_contain_text("Grand Calais")
    stranger.locator("#table-toggle").click()
    card, table = (stranger.locator(part).bounding_box() for part in (".tour", "#table-panel"))
    assert card["y"] + card["height"] <= table["y"]
    stranger.get_by_role("button", name="Passer").click()
    expect(stranger.locator(".tour")).to_have_count(0)


def test_who_comes_to_a_view_is_not_stopped_and_can_ask_for_the_tour(stranger, address):
    open_map(stranger, address + "?lieu=epci:200090751")
    expect(stranger.locator(".tour")).to_have_count(0)
    recall = stranger.get_by_role("button", name="Visite guidée")
    recall.click()
    expect(stranger.locator(".tour")).to_be_focused()
    stranger.keyboard.press("Escape")
    expect(recall).to_be_focused()
    stranger.goto(address + "aide")
    stranger.get_by_role("link", name="Faire la visite").click()
    expect(stranger.locator(STEP)).to_have_text(STEPS[0].title)
    assert not stranger.url.endswith("#visite")


def test_on_a_phone_the_tour_fits_and_has_large_buttons(browser, browser_context_args, address):
    settings = {**browser_context_args, "viewport": {**PHONE, "width": 320}}
    context = browser.new_context(**settings, has_touch=True, is_mobile=True)
    phone = context.new_page()
    open_map(phone, address)
    expect(phone.locator(STEP)).to_be_visible()
    assert violations(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320
    heights = phone.locator(".tour button").evaluate_all(
        "all => all.map(b => b.getBoundingClientRect().height)"
    )
    assert min(heights) >= 44
    phone.get_by_role("button", name="Tableau", exact=True).tap()
    expect(phone.locator(".tour")).not_to_be_visible()
    phone.get_by_role("button", name="Légende", exact=True).tap()
    phone.wait_for_timeout(400)
    card, panel = (phone.locator(part).bounding_box() for part in (".tour", "#controls"))
    assert card["y"] + card["height"] <= panel["y"]
    phone.get_by_role("button", name="Passer").tap()
    expect(phone.locator(".tour")).to_have_count(0)
    context.close()


def test_points_open_from_the_keyboard(page, address):
    open_map(page, address)
    expect(page.locator("#map .pin").first).to_be_attached()
    page.locator("#map").focus()
    page.keyboard.press("p")
    expect(page.locator(".popup")).to_contain_text("Calais")
    expect(page.locator("#announcements")).to_contain_text("Calais")
    first = page.locator(".popup").last.inner_text()
    page.keyboard.press("p")
    expect(page.locator(".popup").last).not_to_have_text(first)
    page.keyboard.press("Escape")
    expect(page.locator(".popup")).to_have_count(0)


def test_escape_hushes_what_the_pointer_says(page, address):
    open_map(page, address)
    box = page.locator("#map").bounding_box()
    at = on_map(page, 50.3, 2.6)
    page.mouse.move(box["x"] + at["x"], box["y"] + at["y"])
    expect(page.locator(".tip")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".tip")).to_have_count(0)
    click_pin(page)
    expect(page.locator(".popup")).to_be_visible()
