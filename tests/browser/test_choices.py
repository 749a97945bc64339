"""Journeys through what can be chosen: classes, printed figures, operations in time, the table."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.journeys import open_map, violations

pytestmark = pytest.mark.browser

MARKS = ".leaflet-points-pane .pin"


def test_classes_are_chosen_pasted_refused_and_found_again_by_the_link(page, address):
    open_map(page, address + "?indicateur=densite")
    page.locator(".class-picker summary").click()
    page.get_by_label("Méthode").select_option(label="Seuils naturels (Jenks-Fisher)")
    expect(page.locator("#legend")).to_contain_text("Jenks-Fisher")
    page.get_by_label("Classes", exact=True).select_option("3")
    expect(page.locator("#legend .swatch")).to_have_count(3)
    page.get_by_label("Violette").check()
    expect(page).to_have_url(re.compile(r"methode=jenks&classes=3&palette=violette"))
    page.get_by_label("Méthode").select_option("manuelles")
    bounds = page.get_by_label("Bornes, à coller")
    bounds.fill("100 ; <script>alert(1)</script>")
    page.keyboard.press("Enter")
    expect(page.locator("#legend .failure")).to_contain_text("illisible")
    expect(bounds).to_have_value("100 ; <script>alert(1)</script>")
    bounds.fill("100 ; 200,5 ; 1 000")
    page.get_by_role("button", name="Appliquer").click()
    expect(page.locator("#legend")).to_contain_text("de 100 à moins de 200,5")
    expect(page.locator("#legend")).to_contain_text("Étendues jusqu’à")
    expect(page).to_have_url(re.compile(r"bornes=100,200.5,1000&palette=violette"))
    counts = page.locator("#legend td.number").all_inner_texts()
    assert sum(map(int, counts)) == 20
    assert violations(page) == []
    told = page.locator("#legend").inner_text()
    page.goto(page.url)
    expect(page.locator("#legend")).to_have_text(told, use_inner_text=True)
    page.go_back()


def test_a_printed_figure_is_a_total_or_a_rate_where_it_is_printed(page, address):
    open_map(page, address)
    page.locator("#indicator").fill("RSA")
    page.get_by_role("option", name="Foyers allocataires du RSA").click()
    expect(page.locator("#map-title")).to_contain_text("chiffre imprimé, par secteur MDS")
    expect(page.locator(".leaflet-circles-pane path:not(.amount)")).to_have_count(9)
    page.locator("#measure").get_by_text("Taux").click()
    expect(page.locator("#map-title")).to_contain_text("pour 1\u202f000 habitants")
    expect(page).to_have_url(re.compile("indicateur=chiffre_rsa_foyers_par_habitant&niveau=mds"))
    page.get_by_text(re.compile("remarques? sur ces valeurs")).click()
    expect(page.locator("#legend")).to_contain_text("Ternois")


def test_the_period_and_the_ambitions_narrow_map_counts_and_table(page, address):
    open_map(page, address + "?tableau=operations")
    expect(page.locator(".ag-center-cols-container .ag-row")).to_have_count(7)
    expect(page.locator(MARKS)).to_have_count(7)
    page.get_by_text("Choisir la période, les pactes").click()
    page.get_by_label("De", exact=True).select_option("2025-S1")
    expect(page.locator("#operations-kept")).to_contain_text("1 sur 7")
    expect(page.locator(MARKS)).to_have_count(1)
    expect(page.locator(".ag-center-cols-container .ag-row")).to_have_count(1)
    expect(page.locator("label:has([data-layer=operations]) .number")).to_have_text("1 / 7")
    expect(page.locator("#announcements")).to_contain_text("1 sur 7")
    expect(page).to_have_url(re.compile("periode=2025-S1,2026-S2&tableau=operations"))
    page.get_by_role("button", name="Toutes les opérations").click()
    expect(page.locator(MARKS)).to_have_count(7)
    page.locator("[data-semester][tabindex='0']").focus()
    for key in ("End", "ArrowLeft", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("#operations-kept")).to_contain_text("1 sur 7")
    expect(page.locator("[data-semester='2026-S1']")).to_be_focused()
    page.keyboard.press("Shift+ArrowRight")
    expect(page).to_have_url(re.compile("periode=2026-S1,2026-S2"))
    expect(page.locator("[data-semester][aria-pressed=true]")).to_have_count(2)
    expect(page.locator("[data-semester='2026-S2']")).to_be_focused()
    page.get_by_role("button", name="Toutes les opérations").click()
    expect(page.locator(MARKS)).to_have_count(7)
    page.get_by_label("Solidarités humaines").check()
    expect(page.locator(MARKS)).to_have_count(3)
    expect(page).to_have_url(re.compile("pactes=solidarites-humaines"))
    assert violations(page) == []
    page.go_back()
    expect(page.locator(MARKS)).to_have_count(7)


def test_rows_and_marks_choose_one_another_and_the_file_is_what_is_shown(page, address):
    open_map(page, address + "?tableau=operations")
    row = page.locator(".ag-pinned-left-cols-container .ag-row", has_text="Parc du Quinty")
    row.click()
    expect(page.locator(".popup")).to_contain_text("Parc du Quinty")
    page.locator(".leaflet-popup-close-button").click()
    page.evaluate("dashExtensions.atlas.openOperation('2023-534-ternois-1')")
    selected = page.locator(".ag-pinned-left-cols-container .ag-row-selected")
    expect(selected).to_contain_text("hôtel de la formation")
    page.locator(".ag-header-cell", has_text="FIT (€)").first.click()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert "tri=fit" in download.value.url
    rows = download.value.path().read_text("utf-8-sig").splitlines()
    assert len(rows) == 8
    assert rows[1].startswith("2023-534-bethune-bruay-2")
    page.get_by_role("button", name="Territoires").click()
    expect(page.locator(".ag-pinned-left-cols-container .ag-row")).not_to_have_count(7)


def test_on_a_phone_the_form_and_the_table_can_be_used(phone, address):
    open_map(phone, address + "?periode=2024-S1&tableau=operations")
    phone.get_by_role("button", name="Légende", exact=True).tap()
    phone.locator(".class-picker summary").tap()
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert violations(phone) == []
    phone.get_by_role("button", name="Tableau", exact=True).first.tap()
    expect(phone.locator(".ag-row").first).to_be_visible()
    assert violations(phone) == []


def test_only_the_option_in_force_is_announced_as_chosen(page, address):
    open_map(page, address)
    page.locator("input#level").click()
    expect(page.get_by_role("option").first).to_be_visible()
    listed = page.get_by_role("option").first.locator("xpath=ancestor::*[@role='listbox']")
    expect(page.locator("input#level")).to_have_attribute(
        "aria-controls", listed.get_attribute("id")
    )
    for _ in range(5):
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(60)
    chosen = page.locator("[role=option][aria-selected=true]")
    expect(chosen).to_have_count(1)
    expect(chosen).to_have_text("EPCI")
