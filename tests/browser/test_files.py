"""A planner's list: dropped, corrected, looked at on the map, taken away."""

import re

import pyogrio
import pytest
from playwright.sync_api import Page, expect

from app.drawing.tokens import colours
from tests.app.imports import files
from tests.browser.journeys import click_pin, open_map, violations

pytestmark = pytest.mark.browser

BROUGHT = [one for name, one in colours().items() if name.startswith("brought-")]

DROP = """([form, name, text]) => {
    const carried = new DataTransfer();
    carried.items.add(new File([text], name, { type: "text/csv" }));
    form.dispatchEvent(new DragEvent("drop", { dataTransfer: carried, bubbles: true }));
}"""
ROWS = (*files.ROWS, ("Nulle part", "Tombouctou", "", "", "beaucoup"))


def bring(page: Page, address: str) -> None:
    """Drop a list on the page and wait for the guess."""
    page.goto(address + "donnees")
    text = files.csv(ROWS).decode()
    page.evaluate(
        DROP, [page.locator("[data-bring]").element_handle(), "Lieux du projet.csv", text]
    )
    page.get_by_role("button", name="Lire ce fichier").click()
    expect(page.get_by_label("Montant", exact=True)).to_have_value("montant")


def test_a_planner_drops_a_list_corrects_it_sees_it_and_takes_it_away(page, address, tmp_path):
    bring(page, address)
    assert violations(page) == []
    page.get_by_label("Montant", exact=True).select_option("texte")
    page.get_by_label("Titre").fill("Lectures")
    page.get_by_role("button", name="Placer sur la carte").press("Enter")
    expect(page.get_by_text("3\u00a0lignes placées sur 4")).to_be_visible()
    expect(page.get_by_role("row", name="5 adresse Tombouctou")).to_be_visible()
    assert violations(page) == []
    with page.expect_download() as taken:
        page.get_by_role("link", name="GeoPackage").click()
    path = tmp_path / "lectures.gpkg"
    taken.value.save_as(path)
    rows = pyogrio.read_dataframe(path, layer="lectures")
    assert rows["montant"].tolist()[:2] == ["1 234,50 €", "800"]
    shown = page.get_by_role("link", name="Voir sur la carte").get_attribute("href")
    open_map(page, address.rstrip("/") + shown)
    expect(page.locator("#map .pin")).to_have_count(3)
    click_pin(page)
    expect(page.locator(".leaflet-popup")).to_contain_text("lectures")
    page.goto(address + "donnees")
    expect(page.locator("#couche-lectures summary")).to_contain_text("la vôtre")


def test_phone(phone, address):
    bring(phone, address)
    assert violations(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    phone.get_by_role("button", name="Placer sur la carte").tap()
    expect(phone.get_by_text("3\u00a0lignes placées sur 4")).to_be_visible()
    assert violations(phone) == []


def test_outlines_are_drawn_and_opened(page, address):
    squares = files.points()
    squares.geometry = [files.square(place, side=0.05) for place in (files.LENS, files.ARRAS)]
    page.goto(address + "donnees")
    page.evaluate(
        DROP,
        [page.locator("[data-bring]").element_handle(), "Friches.geojson", squares.to_json()],
    )
    page.get_by_role("button", name="Lire ce fichier").click()
    page.get_by_role("button", name="Placer sur la carte").click()
    shown = page.get_by_role("link", name="Voir sur la carte").get_attribute("href")
    open_map(page, address.rstrip("/") + shown)
    areas = page.locator(".leaflet-perimeters-pane path.leaflet-interactive")
    expect(areas).to_have_count(2)
    areas.first.click()
    expect(page.locator(".leaflet-popup")).to_contain_text("Lieu 0")
    expect(areas.first).to_have_attribute("stroke", re.compile("|".join(BROUGHT)))
    page.locator("[data-layer=operations]").uncheck()
    page.locator("#map").focus()
    page.keyboard.press("p")
    expect(page.locator("#announcements")).to_contain_text("Lieu 0")
    page.keyboard.press("p")
    expect(page.locator("#announcements")).to_contain_text("Lieu 1")
    page.locator('[data-layer="friches"]').uncheck()
    expect(areas).to_have_count(0)


def test_a_refusal_of_the_server_stands_on_the_page(phone, address):
    page = phone  # whose console may say that the answer was 422
    page.goto(address + "donnees")
    text = "Nom;Adresse\nA;12 rue Victor-Hugo\n"
    page.evaluate(DROP, [page.locator("[data-bring]").element_handle(), "refus.csv", text])
    page.get_by_role("button", name="Lire ce fichier").click()
    page.get_by_role("button", name="Placer sur la carte").click()
    expect(page.get_by_role("alert")).to_contain_text("a pu être placée")
    expect(page.get_by_label("Adresse")).to_be_visible()


def test_a_planner_chooses_the_row_of_the_names(page, address):
    page.goto(address + "donnees")
    text = "Un;Ville\nDeux;Commune\na;Lens\n"
    page.evaluate(DROP, [page.locator("[data-bring]").element_handle(), "noms.csv", text])
    page.get_by_role("button", name="Lire ce fichier").click()
    page.get_by_label("Ligne du fichier qui porte les noms").fill("2")
    page.get_by_role("button", name="Relire").click()
    expect(page.get_by_label("Deux", exact=True)).to_be_visible()
    assert violations(page) == []
