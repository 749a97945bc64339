"""A theme: one indicator on one level, cut and coloured as map and legend show it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from app.drawing.bounds_text import write_bounds
from app.drawing.classes import Classes, classify
from app.drawing.palette import MONEY_RAMP, ramp
from app.drawing.tokens import colour as token
from app.view.class_choice import USUAL_CLASSES, ClassChoice
from app.view.levels import LEVEL_NAMES, LEVEL_PLURALS, low
from app.view.state import Drawing
from geo.perimeter import DEPARTEMENT, Level, Perimeter
from layers.catalogue.layers import Catalogue
from layers.french.wording import format_number, typeset
from layers.indicators.definition import Indicator
from layers.indicators.states import ABSENCES, SIGNS, Reading, State

LARGEST_RADIUS: Final = 30
"""Pixels, of the circle of the largest value."""

MOST_REASONS: Final = 2
"""Told under the legend of why values are unknown."""


@dataclass(frozen=True)
class Theme:
    """An indicator as it is drawn.

    Parameters
    ----------
    values
        Float by code, NaN where it is unknown.
    choice
        How the classes were chosen.
    readings
        What is known of each, by code.
    partials
        What is known of those that are known in part, French, by code.
    names
        Of those that are known in part, by code.
    whole
        What is known of the département where that is a part of it, French; empty elsewhere.
    notes
        French sentences about single values.
    """

    indicator: Indicator
    level: Level
    drawing: Drawing
    values: pd.Series
    classes: Classes
    choice: ClassChoice
    readings: Mapping[str, Reading]
    partials: Mapping[str, str]
    names: Mapping[str, str]
    whole: str = ""
    notes: tuple[str, ...] = ()

    @property
    def money(self) -> bool:
        """Whether the indicator is an amount of money or is counted per euro."""
        return "€" in self.indicator.unit

    @property
    def colours(self) -> tuple[str, ...]:
        """One for each class, palest first."""
        classes = len(self.classes.counts)
        return ramp(classes, money=self.money, palette=self.choice.palette) if classes else ()

    @property
    def largest(self) -> float:
        """Largest value, what the circles are scaled by; 0 when nothing is known."""
        return float(self.values.max()) if self.values.notna().any() else 0.0

    @property
    def title(self) -> str:
        """What the map shows, in a line: the indicator, by what, of which years."""
        level = low(LEVEL_NAMES[self.level])
        return f"{self.indicator.title}, par {level} ({self.indicator.dated})"

    @property
    def care(self) -> str:
        """French sentence that says how the estimates of a survey are to be read; else empty."""
        care = self.indicator.care
        return f"Estimations d’enquête, sans décimale, {care}." if care else ""

    @property
    def missing(self) -> str:
        """French sentences that say why there is no value; empty when all are known."""
        order = (State.UNKNOWN, State.WITHHELD, State.WITHOUT_OBJECT)
        reasons = (
            reading.why
            for state in order
            for reading in self.readings.values()
            if reading.state is state
        )
        return " ".join([*dict.fromkeys(reasons)][:MOST_REASONS])

    @property
    def fills(self) -> Mapping[str, str | State]:
        """What each place is filled with, by code: a colour, or the state that has a hatching."""
        return {
            code: self._colour(float(self.values[code])) if pd.notna(self.values[code]) else state
            for code, state in ((code, reading.state) for code, reading in self.readings.items())
        }

    def _colour(self, value: float) -> str:
        if self.drawing == Drawing.CIRCLES or (self.classes.zeros is not None and value == 0):
            return token("land")
        below = int(np.searchsorted(self.classes.bounds, value, side="right")) - 1
        return self.colours[min(max(below, 0), len(self.colours) - 1)]

    def tell(self, code: str) -> str:
        """Return what is known of a place, in French words."""
        if pd.notna(self.values[code]):
            return self.indicator.text(float(self.values[code]))
        return self.partials.get(code) or SIGNS[self.readings[code].state].spoken

    def tell_parts(self, codes: Iterable[str]) -> Iterator[str]:
        """Yield what is known of the places known in part, then of the département, French."""
        for code in codes:
            if code in self.partials:
                yield f"{self.names[code]} : {self.partials[code]}."
        if self.whole:
            yield f"Pas-de-Calais : {self.whole}."
        if self.care:
            yield self.care

    def tell_withheld(self, codes: Iterable[str]) -> Iterator[str]:
        """Yield of how many places the value is secret, French; nothing where of none."""
        states = [self.readings[code].state for code in codes if code in self.readings]
        secret = states.count(State.WITHHELD)
        if secret:
            word = LEVEL_PLURALS[self.level] if len(states) > 1 else low(LEVEL_NAMES[self.level])
            yield (
                f"Secret statistique, qui n’est pas zéro : {format_number(secret)} sur "
                f"{format_number(len(states))} {word}."
            )

    @property
    def absent(self) -> Mapping[State, list[str]]:
        """The codes of each state without a number, in the order of a legend."""
        found = {
            state: [code for code, reading in self.readings.items() if reading.state is state]
            for state in ABSENCES
        }
        return {state: codes for state, codes in found.items() if codes}

    def for_browser(self) -> dict[str, Any]:
        """Return what the map's scripts need; codes without a value are left out."""
        known = self.values.dropna()
        unit = self.indicator.unit
        return {
            "title": self.title,
            "level": str(self.level),
            "drawing": str(self.drawing),
            "unit": unit,
            "unit_of_one": unit.removesuffix("s") if unit.isalpha() else unit,
            "decimals": self.indicator.decimals,
            "kind": self.indicator.kind,
            "pair": self.indicator.pair,
            "money": self.money,
            "bounds": self.classes.bounds,
            "colours": self.colours,
            "zero_apart": self.classes.zeros is not None,
            "values": known.to_dict(),
            "absent": {
                str(state): codes
                for state, codes in self.absent.items()
                if state is not State.UNKNOWN
            },
            "said": {str(state): SIGNS[state].spoken for state in ABSENCES},
            "told": dict(self.partials),
            "largest": self.largest,
            "radius": LARGEST_RADIUS,
            "method": str(self.choice.method),
            "bounds_text": write_bounds(self.classes.bounds),
            "usual_colours": ramp(len(MONEY_RAMP), money=self.money),
        }


