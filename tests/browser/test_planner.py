"""A planner's own indicator: refused, corrected, painted, compared, shown to a colleague."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.journeys import open_map

pytestmark = pytest.mark.browser

EPCIS = Path(__file__).parents[1] / "fixtures" / "cases" / "64-epci.csv"
CALAIS, ARRAS = "epci:200090751", "epci:200033579"


def bring(page: Page, address: str, content: bytes, name: str) -> None:
    """Give a file to the page, and let it be read."""
    page.goto(address + "donnees")
    given = {"name": name, "mimeType": "text/csv", "buffer": content}
    page.get_by_label("Fichier CSV").set_input_files(given)
    page.get_by_role("button", name="Lire ce fichier").click()


def test_a_planner_paints_compares_and_shows_an_indicator_of_their_own(page, browser, address):
    # a line above the headings: the first guess is taken for the file's own, then corrected
    content = b"Communes par EPCI;;\n" + EPCIS.read_bytes()
    bring(page, address, content, "Communes.csv")
    heading = page.get_by_label("Ligne du fichier qui porte les noms")
    expect(heading).to_have_value("2")
    heading.fill("1")
    page.get_by_role("button", name="Relire").click()
    expect(page.get_by_role("rowheader", name="Communes par EPCI")).to_be_visible()
    heading.fill("2")
    page.get_by_role("button", name="Relire").click()
    expect(page.get_by_label("Chaque ligne est")).to_have_value("epci")
    page.get_by_role("button", name="Joindre à la carte").click()
    joined = page.get_by_text("20\u00a0lignes jointes à leur territoire sur 20")
    expect(joined).to_be_visible(timeout=90_000)
    shown = page.get_by_role("link", name="Voir sur la carte").get_attribute("href")
    page.get_by_role("button", name="Créer un lien secret").click()
    link = page.locator("section[aria-labelledby=partager] code").first.inner_text()
    open_map(page, f"{address.rstrip('/')}{shown}&lieu={CALAIS}&comparer={ARRAS}")
    expect(page.locator("#legend")).to_contain_text("par EPCI")
    expect(page.locator("#sheet")).to_contain_text("apporté")
    colleague = browser.new_context()  # whose console may say that the answer was 422
    try:
        other = colleague.new_page()
        bring(other, address, b"", "vide.csv")
        expect(other.get_by_role("alert")).to_contain_text("vide")
        other.goto(link if link.startswith("http") else address.rstrip("/") + link)
        expect(other.get_by_role("heading", level=1)).to_contain_text("Communes")
    finally:
        colleague.close()
