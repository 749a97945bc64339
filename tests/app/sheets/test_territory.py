"""The fiche territoire says the amounts of the vote, with their comparison and their source."""

from dataclasses import replace

import pytest

from app.parts.markup import Element, text_of
from app.sheets.territory import render_sheet
from geo.perimeter import DEPARTEMENT, Level, Perimeter

GRAND_CALAIS = Perimeter(Level.EPCI, "200090751")


def text(atlas, place):
    return " ".join(text_of(part) for part in render_sheet(atlas.reference, atlas.profile(place)))


def test_grand_calais_shows_its_amount_its_contract_and_its_communes(atlas):
    shown = text(atlas, GRAND_CALAIS)
    assert "500\u202f000\u00a0€" in shown
    assert "Contrat de territoire" in shown
    assert "2023-2026" in shown
    assert "14\u00a0communes" in shown
    assert all(
        atlas.reference.communes[code].name.replace("'", "’") in shown
        for code in atlas.reference.members(GRAND_CALAIS)
    )


@pytest.mark.parametrize(
    ("code", "count"), [("62004", "1\u00a0collège"), ("62016", "0\u00a0collège")]
)
def test_a_large_figure_below_two_is_in_the_singular(atlas, code, count):
    shown = text(atlas, Perimeter(Level.COMMUNE, code))
    assert f"{count}dép." in shown.replace(" ", "")


def test_the_departement_shows_the_total_of_the_vote(atlas):
    shown = text(atlas, DEPARTEMENT)
    assert "1\u202f878\u202f696\u00a0€" in shown
    assert "7\u00a0opérations" in shown


@pytest.mark.parametrize("level", Level)
def test_every_kind_of_place_has_a_sheet_with_sources(atlas, level):
    for place in atlas.reference.perimeters(level)[:3]:
        assert "Sources" in text(atlas, place)


def test_large_figures_are_known_ones(atlas):
    arras = Perimeter(Level.COMMUNE, "62041")
    shown = atlas.profile(arras).headlines
    assert [figure.id for figure in shown] == ["population", "densite", "colleges"]
    assert all(figure.value is not None for figure in shown)


def test_hostile_names_stay_text_nodes(atlas):
    hostile = '<script>alert("x")</script>=cmd()'
    profile = replace(atlas.profile(GRAND_CALAIS), name=hostile, sentence=hostile)
    tags = set()

    def walk(part):
        if isinstance(part, Element):
            tags.add(part.tag)
            for child in part.children:
                walk(child)

    for part in render_sheet(atlas.reference, profile):
        walk(part)
    assert "script" not in tags


def test_a_commune_shows_its_other_projects_each_with_year_money_and_line(atlas):
    shown = text(atlas, Perimeter(Level.COMMUNE, "62397"))
    assert "Autres projets du Département" in shown
    assert "ils ne s’additionnent pas" in shown
    assert "2022. FARDA équipement structurant\u00a0: 200\u202f000\u00a0€" in shown
    assert "l. 5803" in shown
    assert "1\u202f240\u202f000" not in shown


def test_a_school_of_art_keeps_the_line_of_its_amount(atlas):
    shown = text(atlas, GRAND_CALAIS)
    assert "950\u202f000\u00a0€" in shown
    assert "l. 390, 406" in shown


def test_many_projects_are_counted_by_kind(atlas):
    shown = text(atlas, DEPARTEMENT)
    assert "Collège\u00a0: 21" in shown
    assert "Chaudières" not in shown
