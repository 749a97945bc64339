"""Two versions of a table: what was added, what is gone, what changed, and how rows were found."""

import pandas as pd

from layers.brought.differences import ADDED, CHANGED, GONE, compare_tables
from layers.brought.roles import Role


def table(**columns):
    frame = pd.DataFrame(columns, dtype=object)
    frame.index += 2
    return frame


ROLES = {"code": Role.COMMUNE_CODE, "nom": Role.NAME, "n": Role.NUMBER}


def told(comparison):
    return [(d.kind, d.name, d.before, d.after, d.cells) for d in comparison.differences]


def test_rows_are_found_again_by_their_code_wherever_they_stand():
    before = table(code=["62041", "62498", "62193"], nom=["Arras", "Lens", "Calais"],
                   n=["1", "2", None])  # fmt: skip
    after = table(code=["62193", "62041", "62119"], nom=["Calais", "Arras", "Béthune"],
                  n=["3", "1 ", "4"])  # fmt: skip
    found = compare_tables(before, after, ROLES)
    assert found.key == "code"
    assert told(found) == [
        (GONE, "62498", 3, None, ()),
        (CHANGED, "62193", 4, 2, (("n", "", "3"),)),
        (ADDED, "62119", None, 4, ()),
    ]
    assert found.same == 1


def test_without_a_column_that_names_each_row_whole_rows_are_compared():
    before = table(nom=["a", "a", "b"], n=["1", "1", "2"])
    after = table(nom=["a", "b", "b"], n=["1", "2", "3"])
    found = compare_tables(before, after, ROLES)
    assert not found.key
    assert told(found) == [(GONE, "a, 1", 3, None, ()), (ADDED, "b, 3", None, 4, ())]
    assert found.same == 2


def test_a_number_of_the_row_that_was_counted_anew_names_nothing():
    before = table(rang=["1", "2", "3", "4"], nom=["a", "b", "c", "d"])
    after = table(rang=["5", "6", "7", "8"], nom=["a", "b", "c", "e"])
    found = compare_tables(before, after, {"rang": Role.NUMBER, "nom": Role.TEXT})
    assert found.key == "nom"
    assert [one.kind for one in found.differences][-2:] == [GONE, ADDED]


def test_columns_that_come_and_go_are_told_and_not_compared():
    found = compare_tables(table(code=["1"], a=["x"]), table(code=["1"], b=["y"]), ROLES)
    assert (found.columns_added, found.columns_gone, found.same) == (("b",), ("a",), 1)
