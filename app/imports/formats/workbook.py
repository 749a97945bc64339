"""Workbooks: XLSX, ODS and old XLS; values as they were last computed, no formula is run."""

import datetime as dt
import math
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import python_calamine as calamine

from app.imports.entities import read_plain_codes, tell_codes
from app.imports.formats.merged_cells import count_once, fill_merged
from app.imports.formats.ods_marks import read_ods_marks
from app.imports.formats.sheet_marks import SheetMarks, read_marks
from app.imports.heading_row import Row
from app.imports.limits import BroughtFileError, refuse_many, where
from app.imports.table import Rows, Table, tell_parts
from layers.brought.headings import roles_of, words_of
from layers.brought.problems import (
    EMPTIED,
    LONGEST_VALUE,
    NOT_READ,
    TO_CHECK,
    WHOLE_FILE,
    Problem,
)

MOST_AREA: Final = 2_000_000
"""Cells, empty ones too, up to which a sheet is read before only those with content are counted."""
MOST_MARKED: Final = 1_000_000
"""Cells up to which the formats of a sheet are read too."""
MARKS: Final[Mapping[str, Callable[[Path, str], SheetMarks]]] = {
    ".xlsx": read_marks,
    ".ods": read_ods_marks,
}
NO_RESULT: Final = "une valeur ; le classeur ne garde pas le résultat de la formule"
CELLS_EXPECTED: Final = "des valeurs dans les cellules"


def read_workbook(path: Path, name: str, part: str = "", heading: int | None = None) -> Table:
    """Read one sheet of a workbook: the one that is named, else the first shown with several rows.

    Raises
    ------
    BroughtFileError
        The workbook is damaged, protected, or has no such sheet; the sheet is empty or too large.
    """
    try:
        workbook = calamine.load_workbook(path)
    except calamine.PasswordError as error:
        raise BroughtFileError(f"{where(name)} : protégé par un mot de passe.") from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise BroughtFileError(f"{where(name)} : classeur illisible ou endommagé.") from error
    sheets = [s for s in workbook.sheets_metadata if s.typ == calamine.SheetTypeEnum.WorkSheet]
    parts = tuple(sheet.name for sheet in sheets)
    hidden = tuple(s.name for s in sheets if s.visible != calamine.SheetVisibleEnum.Visible)
    sheet = _choose(workbook, parts, hidden, part, name)
    if sheet.total_height * sheet.total_width > MOST_AREA:
        refuse_many(name, sheet.total_height, sheet.total_width)
    read = MARKS.get(path.suffix) if sheet.total_height * sheet.total_width <= MOST_MARKED else None
    marks = read(path, sheet.name) if read else SheetMarks()
    cells = list(_read_rows(sheet, marks))
    problems = _read_codes(cells)
    filled = fill_merged(sheet, cells)
    rows = Rows(name, cells, heading)
    frame, told = count_once(rows.to_frame(), filled)
    problems += told
    problems += _tell_marks(marks, {row.line: row for row in cells}, rows.heading)
    return Table(
        name,
        frame,
        (*tell_parts(sheet.name, parts, hidden, "feuille"), *rows.problems, *problems),
        part=sheet.name,
        parts=parts,
        heading=rows.heading,
        hidden=hidden,
        kinds=rows.kinds,
    )


def _choose(
    workbook: calamine.CalamineWorkbook,
    parts: tuple[str, ...],
    hidden: tuple[str, ...],
    part: str,
    name: str,
) -> calamine.CalamineSheet:
    if part and part not in parts:
        raise BroughtFileError(
            f"{where(name)} : feuille « {part[:80]} » absente, trouvé : {', '.join(parts)[:200]}."
        )
    shown = [each for each in parts if each not in hidden]
    chosen: calamine.CalamineSheet | None = None
    for each in (part,) if part else shown:
        try:
            sheet = workbook.get_sheet_by_name(each)
        except calamine.CalamineError as error:
            raise BroughtFileError(f"{where(name)} : feuille « {each[:80]} » illisible.") from error
        chosen = chosen or sheet
        if part or _is_table(sheet):
            return sheet
        if chosen.height <= 1 < sheet.height:
            chosen = sheet
    if chosen is None:
        aside = f" ; cachées : {', '.join(hidden)[:200]}, à nommer pour les lire" if hidden else ""
        raise BroughtFileError(f"{where(name)} : classeur sans feuille visible{aside}.")
    return chosen


