"""Places side by side in the room of the sheet, and the ways in and out of it."""

import pytest

from app.components.markup import Element, text_of
from app.components.sheets import opened_name, render_opened
from app.view_state import parse_view


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
    assert "CA d’Hénin-Carvinécart 0,47" in shown
    assert "écarts-types" in shown
    assert "epci:246200364,epci:246200299" in values_of(parts, "data-place")


@pytest.mark.parametrize("query", ["", "lieu=contrat:ct-ternois", "lieu=qpv:QN06254M"])
def test_what_has_no_peers_offers_none(atlas, query):
    _, parts = opened(atlas, query)
    assert values_of(parts, "data-beside") == []


def test_two_places_can_become_three_or_one(atlas):
    view, parts = opened(atlas, "lieu=epci:200090751&comparer=epci:200072460")
    assert opened_name(atlas, view) == (
        "CA Grand Calais Terres & Mers et CA de Béthune-Bruay, Artois-Lys Romane"
    )
    assert values_of(parts, "data-beside") == ["epci:200090751,epci:200072460"]
    assert {"epci:200090751", "epci:200072460"} <= set(values_of(parts, "data-place"))


def test_three_places_can_only_become_fewer(atlas):
    _, parts = opened(atlas, "comparer=commune:62193,commune:62041,commune:62498")
    assert values_of(parts, "data-beside") == []
    assert "commune:62193,commune:62498" in values_of(parts, "data-place")
