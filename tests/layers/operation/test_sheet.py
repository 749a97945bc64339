"""The sheet of each operation: what the fiche and the convention say, walked back to a line."""

from datetime import date

import pytest

from layers.french.period import DatePrecision
from layers.model.layer import LayerError
from layers.operation.sheet import operation_sheet
from layers.reconciliation.confrontation import Status
from tests.known_operations import OPERATIONS
from tests.known_totals import FIT


@pytest.fixture(scope="module")
def sheets(catalogue):
    return {name: operation_sheet(catalogue, name) for name in OPERATIONS}


def test_the_sheets_hold_the_whole_fit(sheets):
    assert sum(sheet.funding.fit for sheet in sheets.values()) == FIT


def test_each_sheet_says_its_vote_and_its_article(sheets):
    assert {sheet.vote for sheet in sheets.values()} == {date(2023, 12, 4)}
    assert {sheet.deliberation for sheet in sheets.values()} == {"2023-534"}
    articles = [sheet.article.text for sheet in sheets.values()]
    assert articles == [f"article {number}" for number in (2, 3, 3, 4, 5, 6, 7)]


def test_each_grant_is_paid_out_to_the_cent(sheets):
    for sheet in sheets.values():
        assert sum(payment.amount for payment in sheet.terms.payments) == sheet.funding.fit
    assert len(sheets["2023-534-bethune-bruay-2"].terms.payments) == 2
    assert len(sheets["2023-534-grand-calais-1"].terms.payments) == 4


def test_the_time_to_build_is_not_invented_where_the_convention_is_silent(sheets):
    assert sheets["2023-534-grand-calais-1"].terms.completion.years is None
    assert "exactement 500 000 €" in sheets["2023-534-grand-calais-1"].terms.completion.note
    assert sheets["2023-534-aire-sur-la-lys-1"].terms.completion.years == 2


def test_what_is_asked_of_buildings_is_kept_apart(sheets):
    for sheet in sheets.values():
        assert len(sheet.terms.obligations) == 3
        assert "panneau de chantier" in sheet.terms.building_obligations[0].text


def test_dates_keep_their_words_and_their_precision(sheets):
    steps = sheets["2023-534-grand-calais-1"].steps
    assert [(step.printed, step.comment) for step in steps] == [
        ("03/2022", "Début des études"),
        ("06/2024", "Notification des marchés de travaux"),
        ("09/2024", ""),
        ("2ème sem 2026", ""),
    ]
    assert steps[-1].period.precision is DatePrecision.SEMESTER
    assert (steps[-1].period.start, steps[-1].period.end) == (date(2026, 7, 1), date(2026, 12, 31))


def test_all_ambitions_are_there(sheets):
    assert sum(len(sheet.ambitions) for sheet in sheets.values()) == 40
    assert {ambition.pact for ambition in sheets["2023-534-7-vallees-1"].ambitions} == {
        "solidarités territoriales",
        "réussites citoyennes",
    }


def test_a_mandataire_is_named_only_where_there_is_one(sheets):
    delegates = {name: sheet.delegate.text for name, sheet in sheets.items() if sheet.delegate}
    assert delegates == {"2023-534-ternois-1": "Communauté de communes du Ternois"}


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_fact_can_be_walked_back_to_the_words_of_a_line(sheets, name):
    sources = sheets[name].sources
    assert len(sources) > 20
    assert all(source.text and source.line for source in sources)


def test_the_findings_are_those_of_the_operation(sheets):
    for name, sheet in sheets.items():
        assert all(name in finding.id for finding in sheet.findings)
    wrong = {
        name: [finding.check.id for finding in sheet.findings if finding.status != Status.OK]
        for name, sheet in sheets.items()
    }
    assert wrong["2023-534-fauquembergues-1"] == ["recettes"]
    assert wrong["2023-534-ternois-1"] == ["plafond", "debut-vote", "debut-vote"]
    assert wrong["2023-534-bethune-bruay-1"] == []


@pytest.mark.parametrize("name", ["", "2023-534-ternois", "../../etc", "é" * 10_000])
def test_an_unknown_operation_is_refused_in_a_short_french_sentence(catalogue, name):
    with pytest.raises(LayerError, match="est inconnu") as caught:
        operation_sheet(catalogue, name)
    assert len(str(caught.value)) < 120
