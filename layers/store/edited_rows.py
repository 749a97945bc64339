"""The rows of a layer as they were edited: changed, moved, left out, filtered, put in order."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

import geopandas as gpd
import pandas as pd
from shapely import Point

from geo.names import normalise
from geo.precision import Precision
from layers.model.layer import Field
from layers.store.description import KEY, Description
from layers.store.edits import NUMBERS, Edit, field_of, last, read_number, typed_value

BY_HAND: Final = "Point déplacé à la main."


def apply_edits(
    description: Description, rows: gpd.GeoDataFrame, edits: Sequence[Edit], *, narrow: bool = True
) -> gpd.GeoDataFrame:
    """Return the rows of a layer after edits; those that were given stay as they were.

    Parameters
    ----------
    rows
        EPSG:4326, with the columns of the description.
    narrow
        Whether rows that the filter leaves out are left out.
    """
    rank = {line: number for number, line in enumerate(rows[KEY.name])}
    columns = {name: rows[name].tolist() for name in _touched(edits) if name in rows}
    shapes = rows.geometry.tolist()
    for edit in edits:
        number = rank.get(edit.said.get("line", ""))
        if number is None:
            continue
        values = dict(edit.said.get("values", {}))
        if edit.kind == "move":
            shapes[number] = Point(edit.said["longitude"], edit.said["latitude"])
            values = _moved(edit.said)
        for name, value in values.items():
            if name in columns:
                columns[name][number] = typed_value(field_of(description, name), value)
    made = {name: pd.Series(each, index=rows.index, dtype=object) for name, each in columns.items()}
    edited = gpd.GeoDataFrame(rows.drop(columns="geometry", errors="ignore").assign(**made),
                              geometry=shapes, crs=rows.crs)  # fmt: skip
    gone = {line for edit in edits if edit.kind == "delete" for line in edit.said["lines"]}
    edited = edited[~edited[KEY.name].isin(gone)]
    kept = last(edits, "filter")
    if narrow and kept.get("column"):
        own = field_of(description, kept["column"])
        edited = edited[passing(edited, own, kept["test"], kept["value"])]
    order = last(edits, "order")
    return sort_rows(edited, order["column"], down=order["down"]) if order.get("column") else edited


def passing(rows: pd.DataFrame, field: Field, test: str, value: str) -> list[bool]:
    """Tell which rows pass a test of one column; an unknown number passes none of numbers."""
    cells = rows[field.name].tolist()
    empty = [not cell if field.dtype == "list" else bool(pd.isna(cell)) for cell in cells]
    if test in {"vide", "rempli"}:
        return [one is (test == "vide") for one in empty]
    if test in {"au_moins", "au_plus"} and field.dtype in NUMBERS:
        bound = read_number(value)
        return [
            not none and (Decimal(str(cell)) >= bound if test == "au_moins" else
                          Decimal(str(cell)) <= bound)
            for cell, none in zip(cells, empty, strict=True)
        ]  # fmt: skip
    if field.dtype in NUMBERS and test == "egal":
        asked = read_number(value)
        return [not n and Decimal(str(c)) == asked for c, n in zip(cells, empty, strict=True)]
    texts = [
        "" if none else normalise(_text(cell)) for cell, none in zip(cells, empty, strict=True)
    ]
    words = normalise(value)
    compare: Mapping[str, Callable[[str], bool]] = {
        "contient": lambda text: words in text,
        "egal": lambda text: text == words,
        "au_moins": lambda text: text >= words,
        "au_plus": lambda text: bool(text) and text <= words,
    }
    return [compare[test](text) for text in texts]


def sort_rows(rows: gpd.GeoDataFrame, column: str, *, down: bool) -> gpd.GeoDataFrame:
    """Return rows in the order of a column: numbers by size, texts by letters, the unknown last."""
    cells = rows[column].tolist()
    keys = [(pd.isna(c) if not isinstance(c, tuple) else not c) for c in cells]
    known = [number for number, none in enumerate(keys) if not none]
    known.sort(
        key=lambda n: cells[n] if not isinstance(cells[n], str | tuple)
        else normalise(_text(cells[n])),
        reverse=down,
    )  # fmt: skip
    return rows.iloc[[*known, *(number for number, none in enumerate(keys) if none)]]


def _touched(edits: Iterable[Edit]) -> set[str]:
    names = {name for edit in edits if edit.kind == "row" for name in edit.said["values"]}
    return names | {name for edit in edits if edit.kind == "move" for name in _moved(edit.said)}


def _moved(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "commune_code": values["commune_code"], "commune": values["commune"],
        "precision": str(Precision.SITE), "position_note": BY_HAND, "confidence": None,
    }  # fmt: skip


def _text(cell: Any) -> str:  # noqa: ANN401 - of the field's type
    return " ".join(cell) if isinstance(cell, tuple) else str(cell)
