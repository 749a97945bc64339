"""Areas painted by a number of their own: tables by priority district, no level of the map."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from app.drawing.bounds_text import say_classes
from app.drawing.classes import classify
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
    nothing = token("land")

    def fill(value: float) -> str:
        if np.isnan(value):
            return UNPAINTED
        if value == 0 and classes.zeros is not None:
            return nothing
        below = int(np.searchsorted(classes.bounds, value, side="right")) - 1
        return colours[min(max(below, 0), len(colours) - 1)]

    said = say_classes(classes.bounds, zero_apart=classes.zeros is not None)
    rows_of = zip(colours, said, classes.counts, strict=True)
    legend = [(one, f"{words} ({plural(count, 'quartier')})") for one, words, count in rows_of]
    if classes.zeros:
        legend.insert(0, (nothing, f"zéro ({plural(classes.zeros, 'quartier')})"))
    if classes.missing:
        words = f"{SIGNS[State.UNKNOWN].word} ({plural(classes.missing, 'ligne')})"
        legend.append((UNPAINTED, words))
    told = f"{told} ({unit})" if unit else told
    told = f"{told}, par quartier prioritaire"
    return Painted(
        f"{told}, {year}" if year else told,
        tuple(fill(value) for value in values),
        tuple(legend),
        classes.method,
    )
