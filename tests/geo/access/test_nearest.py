import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geo.access.nearest import NOWHERE, AccessError, coverage, kth_nearest, nearest, only_nearest
from geo.travel.times import Bracket, TravelTimes, to_dense
from tests.geo.travel.minutes import sparse


def times(dense, bracket=(0.5, 1, 2), limit=np.inf):
    dense = np.array(dense, dtype=float)
    return TravelTimes.around(sparse(dense), Bracket(*bracket), limit)


matrices = st.tuples(st.integers(1, 9), st.integers(0, 9)).flatmap(
    lambda shape: arrays(
        float, shape, elements=st.sampled_from([0.5, 1.0, 2.0, 3.0, 5.0, 8.0, 13.0, 40.0, np.inf])
    )
)
INF = np.inf


@given(matrices, st.integers(1, 5))
def test_kth_nearest_is_the_sorted_row_and_the_lower_number_first(dense, k):
    found, column = kth_nearest(sparse(dense), k)
    order = np.argsort(dense, axis=1, kind="stable")[:, :k]
    expected = np.take_along_axis(dense, order, axis=1)
    wide = min(k, dense.shape[1])
    assert np.array_equal(found[:, :wide], expected)
    assert np.array_equal(column[:, :wide], np.where(np.isfinite(expected), order, NOWHERE))
    assert np.isinf(found[:, wide:]).all()
    assert (column[:, wide:] == NOWHERE).all()


@given(matrices, st.randoms())
def test_the_order_of_services_changes_no_time(dense, random):
    order = random.sample(range(dense.shape[1]), dense.shape[1])
    assert np.array_equal(
        kth_nearest(sparse(dense), 2)[0], kth_nearest(sparse(dense[:, order]), 2)[0]
    )


@given(matrices)
def test_the_bracket_holds_and_one_more_service_is_never_farther(dense):
    near = nearest(times(dense), 2)
    assert (near.low <= near.central).all()
    assert (near.central <= near.high).all()
    more = np.column_stack([dense, np.full(len(dense), 4.0)])
    assert (nearest(times(more), 2).central <= near.central).all()


def test_each_bound_has_its_own_nearest_service():
    bounds = [[9.0, 2.0]], [[10.0, 20.0]], [[11.0, 60.0]]
    near = nearest(TravelTimes(*(sparse(np.array(bound)) for bound in bounds)))
    assert (near.low[0, 0], near.central[0, 0], near.high[0, 0]) == (2, 10, 11)
    assert near.destination[0, 0] == 0


def test_exactly_the_threshold_is_within_it():
    near = nearest(times([[20], [20.001], [10], [60], [INF]]))
    found = coverage(near, [100, 10, 1, 1000, 10_000], 20)
    assert found.beyond.tolist() == [False, True, False, True, True]
    assert found.uncertain.tolist() == [True, True, False, False, False]
    assert (found.demand, found.demand_beyond, found.demand_uncertain) == (11111, 11010, 110)
    assert found.share_beyond == pytest.approx(11010 / 11111)


@given(matrices, st.floats(0, 50), st.floats(0, 50))
def test_a_longer_threshold_leaves_fewer_people_beyond(dense, one, other):
    near, people = nearest(times(dense)), np.arange(len(dense))
    less, more = sorted((one, other))
    assert coverage(near, people, more).demand_beyond <= coverage(near, people, less).demand_beyond


def test_thresholds_at_the_ends_of_the_slider():
    near = nearest(times([[1], [INF]]))
    assert coverage(near, [5, 7], 0).demand_beyond == 12
    assert coverage(near, [5, 7], 10_000).demand_beyond == 7


def test_the_second_service_counts_by_its_rank():
    near = nearest(times([[5, 30], [5, 6]]), 2)
    assert coverage(near, [1, 1], 10, rank=2).beyond.tolist() == [True, False]


def test_nobody_living_anywhere_gives_no_share():
    assert np.isnan(coverage(nearest(times([[5]])), [0], 10).share_beyond)


def test_no_service_at_all_leaves_everybody_beyond():
    near = nearest(times(np.empty((3, 0))))
    assert coverage(near, [1, 2, 3], 10_000).demand_beyond == 6
    assert (near.destination == NOWHERE).all()


@pytest.mark.parametrize(
    ("demand", "threshold", "rank", "sentence"),
    [
        ([1, 2], 10, 1, "2 nombres, attendu 1"),
        ([-1], 10, 1, r"demande n° 1 : trouvé -1"),
        ([np.nan], 10, 1, r"demande n° 1 : trouvé une valeur absente"),
        ([1], -5, 1, "Seuil : trouvé -5"),
        ([1], np.nan, 1, "Seuil : trouvé une valeur absente"),
        ([1], 60.5, 1, "trouvé 60,5 minutes, mais .* cherchés que jusqu’à 60"),
        ([1], 10, 2, "Rang du service : trouvé 2"),
    ],
)
def test_questions_that_make_no_sense_are_sentences(demand, threshold, rank, sentence):
    with pytest.raises(AccessError, match=sentence):
        coverage(nearest(times([[5]], limit=60)), demand, threshold, rank)


def test_a_rank_below_one_is_a_sentence():
    with pytest.raises(AccessError, match="attendu 1 ou plus"):
        nearest(times([[5]]), 0)


def test_dense_and_sparse_tell_the_same():
    dense = np.array([[1.0, INF], [INF, INF], [3.0, 2.0]])
    assert np.array_equal(to_dense(sparse(dense)), dense)


@given(matrices, st.integers(1, 3))
def test_the_nearest_are_the_same_without_the_others(dense, k):
    every = times(dense)
    few = only_nearest(every, k)
    for name in ("low", "central", "high", "destination"):
        assert np.array_equal(getattr(nearest(every, k), name), getattr(nearest(few, k), name))
    if len(set(dense.ravel())) == dense.size:
        assert few.central.nnz <= k * len(dense)
