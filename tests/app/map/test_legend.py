"""The legend says what the map shows, and nothing else."""

import pytest

from app.drawing.theme import LARGEST_RADIUS
from app.map.legend import brackets, circle_sizes, render_legend
from app.parts.markup import text_of
from app.view.state import Drawing
from geo.perimeter import Level
from tests.known_totals import ALL_COMMUNES


@pytest.fixture
def rate(atlas):
    return atlas.theme("densite", Level.COMMUNE, None)


def test_rates_are_colours_and_totals_are_circles(atlas, rate):
    assert rate.drawing == Drawing.COLOURS
    assert atlas.theme("population", Level.EPCI, None).drawing == Drawing.CIRCLES
    assert atlas.theme("population", Level.EPCI, Drawing.COLOURS).drawing == Drawing.COLOURS


def test_the_last_class_holds_its_end_and_the_others_do_not(rate, atlas):
    texts = brackets(rate)
    assert len(texts) == 5
    assert all(text.startswith("de ") for text in texts)
    assert ["à moins de" in text for text in texts] == [True, True, True, True, False]
    money = atlas.theme("fit_par_habitant", Level.EPCI, None)
    assert brackets(money) == ("de 0,92 à moins de 5,2", "de 5,2 à 9")


@pytest.mark.parametrize(
    ("one", "level", "title"),
    [
        ("densite", Level.EPCI, "Densité, par EPCI (2023)"),
        ("eleves_par_college", Level.COMMUNE, "Élèves par collège, par commune (2022)"),
        ("chiffre_pmi_consultations", Level.MDS, "(non daté)"),
    ],
)
def test_a_title_has_its_year_or_says_that_there_is_none(atlas, one, level, title):
    assert atlas.theme(one, level, None).title.endswith(title)


def test_each_state_has_its_own_line_and_its_own_sign(atlas):
    """Four EPCIs are classed, Saint-Omer is partial, 15 are unknown; no collège is no object."""
    text = text_of(render_legend(atlas.theme("fit_par_habitant", Level.EPCI, None)))
    assert "partiel1" in text
    assert "donnée non disponible15" in text
    assert "(4 sur 20 EPCI)" in text
    assert "CA du Pays de Saint-Omer\u00a0: partiel\u00a0: 62,76\u00a0€/hab." in text
    assert "4,17\u00a0€/hab., territoires dont le contrat est connu\u00a0: 6 sur 22" in text
    pupils = text_of(render_legend(atlas.theme("eleves_par_college", Level.COMMUNE, None)))
    assert "sans objet785" in pupils
    assert "non disponible" not in pupils


def test_the_browser_is_told_each_state_in_words(atlas):
    sent = atlas.theme("fit_par_habitant", Level.EPCI, None).for_browser()
    assert sent["absent"] == {"partiel": ["200069037"]}
    assert sent["told"]["200069037"].startswith("partiel\u00a0: 62,76\u00a0€/hab.")
    assert len(set(sent["said"].values())) == 4
    assert sent["said"]["sans_objet"] == "sans objet"


def test_a_rate_in_circles_comes_with_a_warning(atlas):
    circles = atlas.theme("densite", Level.EPCI, Drawing.CIRCLES)
    assert "préférez les aplats" in text_of(render_legend(circles))
    assert "préférez" not in text_of(render_legend(atlas.theme("densite", Level.EPCI, None)))


def test_counts_cover_the_communes(rate):
    shown = text_of(render_legend(rate))
    assert sum(rate.classes.counts) + rate.classes.missing == ALL_COMMUNES
    for bracket, count in zip(brackets(rate), rate.classes.counts, strict=True):
        assert f"{bracket}{count}" in shown


def test_what_is_not_known_is_hatched_counted_and_explained(atlas):
    theme = atlas.theme("fit_par_habitant", Level.EPCI, None)
    text = text_of(render_legend(theme))
    assert theme.classes.missing > 0
    assert "donnée non disponible" in text
    assert "inconnue" in text


def test_the_method_and_the_sources_are_named(rate):
    text = text_of(render_legend(rate))
    assert "quantiles" in text
    assert "Insee" in text


def test_a_total_in_colours_comes_with_a_warning(atlas):
    theme = atlas.theme("population", Level.COMMUNE, Drawing.COLOURS)
    assert "préférez les cercles" in text_of(render_legend(theme))


def test_circles_of_the_legend_have_the_areas_of_the_map():
    sizes = circle_sizes(500_000)
    assert [value for value, _ in sizes] == [500_000, 200_000, 50_000]
    for value, radius in sizes:
        assert (radius / LARGEST_RADIUS) ** 2 == pytest.approx(value / 500_000)


def test_circles_of_counts_are_whole_numbers():
    assert [value for value, _ in circle_sizes(3)] == [3, 1]
    assert circle_sizes(0) == ()


def test_the_browser_gets_no_value_for_what_is_unknown(atlas):
    theme = atlas.theme("fit_par_habitant", Level.EPCI, None)
    sent = theme.for_browser()
    assert len(sent["values"]) == 20 - theme.classes.missing
    assert len(sent["colours"]) == len(sent["bounds"]) - 1
