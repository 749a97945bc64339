"""Values and columns as PostgreSQL has them: names that fit, types, each cell of each row."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from layers.model.schema import Dtype, Field
from layers.store.description import Description

COLUMN_TYPES: Final[Mapping[Dtype, str]] = {
    "text": "text",
    "date": "text",
    "int": "bigint",
    "float": "double precision",
    "money": "numeric",
    "list": "text[]",
}
"""A date is the text that carries its precision."""
RANK: Final = "fid"
SHAPE: Final = "geom"
TAKEN: Final = frozenset(
    {RANK, SHAPE, "tableoid", "xmin", "cmin", "xmax", "cmax", "ctid", "oid", ""}
)
"""Names that a column may not have: ours, and those of PostgreSQL itself."""
LONGEST: Final = 63
"""Bytes of a name that PostgreSQL keeps; it cuts the others without a word."""


def column_names(fields: Iterable[Field]) -> list[str]:
    """Return a name for each column: its own where that can be, all of them different."""
    names: list[str] = []
    for field in fields:
        whole = field.name.replace("\0", "").encode("utf-8", "replace")
        name, number = _cut(whole), 1
        while name in TAKEN or name in names:
            number += 1
            name = _cut(whole, f"_{number}")
        names.append(name)
    return names


def _cut(whole: bytes, ending: str = "") -> str:
    return whole[: LONGEST - len(ending)].decode("utf-8", "ignore") + ending


def to_columns(
    description: Description, rows: gpd.GeoDataFrame, srid: int
) -> tuple[list[Any], ...]:
    """Return the cells of all rows by column: rank from 1, values, shapes as EWKB.

    Parameters
    ----------
    srid
        Of the shapes, as PostGIS counts the systems of coordinates.
    """
    values = [_to_cells(rows[field.name], field.dtype) for field in description.fields]
    shapes = rows.geometry.to_numpy()
    if description.geometry == "polygon":
        shapes = np.array([_of_parts(shape) for shape in shapes], dtype=object)
    texts = shapely.to_wkb(shapely.set_srid(shapes, srid), include_srid=True, byte_order=1)
    return [*range(1, len(rows) + 1)], *values, texts.tolist()


def _to_cells(values: pd.Series, dtype: Dtype) -> list[Any]:
    if dtype == "list":
        return [list(value) for value in values]
    make, known = _TO[dtype], zip(values.tolist(), values.isna().tolist(), strict=True)
    return [None if missing else make(value) for value, missing in known]


def from_cells(
    fields: Iterable[Field], columns: Iterable[list[Any]], shapes: list[Any]
) -> gpd.GeoDataFrame:
    """Return rows as :class:`layers.store.protocol.Content` gives them, without their CRS."""
    series = {
        field.name: pd.Series(
            [tuple(cell) for cell in cells] if field.dtype == "list" else cells, dtype=object
        )
        for field, cells in zip(fields, columns, strict=True)
    }
    return gpd.GeoDataFrame(series, geometry=shapely.from_wkb(shapes))


def plain(text: str) -> str:
    """Return a text without what PostgreSQL cannot keep, for what is told and not counted on."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def _of_parts(shape: Any) -> Any:  # noqa: ANN401 - any shape of shapely, or none
    if shape is None or shape.geom_type != "Polygon":
        return shape
    return shapely.multipolygons([shape])


def _as_it_is(value: Any) -> Any:  # noqa: ANN401 - any cell
    return value


_TO: Final[Mapping[Dtype, Callable[[Any], Any]]] = {
    "text": _as_it_is,
    "date": _as_it_is,
    "int": int,
    "float": float,
    "money": lambda value: Decimal(f"{value:.2f}"),  # as the embedded store has it
}
