"""The workbench of a layer that somebody brought: its words, rows and sign, step by step."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final
from urllib.parse import urlencode

import geopandas as gpd
import pandas as pd

from app.drawing.signs import COLOURS
from app.exports.tables import iterate_rows, write_cell
from app.imports.brought_file import FileImport
from app.imports.limits import BroughtFileError
from app.readers.context import Readers
from app.readers.sessions import Session
from app.web import addresses as urls
from layers.french.wording import format_number, plural
from layers.model.layer import Field
from layers.store.description import KEY, Description
from layers.store.edit_checks import editable
from layers.store.edited_rows import passing, sort_rows
from layers.store.edits import NUMBERS, TESTS, field_of, last, tell_filter

ROWS: Final = 50
"""Of the layer, on one page."""
COLUMNS: Final = 6
"""Of a row, in the list; its own form has all."""
LONGEST_CELL: Final = 2_000
KINDS: Final[Mapping[str, str]] = {
    "describe": "titre et descriptions", "row": "une ligne corrigée", "move": "un point déplacé",
    "delete": "lignes retirées", "filter": "filtre", "order": "ordre", "style": "signe",
}  # fmt: skip
QUERY: Final = ("colonne", "test", "valeur", "tri", "sens", "page")
"""Keys of the address that say which rows are listed, and in what order."""


def workbench_page(
    readers: Readers, session: Session, job: FileImport, asked: Mapping[str, str]
) -> dict[str, Any]:
    """Return what the template of the workbench speaks of.

    Parameters
    ----------
    asked
        The query of the address, from outside.

    Raises
    ------
    LayerError
        The layer cannot be read, or a column or number that is asked for is none.
    """
    layer_id = made_id(job)
    made = session.store.adoptions()[layer_id].description
    edits = session.store.edits(layer_id)
    layer = readers.catalogue.layer(layer_id)
    rows = readers.catalogue.load(layer_id)
    listed = listed_rows(made, rows, asked)
    pages = max(1, -(-len(listed) // ROWS))
    number = min(max(1, _whole(asked.get("page", ""))), pages)
    shown = tuple(field for field in layer.fields if field.name != layer.key and field.shown)
    part = listed.iloc[(number - 1) * ROWS : number * ROWS]
    own = rows[rows[KEY.name] == asked.get("ligne", "")] if asked.get("ligne") else rows[:0]
    return {
        "layer": layer,
        "made": made,
        "edits": [KINDS[edit.kind] for edit in edits[-ROWS:]],
        "here": _here(job, asked),
        "asked": asked,
        "columns": shown,
        "heads": [(f, _sorted_by(job, asked, f)) for f in shown[:COLUMNS]],
        "rows": [
            (line, _here(job, {**asked, "ligne": line}), cells)
            for line, cells in zip(part[KEY.name], _cells(shown[:COLUMNS], part), strict=True)
        ],
        "counted": f"{plural(len(listed), 'ligne')} sur {format_number(len(rows))}",
        "matching": len(listed),
        "narrowed": len(listed) < len(rows),
        "page": number,
        "pages": pages,
        "page_url": lambda one: _here(job, {**asked, "page": str(one)}),
        "row": _row_form(made, own),
        "tests": TESTS,
        "numeric": [field for field in shown if field.dtype in NUMBERS],
        "colours": COLOURS,
        "style": layer.style,
        "described": last(edits, "describe"),
        "kept_filter": tell_filter(made, edits),
        "order": last(edits, "order"),
    }


def listed_rows(
    made: Description, rows: gpd.GeoDataFrame, asked: Mapping[str, str]
) -> gpd.GeoDataFrame:
    """Return the rows that an address asks for, in its order."""
    if column := asked.get("colonne", ""):
        test = asked.get("test", "contient")
        field = field_of(made, column)
        rows = rows[passing(rows, field, test if test in TESTS else "contient",
                            asked.get("valeur", "")[:LONGEST_CELL])]  # fmt: skip
    if column := asked.get("tri", ""):
        field_of(made, column)
        rows = sort_rows(rows, column, down=asked.get("sens") == "decroissant")
    return rows


def _row_form(made: Description, own: gpd.GeoDataFrame) -> dict[str, Any] | None:
    """Return what the form of one row speaks of, None where no row is asked for."""
    if own.empty:
        return None
    row = own.iloc[0]
    point = row.geometry if made.geometry == "point" else None
    return {
        "line": row[KEY.name],
        "cells": [(field, written_cell(field, row[field.name])) for field in editable(made)],
        "longitude": f"{point.x:.6f}" if point else "",
        "latitude": f"{point.y:.6f}" if point else "",
    }


def written_cell(field: Field, value: Any) -> str:  # noqa: ANN401 - of the field's type
    """Write a value as it stands in a form."""
    if value is None or (not isinstance(value, Decimal | str) and pd.isna(value)):
        return ""
    if field.dtype in NUMBERS:
        number = Decimal(str(value))
        plain = f"{int(number)}" if number == number.to_integral() else f"{number:f}"
        return plain.replace(".", ",")
    return str(value)


def _cells(fields: tuple[Field, ...], rows: gpd.GeoDataFrame) -> list[list[str]]:
    return [
        [write_cell(field, value) if value is not None else "" for field, value in
         zip(fields, values, strict=True)]
        for values in iterate_rows(fields, rows)
    ]  # fmt: skip


def _sorted_by(job: FileImport, asked: Mapping[str, str], field: Field) -> str:
    """Return the address of the list in the order of a column, or turned round."""
    again = asked.get("tri") == field.name and asked.get("sens") != "decroissant"
    sense = "decroissant" if again else "croissant"
    return _here(job, {**asked, "tri": field.name, "sens": sense, "page": "", "ligne": ""})


def _here(job: FileImport, asked: Mapping[str, str]) -> str:
    said = {key: text for key in (*QUERY, "ligne") if (text := asked.get(key, ""))}
    return f"{urls.file_url(job.folder.name, 'atelier')}{'?' if said else ''}{urlencode(said)}"


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else 1  # noqa: PLR2004


def made_id(job: FileImport) -> str:
    """Return the identifier of the layer of a file; raises BroughtFileError before it is made."""
    if job.result is None:
        raise BroughtFileError("Ce fichier n’est pas encore placé : reprenez son import.")
    return job.layer_id
