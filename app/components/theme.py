"""A theme: one indicator on one level, cut and coloured as map and legend show it."""

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from app.components.classes import Classes, classify
from app.components.palette import ramp
from app.view_state import Drawing
from geo.perimeter import Level, Perimeter
from layers.catalogue import Catalogue
from layers.indicators import Indicator, indicator

LARGEST_RADIUS: Final = 30
"""Pixels, of the circle of the largest value."""

LEVEL_NAMES: Final = {
    Level.DEPARTEMENT: "Département",
    Level.TERRITORY: "Territoire",
    Level.MDS: "Secteur MDS",
    Level.EPCI: "EPCI",
    Level.CANTON: "Canton",
    Level.COMMUNE: "Commune",
}
MAPPED_LEVELS: Final = tuple(level for level in Level if level != Level.DEPARTEMENT)


@dataclass(frozen=True)
class Theme:
    """An indicator as it is drawn.

    Parameters
    ----------
    values
        Float by code, NaN where it is unknown.
    missing
        French sentence that says why a value is unknown; empty when all are known.
    """

    indicator: Indicator
    level: Level
    drawing: Drawing
    values: pd.Series
    classes: Classes
    missing: str

    @property
    def money(self) -> bool:
        """Whether the indicator is an amount of money or is counted per euro."""
        return "€" in self.indicator.unit

    @property
    def colours(self) -> tuple[str, ...]:
        """One for each class, palest first."""
        return ramp(len(self.classes.counts), money=self.money) if self.classes.counts else ()

    @property
    def largest(self) -> float:
        """Largest value, what the circles are scaled by; 0 when nothing is known."""
        return float(self.values.max()) if self.values.notna().any() else 0.0

    @property
    def title(self) -> str:
        """What the map shows, in a line: the indicator and by what."""
        return f"{self.indicator.title}, par {_low(LEVEL_NAMES[self.level])}"

    def for_browser(self) -> dict[str, Any]:
        """Return what the map's scripts need; codes without a value are left out."""
        known = self.values.dropna().round(self.indicator.decimals + 2)
        unit = self.indicator.unit
        return {
            "title": self.title,
            "level": str(self.level),
            "drawing": str(self.drawing),
            "unit": unit,
            "unit_of_one": unit.removesuffix("s") if unit.isalpha() else unit,
            "decimals": self.indicator.decimals,
            "money": self.money,
            "bounds": self.classes.bounds,
            "colours": self.colours,
            "zero_apart": self.classes.zeros is not None,
            "values": known.to_dict(),
            "largest": self.largest,
            "radius": LARGEST_RADIUS,
        }


def make_theme(
    catalogue: Catalogue, indicator_id: str, level: Level, drawing: Drawing | None
) -> Theme:
    """Compute an indicator on a level.

    Parameters
    ----------
    drawing
        None: rates as colours, totals as circles.

    Raises
    ------
    layers.base.LayerError
        There is no such indicator, or a layer that it is counted from cannot be loaded.
    """
    chosen = indicator(indicator_id)
    values = chosen.values(catalogue, level)
    unknown = values.index[values.isna()]
    reason = chosen.reason(catalogue, Perimeter(level, unknown[0])) if len(unknown) else ""
    return Theme(chosen, level, drawing or usual_drawing(chosen), values, classify(values), reason)


def usual_drawing(chosen: Indicator) -> Drawing:
    """Return how an indicator is drawn when nothing is asked: totals as circles."""
    return Drawing.CIRCLES if chosen.kind == "total" else Drawing.COLOURS


def _low(text: str) -> str:
    return text if text.isupper() else text[0].lower() + text[1:]
