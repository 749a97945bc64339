"""The rows of a layer as texts, so that two versions of it can be held against each other."""

from collections.abc import Iterable
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from layers.store.description import KEY, Description

POSITION: Final = "position"
"""Heading of where a row is; a layer keeps no coordinates of the file."""


def rows_as_texts(description: Description, rows: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the shown columns of a layer under their headings, and where each row is.

    Parameters
    ----------
    rows
        EPSG:4326, with the columns of the description.

    Returns
    -------
    pandas.DataFrame
        Texts, None where a cell is empty; the index is the line of the file.
    """
    fields = [field for field in description.fields if field.shown and field.name != KEY.name]
    columns = {
        field.label: [_text(value) for value in rows[field.name]]
        for field in fields
        if field.name in rows
    }
    index = pd.Index([int(line) for line in rows[KEY.name]])
    texts = pd.DataFrame(columns, index=index, dtype=object)
    texts[POSITION] = _positions(rows.geometry)
    return texts


def _positions(shapes: Iterable[Any]) -> list[str | None]:
    return [None if shape is None else _position(shape) for shape in shapes]


def _position(shape: Any) -> str:  # noqa: ANN401 - a geometry
    """Return a point to the metre; of an outline its middle and how many corners it has."""
    middle = shape if shape.geom_type == "Point" else shape.centroid
    told = f"{middle.y:.5f}, {middle.x:.5f}"
    if shape.geom_type == "Point":
        return told
    corners = sum(len(part.exterior.coords) - 1 for part in getattr(shape, "geoms", [shape]))
    return f"contour de {corners} sommets autour de {told}"


def _text(value: Any) -> str | None:  # noqa: ANN401 - of the field's type
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value)) or None
    if value is None or bool(pd.isna(value)):
        return None
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",") if value != int(value) else str(int(value))
    return str(value).replace(".", ",") if type(value).__name__ == "Decimal" else str(value)
