"""What is read aloud of the pages with a map, in order, and how they stand other needs."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK
from tests.browser.journeys import click_pin, open_map

pytestmark = pytest.mark.browser

SPOKEN = Path(__file__).parents[1] / "fixtures" / "spoken"
LANDMARKS = re.compile(
    r"^ *- (banner|navigation|main|search|contentinfo|region|heading|form|table|toolbar|group)\b.*"
)
PAGES = {"explorer": "", "place": "?lieu=epci:200090751", "gaps": "ecarts?service=lycees"}
NARROW = {"width": 320, "height": 256}
"""Pixels of CSS of a screen of 1 280 × 1 024 at 400 %."""


@pytest.fixture(scope="module")
def plain(browser):
    context = browser.new_context(viewport=DESK, locale="fr-FR", java_script_enabled=False)
    page = context.new_page()
    page.stays_still = True
    yield page
    context.close()


def outline(page):
    """Return the landmarks and the headings, in the order in which they are read aloud."""
    lines = page.locator("body").aria_snapshot().splitlines()
    return "\n".join(line.rstrip(":") for line in lines if LANDMARKS.match(line)) + "\n"


@pytest.mark.parametrize("name", PAGES)
def test_landmarks_and_headings_are_read_in_this_order(plain, address, name):
    plain.goto(address + PAGES[name])
    kept = SPOKEN / f"{name}.txt"
    if not kept.exists():  # take it away, look at what is written anew
        kept.write_text(outline(plain), encoding="utf-8")
    assert outline(plain) == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_a_page_at_400_percent(plain, address, name):
    plain.set_viewport_size(NARROW)
    plain.goto(address + PAGES[name])
    parts = plain.locator("#shell, .header, #sheet, #controls, .map-room, .footer").all()
    wide = [box["x"] + box["width"] for part in parts if (box := part.bounding_box())]
    plain.set_viewport_size(DESK)
    assert wide
    assert max(wide) <= NARROW["width"]


def test_a_card_closed_by_the_keyboard_gives_the_focus_back(page, address):
    page.emulate_media(reduced_motion="reduce", forced_colors="active", contrast="more")
    open_map(page, address + "?lieu=commune:62193")
    ink = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--ink')")
    assert ink.strip() == "#000"
    page.locator("#map").focus()
    click_pin(page)
    expect(page.locator(".leaflet-popup")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".leaflet-popup")).to_have_count(0)
    assert page.evaluate("document.activeElement !== document.body"), "focus is on the map again"


def test_the_arrows_say_what_they_choose_in_the_search(page, address):
    open_map(page, address)
    expect(page.locator("body[data-search=ready]")).to_be_attached(timeout=30_000)
    box = page.locator("#search")
    box.fill("bethune")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    active = box.get_attribute("aria-activedescendant")
    chosen = page.locator(f"#{active}")
    expect(chosen).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") != active
