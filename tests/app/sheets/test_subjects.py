"""Contracts and districts are opened in the sheet beside the map, as places are."""

import pytest

from app.parts.markup import text_of
from app.parts.typography import keep_years
from app.sheets.opened import opened_name, render_opened
from app.view.state import parse_view
from layers.sheets.subject import subjects


def opened(atlas, query):
    view, remarks = parse_view(query, atlas.vocabulary)
    assert remarks == ()
    return view, " ".join(text_of(part) for part in render_opened(atlas, view))


def test_a_contract_says_axes_parties_period_interlocutors_achievements_and_zoom(atlas):
    view, shown = opened(atlas, "lieu=contrat:ct-ternois")
    assert str(view.place) == "epci:200069672"
    for part in (
        "Relever le défi de l’équité territoriale",
        "Département du Pas-de-Calais et Communauté de communes du Ternois",
        "2023-2026",
        "Direction générale des services",
        "nouvelle zone d’activités à Auxi-le-Château",
        "ancienne gare d’Auxi-le-Château",
        "200\u202f000\u00a0€",
        "2023-534",
    ):
        assert part in shown


@pytest.mark.parametrize("kind", ["qpv", "contrat"])
def test_every_subject_opens(atlas, kind):
    for subject in subjects(atlas.catalogue):
        if subject.kind == kind:
            view, shown = opened(atlas, f"lieu={subject}")
            assert view.subject == subject
            assert opened_name(atlas, view) in shown
            assert "Sources" in shown


def test_years_do_not_break_and_stay_as_they_are_searched_for():
    parts = keep_years("Un contrat 2023-2026 ; 2024-2030.")
    assert "".join(map(text_of, parts)) == "Un contrat 2023-2026 ; 2024-2030."
    kept = [part for part in parts if not isinstance(part, str)]
    assert [(text_of(part), part.attributes["class"]) for part in kept] == [
        ("2023-2026", "together"),
        ("2024-2030", "together"),
    ]
