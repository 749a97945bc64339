"""The tables of the census: complete, closed, and refused in words when they are not."""

import csv
import shutil

import pytest

from layers.facilities import read_facilities
from layers.model.schema import LayerError
from layers.population.ages import FROM_75, read_ages
from layers.population.ages import people_of as people
from layers.population.cars import read_households
from layers.population.income import read_income

FILES = {read_ages: "ages.csv", read_households: "cars.csv", read_income: "income.csv"}


@pytest.fixture
def copy(data, tmp_path):
    shutil.copytree(data / "population", tmp_path / "population")
    return tmp_path


def spoil(folder, name, change):
    path = folder / "population" / name
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def test_the_totals_are_those_of_the_department(reference, data):
    ages = read_ages(reference, data)
    assert ages.sum().round().astype(int).tolist() == [
        270116, 250585, 269140, 285832, 258894, 109836, 15779,
    ]  # fmt: skip
    assert people(ages, FROM_75).sum() == pytest.approx(125615.3)
    assert read_households(reference, data).sum().tolist() == [630766, 102929]
    assert read_facilities(reference, data).sum().tolist() == [329, 67, 491, 160, 45]


def test_what_is_withheld_is_missing_and_never_zero(reference, data):
    income = read_income(reference, data)
    assert income.notna().sum().tolist() == [844, 137, 149, 149]
    assert not (income == 0).any(axis=None)


@pytest.mark.parametrize(
    ("read", "change", "words"),
    [
        (read_ages, lambda rows: rows.pop(1), "rien pour Ablain-Saint-Nazaire"),
        (read_ages, lambda rows: rows[1].__setitem__(0, "59350"), "ligne 2"),
        (read_ages, lambda rows: rows[1].__setitem__(2, "1"), "1632 habitants"),
        (read_households, lambda rows: rows[1].__setitem__(3, "807"), "807 ménages"),
        (read_income, lambda rows: rows[1].__setitem__(2, "s"), "trouvé « s »"),
    ],
)
def test_a_damaged_table_is_refused_in_words(reference, copy, read, change, words):
    file = FILES[read]
    spoil(copy, file, change)
    with pytest.raises(LayerError, match=words) as refused:
        read(reference, copy)
    assert file in str(refused.value)
    assert "attendu" in str(refused.value)
