"""Classes hold every value once, in the class whose brackets say so."""

from decimal import ROUND_FLOOR

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from mapclassify import FisherJenks

from app.drawing.class_bounds import round_to
from app.drawing.classes import USUAL_NUMBER, classify
from app.view.class_choice import MOST_CLASSES, ClassChoice, Method
from geo.perimeter import Level
from layers.indicators.counted import indicator

VALUES = st.lists(
    st.floats(min_value=0, max_value=1e9, allow_subnormal=False) | st.just(float("nan")),
    min_size=1,
    max_size=200,
).map(lambda values: pd.Series([0.0 if v < 1e-6 else v for v in values], dtype=float))


METHODS = [method for method in Method if method is not Method.MANUAL]
CHOICES = st.builds(
    ClassChoice, st.sampled_from(METHODS), st.none() | st.integers(2, MOST_CLASSES)
) | st.lists(st.integers(-100, 10**9), min_size=2, max_size=MOST_CLASSES + 1, unique=True).map(
    lambda bounds: ClassChoice(Method.MANUAL, bounds=tuple(map(float, sorted(bounds))))
)


@given(VALUES, CHOICES)
def test_every_value_is_counted_once(values, choice):
    classes = classify(values, choice)
    assert sum(classes.counts) + (classes.zeros or 0) + classes.missing == len(values)


@given(VALUES, CHOICES)
def test_bounds_increase_and_there_are_no_more_classes_than_can_be_told_apart(values, choice):
    classes = classify(values, choice)
    assert list(classes.bounds) == sorted(set(classes.bounds))
    assert len(classes.bounds) == (len(classes.counts) + 1 if classes.counts else 0)
    given_up = 2 if choice.method is Method.MANUAL else 0
    assert len(classes.counts) <= MOST_CLASSES + given_up


@given(VALUES, st.none() | st.integers(2, MOST_CLASSES))
@example(pd.Series([1.0, 1.0, 999_999_968.0, 999_999_987.0]), 3)
def test_no_class_of_quantiles_or_natural_breaks_is_empty(values, wanted):
    for method in (Method.QUANTILES, Method.NATURAL):
        classes = classify(values, ClassChoice(method, wanted))
        assert all(classes.counts)
        assert len(classes.counts) <= (wanted or USUAL_NUMBER)


@given(VALUES, CHOICES)
def test_counts_are_those_that_the_brackets_promise(values, choice):
    classes = classify(values, choice)
    known = values.dropna().to_numpy()
    if classes.zeros is not None:
        known = known[known > 0]
    for index, count in enumerate(classes.counts):
        low, high = classes.bounds[index : index + 2]
        last = index == len(classes.counts) - 1
        inside = (known >= low) & ((known <= high) if last else (known < high))
        assert inside.sum() == count


@pytest.mark.filterwarnings("ignore:Numba not installed")
@pytest.mark.parametrize("wanted", [3, 5, 7])
def test_natural_breaks_are_those_of_pysal(catalogue, wanted):
    values = indicator("densite").values(catalogue, Level.EPCI).round(4)
    counts = classify(values, ClassChoice(Method.NATURAL, wanted)).counts
    assert counts == tuple(FisherJenks(values, k=wanted).counts)


def test_equal_classes_are_equally_wide_and_round_ones_step_by_a_round_number():
    values = pd.Series([3.2, 8, 15, 22, 47.9])
    assert classify(values, ClassChoice(Method.EQUAL, 3)).bounds == (3, 18, 33, 48)
    assert classify(values, ClassChoice(Method.ROUNDED, 5)).bounds == (0, 10, 20, 30, 40, 50)


def test_given_bounds_are_kept_and_extended_to_what_lies_beyond():
    values = pd.Series([1.26, 5, 12, 34.4])
    classes = classify(values, ClassChoice(Method.MANUAL, bounds=(4.0, 10.0, 20.0)))
    assert classes.bounds == (1.2, 4, 10, 20, 35)
    assert classes.counts == (1, 1, 1, 1)
    assert "1,2 et 35" in classes.method
    inside = classify(values, ClassChoice(Method.MANUAL, bounds=(0.0, 100.0)))
    assert (inside.bounds, inside.method) == ((0, 100), "Une seule classe, aux bornes données.")


def test_fewer_classes_than_asked_for_are_explained():
    classes = classify(pd.Series([1.0, 1, 2, 2]), ClassChoice(Method.NATURAL, 6))
    assert len(classes.counts) == 2
    assert "6 étaient demandées" in classes.method
    assert "2\u00a0valeurs différentes" in classes.method


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


@pytest.mark.parametrize(
    ("values", "choice", "sentence"),
    [
        ([5.0, 5.0], ClassChoice(Method.QUANTILES), "Une seule classe."),
        ([5.0], ClassChoice(Method.MANUAL, bounds=(0.0, 10.0)),
         "Une seule classe, aux bornes données."),
        ([5.0, 12.0, 25.0], ClassChoice(Method.MANUAL, bounds=(0.0, 10.0, 20.0)),
         ("3 classes aux bornes données. Étendues jusqu’à 25, pour que chaque valeur ait sa "
         "classe.")),
        ([1.0, 2.0, 2.0], ClassChoice(Method.NATURAL, 4),
         ("2 classes aux écarts internes les plus faibles (Jenks-Fisher), bornes arrondies sans "
         "qu’aucune valeur change de classe. 4 étaient demandées : 2 valeurs différentes, trop "
         "proches ou trop peu nombreuses pour plus.")),
    ],
)  # fmt: skip
def test_the_method_is_said_with_what_could_not_be_done(values, choice, sentence):
    said = classify(pd.Series(values), choice).method
    assert " ".join(said.split()) == sentence


def test_six_values_make_three_classes_and_zero_stands_apart():
    classes = classify(pd.Series([0.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, float("nan")]))
    assert (len(classes.counts), sum(classes.counts)) == (3, 6)
    assert (classes.zeros, classes.missing) == (2, 1)
    many = classify(pd.Series(range(1, 101), dtype=float))
    assert len(many.counts) == 5
    nothing = classify(pd.Series([0.0, float("nan")]))
    assert (nothing.bounds, nothing.counts, nothing.zeros, nothing.missing) == ((), (), 1, 1)
    assert classify(pd.Series([1.0, 2.0])).zeros is None
