"""Classes of the map of gaps: where they are cut, and what they say of their bounds."""

from dataclasses import dataclass

import pandas as pd
import pytest

from app.gaps.classes import class_texts, classify_gaps, cut_into_classes


@dataclass
class Asked:
    threshold: float
    communes: pd.DataFrame


def asked(threshold, minutes):
    return Asked(threshold, pd.DataFrame({"code": map(str, minutes), "minutes": minutes}))


def test_a_bound_is_of_the_class_below_it_and_the_threshold_too():
    classes = classify_gaps(asked(15, [5, 5.01, 10, 15, 15.01, 22, 30, 30.1, float("inf")]))
    assert classes.bounds == (5, 10, 15, 22, 30)
    assert [classes.class_of[code] for code in ("5", "5.01", "10", "15")] == [0, 1, 1, 2]
    assert [classes.class_of[code] for code in ("15.01", "22", "30", "30.1")] == [3, 3, 4, 5]
    assert (classes.counts, classes.out_of_reach) == ((1, 2, 1, 2, 1, 1), 1)
    assert class_texts(classes) == (
        "de 0 à 5", "plus de 5 à 10", "plus de 10 à 15", "plus de 15 à 22", "plus de 22 à 30",
        "plus de 30",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("threshold", "bounds"),
    [(6, (2, 4, 6, 9, 12)), (5, (1.7, 3.3, 5, 7.5, 10)), (12.25, (4, 8, 12.25, 18, 24))],
)
def test_bounds_are_whole_from_six_on_but_the_threshold_is_as_asked(threshold, bounds):
    assert classify_gaps(asked(threshold, [1.0])).bounds == bounds


def test_what_is_not_finite_is_of_no_class():
    found = cut_into_classes(asked(1, [float("inf"), 2.0]).communes, "minutes", (1, 2))
    assert (dict(found.class_of), found.out_of_reach) == ({"2.0": 1}, 1)
