"""A theme: one indicator on one level, cut and coloured as map and legend show it."""

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from app.drawing.bounds_text import write_bounds
from app.drawing.classes import Classes, classify
from app.drawing.palette import MONEY_RAMP, ramp
from app.view.class_choice import USUAL_CLASSES, ClassChoice
from app.view.levels import LEVEL_NAMES, low
from app.view.state import Drawing
from geo.perimeter import Level, Perimeter
from layers.catalogue.layers import Catalogue
from layers.indicators.definition import Indicator

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
    missing
        French sentences that say why values are unknown; empty when all are known.
    notes
        French sentences about single values.
    """

    indicator: Indicator
    level: Level
    drawing: Drawing
    values: pd.Series
    classes: Classes
    choice: ClassChoice
    missing: str
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
        """What the map shows, in a line: the indicator and by what."""
        return f"{self.indicator.title}, par {low(LEVEL_NAMES[self.level])}"

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
    values = chosen.values(catalogue, level).round(chosen.decimals + 2)
    unknown = values.index[values.isna()]
    reasons = dict.fromkeys(chosen.reason(catalogue, Perimeter(level, code)) for code in unknown)
    return Theme(
        chosen,
        level,
        drawing or usual_drawing(chosen),
        values,
        classify(values, choice),
        choice,
        " ".join([*reasons][:MOST_REASONS]),
        chosen.notes(catalogue, level),
    )


def usual_drawing(chosen: Indicator) -> Drawing:
    """Return how an indicator is drawn when nothing is asked: totals as circles."""
    return Drawing.CIRCLES if chosen.kind == "total" else Drawing.COLOURS
