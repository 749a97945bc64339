"""The rows of a layer as an Excel workbook: typed columns, and where they come from beside them."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import geopandas as gpd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.xml.constants import DCTERMS_NS
from openpyxl.xml.functions import register_namespace

from app.drawing.tokens import colour
from app.exports.moment import moment_of_writing
from app.exports.tables import (
    BETWEEN_VALUES,
    POSITION_HEADINGS,
    PRECISION_WORDS,
    heading,
    iterate_rows,
    shown_fields,
)
from layers.model.layer import Layer
from layers.model.schema import Dtype, Field

SOURCES_SHEET: Final = "Sources"
COLUMNS_SHEET: Final = "Colonnes"
LONGEST_CELL: Final = 32_767
"""Characters that Excel keeps in a cell."""
LONGEST_SHEET_NAME: Final = 31
WIDTHS: Final = (8, 60)
"""Narrowest and widest column, in characters."""
DEGREES: Final = "0.000000"

_UNWRITABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_SHEET_NAMES: Final = re.compile(r"[\[\]:*?/\\']")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

_TYPE_WORDS: Final[Mapping[Dtype, str]] = {
    "text": "texte",
    "date": "date",
    "list": "liste",
    "int": "nombre entier",
    "float": "nombre",
    "money": "montant",
    "bool": "vrai ou faux",
}

Cells = Iterable[tuple[Any, str]]
"""Values of a row, each with its number format; an empty format leaves Excel's own."""


def to_xlsx(layer: Layer, rows: gpd.GeoDataFrame) -> bytes:
    """Write the rows as a workbook of three sheets: the rows, their sources, their columns.

    Amounts and numbers are numbers, whole days are dates, and the heading stays in sight. A text is
    a text whatever it begins with: none can run as a formula. The time in the file is
    :func:`app.exports.moment.moment_of_writing`, the one thing that the same rows may change.

    Parameters
    ----------
    layer
        What the columns are; those that may not be shown are left out.
    rows
        As loaded from the layer, EPSG:4326.
    """
    fields = shown_fields(layer)
    places = POSITION_HEADINGS if layer.geometry == "point" else ()
    book = Workbook(write_only=True)
    name = _NOT_IN_SHEET_NAMES.sub(" ", _writable(layer.title))[:LONGEST_SHEET_NAME].strip()
    _fill(
        book.create_sheet(name if name not in {"", SOURCES_SHEET, COLUMNS_SHEET} else "Lignes"),
        [*map(heading, fields), *places],
        _typed_rows(layer, fields, rows),
    )
    _fill(
        book.create_sheet(SOURCES_SHEET),
        ["Producteur", "Jeu de données ou document", "Millésime", "Licence", "Adresse"],
        [
            *(
                [(text, "") for text in (s.producer, s.title, s.vintage, s.licence, s.address)]
                for s in layer.sources
            ),
            [(f"{layer.title}.", "")],
            *([[(f"Remarque : {layer.remark}", "")]] if layer.remark else []),
        ],
    )
    _fill(
        book.create_sheet(COLUMNS_SHEET),
        ["Colonne", "Nom dans les autres formats", "Type", "Unité", "Ce que c’est"],
        (
            [(text, "") for text in (f.label, f.name, _TYPE_WORDS[f.dtype], f.unit, f.meaning)]
            for f in fields
        ),
    )
    return _packed(book, layer.title)


def _typed_rows(
    layer: Layer, fields: tuple[Field, ...], rows: gpd.GeoDataFrame
) -> Iterable[list[tuple[Any, str]]]:
    formats = [_number_format(field) for field in fields]
    positions: Iterable[tuple[float, ...]] = [()] * len(rows)
    if layer.geometry == "point":
        positions = zip(rows.geometry.x.round(6), rows.geometry.y.round(6), strict=True)
    for values, position in zip(iterate_rows(fields, rows), positions, strict=True):
        yield [
            *(
                (_typed(field, value), number_format)
                for field, value, number_format in zip(fields, values, formats, strict=True)
            ),
            *((degrees, DEGREES) for degrees in position),
        ]


def _typed(field: Field, value: Any) -> Any:  # noqa: ANN401 - of the field's type
    if value is None:
        return None
    if field.name == "precision":
        return PRECISION_WORDS[value]
    return _VALUES.get(field.dtype, lambda known: known)(value)


def _day(text: str) -> dt.date | str:
    """Return a whole day as a date; a year or a month stays the text that it is."""
    return dt.date.fromisoformat(text) if _DAY.fullmatch(text) else text


_VALUES: Final[Mapping[Dtype, Callable[[Any], Any]]] = {
    "date": _day,
    "list": BETWEEN_VALUES.join,
    "int": int,
}


def _number_format(field: Field) -> str:
    """Return Excel's format for a column, which each country's Excel shows in its own way."""
    if field.dtype == "int":
        return "#,##0" if field.unit or field.aggregate == "sum" else "0"
    return {"money": '#,##0.00\\ "€"', "date": "dd/mm/yyyy", "float": "#,##0.0##"}.get(
        field.dtype, ""
    )


def _fill(sheet: WriteOnlyWorksheet, headings: list[str], rows: Iterable[Cells]) -> None:
    """Write a sheet whose first line stays in sight and filters the others."""
    lines = [list(cells) for cells in rows]
    low, high = WIDTHS
    for number, title in enumerate(headings, 1):
        texts = [title, *(str(line[number - 1][0] or "") for line in lines if len(line) >= number)]
        width = min(max(low, max(map(len, texts)) + 2), high)
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{max(2, len(lines) + 1)}"
    sheet.append([_head(sheet, title) for title in headings])
    for line in lines:
        sheet.append([_cell(sheet, value, number_format) for value, number_format in line])


def _head(sheet: WriteOnlyWorksheet, title: str) -> WriteOnlyCell:
    cell = _cell(sheet, title, "")
    cell.font = Font(bold=True, color=colour("paper").lstrip("#"))
    cell.fill = PatternFill("solid", fgColor=colour("ink").lstrip("#"))
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def _cell(sheet: WriteOnlyWorksheet, value: Any, number_format: str) -> WriteOnlyCell:  # noqa: ANN401 - any type that Excel has
    if not isinstance(value, str):
        cell = WriteOnlyCell(sheet, value)
    else:
        cell = WriteOnlyCell(sheet, _writable(value)[:LONGEST_CELL])
        # openpyxl takes a leading « = » for a formula; with the quote prefix Excel never does,
        # not even when the cell is edited
        cell.data_type = "s"
        cell.quotePrefix = True
    if number_format and not isinstance(value, str):
        cell.number_format = number_format
    return cell


def _writable(text: str) -> str:
    return _UNWRITABLE.sub(" ", text)


def _packed(book: Workbook, title: str) -> bytes:
    """Save the workbook; the only time in it is the moment of writing."""
    moment = moment_of_writing()
    book.properties.title = _writable(title)
    book.properties.creator = "Atlas 62"
    book.properties.created = moment.replace(tzinfo=None)
    saved, packed = io.BytesIO(), io.BytesIO()
    # whoever else writes XML in this process may have given the name space another prefix
    register_namespace("dcterms", DCTERMS_NS)
    book.save(saved)
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(packed, "w") as anew:
        for part in parts.infolist():
            content = parts.read(part)
            if part.filename == "docProps/core.xml":
                content = re.sub(rb"(?<=>)[^<]*(?=</dcterms:modified>)", stamp, content)
            entry = zipfile.ZipInfo(part.filename, moment.timetuple()[:6])
            anew.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
