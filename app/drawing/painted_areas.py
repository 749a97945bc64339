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


def paint_areas(layer: Layer, rows: pd.DataFrame) -> Painted | None:
    """Return the colours of the areas of a table by district, None for any other layer.

    The first number that the table maps is painted, of its last year where rows have one.
    """
    joining = layer.joining
    if joining is None or joining.level != DISTRICT or not joining.measures:
        return None
    measure = joining.measures[0]
    values = pd.to_numeric(rows[measure.column], errors="coerce").astype(float)
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
    unit = f" ({measure.unit})" if measure.unit else ""
    told = f"{measure.title}{unit}, par quartier prioritaire"
    return Painted(
        f"{told}, {year}" if year else told,
        tuple(fill(value) for value in values),
        tuple(legend),
        classes.method,
    )
