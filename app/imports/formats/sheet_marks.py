"""What a sheet of XLSX says beside its values: hidden rows, how cells are written, errors."""

import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

from layers.brought.values.numbers import MOST_FIGURES
from layers.brought.values.unit_signs import UNITS

MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
PERCENT: Final = (9, 10)
"""Formats of percentages that are numbered by the standard."""

Cell = tuple[int, int]
"""Row from 1, column from 0."""

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d+)")
_PADDED = re.compile(r"0[0#]+")
_LONG = re.compile(r"-?\d+")
_WITH_UNIT = re.compile(
    r"(?:#,##|# ##)?[0#]+(?:[.,][0#]+)?(?:_.)?\\?[ \u00a0\u202f]?"
    r"(?:\"|\[\$)(?P<unit>[^\"\]-]+)(?:-[\w]+)?[\"\]]"
    r"|(?:#,##|# ##)?[0#]+(?:[.,][0#]+)?\\?[ \u00a0\u202f]?(?P<euro>€)"
)
"""A format of a number that writes a unit behind it, and neither scales nor counts it."""


@dataclass(slots=True)
class SheetMarks:
    """What a sheet says beside its values.

    Parameters
    ----------
    hidden_rows, hidden_columns
        Rows from 1, columns from 0.
    formats
        How a cell is written, where that is a percentage, figures with zeros before them, or a
        number with its unit.
    errors
        What a formula that failed shows.
    unknown
        Formulas whose result the file does not hold.
    figures
        Whole numbers that are too long to be kept as numbers, as the file writes them.
    asides
        What the sheet holds beside its cells, French words.
    """

    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    formats: dict[Cell, str] = field(default_factory=dict)
    errors: dict[Cell, str] = field(default_factory=dict)
    unknown: dict[Cell, str] = field(default_factory=dict)
    figures: dict[Cell, str] = field(default_factory=dict)
    asides: list[str] = field(default_factory=list)

    @property
    def of_values(self) -> bool:
        """Whether some value is to be read otherwise than it is kept."""
        return bool(self.formats or self.figures or self.errors)

    def written(self, cell: Cell, value: object) -> str | None:
        """Return a number as its cell shows it, None where it is shown as a plain one."""
        if cell in self.figures:
            return self.figures[cell]
        told = self.formats.get(cell)
        if told is None or isinstance(value, bool) or not isinstance(value, int | float):
            return None
        if told == "%":
            hundredths = (Decimal(repr(value)) * 100).normalize()
            return f"{hundredths:f} %"
        if not told.startswith("0"):
            return f"{Decimal(repr(value)):f} {told}"
        whole = int(value)
        return str(whole).zfill(len(told)) if whole == value and whole >= 0 else None


def read_marks(path: Path, sheet: str) -> SheetMarks:
    """Return the marks of a sheet; none where the file is no XLSX or says them in another way."""
    marks = SheetMarks()
    try:
        with zipfile.ZipFile(path) as archive:
            member = _member_of(archive, sheet)
            formats = _formats(archive)
            with archive.open(member) as content:
                for _, element in ET.iterparse(content):  # noqa: S314 - entities were refused
                    _note(element, formats, marks)
            marks.asides += _asides(archive, member)
    except (zipfile.BadZipFile, ET.ParseError, KeyError, ValueError, OSError):
        return SheetMarks()
    return marks


def _member_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """Return the name of the file of a sheet; raises KeyError where there is none."""
    book = _parse(archive, "xl/workbook.xml")
    links = {
        each.get("Id"): each.get("Target", "")
        for each in _parse(archive, "xl/_rels/workbook.xml.rels")
    }
    found = {each.get("name"): each.get(LINK) for each in book.iter(f"{MAIN}sheet")}
    target = links[found[sheet]]
    return posixpath.normpath(target[1:] if target[:1] == "/" else f"xl/{target}")


def _formats(archive: zipfile.ZipFile) -> Mapping[str, str]:
    """Return what each style shows: ``%``, or zeros for figures that are filled up with them."""
    styles = _parse(archive, "xl/styles.xml")
    codes = {
        each.get("numFmtId"): each.get("formatCode", "") for each in styles.iter(f"{MAIN}numFmt")
    }
    shown = {}
    for number, style in enumerate(styles.findall(f"{MAIN}cellXfs/{MAIN}xf")):
        told = style.get("numFmtId", "0")
        bare = re.sub(r'"[^"]*"|\\.|[\s_-]|\[[^\]]*\]', "", codes.get(told, "").partition(";")[0])
        if "%" in bare or int(told) in PERCENT:
            shown[str(number)] = "%"
        elif _PADDED.fullmatch(bare):
            shown[str(number)] = "0" * len(bare)
        elif unit := _unit(codes.get(told, "").partition(";")[0]):
            shown[str(number)] = unit
    return shown


def _unit(code: str) -> str:
    """Return the unit that a format writes behind a number that it leaves as it is."""
    found = _WITH_UNIT.fullmatch(code)
    unit = (found["unit"] or found["euro"]).strip() if found else ""
    return unit if unit == "€" or unit.lower() in UNITS else ""


def _asides(archive: zipfile.ZipFile, member: str) -> list[str]:
    """Return what a sheet holds beside its cells: comments, links under a text."""
    folder, file = posixpath.split(member)
    rels = f"{folder}/_rels/{file}.rels"
    if rels not in archive.namelist():
        return []
    links = [*_parse(archive, rels)]
    kinds = [(each.get("Type", "").rpartition("/")[2], each.get("Target", "")) for each in links]
    under = [target for kind, target in kinds if kind == "hyperlink"]
    asides = ["commentaires de cellules"] if any("omment" in kind for kind, _ in kinds) else []
    return asides + ([f"liens sous des cellules : {under[0]}"] if under else [])


def _note(element: ET.Element, formats: Mapping[str, str], marks: SheetMarks) -> None:
    """Note what an element of a sheet says, and let it go."""
    kind = element.tag.removeprefix(MAIN)
    if kind == "c":
        if cell := _cell(element.get("r", "")):
            _note_cell(element, cell, formats, marks)
    elif kind == "row":
        if element.get("hidden") in {"1", "true"}:
            marks.hidden_rows.append(int(element.get("r", "0")))
        element.clear()
    elif kind == "col" and element.get("hidden") in {"1", "true"}:
        first, last = int(element.get("min", "1")), int(element.get("max", "0"))
        marks.hidden_columns += range(first - 1, min(last, first + 255))


def _note_cell(
    element: ET.Element, cell: Cell, formats: Mapping[str, str], marks: SheetMarks
) -> None:
    """Note how a cell is written, and why it shows no value."""
    kind, value = element.get("t", "n"), element.findtext(f"{MAIN}v")
    if told := formats.get(element.get("s", "")):
        marks.formats[cell] = told
    if kind == "e":
        marks.errors[cell] = value or "#ERREUR!"
    elif not value:
        formula = None if kind == "str" else element.find(f"{MAIN}f")
        if formula is not None:
            marks.unknown[cell] = f"={formula.text}" if formula.text else "formule"
    elif kind == "n" and len(value) > MOST_FIGURES and _LONG.fullmatch(value):
        marks.figures[cell] = value


def _cell(reference: str) -> Cell | None:
    found = _REFERENCE.fullmatch(reference)
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column - 1


def _parse(archive: zipfile.ZipFile, member: str) -> ET.Element:
    return ET.fromstring(archive.read(member))  # noqa: S314 - entities were refused
