from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.access.nearest import nearest
from geo.perimeter import Level
from geo.travel.communes import commune_points
from geo.travel.homes import homes_of, no_quarters, whole_parts
from geo.travel.line import StraightLine
from geo.travel.times import Points

CALAIS, ACHEVILLE = "62193", "62003"


@pytest.fixture(scope="module")
def two(reference):
    """Return the reference with a town and a village alone."""
    communes = {code: reference.communes[code] for code in (CALAIS, ACHEVILLE)}
    return replace(reference, communes=communes)


@pytest.fixture(scope="module")
def quarter(two):
    """Return a quarter of 5 000 inhabitants, a kilometre wide, around Calais' town hall."""
    xy = commune_points(two).xy[0]
    outline = gpd.points_from_xy([xy[0]], [xy[1]]).buffer(500)
    return gpd.GeoDataFrame(
        {"communes": [(CALAIS,)], "population": [5000]}, geometry=outline, crs=2154
    )


def test_a_village_stands_at_its_town_hall_a_town_all_over_its_area(two):
    homes, halls = homes_of(two, no_quarters()), commune_points(two)
    village = homes.commune == 1
    assert village.sum() == 1
    assert np.array_equal(homes.points.xy[village][0], halls.xy[1])
    assert homes.points.internal_km[village] == halls.internal_km[1]
    assert 25 < (homes.commune == 0).sum() < 60
    assert set(homes.points.codes) == {CALAIS, ACHEVILLE}


def test_the_people_of_a_town_are_whole_and_all_there(two, quarter):
    for quarters in (no_quarters(), quarter):
        homes = homes_of(two, quarters)
        sums = homes.sum_by_commune(homes.people, 2)
        assert sums.tolist() == [c.population for c in two.communes.values()]
        assert (homes.people == np.floor(homes.people)).all()
    inside = homes.quarter == 0
    assert homes.people[inside].tolist() == [5000] == homes.quarter_people[inside].tolist()
    # A disc's mean distance to its centre is two thirds of its radius.
    assert homes.points.internal_km[inside][0] == pytest.approx(1 / 3, abs=0.005)


def test_squares_cover_the_town_but_for_slivers(two, reference):
    homes = homes_of(two, no_quarters())
    outlines = reference.outlines(Level.COMMUNE).set_index("code").geometry
    own = homes.commune == 0
    people = homes.people[own]
    assert people.max() < 3 * np.median(people)
    assert 0.9 < len(people) / (outlines[CALAIS].area / 1e6) < 2


def test_one_service_at_the_town_hall_is_as_far_as_the_area_says(two):
    homes, halls = homes_of(two, no_quarters()), commune_points(two)
    model, own = StraightLine(), homes.commune == 0
    near = nearest(model.times(homes.points, halls)).central[own, 0]
    mean = float(near @ homes.people[own] / homes.people[own].sum())
    assert mean == pytest.approx(model.internal_minutes(halls)[0], rel=0.05)


def test_each_service_more_in_a_town_shortens_the_way_and_never_to_nothing(two):
    homes = homes_of(two, no_quarters())
    own = np.flatnonzero(homes.commune == 0)
    places = homes.points.take(own)
    model, before = StraightLine(), np.inf
    for count in (1, 2, 4, 7, len(own)):
        some = places.take(np.linspace(0, len(own) - 1, count).astype(int))
        services = Points.of(some.codes, some.xy, some.density)
        near = nearest(model.times(places, services)).central[:, 0]
        mean = float(near @ homes.people[own] / homes.people[own].sum())
        assert 0 < mean < before
        assert near.min() > 0
        before = mean


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=40), st.integers(0, 10**6))
def test_whole_parts_are_whole_near_their_share_and_add_up(weights, total):
    parts = whole_parts(weights, total)
    assert parts.sum() == total
    assert (parts == np.floor(parts)).all()
    assert (parts >= 0).all()
    if sum(weights) > 1e-3:
        assert np.abs(parts - np.array(weights) / sum(weights) * total).max() < 1 + 1e-6
