"""The laws of catchments."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geo.access.catchment import balanced_floating_catchment, floating_catchment, opportunities
from geo.access.impedance import LUO_QI_ZONES, Exponential, Gaussian, Power, within
from geo.access.nearest import AccessError
from tests.geo.travel.minutes import sparse

DECAYS = (within(20), LUO_QI_ZONES, Gaussian(12), Exponential(10), Power(1, least=0.5))
decays = st.sampled_from(DECAYS)


def numbers(n):
    return arrays(float, n, elements=st.sampled_from([0.0, 1.0, 3.0, 40.0, 2500.0]))


@st.composite
def cases(draw):
    n, m = draw(st.integers(1, 8)), draw(st.integers(1, 8))
    near = st.sampled_from([0.5, 2.0, 7.0, 15.0, 25.0, 70.0, np.inf])
    return draw(arrays(float, (n, m), elements=near)), draw(numbers(n)), draw(numbers(m))


def by_hand(dense, demand, supply, impedance):
    """The two steps, one origin and one service at a time."""
    n, m = dense.shape
    weight = [[float(impedance(dense[i, j : j + 1])[0]) for j in range(m)] for i in range(n)]
    people = [sum(weight[i][j] * demand[i] for i in range(n)) for j in range(m)]
    ratio = [supply[j] / people[j] if people[j] else 0 for j in range(m)]
    return [sum(weight[i][j] * ratio[j] for j in range(m)) for i in range(n)]


@given(cases(), decays)
def test_all_supply_that_somebody_reaches_is_given_out(case, decay):
    dense, demand, supply = case
    access = floating_catchment(sparse(dense), demand, supply, decay)
    weights = np.where(np.isfinite(dense), decay(dense), 0)
    reached = (weights * demand[:, None]).sum(axis=0) > 1e-200
    assert access @ demand == pytest.approx(supply[reached].sum(), rel=1e-9)


@given(cases(), decays)
def test_equals_the_two_steps_done_by_hand(case, decay):
    dense, demand, supply = case
    found = floating_catchment(sparse(dense), demand, supply, decay)
    assert found == pytest.approx(by_hand(dense, demand, supply, decay), rel=1e-9)


@given(cases(), decays, st.integers(0, 7))
def test_more_supply_is_less_for_nobody(case, decay, which):
    dense, demand, supply = case
    more = supply.copy()
    more[which % len(supply)] += 10
    for measure in (floating_catchment, balanced_floating_catchment):
        before = measure(sparse(dense), demand, supply, decay)
        assert (measure(sparse(dense), demand, more, decay) >= before - 1e-12 * before).all()
    assert (
        opportunities(sparse(dense), more, decay) >= opportunities(sparse(dense), supply, decay)
    ).all()


@given(cases(), st.randoms(), decays)
def test_the_order_of_rows_does_not_matter(case, random, decay):
    dense, demand, supply = case
    i = random.sample(range(len(demand)), len(demand))
    j = random.sample(range(len(supply)), len(supply))
    for measure in (floating_catchment, balanced_floating_catchment):
        straight = measure(sparse(dense), demand, supply, decay)
        mixed = measure(sparse(dense[np.ix_(i, j)]), demand[i], supply[j], decay)
        assert mixed == pytest.approx(straight[i], rel=1e-9)


@given(cases(), st.floats(0.01, 100), st.floats(0.01, 1000))
def test_units_of_time_and_of_supply_do_not_matter(case, hours, pupils):
    dense, demand, supply = case
    straight = floating_catchment(sparse(dense), demand, supply, Gaussian(12))
    other = floating_catchment(sparse(dense * hours), demand, supply * pupils, Gaussian(12 * hours))
    assert other == pytest.approx(straight * pupils, rel=1e-6)


@given(cases(), decays)
def test_the_balanced_method_gives_out_each_level_once(case, decay):
    dense, demand, supply = case
    weights = np.where(np.isfinite(dense), decay(dense), 0)
    reach = weights.sum(axis=1, keepdims=True)
    shared = np.divide(weights, reach, out=np.zeros_like(weights), where=reach > 0).T @ demand
    assert shared.sum() == pytest.approx(demand[reach[:, 0] > 0].sum(), rel=1e-9)
    level = np.divide(supply, shared, out=np.zeros_like(supply), where=shared > 0)
    found = balanced_floating_catchment(sparse(dense), demand, supply, decay)
    assert found.sum() == pytest.approx(level.sum(), rel=1e-9)


def test_one_service_for_all_is_shared_alike():
    found = floating_catchment(sparse(np.array([[1.0], [9.0]])), [300, 100], [8], within(10))
    assert found.tolist() == [0.02, 0.02]


def test_a_commune_without_inhabitants_still_has_access():
    found = floating_catchment(sparse(np.array([[1.0], [9.0]])), [0, 100], [8], within(10))
    assert found[0] == 0.08


def test_nothing_in_reach_is_zero():
    found = floating_catchment(sparse(np.array([[np.inf, 90.0]])), [10], [1, 1], within(10))
    assert found.tolist() == [0]


@pytest.mark.parametrize(
    ("demand", "supply", "sentence"),
    [
        ([1, 1], [1, -1], "capacité n° 2 : trouvé -1,"),
        ([1, np.inf], [1, 1], "demande n° 2 : trouvé l’infini"),
        ([1], [1, 1], "demande : 1 nombres, attendu 2"),
    ],
)
def test_amounts_that_make_no_sense_are_sentences(demand, supply, sentence):
    with pytest.raises(AccessError, match=sentence):
        floating_catchment(sparse(np.ones((2, 2))), demand, supply, within(10))
