"""An indicator: one number for each perimeter of a level, unknown kept apart from zero."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, Protocol

import pandas as pd

from geo.perimeter import Level, Perimeter
from layers.catalogue.layers import Catalogue
from layers.french.wording import format_euros, format_number
from layers.indicators.contributions import Amount
from layers.model.layer import Source


class Count(Protocol):
    """How the numbers of an indicator are had."""

    def exact(self, catalogue: Catalogue, perimeter: Perimeter) -> Amount | None:
        """Return the value of a perimeter, None when it is unknown."""

    def reason(self, catalogue: Catalogue, perimeter: Perimeter) -> str:
        """Return the French sentence that says why the value of a perimeter is unknown."""

    def notes(self, catalogue: Catalogue, level: Level) -> tuple[str, ...]:
        """Return French sentences about single values of a level, none where all are plain."""


@dataclass(frozen=True)
class Indicator:
    """A number that every perimeter may have.

    Parameters
    ----------
    id
        Identifier used by the URL and the API.
    title
        Short French title, with a capital.
    unit
        French unit: ``€``, ``€/hab.``, ``habitants``…
    kind
        ``total`` is drawn as circles and adds up; ``rate`` is drawn as colours and does not.
    meaning
        French sentences: what it is and how it is counted.
    sources
        Where its terms come from.
    vintage
        What its terms are of, in French words.
    count
        How its numbers are had.
    decimals
        Digits after the comma when it is written.
    levels
        Levels at which it has a meaning.
    group
        What it is about, a French heading.
    pair
        Identifier of the same thing as a rate or, for a rate, as a total; empty without one.
    """

    id: str
    title: str
    unit: str
    kind: Literal["total", "rate"]
    meaning: str
    sources: tuple[Source, ...]
    vintage: str
    count: Count
    decimals: int = 0
    levels: tuple[Level, ...] = tuple(Level)
    group: str = ""
    pair: str = ""

    def values(self, catalogue: Catalogue, level: Level) -> pd.Series:
        """Return the value of every perimeter of a level, to draw and to sort.

        Returns
        -------
        pandas.Series
            float64 named by the indicator, indexed by the codes in French order of the names;
            NaN where the value is unknown.

        Raises
        ------
        LayerError
            A layer that it is counted from cannot be loaded.
        """
        perimeters = catalogue.reference.perimeters(level)
        exact = self._exact(catalogue, perimeters)
        return pd.Series(
            [math.nan if value is None else float(value) for value in exact],
            index=pd.Index([perimeter.code for perimeter in perimeters], name="code"),
            dtype="float64",
            name=self.id,
        )

    def value(self, catalogue: Catalogue, perimeter: Perimeter) -> Amount | None:
        """Return the exact value of one perimeter, None when it is unknown."""
        return self.count.exact(catalogue, perimeter)

    def reason(self, catalogue: Catalogue, perimeter: Perimeter) -> str:
        """Return the French sentence that says why a value is unknown, empty when it is known."""
        if self.value(catalogue, perimeter) is not None:
            return ""
        return self.count.reason(catalogue, perimeter)

    def notes(self, catalogue: Catalogue, level: Level) -> tuple[str, ...]:
        """Return French sentences about single values of a level."""
        return self.count.notes(catalogue, level)

    def text(self, value: Amount | float | None) -> str:
        """Write a value in French with its unit, ``non disponible`` when it is unknown."""
        if self.unit == "€":
            return format_euros(value)
        number = format_number(value, self.decimals)
        if value is None or math.isnan(value):
            return number
        # In French the plural begins at two: « 1,5 collège ».
        unit = self.unit if abs(float(value)) >= 2 else self.unit.removesuffix("s")  # noqa: PLR2004
        return f"{number}\u00a0{unit}"

    def _exact(self, catalogue: Catalogue, perimeters: Iterable[Perimeter]) -> list[Amount | None]:
        return [self.count.exact(catalogue, perimeter) for perimeter in perimeters]


def divide(above: Amount | None, below: Amount | None, per: int) -> Decimal | None:
    """Return a rate for so many of what is below the bar, None when a term is unknown or zero."""
    if above is None or not below:
        return None
    return Decimal(above) * per / Decimal(below)
