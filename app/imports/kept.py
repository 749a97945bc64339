"""What a step of an import leaves in its folder: tables and texts, that no reading can run."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import shapely
from pyarrow import ChunkedArray
from pyarrow.parquet import read_table

from app.imports.limits import BroughtFileError
from app.imports.table import Table
from geo.crs import EXCHANGE
from geo.whole_file import whole_file, write_whole
from layers.brought.making import Made
from layers.brought.problems import Problem
from layers.model.layer import Field
from layers.store.description import Description

CELLS: Final = "table.parquet"
ACCOUNT: Final = "table.json"
LINE: Final = "\0line"
SHAPE: Final = "\0shape"
"""Columns beside those of the file, under names that no file can give."""

MADE: Final = "made.parquet"
MADE_ACCOUNT: Final = "made.json"
ROWS_AT_ONCE: Final = 10_000
_encode: Final = json.JSONEncoder(ensure_ascii=False, default=str).encode
NOT_MADE: Final = "Ce fichier n’est pas encore placé : reprenez son import."


def keep_table(table: Table, folder: Path) -> None:
    """Write a table into a folder, for :func:`load_table`."""
    cells = table.frame.assign(**{LINE: table.frame.index})
    if table.geometry is not None:
        cells[SHAPE] = shapely.to_wkb(table.geometry.to_numpy())
    with whole_file(folder / CELLS) as part:
        cells.to_parquet(part, index=False)
    crs = None if table.geometry is None or table.geometry.crs is None else table.geometry.crs
    account = {
        "name": table.name,
        "problems": [asdict(problem) for problem in table.problems],
        "separator": table.separator,
        "part": table.part,
        "parts": table.parts,
        "crs": crs.to_wkt() if crs else None,
        "encoding": table.encoding,
        "heading": table.heading,
        "hidden": table.hidden,
        "kinds": dict(table.kinds),
    }
    write_whole(folder / ACCOUNT, json.dumps(account))


def load_table(folder: Path) -> Table:
    """Return the table that was kept in a folder.

    Raises
    ------
    BroughtFileError
        It is no longer there.
    """
    try:
        account = json.loads((folder / ACCOUNT).read_text(encoding="utf-8"))
        cells = pd.read_parquet(folder / CELLS).astype(object)
    except (OSError, ValueError) as error:
        raise BroughtFileError("Ce fichier n’est plus là : apportez-le de nouveau.") from error
    lines = cells.pop(LINE).astype(int)
    geometry = None
    if SHAPE in cells:
        shapes = [None if shape is None else shape for shape in cells.pop(SHAPE)]
        geometry = gpd.GeoSeries.from_wkb(shapes, index=lines.to_numpy(), crs=account["crs"])
    frame = cells.where(cells.notna(), None).set_axis(lines.to_numpy(), axis="index")
    return Table(
        account["name"],
        frame,
        tuple(Problem(**problem) for problem in account["problems"]),
        account["separator"],
        account["part"],
        tuple(account["parts"]),
        geometry,
        account["encoding"],
        account["heading"],
        tuple(account["hidden"]),
        account["kinds"],
    )


def keep_made(made: Made, folder: Path) -> None:
    """Write a layer that was made into a folder, for :func:`load_made`."""
    names = [field.name for field in made.description.fields]
    cells = made.rows[names].to_numpy(dtype=object).tolist()
    table = pd.DataFrame(
        {
            "line": made.rows.index,
            # one text a row: a column may hold numbers that no column of a table file can
            "cells": [*map(_encode, cells)],
            "shape": shapely.to_wkb(made.rows.geometry.to_numpy()),
        }
    )
    with whole_file(folder / MADE) as part:
        table.to_parquet(part, index=False)
    account = {
        "description": made.description.to_record(),
        "left_out": made.left_out,
        "problems": [asdict(problem) for problem in made.problems],
    }
    write_whole(folder / MADE_ACCOUNT, json.dumps(account))


def load_made(folder: Path) -> Made:
    """Return the layer that was kept in a folder.

    Raises
    ------
    BroughtFileError
        It is no longer there.
    """
    try:
        account = json.loads((folder / MADE_ACCOUNT).read_text(encoding="utf-8"))
        table = read_table(folder / MADE)
    except (OSError, ValueError) as error:
        raise BroughtFileError(NOT_MADE) from error
    description = Description.from_record(account["description"])
    columns = _columns(table["cells"], description.fields)
    lines = table["line"].to_numpy()
    shapes = gpd.GeoSeries.from_wkb(table["shape"].to_numpy(), index=lines, crs=EXCHANGE)
    return Made(
        description,
        gpd.GeoDataFrame(pd.DataFrame(columns, index=lines, dtype=object), geometry=shapes),
        tuple(account["left_out"]),
        read_problems(account),
    )


def read_problems(account: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Return the problems that a step told of."""
    return tuple(Problem(**problem) for problem in account["problems"])


def _columns(cells: ChunkedArray, fields: Sequence[Field]) -> dict[str, list[Any]]:
    """Return the values of each column; some rows at a time, and a text that comes again once."""
    columns: dict[str, list[Any]] = {field.name: [] for field in fields}
    texts: dict[str, str] = {}
    for start in range(0, len(cells), ROWS_AT_ONCE):
        rows = json.loads(f"[{','.join(cells.slice(start, ROWS_AT_ONCE).to_pylist())}]")
        for rank, field in enumerate(fields):
            values = _values((row[rank] for row in rows), field)
            columns[field.name] += [
                texts.setdefault(value, value) if isinstance(value, str) else value
                for value in values
            ]
    return columns


def _values(values: Iterable[Any], field: Field) -> list[Any]:
    """Return values as the type of their column has them, after JSON knew only its own."""
    if field.dtype == "money":
        return [None if value is None else Decimal(value) for value in values]
    if field.dtype == "list":
        return [tuple(value) for value in values]
    return [*values]
