"""Places side by side in the room of the sheet, and the ways in and out of it."""

import pytest

from app.parts.markup import Element, text_of
from app.sheets.opened import opened_name, render_opened
from app.view.state import parse_view


def opened(atlas, query):
    view, _ = parse_view(query, atlas.vocabulary)
    return view, render_opened(atlas, view)


def values_of(parts, attribute):
    found = []

    def walk(part):
        if isinstance(part, Element):
            found.extend([part.attributes[attribute]] if attribute in part.attributes else [])
            for child in part.children:
                walk(child)

    for part in parts:
        walk(part)
    return found


def test_a_sheet_offers_the_places_that_resemble_it_with_their_distance(atlas):
    _, parts = opened(atlas, "lieu=epci:246200364")
    shown = " ".join(map(text_of, parts))
    assert "Territoires qui lui ressemblent" in shown
    assert "CA d’Hénin-Carvinécart 0,43" in shown
    assert "écarts-types" in shown
    assert "epci:246200364,epci:246200299" in values_of(parts, "data-place")


def test_the_departement_has_no_peers_and_offers_none(atlas):
    _, parts = opened(atlas, "")
    assert values_of(parts, "data-beside") == []


@pytest.mark.parametrize("subject", ["contrat:ct-ternois", "qpv:QN06254M"])
def test_contracts_and_districts_can_be_compared_too(atlas, subject):
    _, parts = opened(atlas, f"lieu={subject}")
    assert values_of(parts, "data-beside") == [subject]


def test_two_places_can_become_three_or_one(atlas):
    view, parts = opened(atlas, "lieu=epci:200090751&comparer=epci:200072460")
    assert opened_name(atlas, view) == (
        "CA Grand Calais Terres & Mers et CA de Béthune-Bruay, Artois-Lys Romane"
    )
    assert values_of(parts, "data-beside") == ["epci:200090751,epci:200072460"]
    assert {"epci:200090751", "epci:200072460"} <= set(values_of(parts, "data-place"))


def test_contracts_stand_side_by_side_and_what_is_not_voted_is_unknown(atlas):
    view, parts = opened(atlas, "comparer=contrat:ct-grand-calais,contrat:cv-marquise")
    assert view.shown == "contrat:ct-grand-calais,contrat:cv-marquise"
    assert str(view.place) == "epci:200090751"
    shown = " ".join(map(text_of, parts))
    assert "500\u202f000\u00a0€n.\u00a0d.1\u202f878\u202f696\u00a0€" in shown
    assert "elles ne sont pas nulles" in shown
    assert "contrat:cv-marquise" in values_of(parts, "data-place")


def test_districts_stand_side_by_side_with_what_their_communes_count(atlas):
    view, parts = opened(atlas, "lieu=qpv:QN06254M&comparer=qpv:QN06205M,qpv:QN06201M")
    assert opened_name(atlas, view).startswith("Beau Marais, ")
    shown = " ".join(map(text_of, parts))
    assert "Habitants7\u202f5792\u202f6241\u202f348" in shown
    assert "Auchel, Calonne-Ricouart et Marles-les-Mines" in shown
    assert atlas.frame(view)[0] < atlas.frame(view)[1]


def test_three_places_can_only_become_fewer(atlas):
    _, parts = opened(atlas, "comparer=commune:62193,commune:62041,commune:62498")
    assert values_of(parts, "data-beside") == []
    assert "commune:62193,commune:62498" in values_of(parts, "data-place")
