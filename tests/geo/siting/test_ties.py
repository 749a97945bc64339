import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from geo.siting.case import SitingCase
from geo.siting.problems import MaximalCovering
from geo.siting.ties import settle


def case(minutes, people, reached=60.0):
    return SitingCase.of(minutes, people, reached)


def test_the_equal_that_saves_most_comes_first_the_others_are_listed():
    # Three candidates bring both places within 10 minutes; the second saves most.
    asked = case([[9, 4, 8], [10, 6, 10]], [100, 50])
    settled = settle(asked, (0,), 10, [500, 500, 500])
    assert settled.sites == (1,)
    assert settled.equals == ((2, 0),)


def test_of_two_that_save_as_much_the_larger_commune_comes_first_then_the_lower_number():
    asked = case([[5, 5, 5]], [100])
    assert settle(asked, (0,), 10, [576, 8552, 1000]).sites == (1,)
    assert settle(asked, (2,), 10, [800, 800, 800]).sites == (0,)


def test_who_brings_nearly_as_many_is_told_apart():
    asked = case([[5, 5, 5], [5, 50, 50], [50, 50, 50]], [960, 40, 10])
    settled = settle(asked, (0,), 10, [1, 1, 1])
    assert (settled.sites, settled.equals, settled.nearly) == ((0,), ((),), ((1, 2),))
    fewer = settle(case([[5, 5], [5, 50]], [940, 60]), (0,), 10, [1, 1])
    assert fewer.nearly == ((),)


@settings(max_examples=60)
@given(
    arrays.arrays(np.int64, (12, 7), elements=st.integers(1, 30)),
    arrays.arrays(np.int64, 12, elements=st.integers(1, 500)),
    st.integers(1, 3),
)
def test_settling_covers_as_many_and_never_saves_less(minutes, people, k):
    asked, problem = case(minutes, people, 40.0), MaximalCovering(k, 12)
    found = problem.solve(asked).sites
    settled = settle(asked, found, 12, np.ones(7))
    assert problem.value(asked, settled.sites) == problem.value(asked, found)
    assert len(settled.sites) == len(found)
    before, after = (asked.with_sites(sites) @ people for sites in (found, settled.sites))
    assert after <= before + 1e-6
    for place, others in enumerate(settled.equals):
        for other in others:
            swapped = [*settled.sites]
            swapped[place] = other
            assert problem.value(asked, swapped) == pytest.approx(problem.value(asked, found))
