"""The numbers that people brought about a priority district, beside those of the others."""

from collections.abc import Hashable
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

import pandas as pd

from layers.catalogue.layers import Catalogue
from layers.french.wording import format_number
from layers.indicators.by_district import DistrictRate, district_rate
from layers.model.layer import Layer, LayerError, Source
from layers.model.measures import DISTRICT, Joining, Measure

MOST: Final = 24
"""Shown on a sheet; the table of the layer has all."""


@dataclass(frozen=True, slots=True)
class BroughtNumber:
    """A number of a district in a table that somebody brought.

    Parameters
    ----------
    title
        What it is, with the year of its row where rows have one.
    number
        In French, or why it is not there.
    median
        In French, of the districts that have one in the same table and year.
    peers
        How many they are.
    source
        Of the table.
    own
        Whether the table has it; a rate is ours, divided by what the district has.
    """

    title: str
    number: str
    median: str
    peers: int
    source: Source
    own: bool = True


def brought_numbers(catalogue: Catalogue, code: str) -> tuple[BroughtNumber, ...]:
    """Return what the tables by district say of one; a table that cannot be read says nothing."""
    found: list[BroughtNumber] = []
    for layer in catalogue.stored:
        joining = layer.joining
        if joining is None or joining.level != DISTRICT:
            continue
        try:
            rows = catalogue.load(layer.id)
        except LayerError:
            continue  # the layer says why in its place
        own = rows[rows["perimeter"] == f"{DISTRICT}:{code}"].to_dict("index")
        for line, row in own.items():
            for measure in joining.measures:
                same = _same_year(joining, row, rows)
                found.append(_number(layer, joining, measure, row, same))
                rate = district_rate(catalogue, layer, joining, measure, same)
                if rate is not None:
                    found.append(_rated(layer, joining, rate, line, row))
    return tuple(found[-MOST:])


def _same_year(joining: Joining, row: dict[str, Any], rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows[joining.year] == row[joining.year]] if joining.year else rows


def _rated(
    layer: Layer, joining: Joining, rate: DistrictRate, line: Hashable, row: dict[str, Any]
) -> BroughtNumber:
    known = list(rate.numbers.dropna())
    return BroughtNumber(
        f"{rate.title}, chiffre de {row[joining.year]}" if joining.year else rate.title,
        rate.say(rate.numbers.to_dict()[line]),
        rate.say(median(known) if known else None),
        len(known),
        layer.sources[0],
        own=False,
    )


def _number(
    layer: Layer, joining: Joining, measure: Measure, row: dict[str, Any], rows: pd.DataFrame
) -> BroughtNumber:
    title = measure.title or layer.field(measure.column).label
    if joining.year:
        title = f"{title} en {row[joining.year]}"
    known = [float(value) for value in rows[measure.column].dropna()]
    return BroughtNumber(
        title,
        measure.say(row),
        measure.say({measure.column: median(known)}) if known else format_number(None),
        len(known),
        layer.sources[0],
    )
