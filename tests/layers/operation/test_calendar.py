"""An operation runs surely or perhaps, as its dates are exact or vague; undated is neither."""

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.french.period import parse_period
from layers.french.semester import Semester, semesters
from layers.operation.calendar import Span, Step, read_spans

DAYS = st.dates(date(2019, 1, 1), date(2027, 12, 31))


def span(*dated):
    steps = (Step(name, parse_period(text), "") for name, text in dated)
    return Span(tuple(steps))


WORKS = span(("Début des travaux", "2ème sem 2023"), ("Fin des travaux", "2ème sem 2024"))


@pytest.mark.parametrize(
    ("first", "last", "may", "surely"),
    [
        (date(2023, 1, 1), date(2023, 6, 30), False, False),
        (date(2023, 8, 1), date(2023, 8, 31), True, False),
        (date(2023, 7, 1), date(2023, 12, 31), True, True),
        (date(2024, 3, 1), date(2024, 3, 31), True, True),
        (date(2024, 11, 1), date(2024, 11, 30), True, False),
        (date(2025, 1, 1), date(2026, 12, 31), False, False),
    ],
)
def test_the_doubt_of_a_date_is_kept(first, last, may, surely):
    assert WORKS.may_run(first, last) is may
    assert WORKS.surely_runs(first, last) is surely


def test_without_an_end_it_may_still_run_and_without_dates_it_is_in_no_period():
    begun = span(("Début des travaux", "2020"))
    assert begun.may_run(date(2026, 1, 1), date(2026, 12, 31))
    assert not begun.surely_runs(date(2026, 1, 1), date(2026, 12, 31))
    assert not Span(()).may_run(date(2000, 1, 1), date(2099, 12, 31))


@given(DAYS, DAYS)
def test_what_surely_runs_may_run(one, other):
    first, last = min(one, other), max(one, other)
    assert WORKS.may_run(first, last) or not WORKS.surely_runs(first, last)


@given(DAYS, DAYS, DAYS)
def test_a_longer_period_keeps_what_a_shorter_one_kept(a, b, c):
    first, middle, last = sorted((a, b, c))
    assert WORKS.may_run(first, last) >= WORKS.may_run(first, middle)
    assert WORKS.surely_runs(first, last) >= WORKS.surely_runs(first, middle)


def test_the_calendars_of_the_deliberation_run_from_2020_to_2026(catalogue):
    spans = read_spans(catalogue)
    assert len(spans) == 7
    assert min(one.start.start for one in spans.values()) == date(2020, 1, 1)
    assert max(one.end.end for one in spans.values()) == date(2026, 12, 31)


def test_semesters_follow_one_another():
    found = semesters(Semester(2020, 1), Semester(2026, 2))
    assert len(found) == 14
    assert all(a.last_day < b.first_day for a, b in itertools.pairwise(found))
    assert Semester.parse("2023-S2", 1) == Semester.parse("2023", 2) == Semester(2023, 2)
    assert Semester.of(date(2023, 6, 30)) == Semester(2023, 1)
