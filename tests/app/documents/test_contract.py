"""The page of a contract, of either kind."""

import re
from urllib.parse import unquote

import pytest

from app.web.addresses import contract_url, map_url, operation_url
from layers.sheets.contract import LAYERS, contract_sheet


@pytest.mark.parametrize("layer", LAYERS)
def test_every_contract_has_its_page(catalogue, read_page, layer):
    for contract in catalogue.load(layer)["id"]:
        page = read_page(contract_url(contract))
        sheet = contract_sheet(catalogue, contract)
        assert sheet.partner.text in page.text
        assert map_url(sheet.perimeter) in page.links
        assert all(operation_url(each.id) in page.links for each in sheet.operations)
        inside = {unquote(link[1:]) for link in page.links if link.startswith("#")}
        assert inside <= set(page.anchors)


def test_a_contract_says_what_it_adds_up_to(read_page):
    text = read_page(contract_url("ct-bethune-bruay")).text
    for said in ("255\u202f000\u00a0€", "1\u202f064\u202f289\u00a0€", "0,93\u00a0€", "3\u00a0axes"):
        assert said in text


def test_what_only_a_reader_with_time_opens_is_folded_under_its_heading(client):
    html = client.get(contract_url("ct-grand-calais")).text
    folded = re.findall(
        r'<details class="check folded">\s*<summary><h2 id="[^"]+">([^<]+)</h2>', html
    )
    assert set(folded) >= {
        "Ce que les axes prévoient",
        "Comment le livret développe ses axes",
        "Réalisations des contrats précédents",
        "Signataires",
    }
    # money, operations and who answers are read without a press, before all of that
    before = html[: html.index("<details")]
    for heading in ('id="essentiel"', 'id="operations"', 'id="services"'):
        assert heading in before


def test_services_are_named_where_the_booklet_was_adopted(catalogue, read_page):
    words = contract_sheet(catalogue, "ct-grand-calais").words
    text = read_page(contract_url("ct-grand-calais")).text
    said = (*words.departement_services, *words.partner_services, *words.achievements)
    assert len(said) > 10
    assert all(each.text in text for each in said)


def test_a_contrat_de_ville_shows_no_money(read_page):
    text = read_page(contract_url("cv-marquise")).text
    assert "trois axes et deux montants pour l’ensemble des partenaires" in text
    assert "6,6 millions d’euros" in text
    assert "€" not in text
