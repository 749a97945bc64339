"""A unit, a month, a place or a rank that a document leaves open is held against others."""

from decimal import Decimal

import pytest

from layers.reconciliation.checks import CHECKS
from layers.reconciliation.verification import verify
from tests.documents import read_kept

YEAR, HOMES = Decimal(311_400_000), 48_137
"""The RSA of the département in 2022, euros, and its households (lines 1061 and 1064)."""


@pytest.fixture(scope="module")
def found(reference, data):
    """Give the confrontations of a check by their key; each is right, or known to be wrong."""

    def of(name):
        (check,) = [one for one in CHECKS if one.id == name]
        findings = verify(reference, data, (check,)).findings
        assert {one.status for one in findings} <= {"ok", "connu"}
        return {one.confrontation.key: one.confrontation for one in findings}

    return of


def test_a_patrimony_is_larger_than_a_square_metre_a_building(found):
    (one,) = found("unite-surface").values()
    assert (one.printed, one.computed) == (Decimal("1.2"), 171)
    assert "1,2 m2" in read_kept(one.source.document)[one.source.line]


def test_an_amount_that_booklets_date_of_a_month_is_that_of_a_year(found):
    months = found("rsa-mois")
    assert len(months) == 4
    calais = months["epci:200090751"]
    month = 5021 * YEAR / HOMES / 12
    assert calais.computed == pytest.approx(month, abs=Decimal("0.01"))
    assert all(12 < one.printed / one.computed < 13 for one in months.values())
    assert "539,09\u202f€" in calais.note.replace("\u00a0", "\u202f")


def test_what_booklets_repeat_of_the_departement_is_given_to_no_epci(found):
    repeated = found("redit-du-departement")
    assert len(repeated) == 5
    assert all(one.agrees for one in repeated.values())
    kept = read_kept("cd62-2023-534")
    lines = [one.source.line for one in repeated.values() if one.unit == "€"]
    assert lines == [1758, 3453, 5348, 7176]
    assert all("74 220 500" in kept[line] for line in lines)


def test_the_college_that_closed_in_part_has_fewer_pupils_and_a_larger_one_beside_it(found):
    both = {key: (one.printed, one.computed) for key, one in found("college-ferme").items()}
    assert both == {"marquise": (911, 862), "plus-grand": (0, 1)}
