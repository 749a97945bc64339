"""A known discrepancy is known for exactly its two values, and only while it lasts."""

import pytest

from layers.reconciliation.acceptance import ACCEPTED, FIGURES, read_accepted
from layers.reconciliation.checks import CHECKS
from layers.reconciliation.confrontation import Status
from layers.reconciliation.verification import verify

ON_CONTRACTS = tuple(check for check in CHECKS if check.id != FIGURES)
TWENTY_CENTS = "recettes.2023-534-fauquembergues-1"


def new(reference, folder):
    return {f.id for f in verify(reference, folder, ON_CONTRACTS).with_status(Status.NEW)}


def test_each_row_answers_to_a_known_discrepancy(reference, data):
    accepted = read_accepted(data)
    known = verify(reference, data, ON_CONTRACTS).with_status(Status.KNOWN)
    assert {finding.id: finding.accepted_on for finding in known} == {
        identifier: acceptance.accepted_on for identifier, acceptance in accepted.items()
    }
    assert all(acceptance.reason.endswith(".") for acceptance in accepted.values())


def test_a_row_taken_away_makes_its_discrepancy_new(reference, spoiled):
    with spoiled(ACCEPTED.file, lambda rows: rows[1:]) as folder:
        assert new(reference, folder) == {TWENTY_CENTS}


def test_the_order_of_the_rows_does_not_matter(reference, spoiled):
    with spoiled(ACCEPTED.file, lambda rows: rows[::-1]) as folder:
        assert new(reference, folder) == set()


def test_accepting_what_is_found_leaves_nothing_new(reference, spoiled, respelt):
    """Accept every discrepancy of a spoilt table, as a person would: only then is all known."""

    def accept(rows, findings):
        columns = ("printed", "computed", "difference")
        added = [
            {
                **rows[0],
                "id": finding.id,
                **{column: str(getattr(finding.confrontation, column)) for column in columns},
            }
            for finding in findings
        ]
        return rows + added

    with respelt("contracts/financing.csv", "amount", "6541000.01") as folder:
        findings = verify(reference, folder, ON_CONTRACTS).with_status(Status.NEW)
        assert {f.check.id for f in findings} == {"depenses", "lecture-plans", "tables"}
        with spoiled(ACCEPTED.file, lambda rows: accept(rows, findings)):
            assert new(reference, folder) == set()


@pytest.mark.parametrize("column", ["printed", "computed", "difference"])
def test_a_row_covers_its_two_values_and_no_other(reference, respelt, column):
    with respelt(ACCEPTED.file, column, "481374.10") as folder:
        assert TWENTY_CENTS in new(reference, folder)


def test_the_same_number_may_be_written_otherwise(reference, respelt):
    with respelt(ACCEPTED.file, "difference", "0.2") as folder:
        assert new(reference, folder) == set()


def test_a_discrepancy_put_right_must_leave_the_list(reference, respelt, read):
    """Twenty cents more on a receipt would hide the known twenty cents."""
    plans = read("contracts/financing.csv")
    receipt = ("2023-534-fauquembergues-1", "Reste à charge MO")
    number = [(row["operation"], row["label"]) for row in plans].index(receipt)
    with respelt("contracts/financing.csv", "amount", "155374.20", number) as folder:
        assert f"{TWENTY_CENTS}.disparu" in new(reference, folder)
