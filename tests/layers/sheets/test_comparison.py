"""Places side by side: the same rows for each, unknown apart from zero, nothing made up."""

import pytest

from geo.perimeter import DEPARTEMENT, Perimeter
from layers.french.wording import UNKNOWN
from layers.sheets.comparison import compare
from layers.sheets.territory import profile

CALAIS, BETHUNE, LENS = "epci:200090751", "epci:200072460", "epci:246200364"


@pytest.fixture(scope="module")
def side_by_side(catalogue):
    whole = profile(catalogue, DEPARTEMENT)

    def make(*places):
        return compare(catalogue, [profile(catalogue, Perimeter.parse(p)) for p in places], whole)

    return make


def row(comparison, title):
    return next(row for group in comparison.groups for row in group.rows if row.title == title)


def test_each_kind_of_place_is_named_once(side_by_side):
    opale = "epci:200072478"
    assert side_by_side(CALAIS, BETHUNE).kind == "Communauté d’agglomération"
    both = "Communauté d’agglomération et Communauté de communes"
    assert side_by_side(CALAIS, BETHUNE, opale).kind == both


def test_two_agglomerations_show_the_amounts_of_the_vote(side_by_side):
    comparison = side_by_side(CALAIS, BETHUNE)
    fit = row(comparison, "FIT")
    assert fit.texts == ("500\u202f000\u00a0€", "255\u202f000\u00a0€")
    assert fit.whole == "1\u202f878\u202f696\u00a0€"
    assert fit.money
    assert row(comparison, "Contrat de territoire").texts == ("2023-2026", "2023-2026")
    assert "5,06\u00a0€ et 0,93\u00a0€ de FIT par habitant" in comparison.sentence


def test_what_is_unknown_is_said_and_is_no_zero(side_by_side):
    comparison = side_by_side(CALAIS, LENS)
    fit = row(comparison, "FIT")
    assert (fit.texts[1], fit.values[1]) == (UNKNOWN, None)
    assert "5,06\u00a0€ de FIT par habitant, connu en entier pour 1 sur 2" in comparison.sentence
    assert any("n’est pas nulle" in problem for problem in comparison.problems)
    assert "n’y est pas connu en entier" in side_by_side(LENS, "epci:246200299").sentence


def test_every_row_has_one_text_and_one_value_for_each_place(side_by_side):
    comparison = side_by_side("territoire:calaisis", "territoire:artois", "territoire:boulonnais")
    rows = [row for group in comparison.groups for row in group.rows]
    assert all(len(row.texts) == len(row.values) == 3 for row in rows)
    assert any("chiffres imprimés" in group.title for group in comparison.groups)


def test_printed_figures_of_other_dates_carry_them(side_by_side):
    comparison = side_by_side(CALAIS, BETHUNE)
    colleges = row(comparison, "Collèges publics (document de 2023)")
    assert colleges.texts == ("10\u00a0collèges", "24\u00a0collèges")
    assert colleges.whole == "125\u00a0collèges (document de 2022)"


def test_communes_without_printed_figures_are_compared_all_the_same(side_by_side):
    comparison = side_by_side("commune:62193", "commune:62041")
    assert comparison.groups[0].title == "Chiffres clés"
    assert not any("imprimés" in group.title for group in comparison.groups)
    assert row(comparison, "Quartiers prioritaires").values == (2.0, 4.0)
