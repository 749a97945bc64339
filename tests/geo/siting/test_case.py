import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geo.access.nearest import AccessError
from geo.siting.case import Siting, SitingCase, SitingError, gain, in_order, stability
from geo.siting.problems import MaximalCovering, PCenter

INF = np.inf
LINE = SitingCase.of([[5, 20, 40], [15, 5, 30], [30, 10, 5]], [100, 50, 25], [30, 30, INF])


@st.composite
def cases(draw):
    n, m = draw(st.integers(1, 7)), draw(st.integers(1, 6))
    times = st.sampled_from([1.0, 4.0, 9.0, 15.0, 20.0, 33.0, INF])
    people = draw(arrays(float, n, elements=st.sampled_from([0.0, 1.0, 7.0, 250.0])))
    people[draw(st.integers(0, n - 1))] = 12.0
    minutes, reached = (
        draw(arrays(float, (n, m), elements=times)),
        draw(arrays(float, n, elements=times)),
    )
    return SitingCase(minutes, people, reached)


def test_existing_sites_stay():
    assert LINE.with_sites([]).tolist() == [30, 30, INF]
    assert LINE.with_sites([1]).tolist() == [20, 5, 10]
    assert LINE.with_sites([0, 2]).tolist() == [5, 15, 5]


def test_a_gain_is_people_and_minutes():
    one = gain(LINE, [1], 20)
    assert one.people == 175
    assert one.minutes == pytest.approx((10 * 100 + 25 * 50) / 150)
    assert gain(LINE, [], 20) == gain(LINE, [2], 4)


@given(cases(), st.floats(0, 40))
def test_gains_in_order_add_up_to_that_of_all(case, threshold):
    sites = tuple(range(case.minutes.shape[1]))
    ranked = in_order(case, sites, threshold)
    assert sorted(site for site, _ in ranked) == list(sites)
    assert sum(people for _, people in ranked) == gain(case, sites, threshold).people
    assert ranked[0][1] == max(gain(case, [site], threshold).people for site in sites)


def test_of_two_that_bring_as_many_the_lower_comes_first():
    case = SitingCase.of([[9, 5, 5]], [10])
    assert in_order(case, (2, 1), 5) == ((1, 10.0), (2, 0.0))


def test_a_gap_is_a_share_of_the_value():
    proved, open_ = Siting((1,), 50.0, 50.0), Siting((1,), 50.0, 51.0)
    assert (proved.gap, proved.optimal) == (0, True)
    assert (open_.gap, open_.optimal) == (pytest.approx(0.02), False)
    assert Siting((), 0.0, 3.0).gap == INF


def test_an_answer_that_holds_and_one_that_does_not():
    case = SitingCase.of([[19, 30], [30, 12]], [100, 60])
    problem = MaximalCovering(1, 20)
    shorter, longer = stability(problem, case, problem.solve(case))
    assert (shorter.factor, shorter.sites, shorter.kept, shorter.regret) == (0.9, (0,), 1, 0)
    assert (longer.factor, longer.sites, longer.kept, longer.regret) == (1.1, (1,), 0, 1)


@given(cases())
def test_no_other_times_no_change(case):
    problem = MaximalCovering(2, 15)
    (same,) = stability(problem, case, problem.solve(case), [1.0])
    assert (same.kept, same.regret) == (1, 0)


def test_units_do_not_matter_to_the_center():
    answer = PCenter(1).solve(LINE)
    hours = PCenter(1).solve(LINE.scaled(1 / 60))
    assert hours.sites == answer.sites
    assert hours.value * 60 == pytest.approx(answer.value)


def test_people_who_cannot_be_reached_are_known():
    case = SitingCase.of(
        [[INF, INF], [INF, 5], [INF, INF], [INF, INF]], [3, 1, 0, 2], [INF, INF, INF, 9]
    )
    assert case.lost.tolist() == [0]


@pytest.mark.parametrize(
    ("minutes", "people", "reached", "error", "sentence"),
    [
        (np.empty((2, 0)), [1, 1], INF, SitingError, "aucun emplacement possible"),
        ([[1], [2]], [0, 0], INF, SitingError, "aucun habitant"),
        ([[1], [np.nan]], [1, 1], INF, SitingError, "manque ou est négatif"),
        ([[1], [-2]], [1, 1], INF, SitingError, "manque ou est négatif"),
        ([[1], [2]], [1, 1], [1, np.nan], SitingError, "manque ou est négatif"),
        ([[1], [2]], [1, -1], INF, AccessError, "population n° 2"),
        ([[1], [2]], [1], INF, AccessError, "1 nombres, attendu 2"),
    ],
)
def test_cases_that_make_no_sense_are_sentences(minutes, people, reached, error, sentence):
    with pytest.raises(error, match=sentence):
        SitingCase.of(minutes, people, reached)
