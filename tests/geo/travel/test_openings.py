import numpy as np

from geo.travel.homes import Homes
from geo.travel.openings import places_to_open
from geo.travel.times import Points

HALLS = Points.of(("A", "B"), [(0, 0), (50_000, 0)], 2000.0, 2.0)


def homes(*xs, people=None):
    """Return homes of the town A on a line, and one of the village B at its hall."""
    n = len(xs)
    points = Points.of(("A",) * n + ("B",), [*((x, 0) for x in xs), (50_000, 0)], 2000.0, 0.3)
    nobody = np.zeros(n + 1)
    inside = np.array([0] * n + [1])
    weights = np.array([*(people or [100] * n), 500], dtype=float)
    return Homes(points, inside, np.full(n + 1, -1), weights, nobody)


def services(*places):
    return Points.of([code for code, _ in places], [(x, 0) for _, x in places], 2000.0)


def test_a_second_site_goes_where_most_people_are_far_from_the_first():
    moved = places_to_open(homes(-3000, 0, 3000, people=[100, 100, 900]), HALLS, services(("A", 0)))
    assert moved.communes.tolist() == [0]
    assert moved.xy.tolist() == [[3000, 0]]


def test_the_first_site_of_a_town_goes_to_the_town_hall():
    moved = places_to_open(homes(-3000, 0, 3000), HALLS, services(("B", 50_000)))
    assert moved.communes.tolist() == []
    assert moved.xy.shape == (0, 2)


def test_a_village_has_no_other_place():
    moved = places_to_open(homes(0, 1000), HALLS, services(("B", 50_000)))
    assert 1 not in moved.communes


def test_where_nothing_is_gained_the_town_hall_stays():
    moved = places_to_open(homes(0, 2000), HALLS, services(("A", 0), ("A", 2000)))
    assert moved.communes.tolist() == []
