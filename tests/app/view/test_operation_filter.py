"""The choice of operations keeps what may be under way and what serves an ambition."""

import pytest

from app.view.operation_choice import ALL_OPERATIONS, OperationChoice
from app.view.operation_filter import keep_operations
from layers.facts.contracts import PACTS
from layers.french.semester import Semester
from layers.operation.ambitions import list_ambitions
from tests.known_totals import FIT


def test_without_a_choice_all_are_kept(catalogue):
    kept = keep_operations(catalogue, ALL_OPERATIONS)
    assert (len(kept.keys), kept.total, kept.fit) == (7, 7, FIT)
    assert kept.sentence(ALL_OPERATIONS).startswith("7\u00a0opérations, 1\u202f878\u202f696")


@pytest.mark.parametrize(
    ("first", "last", "count", "maybe"),
    [
        (Semester(2020, 1), Semester(2020, 1), 1, 1),
        (Semester(2020, 1), Semester(2021, 2), 1, 1),
        (Semester(2024, 1), Semester(2024, 1), 7, 0),
        (Semester(2025, 1), Semester(2026, 2), 1, 0),
        (Semester(2027, 1), Semester(2028, 2), 0, 0),
    ],
)
def test_a_period_keeps_what_may_run_in_it(catalogue, first, last, count, maybe):
    choice = OperationChoice(period=(first, last))
    kept = keep_operations(catalogue, choice)
    assert len(kept.keys) == count
    assert kept.sentence(choice).startswith(f"{count} sur 7")
    assert kept.maybe <= set(kept.keys)
    if first == last:
        assert len(kept.maybe) == maybe


def test_pacts_and_ambitions_keep_what_serves_one_of_them(catalogue):
    rows = PACTS.read(catalogue.data)
    ambitions = list_ambitions(catalogue)
    humane = rows[rows["pact"] == "solidarités humaines"]["operation"].unique()
    kept = keep_operations(catalogue, OperationChoice(ambitions=("solidarites-humaines",)))
    assert set(kept.keys) == set(humane)
    both = ("solidarites-humaines", "reussites-citoyennes")
    more = keep_operations(catalogue, OperationChoice(ambitions=both))
    assert set(kept.keys) <= set(more.keys)
    assert [one for one in ambitions if "." not in one] == [
        "reussites-citoyennes", "solidarites-humaines", "solidarites-territoriales",
    ]  # fmt: skip
    for one in ambitions.values():
        assert set(one.operations) <= set(ambitions[one.pact].operations)
