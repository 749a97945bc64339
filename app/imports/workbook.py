"""Workbooks: XLSX, ODS and old XLS; values as they were last computed, no formula is run."""

import datetime as dt
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import python_calamine as calamine

from app.imports.limits import BroughtFileError, refuse_many, where
from app.imports.table import Rows, Table


def read_workbook(path: Path, name: str, part: str = "") -> Table:
    """Read one sheet of a workbook: the one that is named, else the first with several rows.

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
    parts = tuple(
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.typ == calamine.SheetTypeEnum.WorkSheet
    )
    sheet = _choose(workbook, parts, part, name)
    refuse_many(name, sheet.total_height, sheet.total_width)
    rows = Rows(name, list(_read_rows(sheet)))
    return Table(name, rows.to_frame(), tuple(rows.problems), part=sheet.name, parts=parts)


def _choose(
    workbook: calamine.CalamineWorkbook, parts: tuple[str, ...], part: str, name: str
) -> calamine.CalamineSheet:
    if part and part not in parts:
        raise BroughtFileError(
            f"{where(name)} : feuille « {part[:80]} » absente, trouvé : {', '.join(parts)[:200]}."
        )
    chosen: calamine.CalamineSheet | None = None
    for each in (part,) if part else parts:
        try:
            sheet = workbook.get_sheet_by_name(each)
        except calamine.CalamineError as error:
            raise BroughtFileError(f"{where(name)} : feuille « {each[:80]} » illisible.") from error
        chosen = chosen or sheet
        if sheet.total_height > 1:
            return sheet
    if chosen is None:
        raise BroughtFileError(f"{where(name)} : classeur sans feuille.")
    return chosen


def _read_rows(sheet: calamine.CalamineSheet) -> Iterator[tuple[int, list[str]]]:
    first = sheet.start[0] if sheet.start else 0
    for number, row in enumerate(sheet.to_python(skip_empty_area=False), 1):
        if number > first:
            yield number, [_as_text(value) for value in row]


def _as_text(value: Any) -> str:  # noqa: ANN401 - whatever a cell holds
    match value:
        case bool():
            return "oui" if value else "non"
        case float() if not math.isfinite(value):
            return ""
        case float() if value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004 - exact as a float
            return str(int(value))
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
        case dt.datetime() | dt.date() | dt.time():
            return value.isoformat()
        case _:
            return str(value)
