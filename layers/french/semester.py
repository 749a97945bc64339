"""Half years, the grain of the operations' timeline, and how printed ones are said."""

import re
from datetime import date, timedelta
from typing import Final, NamedTuple, Self

from layers.french.period import FIRST_YEAR, LAST_YEAR, DatePrecision, parse_period

JULY: Final = 7
MONTHS_OF_A_QUARTER: Final = 3


class Semester(NamedTuple):
    """A half year; semesters compare in order of time."""

    year: int
    half: int

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the semester that a day is in."""
        return cls(day.year, 1 if day.month < JULY else 2)

    @classmethod
    def parse(cls, text: str, half: int) -> Self:
        """Read ``2023-S2``, or a year alone, which gives the half that is asked for.

        Raises
        ------
        ValueError
            Neither of these, or a year out of reach.
        """
        found = re.fullmatch(r"(\d{4})(?:-?[sS]([12]))?", text.strip(), re.ASCII)
        if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
            raise ValueError(text)
        return cls(int(found[1]), int(found[2] or half))

    def __str__(self) -> str:
        return f"{self.year}-S{self.half}"

    @property
    def words(self) -> str:
        """As a person says it."""
        return f"{'1er' if self.half == 1 else '2e'} semestre {self.year}"

    @property
    def short_words(self) -> str:
        """As a person says it where room is scarce."""
        return self.words.replace("semestre", "sem.")

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, 1 if self.half == 1 else JULY, 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return self.next().first_day - timedelta(days=1)

    def next(self) -> "Semester":
        """Return the semester after it."""
        return Semester(self.year, 2) if self.half == 1 else Semester(self.year + 1, 1)


def say_period(text: str) -> str:
    """Write a half year or a quarter as a person says it; any other text as it is printed.

    ``2ème sem 2026`` becomes ``2e semestre 2026``.
    """
    period = parse_period(text)
    if period is None:
        return text
    months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
    if period.precision is DatePrecision.SEMESTER and months == JULY - 1:
        return Semester.of(period.start).words
    if period.precision is DatePrecision.QUARTER and months == MONTHS_OF_A_QUARTER:
        rank = (period.start.month - 1) // MONTHS_OF_A_QUARTER + 1
        return f"{'1er' if rank == 1 else f'{rank}e'} trimestre {period.start.year}"
    return text


def semesters(first: Semester, last: Semester) -> tuple[Semester, ...]:
    """Return the semesters from one to another, both included."""
    found = [first]
    while found[-1] < last:
        found.append(found[-1].next())
    return tuple(found)
