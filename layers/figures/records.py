"""Printed figures as records: each with its perimeter, period, document, lines and remarks."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import pandas as pd

from geo.perimeter import Level, Perimeter
from geo.reference.places import Reference
from layers.figures.printed import rounding_step
from layers.french.money import tidy
from layers.french.wording import format_number
from layers.model.schema import Aggregate


@dataclass(frozen=True, slots=True)
class Measure:
    """What a figure counts; ``part_of`` names the measure that it and its sisters add up to."""

    id: str
    title: str
    meaning: str
    unit: str
    aggregate: Aggregate
    theme: str
    part_of: str | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed figure.

    Parameters
    ----------
    measure
        Identifier of what it counts.
    printed, value
        The characters, and the number in ``unit``; None where a slash or a dash is printed.
    qualifier
        Words that weaken it (*environ*, *plus de*), empty for none.
    period, precision
        ISO 8601 date or interval, and what names it: ``jour``, ``mois``, ``année``, ``années``,
        ``année scolaire``, or ``document`` when nothing but the document's own year does.
    lines
        Lines of the document's text, from 1; several where it is printed again or runs over.
    derived
        True where the document computed it from an average: no amount that was spent.
    """

    measure: str
    perimeter: Perimeter
    printed: str
    value: Decimal | None
    unit: str
    qualifier: str
    period: str
    precision: str
    footnote: str
    document: str
    lines: tuple[int, ...]
    remarks: tuple[str, ...]
    derived: bool

    @property
    def step(self) -> Decimal:
        """Distance between two neighbouring values of the same print, in ``unit``."""
        return rounding_step(self.printed)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A printed figure, and the sum of figures that it ought to equal."""

    measure: str
    perimeter: Perimeter
    against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """What is known of a figure that cannot be taken as it stands.

    Parameters
    ----------
    rule
        What was confronted; ``lecture`` where the doubt is in the reading and nothing is computed.
    printed, other, difference
        The two values and printed less other; the last two None for ``lecture``.
    quotation
        Words of the document, at its ``line``.
    """

    id: str
    rule: str
    measure: str
    perimeter: Perimeter
    printed: Decimal
    other: Decimal | None
    difference: Decimal | None
    unit: str
    explanation: str
    quotation: str
    document: str
    line: int

    @property
    def sentence(self) -> str:
        """The explanation, with both values where it does not say them."""
        if self.other is None or self.other == self.printed:
            return self.explanation
        numbers = [format_number(value) for value in (self.printed, self.other)]
        said = tidy(self.explanation)
        if all(tidy(number) in said for number in numbers):
            return self.explanation
        unit = "" if self.unit == "€" else f" {self.unit}"
        euros = " €" if self.unit == "€" else ""
        first, second = (f"{number}{euros}" for number in numbers)
        return f"{self.explanation} Les deux valeurs : {first} et {second}{unit}."


@dataclass(frozen=True)
class Figures:
    """Every printed figure, loaded once and immutable."""

    rows: tuple[Figure, ...]
    measures: Mapping[str, Measure]
    comparisons: tuple[Comparison, ...]
    remarks: Mapping[str, Remark]

    @cached_property
    def _by_key(self) -> Mapping[tuple[str, Perimeter], tuple[Figure, ...]]:
        grouped: dict[tuple[str, Perimeter], list[Figure]] = defaultdict(list)
        for row in self.rows:
            grouped[row.measure, row.perimeter].append(row)
        return {key: tuple(found) for key, found in grouped.items()}

    def printings(self, measure: str, perimeter: Perimeter) -> tuple[Figure, ...]:
        """Return every printing of a measure for one place, the one to show first."""
        return self._by_key.get((measure, perimeter), ())

    def value(self, measure: str, perimeter: Perimeter) -> Decimal | None:
        """Return the value to show; None where nothing is printed for that very place."""
        found = self.printings(measure, perimeter)
        return found[0].value if found else None

    def of(self, perimeter: Perimeter) -> tuple[Figure, ...]:
        """Return the figures printed for a place, one per measure, in reading order."""
        return tuple(found[0] for (_, place), found in self._by_key.items() if place == perimeter)

    def measures_at(self, level: Level) -> tuple[Measure, ...]:
        """Return what is printed for at least one place of a level, in reading order."""
        present = {row.measure for row in self.rows if row.perimeter.level == level}
        return tuple(m for m in self.measures.values() if m.id in present)

    def values(self, measure: str, level: Level, reference: Reference) -> pd.Series:
        """Return a measure over all places of a level.

        Returns
        -------
        pandas.Series
            float64, in the measure's unit, indexed by code; NaN where nothing is printed.
        """
        printed = {place.code: self.value(measure, place) for place in reference.perimeters(level)}
        return pd.Series(printed, dtype="float64", name=measure)
