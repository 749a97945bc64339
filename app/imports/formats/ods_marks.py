"""What a sheet of ODS says beside its values: hidden rows, how cells are written, errors."""

import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import IO, Final
from xml.etree import ElementTree as ET

from app.imports.formats.sheet_marks import Cell, SheetMarks
from layers.brought.values.numbers import MOST_FIGURES
from layers.brought.values.unit_signs import UNITS

OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
LINK: Final = "{http://www.w3.org/1999/xlink}href"
FAILED: Final = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
HIDDEN: Final = frozenset({"collapse", "filter"})
MOST_REPEATED: Final = 1_000
"""Times up to which a row or a cell that stands for several is taken as so many."""

_LONG = re.compile(r"-?\d+")
_WITH_UNIT = re.compile(
    r"(?P<number>-?\d[\d \u00a0\u202f]*(?:[.,]\d+)?)[ \u00a0\u202f]?(?P<unit>\D+)"
)


def read_ods_marks(path: Path, sheet: str) -> SheetMarks:
    """Return the marks of a sheet; none where the file says them in another way."""
    marks, line, column = SheetMarks(), 1, 0
    try:
        with zipfile.ZipFile(path) as archive, archive.open("content.xml") as content:
            for element in _parts_of(content, sheet):
                if element.tag == f"{TABLE}table-column":
                    count = _repeated(element, "columns")
                    if element.get(f"{TABLE}visibility") in HIDDEN:
                        marks.hidden_columns += range(column, column + min(count, MOST_REPEATED))
                    column += count
                else:
                    _note_row(element, line, marks)
                    line += _repeated(element, "rows")
    except (zipfile.BadZipFile, ET.ParseError, KeyError, ValueError, OSError):
        return SheetMarks()
    marks.asides = [*dict.fromkeys(marks.asides)]
    return marks


def _parts_of(content: IO[bytes], sheet: str) -> Iterator[ET.Element]:
    """Yield the columns and the rows of a sheet as they are read; none is kept."""
    inside = False
    for event, element in ET.iterparse(content, ("start", "end")):  # noqa: S314 - entities were refused
        if element.tag == f"{TABLE}table":
            if event == "start":
                inside = element.get(f"{TABLE}name") == sheet
            elif inside:
                return
        elif event == "end" and element.tag in {f"{TABLE}table-column", f"{TABLE}table-row"}:
            if inside:
                yield element
            element.clear()


def _note_row(row: ET.Element, line: int, marks: SheetMarks) -> None:
    lines = range(line, line + min(_repeated(row, "rows"), MOST_REPEATED))
    if row.get(f"{TABLE}visibility") in HIDDEN:
        marks.hidden_rows += lines
    column = 0
    for element in row:
        count = _repeated(element, "columns")
        if len(element) or element.get(f"{TABLE}formula"):
            for each in range(column, column + min(count, MOST_REPEATED)):
                for one in lines:
                    _note_cell(element, (one, each), marks)
        column += count


def _note_cell(element: ET.Element, cell: Cell, marks: SheetMarks) -> None:
    """Note how a cell is written, why it shows no value, and what stands beside it."""
    shown = "\n".join("".join(part.itertext()) for part in element.findall(f"{TEXT}p")).strip()
    formula, kind = element.get(f"{TABLE}formula"), element.get(f"{OFFICE}value-type")
    if element.find(f"{OFFICE}annotation") is not None:
        marks.asides.append("commentaires de cellules")
    link = element.find(f".//{TEXT}a")
    if link is not None and link.get(LINK, "") != shown:
        marks.asides.append(f"liens sous des cellules : {link.get(LINK, '')}")
    if element.get(FAILED) == "error":
        marks.errors[cell] = shown or "#ERREUR!"
    elif kind is None and formula:
        marks.unknown[cell] = f"={formula.partition('=')[2]}"
    elif kind == "percentage":
        marks.formats[cell] = "%"
    elif kind == "currency":
        money = element.get(f"{OFFICE}currency", "EUR")
        marks.formats[cell] = "€" if money == "EUR" else money
    elif kind == "float":
        _note_number(element.get(f"{OFFICE}value", ""), shown, cell, marks)


def _note_number(value: str, shown: str, cell: Cell, marks: SheetMarks) -> None:
    """Note zeros before a number, a unit behind it, and figures that no number keeps."""
    if len(value) > MOST_FIGURES and _LONG.fullmatch(value):
        marks.figures[cell] = value
    elif shown.isdecimal() and shown.startswith("0") and shown.lstrip("0") == value:
        marks.formats[cell] = "0" * len(shown)
    elif found := _WITH_UNIT.fullmatch(shown):
        unit = found["unit"].strip()
        known = unit == "€" or unit.lower() in UNITS
        if known and _is_same(found["number"], value):
            marks.formats[cell] = unit


def _is_same(shown: str, value: str) -> bool:
    """Tell whether a number is shown as it is, rounded at most: a format may scale it."""
    try:
        written = Decimal(re.sub(r"[ \u00a0\u202f]", "", shown).replace(",", "."))
        exact = Decimal(value)
    except InvalidOperation:
        return False
    return exact.quantize(Decimal(1).scaleb(written.as_tuple().exponent)) == written  # type: ignore[arg-type]  # finite


def _repeated(element: ET.Element, what: str) -> int:
    return int(element.get(f"{TABLE}number-{what}-repeated", "1"))
