"""The nearest services found step by step are those that the search of all pairs finds."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from geo.access import bounded
from geo.access.bounded import nearest_times
from geo.access.nearest import nearest, only_nearest
from geo.travel.line import StraightLine
from geo.travel.times import Points, TravelTimes, to_dense


def points(rng, n, internal=0.0):
    """Return points over 120 km, of all densities, some of them at the same place."""
    xy = np.round(rng.uniform(0, 120, (n, 2))) * 1000
    return Points.of([str(i) for i in range(n)], xy, rng.choice([50, 500, 3000], n), internal)


@pytest.mark.parametrize("services", [2, 9, 60])
@pytest.mark.parametrize("k", [1, 2])
def test_the_same_are_found(monkeypatch, services, k):
    monkeypatch.setattr(bounded, "FEW_PAIRS", 0)
    rng = np.random.default_rng(services)
    homes, places = points(rng, 300, 0.2), points(rng, services)
    model = StraightLine()
    found = nearest_times(model, homes, places, k)
    all_of_them = only_nearest(model.times(homes, places), k)
    for bound in ("low", "central", "high"):
        one, other = (to_dense(getattr(times, bound)) for times in (found, all_of_them))
        assert one == pytest.approx(other)
    assert np.array_equal(nearest(found, k).destination, nearest(all_of_them, k).destination)


def test_most_pairs_are_not_searched(monkeypatch):
    monkeypatch.setattr(bounded, "FEW_PAIRS", 0)
    rng = np.random.default_rng(1)
    homes, places, model = points(rng, 300, 0.2), points(rng, 900), StraightLine()
    searched = []

    class Counting:
        id = "compté"

        def times(self, origins, destinations, limit):
            times = model.times(origins, destinations, limit)
            searched.append(times.central.nnz)
            return times

    nearest_times(Counting(), homes, places, 2)
    assert sum(searched) < 300 * 900 / 10


def test_who_can_reach_too_few_is_there_all_the_same(monkeypatch):
    monkeypatch.setattr(bounded, "FEW_PAIRS", 0)
    rng = np.random.default_rng(2)
    homes, only_one = points(rng, 20, 0.2), points(rng, 1)
    found = nearest_times(StraightLine(), homes, only_one, 2)
    assert found.central.shape == (20, 1)
    assert np.isinf(nearest(found, 2).central[:, 1]).all()
    assert np.isfinite(nearest(found, 2).central[:, 0]).all()


def test_the_first_by_slow_trips_may_be_farther_than_the_first_by_usual_ones(monkeypatch):
    """A ferry is near, and slow on a bad day; a bridge beyond the first limit is then nearer."""
    monkeypatch.setattr(bounded, "FEW_PAIRS", 0)
    quick, usual, slow = [5.0, 9.0], [5.0, 9.5], [20.0, 10.0]

    class Ferry:
        id = "bac"

        def times(self, _origins, _destinations, limit):
            there = np.array(quick) <= limit
            bounds = (csr_array([np.where(there, one, 0)]) for one in (quick, usual, slow))
            return TravelTimes(*bounds, limit)

    rng = np.random.default_rng(3)
    found = nearest(nearest_times(Ferry(), points(rng, 1, 0.2), points(rng, 2), 1), 1)
    assert (found.central[0, 0], found.high[0, 0]) == (5.0, 10.0)
    assert found.destination[0, 0] == 0
