"""The deadline of the convention against the works of the fiche, without the day of signature."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from layers.documents.convention import complete_by, same_day
from layers.french.period import parse_period
from layers.operation.deadline import compare_deadline

VOTE = date(2023, 12, 4)
SMALL = complete_by(VOTE, Decimal(180_000))


def test_works_that_end_soon_are_within_whatever_the_signature():
    said = compare_deadline(SMALL, parse_period("décembre 2024"), VOTE)
    assert "31 décembre 2024" in said
    assert "dans les 2" in said
    assert "prolongation" not in said


def test_works_that_end_late_ask_for_a_late_signature_or_a_prolongation():
    said = compare_deadline(SMALL, parse_period("juin 2026"), VOTE)
    assert "avant le 30 juin 2024" in said
    assert "prolongation" in said


def test_the_last_day_that_the_vote_alone_allows_is_the_limit():
    assert "prolongation" not in compare_deadline(SMALL, parse_period("4 décembre 2025"), VOTE)
    assert "prolongation" in compare_deadline(SMALL, parse_period("5 décembre 2025"), VOTE)


def test_the_text_is_silent_at_its_threshold_and_so_are_we():
    silent = complete_by(VOTE, Decimal(500_000))
    assert compare_deadline(silent, parse_period("juin 2030"), VOTE) == ""


def test_works_that_are_not_dated_are_not_compared():
    assert "ne date pas" in compare_deadline(SMALL, None, VOTE)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 9))
def test_going_back_the_years_gives_a_day_that_reaches_at_most_there(day, years):
    assert same_day(same_day(day, -years), years) <= day
