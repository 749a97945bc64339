"""Homes on a grid: each square is one, and nobody is lost where there is none."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest

from geo.access.nearest import nearest
from geo.travel.communes import commune_points
from geo.travel.grid import Grid, homes_on
from geo.travel.homes import NO_QUARTER, no_quarters
from geo.travel.line import StraightLine

CALAIS, ACHEVILLE = "62193", "62003"


@pytest.fixture(scope="module")
def two(reference):
    """Return the reference with a town and a village alone."""
    communes = {code: reference.communes[code] for code in (CALAIS, ACHEVILLE)}
    return replace(reference, communes=communes)


@pytest.fixture(scope="module")
def middle(two):
    return commune_points(two).xy[0]


def grid(middle, *squares):
    """Return squares of Calais: metres east of its town hall, people, people of an age."""
    east, people, old = np.array(squares, dtype=float).T
    xy = middle + np.column_stack([east, np.zeros(len(east))])
    count = len(squares)
    return Grid((CALAIS,) * count, xy, people, {"old": old}, np.arange(count) == 1)


def test_a_commune_has_its_population_in_proportion_to_its_squares(two, middle):
    homes = homes_on(grid(middle, (0, 30, 1), (200, 90, 5)), two, no_quarters())
    population = two.communes[CALAIS].population
    assert homes.commune.tolist() == [0, 0, 1]
    assert homes.people.tolist()[:2] == pytest.approx([population / 4, population * 3 / 4], abs=1)
    assert homes.sum_by_commune(homes.people, 2).tolist() == [
        population,
        two.communes[ACHEVILLE].population,
    ]
    assert homes.groups["old"].tolist() == [1, 5, 0]
    assert homes.approached.tolist() == [False, True, False]
    assert homes.points.internal_km[:2] == pytest.approx(0.0765, abs=1e-4)


def test_a_commune_without_a_square_is_its_town_hall(two, middle):
    homes, halls = homes_on(grid(middle, (0, 30, 1)), two, no_quarters()), commune_points(two)
    assert np.array_equal(homes.points.xy[1], halls.xy[1])
    assert homes.points.internal_km[1] == halls.internal_km[1]


def quarter_at(middle, east):
    outline = gpd.points_from_xy([middle[0] + east], [middle[1]]).buffer(150)
    return gpd.GeoDataFrame(
        {"communes": [(CALAIS,)], "population": [900]}, geometry=outline, crs=2154
    )


def test_the_people_of_a_quarter_are_in_its_squares(two, middle):
    squares = grid(middle, (-100, 10, 0), (100, 20, 0), (600, 70, 0))
    homes = homes_on(squares, two, quarter_at(middle, 0))
    assert homes.quarter.tolist() == [0, 0, NO_QUARTER, NO_QUARTER]
    assert homes.quarter_people.tolist() == pytest.approx([300, 600, 0, 0])
    assert homes.people[2] == pytest.approx(two.communes[CALAIS].population * 0.7, abs=1)


def test_a_quarter_without_a_square_is_a_home_where_nobody_else_lives(two, middle):
    homes = homes_on(grid(middle, (0, 10, 0)), two, quarter_at(middle, 2000))
    (place,) = np.flatnonzero(homes.quarter == 0)
    assert (homes.people[place], homes.quarter_people[place]) == (0, 900)
    assert homes.points.xy[place] == pytest.approx((middle[0] + 2000, middle[1]), abs=1)


def test_in_two_squares_the_way_is_that_from_each(two, middle):
    homes = homes_on(grid(middle, (1000, 10, 0), (5000, 10, 0)), two, no_quarters())
    near = nearest(StraightLine().times(homes.points, commune_points(two))).central[:2, 0]
    assert near[1] > 3 * near[0]
