"""Areas painted by a number of their own: tables by priority district, no level of the map."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from app.drawing.bounds_text import say_classes
from app.drawing.classes import Classes, classify
from app.drawing.palette import ramp
from app.drawing.tokens import colour as token
from layers.french.wording import plural
from layers.indicators.by_district import DistrictRate
from layers.indicators.states import SIGNS, State
from layers.model.layer import Layer
from layers.model.measures import DISTRICT

UNPAINTED: Final = ""
"""Fill of an area without a number: its outline alone."""


@dataclass(frozen=True, slots=True)
class Painted:
    """How the areas of a layer are filled.

    Parameters
    ----------
    title
        What their colours tell, French.
    fills
        Of each row: a colour, or :data:`UNPAINTED`.
    legend
        Colour and French words of each class, with the number of its areas.
    method
        How the classes were cut, French.
    """

    title: str
    fills: tuple[str, ...]
    legend: tuple[tuple[str, str], ...]
    method: str


def paint_areas(
    layer: Layer, rows: pd.DataFrame, rate: DistrictRate | None = None
) -> Painted | None:
    """Return the colours of the areas of a table by district, None for any other layer.

    The first number that the table maps is painted, of its last year where rows have one; its rate
    in its stead where there is one, as a large district is not to look worse for being large.

    Parameters
    ----------
    rate
        As :func:`layers.indicators.by_district.first_rate` gives it for these rows.
    """
    joining = layer.joining
    if joining is None or joining.level != DISTRICT or not joining.measures:
        return None
    measure = joining.measures[0]
    told, unit = (rate.title, rate.unit) if rate else (measure.title, measure.unit)
    numbers = rate.numbers if rate else rows[measure.column]
    values = pd.to_numeric(numbers, errors="coerce").astype(float)
    year = ""
    if joining.year:
        years = rows[joining.year].astype(str)
        year = years.max()
        values = values.where(years == year)
    classes = classify(values)
    money = "€" in measure.unit
    colours = ramp(len(classes.counts), money=money) if classes.counts else ()
    told = f"{told} ({unit})" if unit else told
    told = f"{told}, par quartier prioritaire"
    return Painted(
        f"{told}, {year}" if year else told,
        tuple(_fill(value, classes, colours) for value in values),
        tuple(_legend(classes, colours)),
        classes.method,
    )


def _fill(value: float, classes: Classes, colours: Sequence[str]) -> str:
    if np.isnan(value):
        return UNPAINTED
    if value == 0 and classes.zeros is not None:
        return token("land")
    below = int(np.searchsorted(classes.bounds, value, side="right")) - 1
    return colours[min(max(below, 0), len(colours) - 1)]


def _legend(classes: Classes, colours: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield a colour and its words: zero, the classes, what is not known."""
    if classes.zeros:
        yield token("land"), f"zéro ({plural(classes.zeros, 'quartier')})"
    said = say_classes(classes.bounds, zero_apart=classes.zeros is not None)
    for colour, words, count in zip(colours, said, classes.counts, strict=True):
        yield colour, f"{words} ({plural(count, 'quartier')})"
    if classes.missing:
        yield UNPAINTED, f"{SIGNS[State.UNKNOWN].word} ({plural(classes.missing, 'ligne')})"
