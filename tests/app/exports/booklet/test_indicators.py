"""What is painted on a page: every indicator of the Explorer, at its own level."""

import numpy as np
import pytest

from app.exports.booklet.content import gather
from app.exports.booklet.ground import ground_of
from app.exports.booklet.request import PageRequest
from geo.perimeter import DEPARTEMENT, Level, Perimeter
from layers.base import LayerError
from layers.indicator_list import list_indicators


@pytest.fixture(scope="module")
def painted(catalogue):
    ground = ground_of(DEPARTEMENT, catalogue)

    def paint(indicator_id):
        request = PageRequest(DEPARTEMENT, layers=(), indicator=indicator_id)
        return gather(catalogue, request, ground).painted

    return paint


def test_every_indicator_of_the_explorer_has_values_on_the_page(catalogue, painted):
    for one in list_indicators(catalogue).values():
        shown = painted(one.id)
        known = shown.values[~np.isnan(shown.values)]
        level = one.values(catalogue, shown.level).dropna()
        assert set(known) == set(level), one.id


def test_a_printed_figure_is_that_of_the_territory_in_each_of_its_communes(catalogue, painted):
    shown = painted("chiffre_colleges")
    assert shown.level is Level.TERRITORY
    assert shown.classes is not None  # a total of a territory is no circle on each commune
    codes = list(ground_of(DEPARTEMENT, catalogue).own.codes)
    territory = Perimeter.parse("territoire:calaisis")
    figure = catalogue.derive(list_indicators)["chiffre_colleges"].value(catalogue, territory)
    members = catalogue.reference.members(territory)
    assert {shown.values[codes.index(code)] for code in members} == {float(figure)}


def test_the_legend_says_of_which_places_the_classes_are(page_of):
    text = page_of("territoire:calaisis", layers=(), indicator="chiffre_colleges").to_svg().decode()
    assert "Territoires de tout le" in text.replace("\u202f", " ").replace("\u00a0", " ")


def test_an_unknown_indicator_is_told_with_those_there_are(painted):
    with pytest.raises(LayerError, match=r"licornes.*hopitaux_pour_10000"):
        painted("licornes")
