"""Each answer is compared with that of trying everything."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geo.siting import gain as siting_gain
from geo.siting.case import SitingCase, SitingError
from geo.siting.gain import choose
from geo.siting.problems import MaximalCovering, PCenter, PMedian, SetCovering

INF = np.inf
BIGGER_IS_BETTER = {MaximalCovering: 1, PMedian: -1, PCenter: -1}
few = settings(max_examples=40)


@st.composite
def cases(draw, *, islands=True):
    n, m = draw(st.integers(1, 8)), draw(st.integers(1, 7))
    times = st.one_of(st.sampled_from([4.0, 9.0, 15.0]), st.floats(0.5, 60))
    times = st.one_of(times, st.just(INF)) if islands else times
    people = draw(arrays(float, n, elements=st.sampled_from([0.0, 1.0, 7.0, 250.0, 8013.0])))
    people[draw(st.integers(0, n - 1))] = 12.0
    minutes = draw(arrays(float, (n, m), elements=times))
    reached = draw(st.one_of(st.just(np.full(n, INF)), arrays(float, n, elements=times)))
    return SitingCase(minutes, people, reached)


problems = st.one_of(
    st.builds(MaximalCovering, st.integers(1, 4), st.sampled_from([0.0, 4.0, 9.0, 20.0, 70.0])),
    st.builds(PMedian, st.integers(1, 4)),
)


def by_trying(problem, case, k):
    m = case.minutes.shape[1]
    sign = BIGGER_IS_BETTER[type(problem)]
    choices = [s for size in range(min(k, m) + 1) for s in combinations(range(m), size)]
    return sign * max(sign * problem.value(case, sites) for sites in choices)


def answer(problem, case):
    try:
        return problem.solve(case)
    except SitingError:
        return None


@few
@given(problems, cases())
def test_no_other_sites_are_better(problem, case):
    found = answer(problem, case)
    if found is None:
        assert len(case.lost) == np.count_nonzero(case.people)
        return
    assert found.value == pytest.approx(by_trying(problem, case, problem.k), rel=1e-9)
    assert found.optimal
    assert found.value == problem.value(case, found.sites)
    assert len(found.sites) <= problem.k


@few
@given(st.integers(1, 4), cases())
def test_no_other_sites_have_a_shorter_longest_time(k, case):
    best = by_trying(PCenter(k), case, k)
    if np.isinf(best):
        with pytest.raises(SitingError, match="trop peu pour que chacun"):
            PCenter(k).solve(case)
        return
    found = PCenter(k).solve(case)
    assert found.value == best
    assert found.optimal


@few
@given(st.sampled_from([0.0, 4.0, 9.0, 20.0, 70.0]), cases())
def test_fewer_sites_do_not_cover(threshold, case):
    problem = SetCovering(threshold)
    found = problem.solve(case)
    m = case.minutes.shape[1]
    sizes = [
        size
        for size in range(m + 1)
        for sites in combinations(range(m), size)
        if np.isfinite(problem.value(case, sites))
    ]
    assert found.value == len(found.sites) == min(sizes)
    assert found.optimal
    assert np.isfinite(problem.value(case, found.sites))


@few
@given(problems, cases(), st.randoms())
def test_the_order_of_rows_and_candidates_changes_no_value(problem, case, random):
    if (found := answer(problem, case)) is None:
        return
    n, m = case.minutes.shape
    i, j = random.sample(range(n), n), random.sample(range(m), m)
    mixed = SitingCase(case.minutes[np.ix_(i, j)], case.people[i], case.reached[i])
    assert problem.solve(mixed).value == pytest.approx(found.value, rel=1e-12)
    assert problem.solve(case).sites == found.sites


@few
@given(st.integers(1, 3), cases())
def test_one_more_site_is_never_worse(k, case):
    assert MaximalCovering(k + 1, 9).solve(case).value >= MaximalCovering(k, 9).solve(case).value
    if len(case.lost) < np.count_nonzero(case.people):
        more, less = PMedian(k + 1).solve(case), PMedian(k).solve(case)
        assert more.value <= less.value * (1 + 1e-12)


def test_ties_fall_to_the_lower_candidate_whatever_the_problem():
    case = SitingCase.of([[9, 5, 5], [9, 5, 5]], [10, 10])
    for problem in (MaximalCovering(1, 6), PMedian(1), PCenter(1), SetCovering(6)):
        assert problem.solve(case).sites == (1,)


@given(arrays(int, (4, 3), elements=st.integers(0, 3)), st.integers(1, 4), st.randoms())
def test_of_candidates_that_are_alike_the_lowest_is_taken_whatever_their_order(gains, k, random):
    order = random.sample(range(3), 3) + random.choices(range(3), k=4)
    alike = gains[:, order].astype(float)
    sites = choose(alike, k, 5).sites
    for site in sites:
        same = np.flatnonzero((alike == alike[:, [site]]).all(axis=0))
        assert site == same[0]


def test_of_pairs_that_cover_as_many_the_lower_numbers_are_taken():
    ring = np.roll(np.eye(4), 1, axis=1) + np.eye(4)
    assert choose(ring, 2, 5).sites == (0, 2)
    assert choose(np.eye(4), 2, 5).sites == (0, 1)
    assert choose(np.array([[0.3, 0.1, 0.3], [0.1, 0.3, 0.1]]), 1, 5).sites == (0,)


@pytest.mark.parametrize(
    ("gains", "lowest"),
    [
        ([[2, 2, 2, 2], [0, 3, 2, 3], [2, 1, 0, 2], [3, 0, 2, 1]], (0, 1)),
        ([[0, 2, 3, 2], [3, 3, 1, 1], [1, 0, 1, 2]], (0, 2)),
        ([[0, 3, 3, 0], [3, 0, 2, 0], [2, 0, 1, 3], [3, 0, 3, 1]], (0, 1)),
    ],
)
def test_of_answers_worth_the_same_the_lower_is_given_though_another_is_found_first(gains, lowest):
    table = np.array(gains, dtype=float)
    worth = {pair: table[:, pair].max(axis=1).sum() for pair in combinations(range(4), 2)}
    assert worth[lowest] == max(worth.values())
    assert choose(table, 2, 5).sites == lowest


def test_sites_that_would_change_nothing_are_not_proposed():
    case = SitingCase.of([[5, 5], [5, 5]], [10, 10], [30, 4])
    assert MaximalCovering(2, 10).solve(case).sites == (0,)
    covered = SitingCase.of([[5, 5]], [10], [3])
    for problem in (MaximalCovering(2, 10), PMedian(2), PCenter(2), SetCovering(10)):
        assert problem.solve(covered).sites == ()
        assert problem.solve(covered).optimal


def test_a_commune_without_inhabitants_draws_no_site():
    case = SitingCase.of([[1, 50], [50, 1]], [0, 10])
    for problem in (MaximalCovering(1, 5), PMedian(1), PCenter(1), SetCovering(5)):
        assert problem.solve(case).sites == (1,)


def test_somebody_out_of_reach_counts_as_long_as_is_said():
    case = SitingCase.of([[INF, 10], [10, INF]], [100, 60])
    assert PMedian(1).solve(case).value == pytest.approx((100 * 10 + 60 * 20) / 160)
    assert PMedian(1, unserved=90).solve(case).value == pytest.approx((100 * 10 + 60 * 90) / 160)


def test_too_large_for_a_proof_leaves_a_true_bound(monkeypatch):
    rng = np.random.default_rng(62)
    homes = rng.uniform(0, 100, (80, 2))
    minutes = np.hypot(*(homes[:, None] - homes).T).T + 0.5
    case = SitingCase.of(minutes, rng.integers(1, 5000, 80))
    proved = PMedian(9).solve(case)
    assert proved.optimal
    monkeypatch.setattr(siting_gain, "LP_LEVELS", 0)
    monkeypatch.setattr(siting_gain, "MILP_LEVELS", 0)
    bounded = PMedian(9).solve(case)
    assert bounded.bound <= proved.value <= bounded.value
    assert bounded.gap < 0.1
    assert bounded.value == pytest.approx(proved.value, rel=0.03)


def test_no_time_leaves_a_true_bound():
    rng = np.random.default_rng(7)
    homes = rng.uniform(0, 100, (250, 2))
    minutes = np.hypot(*(homes[:, None] - homes).T).T + 0.5
    case = SitingCase.of(minutes, rng.integers(1, 5000, 250))
    hurried = MaximalCovering(12, 11, seconds=1e-6).solve(case)
    proved = MaximalCovering(12, 11).solve(case)
    assert hurried.value <= proved.value <= hurried.bound
    assert proved.optimal


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda: MaximalCovering(0, 10), "trouvé 0 comme nombre de sites"),
        (lambda: PMedian(-1), "trouvé -1 comme nombre de sites"),
        (lambda: PCenter(0), "trouvé 0 comme nombre de sites"),
        (lambda: MaximalCovering(1, -1), "seuil de -1"),
        (lambda: SetCovering(INF), "seuil de l’infini"),
        (lambda: PMedian(1).solve(SitingCase.of([[INF]], [10])), "à portée d’un habitant"),
    ],
)
def test_questions_that_make_no_sense_are_sentences(ask, sentence):
    with pytest.raises(SitingError, match=sentence):
        ask()
