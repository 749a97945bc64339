"""Equality with PySAL spopt: the same best value for the same question."""

import numpy as np
import pytest

from geo.siting.case import SitingCase
from geo.siting.problems import MaximalCovering, PCenter, PMedian, SetCovering

pulp = pytest.importorskip("pulp", reason="PySAL spopt absent (pip install spopt)")
locate = pytest.importorskip("spopt.locate", reason="PySAL spopt absent (pip install spopt)")
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning")

EXISTING = {"no site yet": [], "two sites already": [3, 11]}


@pytest.fixture(params=range(3))
def places(request):
    """Minutes from 30 communes to 16 places, and who lives there."""
    rng = np.random.default_rng(request.param)
    homes, sites = rng.uniform(0, 60, (30, 2)), rng.uniform(0, 60, (16, 2))
    minutes = np.hypot(*(homes[:, None] - sites).T).T + 1
    return minutes, rng.integers(50, 9000, 30).astype(float)


@pytest.fixture(params=EXISTING.values(), ids=EXISTING)
def existing(request):
    return request.param


def case_of(minutes, people, existing):
    reached = minutes[:, existing].min(axis=1) if existing else np.inf
    return SitingCase.of(minutes, people, reached)


def spopt(model, *question, existing, **more):
    """Return the value that spopt finds; it counts existing sites among the p."""
    fixed = np.zeros(16, dtype=int)
    fixed[existing] = 1
    built = model.from_cost_matrix(*question, predefined_facilities_arr=fixed, **more)
    solved = built.solve(pulp.PULP_CBC_CMD(msg=False, gapRel=0))
    return solved.problem.objective.value()


@pytest.mark.parametrize("k", [1, 3])
@pytest.mark.parametrize("threshold", [8, 15, 25])
def test_maximal_covering(places, existing, k, threshold):
    minutes, people = places
    p = k + len(existing)
    theirs = spopt(locate.MCLP, minutes, people, threshold, p, existing=existing)
    ours = MaximalCovering(k, threshold).solve(case_of(minutes, people, existing))
    assert ours.optimal
    assert ours.value == pytest.approx(theirs, rel=1e-9)


@pytest.mark.parametrize("k", [1, 4])
def test_p_median(places, existing, k):
    minutes, people = places
    theirs = spopt(locate.PMedian, minutes, people, k + len(existing), existing=existing)
    ours = PMedian(k).solve(case_of(minutes, people, existing))
    assert ours.optimal
    assert ours.value * people.sum() == pytest.approx(theirs, rel=1e-9)


@pytest.mark.parametrize("k", [1, 4])
def test_p_center(places, existing, k):
    minutes, people = places
    theirs = spopt(locate.PCenter, minutes, k + len(existing), existing=existing)
    ours = PCenter(k).solve(case_of(minutes, people, existing))
    assert ours.optimal
    # The solver behind spopt writes its one continuous variable with eight figures.
    assert ours.value == pytest.approx(theirs, rel=1e-7)


@pytest.mark.parametrize("more", [0.5, 8])
def test_set_covering(places, existing, more):
    minutes, people = places
    threshold = minutes.min(axis=1).max() + more  # spopt has no answer below
    theirs = spopt(locate.LSCP, minutes, threshold, existing=existing)
    ours = SetCovering(threshold).solve(case_of(minutes, people, existing))
    assert ours.optimal
    assert ours.value + len(existing) == theirs
