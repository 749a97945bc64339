"""Places that resemble each other: a distance with the laws of one, on features that say why."""

import math

import numpy as np
import pytest

from geo.perimeter import DEPARTEMENT, Level, Perimeter
from layers.catalogue.layers import Catalogue
from layers.model.layer import LayerError
from layers.sheets.similarity import resembling, standard_scores

LEVELS = [level for level in Level if level is not Level.DEPARTEMENT]


@pytest.mark.parametrize("level", LEVELS)
def test_scores_have_mean_zero_and_deviation_one(catalogue, level):
    scores = standard_scores(catalogue, level)
    assert np.allclose(scores.mean(), 0)
    assert np.allclose(scores.std(ddof=0), 1)


@pytest.mark.parametrize("level", [Level.TERRITORY, Level.EPCI, Level.MDS])
def test_the_distance_is_the_same_both_ways_and_obeys_the_triangle(catalogue, level):
    places = catalogue.reference.perimeters(level)
    far = {
        (one, other.perimeter): other.distance
        for one in places
        for other in resembling(catalogue, one, len(places))
    }
    assert all(math.isclose(far[a, b], far[b, a]) for a, b in far)
    assert all(
        far[a, b] <= far[a, c] + far[c, b] + 1e-9 for a, b in far for c in places if c not in (a, b)
    )


def test_the_distance_is_the_one_of_the_formula(catalogue):
    lens, henin = Perimeter(Level.EPCI, "246200364"), Perimeter(Level.EPCI, "246200299")
    nearest = resembling(catalogue, lens)[0]
    scores = standard_scores(catalogue, Level.EPCI)
    gaps = (scores.loc[lens.code] - scores.loc[henin.code]) ** 2
    assert [*gaps.index] == ["population", "density", "districts", "young", "old", "without_car"]
    population, density, districts, young, old, without_car = gaps
    mean = (population + density + districts + (young + old) / 2 + without_car) / 5
    assert nearest.perimeter == henin
    assert math.isclose(nearest.distance, math.sqrt(mean))


def test_a_withheld_income_is_left_out_of_the_distance_and_is_no_zero(catalogue):
    """Guinecourt (7 households) has no published median: it is compared by the rest alone."""
    scores = standard_scores(catalogue, Level.COMMUNE)
    assert int(scores["income"].isna().sum()) == 43
    guinecourt = Perimeter(Level.COMMUNE, "62396")
    assert math.isnan(scores.loc[guinecourt.code, "income"])
    nearest = resembling(catalogue, guinecourt)[0]
    gaps = (scores.loc[guinecourt.code] - scores.loc[nearest.perimeter.code]) ** 2
    gaps[["young", "old"]] /= 2
    assert math.isclose(nearest.distance, math.sqrt(gaps.drop("income").sum() / 5))


def test_towns_of_like_incomes_and_ages_come_first(catalogue):
    names = {
        place: [
            catalogue.reference.name_of(one.perimeter)
            for one in resembling(catalogue, Perimeter(Level.COMMUNE, place))
        ]
        for place in ("62041", "62193")
    }
    assert names["62041"] == ["Béthune", "Calais", "Lens"]
    assert names["62193"][0] == "Lens"


def test_the_nearest_comes_first_and_the_place_itself_never(catalogue):
    for place in catalogue.reference.perimeters(Level.EPCI):
        found = resembling(catalogue, place, 19)
        assert len(found) == 19
        assert place not in {one.perimeter for one in found}
        distances = [one.distance for one in found]
        assert distances == sorted(distances)


def test_nothing_resembles_the_departement_nor_a_canton_of_unknown_population(catalogue):
    assert resembling(catalogue, DEPARTEMENT) == ()
    cut = [c.code for c in catalogue.reference.cantons.values() if c.population is None]
    assert resembling(catalogue, Perimeter(Level.CANTON, cut[0])) == ()


def test_districts_that_cannot_be_read_are_said(reference, tmp_path):
    with pytest.raises(LayerError):
        resembling(Catalogue(reference, tmp_path), Perimeter(Level.EPCI, "246200364"))
