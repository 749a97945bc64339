import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geo.access.inequality import by_group, decile_ratio, gini, quantile
from geo.access.nearest import AccessError

counts = st.integers(1, 12)
levels = counts.flatmap(
    lambda n: st.tuples(
        arrays(float, n, elements=st.sampled_from([0.0, 1.0, 2.5, 7.0, 20.0, 45.0])),
        arrays(np.int64, n, elements=st.integers(0, 6)),
    )
)


def everybody(values, people):
    return np.repeat(values, people)


@given(levels)
def test_gini_is_half_the_mean_difference_of_two_people(case):
    people = everybody(*case)
    assume(people.sum() > 0)
    difference = np.abs(people[:, None] - people).mean()
    assert gini(*case) == pytest.approx(difference / 2 / people.mean(), abs=1e-12)


@given(levels, st.floats(0.01, 100), st.integers(1, 50))
def test_units_and_size_change_no_index(case, unit, size):
    values, people = case
    assume(everybody(values, people).sum() > 0)
    assert gini(values * unit, people * size) == pytest.approx(gini(values, people), abs=1e-9)
    ratio = decile_ratio(values, people)
    assert decile_ratio(values * unit, people * size) == pytest.approx(ratio, nan_ok=True)


@given(levels, st.sampled_from([0.1, 0.25, 0.5, 0.9, 1.0]))
def test_quantile_is_that_of_everybody_in_a_row(case, share):
    people = everybody(*case)
    assume(len(people) > 0)
    assert quantile(*case, share) == np.quantile(people, share, method="inverted_cdf")


@given(levels)
def test_splitting_a_commune_changes_nothing(case):
    values, people = case
    split = (np.concatenate([values, values]), np.concatenate([people // 2, people - people // 2]))
    assert gini(*split) == pytest.approx(gini(*case), abs=1e-12, nan_ok=True)
    assert decile_ratio(*split) == pytest.approx(decile_ratio(*case), nan_ok=True)


def test_known_values():
    assert gini([1, 1, 1], [5, 9, 2]) == 0
    assert gini([0, 10], [50, 50]) == pytest.approx(0.5)
    assert gini([0, 0, 0, 8], [1, 1, 1, 1]) == pytest.approx(0.75)
    assert decile_ratio([5, 10, 40], [1, 8, 1]) == 2
    assert quantile([3, 1, 2], [1, 1, 1], 0.5) == 2


def test_nobody_or_infinity_has_no_index_rather_than_zero():
    assert np.isnan(gini([1, 2], [0, 0]))
    assert np.isnan(gini([0, 0], [1, 1]))
    assert np.isnan(gini([1, np.inf], [1, 1]))
    assert np.isnan(quantile([1], [0], 0.5))
    assert decile_ratio([1, np.inf], [1, 1]) == np.inf
    assert gini([1, np.inf], [1, 0]) == 0


def test_groups_are_compared_person_by_person():
    table = by_group(
        [5, 25, 15, np.inf, 30], [100, 300, 50, 50, 0], ["QPV", "autres", "QPV", "QPV", "vide"], 20
    )
    assert list(table.index) == ["QPV", "autres", "vide"]
    assert table.loc["QPV", ["people", "beyond", "share_beyond"]].tolist() == [200, 50, 0.25]
    assert table.loc["QPV", "mean"] == pytest.approx((500 + 750) / 150)
    assert table.loc["QPV", "median"] == 5
    assert table.loc["autres", ["share_beyond", "gini"]].tolist() == [1, 0]
    assert table.loc["vide", ["people", "beyond"]].tolist() == [0, 0]
    assert table.loc["vide", ["share_beyond", "mean", "median", "d9_d1", "gini"]].isna().all()


@given(levels, st.floats(0, 50))
def test_groups_add_up_to_the_whole(case, threshold):
    values, people = case
    groups = np.arange(len(values)) % 3
    table = by_group(values, people, groups.tolist(), threshold)
    whole = by_group(values, people, ["tous"] * len(values), threshold)
    assert table["people"].sum() == whole["people"].sum()
    assert table["beyond"].sum() == whole["beyond"].sum()


def test_numbers_that_make_no_sense_are_sentences():
    with pytest.raises(AccessError, match="valeur n° 2 : trouvé une valeur absente"):
        gini([1, np.nan], [1, 1])
    with pytest.raises(AccessError, match="population n° 1 : trouvé -1"):
        gini([1, 2], [-1, 1])
    with pytest.raises(AccessError, match="2 groupes pour 3 communes"):
        by_group([1, 2, 3], [1, 1, 1], ["a", "b"], 10)
    with pytest.raises(AccessError, match="2 nombres, attendu 1"):
        quantile([1], [1, 1], 0.5)