def _is_table(sheet: calamine.CalamineSheet) -> bool:
    """Tell whether a sheet has several rows, and several columns or a name over its only one.

    What stands in one column without a known name is most often a page of explanations.
    """
    if sheet.height <= 1:
        return False
    if sheet.width > 1:
        return True
    first = next((str(row[0]) for row in sheet.iter_rows() if str(row[0]).strip()), "")
    return bool(roles_of(words_of(first)))


def _read_rows(sheet: calamine.CalamineSheet, marks: SheetMarks) -> Iterator[Row]:
    first = sheet.start[0] if sheet.start else 0
    for number, row in enumerate(sheet.to_python(skip_empty_area=False), 1):
        if number > first:
            texts, kinds = [_as_text(value) for value in row], [_kind(value) for value in row]
            for column, value in enumerate(row) if marks.of_values else ():
                if (number, column) in marks.errors:
                    texts[column] = ""
                elif written := marks.written((number, column), value):
                    texts[column] = written
                    kinds[column] = "text" if written.isdecimal() else "number"
            yield Row(number, texts, kinds)


def _tell_marks(marks: SheetMarks, rows: dict[int, Row], heading: int) -> Iterator[Problem]:
    """Yield what of the values is hidden in the sheet or failed to be computed."""
    names = rows[heading].texts if heading in rows else []

    def name_of(column: int) -> str:
        return names[column] if column < len(names) and names[column] else _letters(column)

    held = {n for row in rows.values() for n, text in enumerate(row.texts) if text.strip()}
    columns = [name_of(column) for column in marks.hidden_columns if column in held]
    lines = [str(line) for line in marks.hidden_rows if line in rows and line != heading]
    for hidden, noun in ((columns, "colonnes"), (lines, "lignes")):
        if hidden:
            found = f"{noun} masquées : {', '.join(hidden)}"[:LONGEST_VALUE]
            expected = f"des {noun} que le classeur montre ; elles sont reprises aussi"
            yield Problem(WHOLE_FILE, "", found, expected, TO_CHECK)
    for (line, column), shown in marks.errors.items():
        yield Problem(line, name_of(column), shown, "une valeur ; la formule échoue", EMPTIED)
    for (line, column), shown in marks.unknown.items():
        if line in rows or line > heading:
            yield Problem(line, name_of(column), shown[:LONGEST_VALUE], NO_RESULT, EMPTIED)
    for aside in marks.asides:
        yield Problem(WHOLE_FILE, "", aside[:LONGEST_VALUE], CELLS_EXPECTED, NOT_READ)


def _letters(column: int) -> str:
    """Return what a spreadsheet calls a column: 0 is A, 26 is AA."""
    letters, rest = "", column + 1
    while rest:
        rest, last = divmod(rest - 1, 26)
        letters = f"{chr(ord('A') + last)}{letters}"
    return f"colonne {letters}"


def _read_codes(rows: list[Row]) -> list[Problem]:
    """Read the letters that a web page wrote by their codes, and tell of them."""
    written: list[str] = []
    for row in rows:
        if any("&" in text for text in row.texts):
            row.texts[:], coded = read_plain_codes(row.texts)
            written += coded
    return tell_codes(written)


def _kind(value: Any) -> str:  # noqa: ANN401 - whatever a cell holds
    match value:
        case bool() | str():
            return "text"
        case int() | float():
            return "number"
        case _:
            return "date"


def _as_text(value: Any) -> str:  # noqa: ANN401, PLR0911 - whatever a cell holds
    match value:
        case bool():
            return "oui" if value else "non"
        case float() if not math.isfinite(value):
            return ""
        case float() if value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004 - exact as a float
            return str(int(value))
        case float():
            return format(Decimal(repr(value)), "f")
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
        case dt.datetime() | dt.date() | dt.time():
            return value.isoformat()
        case _:
            return str(value)
