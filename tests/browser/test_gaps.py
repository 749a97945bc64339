"""Écarts: a planner goes from a question to a note, at a desk, in a hand and without a mouse."""

import re

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.browser.journeys import click_pin, on_map, see_communes, violations

pytestmark = pytest.mark.browser

BUCQUOY = (50.139, 2.705)


def ask(page: Page, address: str, query: str = "") -> None:
    page.goto(f"{address}ecarts{query}")
    see_communes(page)
    expect(page.locator("#sheet .sentence, #sheet .failure").first).to_be_attached()
    expect(page.locator("#gap-unit")).to_be_attached()
    expect(page.locator("#map-title")).not_to_be_empty()


def beyond(page: Page, column: int) -> int:
    cell = page.locator(".comparison tbody tr").first.locator("td").nth(column)
    return int(re.sub(r"\D", "", cell.inner_text()))


def test_a_place_of_the_service_is_closed_from_its_card_and_what_is_proposed_opened(page, address):
    ask(page, address, "?service=gares&seuil=20&proposer=1")
    expect(page.locator("#map .site-mark.proposed")).to_have_count(1)
    click_pin(page)
    page.locator(".popup").get_by_role("button", name="Le supposer fermé").first.click()
    expect(page).to_have_url(re.compile(r"sites=-gares:"))
    expect(page.locator("#map .site-mark.closed")).to_have_count(1)
    expect(page.locator("#sheet")).to_contain_text("lieu supposé fermé")
    page.locator("#map .site-mark.proposed").dispatch_event("click")
    expect(page.locator("#map .site-mark.opened")).to_have_count(1)


def test_a_planner_goes_from_a_question_to_a_note(page, address):
    ask(page, address)
    page.get_by_role("button", name="France services").click()
    expect(page.locator("#sheet .sentence")).to_contain_text("France services fixe")
    expect(page).to_have_url(re.compile("service=france_services"))
    page.locator("#gap-slide").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(page.locator("#sheet .sentence")).to_contain_text("18\u00a0minutes")
    expect(page).to_have_url(re.compile("seuil=18"))
    assert violations(page) == []

    page.locator("#map").click(position=on_map(page, *BUCQUOY))
    expect(page.locator("#map .site-mark")).to_have_count(1)
    expect(page.locator(".comparison")).to_contain_text("Ramenés sous le seuil")
    assert beyond(page, 1) < beyond(page, 0)
    page.get_by_role("button", name="Nouveau scénario").click()
    page.locator("#gap-commune").fill("metz-en-couture")
    page.locator("#gap-commune").press("Enter")
    expect(page.locator("#map .site-mark")).to_have_count(2)
    assert beyond(page, 2) < beyond(page, 1)
    page.get_by_role("button", name="Annuler le dernier").click()
    expect(page.locator("#map .site-mark")).to_have_count(1)
    page.go_back()
    expect(page.locator("#map .site-mark")).to_have_count(2)

    page.get_by_label("Combien de sites").select_option("2")
    page.get_by_role("button", name="Proposer").click()
    expect(page.locator(".scenarios")).to_contain_text("c’est prouvé")
    expect(page.locator(".scenarios")).to_contain_text("Si tous les temps étaient 10")
    assert beyond(page, 3) < beyond(page, 2)
    assert violations(page) == []
    sentence = page.locator("#sheet .sentence").inner_text()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Note d’une page").click()
    assert saved.value.path().read_bytes().startswith(b"%PDF")

    link = page.url
    ask(page, link.partition("ecarts")[0], "?" + link.partition("?")[2])
    expect(page.locator("#sheet .sentence")).to_have_text(sentence)
    expect(page.locator("#map .site-mark")).to_have_count(2)


def test_a_crossing_that_nobody_knows_is_said_from_the_question_to_the_note(page, address):
    """« Qui, de plus de 75 ans et sans voiture, est à plus de 15 minutes d’une pharmacie ? »"""
    ask(page, address, "?service=lycees")
    page.get_by_role("button", name="Pharmacies").click()
    page.get_by_label("Seuil", exact=True).fill("15")
    page.locator("#gap-public").select_option("75 ans et plus")
    crossing = "les deux publics se lisent l’un après l’autre, sans se croiser"
    expect(page.locator("#sheet .sentence")).to_contain_text("personnes de 75 ans ou plus")
    expect(page.locator("#sheet")).to_contain_text("671\u00a0communes n’ont aucune pharmacie")
    expect(page.locator("#gap-question")).to_contain_text(crossing)
    old = page.get_by_role("link", name="Note d’une page").get_attribute("href")
    page.locator("#gap-public").select_option("Ménages sans voiture")
    expect(page.locator("#sheet .sentence")).to_contain_text("ménages sans voiture")
    expect(page).to_have_url(re.compile("service=pharmacies.*cible=sans-voiture"))
    note = page.get_by_role("link", name="Note d’une page")
    expect(note).not_to_have_attribute("href", old)
    with page.expect_download() as saved:
        note.click()
    with pypdfium2.PdfDocument(saved.value.path()) as pdf:
        told = " ".join(pdf[0].get_textpage().get_text_range().split())
    assert "ménages sans voiture" in told
    assert crossing in told


def test_the_keyboard_hears_a_time_and_puts_a_site(page, address):
    ask(page, address)
    page.locator("#map").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#announcements")).to_contain_text(re.compile(r"min \(de .* à"))
    page.keyboard.press("Enter")
    expect(page.locator("#map .site-mark")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("#map .site-mark")).to_have_count(0)


def test_the_table_follows_the_question(page, address):
    ask(page, address, "?service=gares&modele=distance&seuil=15")
    page.locator("#table-toggle").click()
    first = page.locator(".ag-center-cols-container .ag-row[row-index='0']")
    expect(first).to_contain_text("au-delà")
    expect(page.locator(".ag-header")).to_contain_text("Distance (km)")
    assert violations(page) == []
    page.locator("#gap-model").select_option("vol-d-oiseau")
    expect(page.locator(".ag-header")).to_contain_text("Temps (min)")


@pytest.mark.parametrize("tab", ["Réponse", "Question", "Tableau"])
def test_a_phone_shows_each_panel(phone, address, tab):
    ask(phone, address, "?service=maisons_departement&sites=62765~62193,62041&proposer=1")
    phone.get_by_role("button", name=tab, exact=True).tap()
    phone.wait_for_timeout(400)
    wide = phone.evaluate("document.documentElement.scrollWidth")
    assert wide == phone.viewport_size["width"]
    assert violations(phone) == []


def test_whatever_the_address_holds_the_page_opens_and_says_it(page, address):
    ask(page, address, "?service=<script>alert(1)</script>&seuil=10000&sites=99999,=cmd()&modele=x")
    expect(page.locator("#remarks")).to_contain_text("inconnu")
    expect(page.locator("#remarks")).to_contain_text("au plus 240")
    expect(page.locator("#sheet .sentence")).to_contain_text("collège public")