def make_theme(
    catalogue: Catalogue,
    chosen: Indicator,
    level: Level,
    drawing: Drawing | None,
    choice: ClassChoice = USUAL_CLASSES,
) -> Theme:
    """Compute an indicator on a level.

    Values are cut as the browser gets them, rounded, so that each is drawn in the class that counts
    it.

    Parameters
    ----------
    drawing
        None: rates as colours, totals as circles.
    choice
        How the values are cut and coloured.

    Raises
    ------
    layers.model.layer.LayerError
        A layer that it is counted from cannot be loaded.
    """
    readings = chosen.readings(catalogue, level)
    values = chosen.numbers(readings).map(chosen.plain, na_action="ignore")
    return Theme(
        chosen,
        level,
        drawing or usual_drawing(chosen),
        values,
        classify(values, choice),
        choice,
        readings,
        {
            code: _say_part(chosen, reading)
            for code, reading in readings.items()
            if reading.state is State.PARTIAL
        },
        {
            code: catalogue.reference.name_of(Perimeter(level, code))
            for code, reading in readings.items()
            if reading.state is State.PARTIAL
        },
        _say_whole(catalogue, chosen),
        chosen.notes(catalogue, level),
    )


def _say_part(chosen: Indicator, reading: Reading) -> str:
    """Return what is known of a place in part: ``partiel : 12 €, contrat connu pour …``."""
    why = reading.why.removeprefix("Valeur partielle, ").rstrip(".")
    return typeset(f"{chosen.say(reading)}, {why}")


def _say_whole(catalogue: Catalogue, chosen: Indicator) -> str:
    """Return what is known of the département, where that is a part of it."""
    if Level.DEPARTEMENT not in chosen.levels:
        return ""
    reading = chosen.reading(catalogue, DEPARTEMENT)
    return _say_part(chosen, reading) if reading.state is State.PARTIAL else ""


def usual_drawing(chosen: Indicator) -> Drawing:
    """Return how an indicator is drawn when nothing is asked: totals as circles."""
    return Drawing.CIRCLES if chosen.kind == "total" else Drawing.COLOURS
