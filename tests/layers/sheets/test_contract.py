"""The sheet of each contract, of either kind."""

from datetime import date

import pytest

from layers.model.layer import LayerError
from layers.sheets.contract import LAYERS, contract_sentence, contract_sheet
from tests.known_totals import FIT


@pytest.fixture(scope="module")
def sheets(catalogue):
    names = [name for layer in LAYERS for name in catalogue.load(layer)["id"]]
    return {name: contract_sheet(catalogue, name) for name in names}


def test_all_fifteen_contracts_have_one(sheets):
    kinds = [sheet.kind for sheet in sheets.values()]
    assert kinds.count("contrat de territoire") == 6
    assert kinds.count("contrat de ville") == 9


def test_the_operations_of_the_contracts_are_all_there_once(sheets):
    joined = [each.id for sheet in sheets.values() for each in sheet.operations]
    assert len(joined) == len(set(joined)) == 7
    fits = (sheet.funding.fit for sheet in sheets.values() if sheet.funding)
    assert sum(fits) == FIT


def test_a_contract_says_its_axes_period_and_vote(sheets):
    ternois = sheets["ct-ternois"]
    assert (len(ternois.axes), ternois.period) == (4, (2023, 2026))
    assert (ternois.vote, ternois.deliberation) == (date(2023, 12, 4), "2023-534")
    assert "axes de travail" in ternois.axes_source.text


def test_a_contrat_de_ville_has_neither_axes_nor_money_of_its_own(sheets):
    marquise = sheets["cv-marquise"]
    assert (marquise.axes, marquise.axes_source, marquise.operations) == ((), None, ())
    assert marquise.funding is None


def test_a_contrat_de_ville_tells_the_axes_and_amounts_of_its_framework(sheets, catalogue):
    lens = sheets["cv-lens-lievin"]
    assert [fact.source.line for fact in lens.framed("axe")] == [450, 450, 451]
    amounts = " ".join(fact.text for fact in lens.framed("montant"))
    assert "6,6 millions d’euros" in amounts
    assert "3,6 millions d’euros de FIT" in amounts
    sentence = contract_sentence(lens, catalogue.reference)
    assert sentence.endswith(
        "est à venir : son cadre a été voté le 25 mars 2024, avec trois axes et deux montants pour "
        "l’ensemble des partenaires, sans détail pour celui-ci."
    )
    assert sheets["ct-ternois"].framework == ()


def test_the_framework_is_not_drawn_on_whole_agglomerations(sheets, catalogue):
    towns = [code for sheet in sheets.values() for code in sheet.towns]
    assert len(towns) == len(set(towns)) == 62
    assert sheets["cv-grand-calais"].towns == ("62193",)
    rows = catalogue.load("contrats_ville").set_index("id").to_crs(2154)
    drawn = rows.geometry.area["cv-grand-calais"]
    calais = catalogue.reference.coverage.communes(0).set_index("code").geometry["62193"]
    assert drawn == pytest.approx(calais.area, rel=0.01)


def test_every_fact_can_be_walked_back_to_the_words_of_a_line(sheets):
    for sheet in sheets.values():
        assert sheet.partner.source.text
        assert all(source.line for source in sheet.sources)


@pytest.mark.parametrize("name", ["", "ct-", "2023-534-ternois-1", "<script>"])
def test_an_unknown_contract_is_refused_in_french(catalogue, name):
    with pytest.raises(LayerError, match="est inconnu"):
        contract_sheet(catalogue, name)
