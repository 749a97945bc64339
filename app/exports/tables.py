"""The rows of a layer as a table that the French Excel opens with a double click."""

import csv
import io
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Final, cast

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.cells import guard_formula
from layers.facts.acts import narrow_sources
from layers.model.layer import Layer, Precision, Source
from layers.model.schema import Dtype, Field

BYTE_ORDER_MARK = "\ufeff"
POSITION_HEADINGS = ("Longitude (°)", "Latitude (°)")
SOURCES_HEADING = "Sources"
BETWEEN_VALUES = " | "
"""Stands between the values of a list in one cell."""

PRECISION_WORDS: Final[Mapping[str, str]] = {
    Precision.ADDRESS: "adresse",
    Precision.STREET: "rue",
    Precision.SITE: "site",
    Precision.DISTRICT: "quartier",
    Precision.COMMUNE: "commune",
    Precision.EPCI: "EPCI",
    Precision.NONE: "non placé",
}
"""For the column that every point layer has."""


def to_csv(layer: Layer, rows: gpd.GeoDataFrame) -> bytes:
    """Write the rows as CSV: UTF-8 with byte order mark, ``;`` between cells, decimal comma.

    Headings and coded words are French, for people; programs read GeoJSON. Points add their
    longitude and latitude; the last column repeats the sources, so that they travel with any row
    that is copied elsewhere: of the acts, the one that its row names.

    Parameters
    ----------
    layer
        What the columns are; those that may not be shown are left out.
    rows
        As loaded from the layer, EPSG:4326.
    """
    fields = shown_fields(layer)
    sources = _told_sources(layer, rows)
    positions = _positions(rows) if layer.geometry == "point" else [()] * len(rows)
    places = POSITION_HEADINGS if layer.geometry == "point" else ()
    return write_csv(
        [*map(heading, fields), *places, SOURCES_HEADING],
        (
            [*(write_cell(*pair) for pair in zip(fields, values, strict=True)), *position, told]
            for values, position, told in zip(
                iterate_rows(fields, rows), positions, sources, strict=True
            )
        ),
    )


def write_csv(
    headings: Iterable[str],
    rows: Iterable[Iterable[str]],
    *,
    separator: str = ";",
    mark: str = BYTE_ORDER_MARK,
) -> bytes:
    """Write headings and cells as the French Excel opens them, UTF-8 told by its mark.

    A text that a spreadsheet would run as a formula is preceded by an apostrophe, in a heading as
    in a cell; numbers never are.
    """
    text = io.StringIO(newline="")
    text.write(mark)
    table = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    table.writerows(map(guard_formula, row) for row in itertools.chain([headings], rows))
    return text.getvalue().encode()


def shown_fields(layer: Layer) -> tuple[Field, ...]:
    """Return the columns that may leave the house, in reading order."""
    return tuple(field for field in layer.fields if field.shown)


def iterate_rows(fields: tuple[Field, ...], rows: gpd.GeoDataFrame) -> Iterator[tuple[Any, ...]]:
    """Yield the values of each row in the order of the fields, None where a value is unknown."""
    columns = [
        [None if is_unknown(value) else value for value in rows[field.name].tolist()]
        for field in fields
    ]
    return zip(*columns, strict=True)


def is_unknown(value: object) -> bool:
    """Tell whether a cell holds no value: None, NaN or NaT; never zero, never an empty text."""
    return pd.api.types.is_scalar(value) and bool(pd.isna(cast("float | None", value)))


def cite(source: Source) -> str:
    """Write a source in one line: producer, title, vintage, licence, address."""
    parts = (source.producer, source.title, source.vintage, source.licence, source.address)
    return ", ".join(part for part in parts if part)


def heading(field: Field) -> str:
    """Write a column's label with its unit, as a heading for people."""
    told = not field.unit or field.unit.lower() == field.label.lower()
    return field.label if told else f"{field.label} ({field.unit})"


def write_cell(field: Field, value: Any) -> str:  # noqa: ANN401 - of the field's type
    """Write a value of a column as French people read it, empty for None."""
    if value is None:
        return ""
    if field.name == "precision":
        return PRECISION_WORDS[value]
    return _CELLS[field.dtype](value)


def _decimal_comma(number: float) -> str:
    return np.format_float_positional(number, trim="-").replace(".", ",")


def _told_sources(layer: Layer, rows: gpd.GeoDataFrame) -> list[str]:
    """Return the sources of each row in one cell."""

    @cache
    def told(*documents: str) -> str:
        sources = narrow_sources(layer.sources, documents)
        return guard_formula("; ".join(cite(source) for source in sources))

    return [*map(told, rows["document"])] if "document" in rows else [told()] * len(rows)


def _positions(rows: gpd.GeoDataFrame) -> list[tuple[str, str]]:
    points = rows.geometry
    return [
        (_decimal_comma(lon), _decimal_comma(lat))
        for lon, lat in zip(points.x.round(6), points.y.round(6), strict=True)
    ]


_CELLS: Final[Mapping[Dtype, Callable[[Any], str]]] = {
    "text": str,
    "date": str,
    "list": BETWEEN_VALUES.join,
    "int": lambda number: str(int(number)),
    "float": _decimal_comma,
    "money": lambda euros: f"{euros:.2f}".replace(".", ","),
    "bool": lambda truth: "oui" if truth else "non",
}
