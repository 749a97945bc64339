"""Search as people type: slips of the finger, Saint and St, every kind, the keyboard alone."""

import pytest
from playwright.sync_api import Route, expect

from tests.browser.journeys import open_map, search

pytestmark = pytest.mark.browser

TYPED = (
    ("bethnue", "Béthune"),
    ("boulgne sur mer", "Boulogne-sur-Mer"),
    ("sait omer", "Saint-Omer"),
    ("st-omer", "Saint-Omer"),
    ("saintomer", "Saint-Omer"),
    ("neuville st vaast", "Neuville-Saint-Vaast"),
    ("oeuf", "Œuf-en-Ternois"),
    ("l'hotel de formation", "hôtel de la formation"),
    ("marconne", "Marconne"),
    ("62100", "Calais"),
    ("sept vallees", "CC des 7 Vallées"),
    ("communauté urbaine arras", "CU d’Arras"),
    ("mds ternois", "MDS du Ternois"),
    ("canton lens", "Lens"),
    ("contrat ternois", "Contrat de territoire 2023-2026, CC du Ternois"),
    ("contrat ville marquise", "Contrat de ville 2024-2030, Marquise"),
    ("QN06254M", "Beau Marais"),
    ("college jean jaures calais", "Collège Jean Jaurès"),
    ("pompiers lens", "CIS Lens"),
    ("mairie arras", "Mairie – Arras"),
    ("CABBALR", "CA de Béthune-Bruay"),
    ("gctm", "CA Grand Calais"),
    ("CA2BM", "CA des Deux Baies"),
    ("capso", "CA du Pays de Saint-Omer"),
    ("CAB", "CA du Boulonnais"),
    ("grand arras", "CU d’Arras"),
    ("pas de calais", "Pas-de-Calais"),
    ("parc du quinty", "Parc du Quinty"),
)

MOST_STOPS = 8
"""From the table's button to its grid: kinds of rows, four files."""


def test_every_kind_is_found_however_it_is_typed(page, address):
    open_map(page, address)
    expect(page.locator("body[data-search=ready]")).to_be_attached(timeout=30_000)
    box, first = page.locator("#search"), page.get_by_role("option").first
    for text, name in TYPED:
        box.fill(text)
        expect(first).to_contain_text(name)
    box.fill("xyzzy")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(page.locator("#announcements")).to_have_text("Aucun résultat.")
    expect(page.locator("#found")).to_contain_text("Aucun résultat")


def test_no_letter_is_lost_that_is_typed_before_the_names_are_there(page, address):
    held: list[Route] = []  # on their way
    page.route("**/search-*.json", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks the handler
    page.goto(address)
    box = page.locator("#search")
    box.click()
    page.keyboard.type("CABBALR")
    page.keyboard.press("Enter")
    expect(box).to_have_value("CABBALR")
    expect(page.locator("#found")).to_contain_text("Les noms arrivent")
    page.unroute("**/search-*.json")
    page.reload()
    box.click()
    page.keyboard.type("CABBALR")
    page.keyboard.press("Enter")
    expect(page.locator("#sheet h2")).to_contain_text("CA de Béthune-Bruay")


@pytest.mark.parametrize("path", ["donnees", "livrets", "financements", "confiance", "aide"])
def test_every_page_has_the_search_and_what_is_found_opens_explorer(page, address, path):
    page.goto(address + path)
    page.locator("#search").fill("CAPSO")
    expect(page.get_by_role("option").first).to_contain_text("CA du Pays de Saint-Omer")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?lieu=epci:200069037")
    expect(page.locator("#sheet h2").first).to_have_text("CA du Pays de Saint-Omer", timeout=60_000)
    # the scripts note what is looked at
    expect(page.locator("#first-frame")).to_have_count(0)
    # the way back to Explorer leads to what was looked at
    page.goto(address + path)
    page.locator("nav a[data-explore]").click()
    page.wait_for_url("**/?lieu=epci:200069037")


def test_an_operation_that_is_found_is_opened_on_the_map_with_its_dates(page, address):
    page.goto(address + "aide")
    page.locator("#search").fill("parc du quinty")
    expect(page.get_by_role("option").first).to_contain_text("Parc du Quinty")
    page.keyboard.press("Enter")
    card = page.locator(".popup")
    expect(card).to_contain_text("Parc du Quinty")
    expect(card).to_contain_text("vote du 4 décembre 2023")
    card.get_by_role("link", name="Ouvrir l’opération").click()
    page.wait_for_url("**/operation/*")


def test_the_keyboard_alone_finds_opens_and_goes_on(page, address):
    open_map(page, address)
    box = page.locator("#search")
    search(page, "bethnue")
    expect(page.locator("#sheet h2")).to_have_text("Béthune")
    expect(page.locator("#sheet h2")).to_be_focused()
    expect(box).to_have_value("")
    expect(box).to_have_attribute("role", "combobox")
    box.fill("contrat ternois")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    marked = page.locator("[data-combobox-selected]")
    expect(box).to_have_attribute("aria-activedescendant", marked.get_attribute("id") or "")
    page.keyboard.press("Enter")
    expect(page.locator("#trail [aria-current]")).to_contain_text("Contrat de territoire")
    assert page.url.endswith("?lieu=contrat:ct-ternois")
    page.go_back()
    expect(page.locator("#sheet h2")).to_have_text("Béthune")


def test_the_keyboard_alone_goes_from_search_to_a_row_of_the_table(page, address):
    open_map(page, address)
    search(page, "bethnue")
    sheet = page.locator("#sheet")
    expect(sheet.locator(".sentence")).to_contain_text("La commune de Béthune (")
    page.locator("#search").focus()
    for _ in range(2):
        page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("link", name="Aller au tableau")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#table-toggle")).to_be_focused()
    page.keyboard.press("Enter")
    # the table's half a megabyte of scripts is compressed when it is first asked for
    expect(page.locator(".ag-row").first).to_be_visible(timeout=30_000)
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.ag-root') !== null"):
            break
    for key in ("ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    row = page.locator(".ag-row:has(.ag-cell-focus)").first
    name = row.locator("[col-id=name]").inner_text()
    page.keyboard.press("Space")
    expect(sheet.locator("h2")).to_have_text(name)
