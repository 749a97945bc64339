"""What is painted on a page: every indicator of the Explorer, at its own level."""

import numpy as np
import pytest

from app.exports.booklet.scene.content import gather
from app.exports.booklet.scene.ground import ground_of
from app.exports.booklet.scene.request import PageRequest
from app.view.class_choice import ClassChoice, Method, Palette
from app.view.operation_choice import OperationChoice
from geo.perimeter import DEPARTEMENT, Level, Perimeter
from layers.french.semester import Semester
from layers.indicators.every import list_indicators
from layers.indicators.states import State
from layers.model.layer import LayerError


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
        assert set(known) == set(level.map(one.plain)), one.id


def test_a_printed_figure_is_that_of_the_territory(catalogue, painted):
    shown = painted("chiffre_colleges")
    assert shown.level is Level.TERRITORY
    assert shown.classes is not None  # what is printed for territories is no circle
    territory = Perimeter.parse("territoire:calaisis")
    figure = catalogue.derive(list_indicators)["chiffre_colleges"].value(catalogue, territory)
    assert shown.values[shown.areas.codes.index("calaisis")] == float(figure)


def test_a_view_is_painted_at_its_level_in_its_classes(catalogue):
    choice = ClassChoice(Method.MANUAL, bounds=(0.0, 500.0, 3000.0), palette=Palette.BLUE)
    request = PageRequest(
        Perimeter.parse("territoire:calaisis"), indicator="densite", level=Level.EPCI,
        classes=choice, operations=OperationChoice(period=(Semester(2030, 1), Semester(2030, 2))),
    )  # fmt: skip
    content = gather(catalogue, request, ground_of(request.perimeter, catalogue))
    assert set(content.painted.areas.codes) == {"200090751", "246200844", "200072478"}
    assert content.painted.classes.bounds[:2] == (0.0, 500.0)
    assert content.operations is None
    assert content.filtered.startswith("Opérations prévues du 1er semestre 2030")


def test_the_legend_says_of_which_places_the_classes_are(page_of):
    text = page_of("territoire:calaisis", layers=(), indicator="chiffre_colleges").to_svg().decode()
    assert "Territoires de tout le" in text.replace("\u202f", " ").replace("\u00a0", " ")


def test_an_unknown_indicator_is_told_with_those_there_are(painted):
    with pytest.raises(LayerError, match=r"licornes.*hopitaux_pour_10000"):
        painted("licornes")


def test_a_commune_across_the_border_is_unknown_and_not_zero(catalogue):
    ternois = Perimeter.parse("epci:200069672")
    request = PageRequest(ternois, layers=(), indicator="fit_par_habitant")
    shown = gather(catalogue, request, ground_of(ternois, catalogue)).painted
    abroad = shown.areas.codes.index("80810")
    assert shown.states[abroad] is State.UNKNOWN
    assert np.isnan(shown.values[abroad])
