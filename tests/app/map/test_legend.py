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


def test_the_last_bracket_is_closed_and_the_others_open(rate):
    texts = brackets(rate)
    assert len(texts) == 5
    assert all(text.startswith("[") for text in texts)
    assert [text[-1] for text in texts] == ["[", "[", "[", "[", "]"]


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
