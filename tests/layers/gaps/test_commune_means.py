"""A commune of two homes: which service is nearest for most of its people, and the next one."""

import numpy as np
import pytest

from geo.access.nearest import Nearest
from geo.travel.homes import NO_QUARTER, Homes
from geo.travel.times import Points
from layers.gaps.commune_means import choices_of, count_communes

INF = np.inf


def homes(*communes):
    points = Points.of([str(n) for n in communes], np.zeros((len(communes), 2)), 100, 0.5)
    many = len(communes)
    return Homes(
        points, np.array(communes), np.full(many, NO_QUARTER), np.ones(many), np.zeros(many)
    )


def near(*ways):
    """Return the two ways of each home, with the service that each leads to."""
    minutes = np.array([[time for time, _ in way] for way in ways], dtype=float)
    return Nearest(
        minutes * 0.9, minutes, minutes * 1.25, np.array([[to for _, to in w] for w in ways]), INF
    )


def test_where_as_many_go_to_either_the_lower_number_comes_first():
    found = near([(3, 1), (5, 0)], [(3, 0), (5, 1)])
    first, second = choices_of(found, np.array([10.0, 10.0]), homes(0, 0), 1)
    assert (first.tolist(), second.tolist()) == ([0], [1])


def test_the_second_choice_of_a_commune_is_never_its_first():
    # most go to 0, and of the others most come to it in the second place: the second is 2
    found = near([(3, 0), (5, 2)], [(3, 1), (5, 0)], [(3, 1), (5, 0)])
    first, second = choices_of(found, np.array([30.0, 12.0, 12.0]), homes(0, 0, 0), 1)
    assert (first.tolist(), second.tolist()) == ([0], [2])


def test_where_none_of_the_public_live_the_homes_weigh_alike():
    found = count_communes(near([(4, 0), (9, 1)], [(8, 0), (9, 1)]), np.zeros(2), homes(0, 0), 5, 1)
    assert found["minutes"].tolist() == pytest.approx([6])
    assert found["people_beyond"].tolist() == [0]


def test_a_mean_of_just_the_threshold_is_within_it_and_its_people_go_their_own_way():
    found = count_communes(
        near([(4, 0), (9, 1)], [(6, 0), (9, 1)]), np.array([10.0, 10.0]), homes(0, 0), 5, 1
    )
    assert found["minutes"].tolist() == [5]
    assert not found["beyond"][0]
    assert found["people_beyond"].tolist() == [10]
    assert found["uncertain"][0]
