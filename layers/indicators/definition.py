"""An indicator: one number for each perimeter of a level, unknown kept apart from zero."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal, Protocol

import pandas as pd

from geo.perimeter import Level, Perimeter
from layers.catalogue.layers import Catalogue
from layers.french.wording import enumerate_words, format_euros, format_number, round_half_up
from layers.indicators.contributions import Amount
from layers.indicators.states import SIGNS, Reading, State
from layers.model.layer import Source

_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")


class Count(Protocol):
    """How the numbers of an indicator are had."""

    def reading(self, catalogue: Catalogue, perimeter: Perimeter) -> Reading:
        """Return the value of a perimeter with what is known of it."""

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
    listed
        Whether lists offer it; where they do not, they offer its pair, from which it is a button
        away.
    care
        French: how an estimate of a survey is to be read, as after « elle est »; empty for what is
        counted. An estimate has no digits beyond those that are written.
    brought
        Identifier of the layer that somebody brought and that it is counted from; empty for ours.
        What is made of such an indicator is had by :meth:`Catalogue.derive_own`.
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
    listed: bool = True
    care: str = ""
    brought: str = ""

    @property
    def dated(self) -> str:
        """The years that its terms are of, ``non daté`` where one has none: ``2022 et 2023``."""
        parts = [part.strip() for part in self.vintage.split(",")]
        years = {year for part in parts if "non daté" not in part for year in _YEAR.findall(part)}
        undated = not years or any("non daté" in part for part in parts)
        return enumerate_words([*(["non daté"] if undated else []), *sorted(years)])

    def values(self, catalogue: Catalogue, level: Level) -> pd.Series:
        """Return the value of every perimeter of a level, to draw and to sort.

        Returns
        -------
        pandas.Series
            float64 named by the indicator, indexed by the codes in French order of the names;
            NaN where the value is not known whole.

        Raises
        ------
        LayerError
            A layer that it is counted from cannot be loaded.
        """
        return self.numbers(self.readings(catalogue, level))

    def numbers(self, readings: Mapping[str, Reading]) -> pd.Series:
        """Return the numbers of readings by code, as :meth:`values` does."""
        exact = [reading.value for reading in readings.values()]
        return pd.Series(
            [math.nan if value is None else float(value) for value in exact],
            index=pd.Index([*readings], name="code"),
            dtype="float64",
            name=self.id,
        )

    def plain(self, value: Amount | float) -> float:
        """Return a number as it is drawn, classed and filed: an estimate has no more digits.

        Others have two more than are written.
        """
        digits = self.decimals if self.care else self.decimals + 2
        return float(round_half_up(Decimal(str(value)), digits))

    def readings(self, catalogue: Catalogue, level: Level) -> Mapping[str, Reading]:
        """Return what is known of every perimeter of a level, by code in the order of names.

        Raises
        ------
        LayerError
            A layer that it is counted from cannot be loaded.
        """
        places = catalogue.reference.perimeters(level)
        return {place.code: self.reading(catalogue, place) for place in places}

    def reading(self, catalogue: Catalogue, perimeter: Perimeter) -> Reading:
        """Return what is known of the value of one perimeter."""
        return self.count.reading(catalogue, perimeter)

    def value(self, catalogue: Catalogue, perimeter: Perimeter) -> Amount | None:
        """Return the exact value of one perimeter, None when it is not known whole."""
        return self.reading(catalogue, perimeter).value

    def reason(self, catalogue: Catalogue, perimeter: Perimeter) -> str:
        """Return the French sentence that says why a value is not whole, empty when it is."""
        return self.reading(catalogue, perimeter).why

    def notes(self, catalogue: Catalogue, level: Level) -> tuple[str, ...]:
        """Return French sentences about single values of a level."""
        return self.count.notes(catalogue, level)

    def say(self, reading: Reading) -> str:
        """Write what is known in French: a value, ``partiel : 12 €`` or ``sans objet``."""
        if reading.state is State.PARTIAL:
            return f"{SIGNS[reading.state].word}\u00a0: {self.text(reading.part)}"
        return self.text(reading.value) if reading.state.measured else SIGNS[reading.state].word

    def text(self, value: Amount | float | None) -> str:
        """Write a value in French with its unit, ``non disponible`` when it is unknown."""
        if self.unit == "€":
            return format_euros(value)
        number = format_number(value, self.decimals)
        if value is None or math.isnan(value):
            return number
        # In French the plural begins at two: « 1,5 collège ».
        unit = self.unit if abs(float(value)) >= 2 else self.unit.removesuffix("s")  # noqa: PLR2004
        return f"{number}\u00a0{unit}" if unit else number


def divide(above: Amount | None, below: Amount | None, per: int) -> Decimal | None:
    """Return a rate for so many of what is below the bar, None when a term is unknown or zero."""
    if above is None or not below:
        return None
    return Decimal(above) * per / Decimal(below)
