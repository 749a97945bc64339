"""Classes hold every value once, in the class whose brackets say so."""

from decimal import ROUND_FLOOR
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.components.classes import classify, round_to
from app.components.palette import MOST_CLASSES, ramp

VALUES = st.lists(
    st.floats(min_value=0, max_value=1e9, allow_subnormal=False) | st.just(float("nan")),
    min_size=1,
    max_size=200,
).map(lambda values: pd.Series([0.0 if v < 1e-6 else v for v in values], dtype=float))


@given(VALUES)
def test_every_value_is_counted_once(values):
    classes = classify(values)
    assert sum(classes.counts) + (classes.zeros or 0) + classes.missing == len(values)


@given(VALUES)
def test_no_class_is_empty_and_bounds_increase(values):
    classes = classify(values)
    assert all(classes.counts)
    assert list(classes.bounds) == sorted(set(classes.bounds))
    assert len(classes.counts) <= MOST_CLASSES
    assert len(classes.bounds) == (len(classes.counts) + 1 if classes.counts else 0)


@given(VALUES)
def test_counts_are_those_that_the_brackets_promise(values):
    classes = classify(values)
    known = values.dropna().to_numpy()
    if classes.zeros is not None:
        known = known[known > 0]
    for index, count in enumerate(classes.counts):
        low, high = classes.bounds[index : index + 2]
        last = index == len(classes.counts) - 1
        inside = (known >= low) & ((known <= high) if last else (known < high))
        assert inside.sum() == count


def test_unknown_is_not_zero():
    classes = classify(pd.Series([np.nan, 0.0, 5.0]))
    assert (classes.missing, classes.zeros, classes.counts) == (1, 1, (1,))


def test_nothing_known_makes_no_class():
    assert classify(pd.Series([np.nan, np.nan])).counts == ()


def test_a_value_just_below_a_round_bound_is_not_lost():
    just_below = 249_999_999.99609375
    assert round_to(just_below, 2, ROUND_FLOOR) <= just_below
    assert classify(pd.Series([just_below])).counts == (1,)


def test_rounding_down_is_done_in_decimal():
    assert round_to(0.3, 1, ROUND_FLOOR) == 0.3


def test_six_values_do_not_make_five_classes():
    assert len(classify(pd.Series([1.0, 2, 3, 4, 5, 6])).counts) == 3


@pytest.mark.parametrize(
    ("value", "digits", "rounded"),
    [(0, 2, 0), (1234, 2, 1200), (0.0456, 1, 0.05), (99.9, 2, 100), (5.0, 2, 5)],
)
def test_rounding_keeps_significant_digits(value, digits, rounded):
    assert round_to(value, digits) == rounded


@pytest.mark.parametrize("money", [True, False])
def test_ramps_darken_evenly_so_that_grey_printing_keeps_the_order(money):
    def grey(colour):
        red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    for classes in range(2, MOST_CLASSES + 1):
        greys = [grey(colour) for colour in ramp(classes, money=money)]
        assert all(light - dark > 20 for light, dark in pairwise(greys))
