"""Tables of addresses to geocode: read with distrust, given back with columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from app.exports.tables import is_unknown, write_csv
from app.imports.file_kind import is_workbook, read_table
from app.imports.formats.csv_table import read_cells
from app.imports.limits import BroughtFileError, read_bounded, refuse_many, where
from geo.perimeter import shorten
from layers.french.wording import plural

COMMA: Final = ","
SEMICOLON: Final = ";"


@dataclass(frozen=True, slots=True)
class AddressTable:
    """A table of texts.

    Parameters
    ----------
    frame
        Every cell as text; the index is the number of the row, from 0.
    separator
        The sign between its cells.
    """

    frame: pd.DataFrame
    separator: str


def read_address_table(path: Path) -> AddressTable:
    """Read a CSV file of any usual separator and encoding, or the sheet of a workbook.

    Raises
    ------
    BroughtFileError
        The file is missing, too large or no table; a row has not as many cells as the header.
    """
    content = read_bounded(path)
    if is_workbook(content):
        frame = read_table(path, path.name).frame.fillna("").reset_index(drop=True)
        return AddressTable(frame, SEMICOLON)
    cells, separator, _ = read_cells(content, path.name)
    return AddressTable(_to_frame([line for line in cells if line[1]], path.name), separator)


def join_columns(table: AddressTable, columns: Sequence[str]) -> pd.Series:
    """Return the texts of one or several columns, joined by commas; empty cells are left out.

    Raises
    ------
    BroughtFileError
        The table has no such column; says those that it has.
    """
    frame = table.frame
    for column in columns:
        if column not in frame.columns:
            known = ", ".join(shorten(name) for name in frame.columns)
            raise BroughtFileError(
                f"Colonne « {shorten(column)} » absente ; colonnes du fichier : {known}."
            )
    joined = [", ".join(filter(None, map(str.strip, row))) for row in frame[[*columns]].to_numpy()]
    return pd.Series(joined, index=frame.index, dtype=object)


def write_address_table(table: AddressTable, added: pd.DataFrame) -> bytes:
    """Write the table with columns more, as the French Excel opens it.

    UTF-8 with byte order mark, the separator as it was, a decimal comma unless that is a comma;
    text that a spreadsheet would run as a formula is preceded by an apostrophe. An added column
    whose name is taken gets a number.
    """
    taken = set(table.frame.columns)
    names = [_free_name(name, taken) for name in added.columns]
    decimal = "." if table.separator == COMMA else COMMA
    rows = zip(table.frame.to_numpy().tolist(), added.to_numpy().tolist(), strict=True)
    return write_csv(
        [*table.frame.columns, *names],
        ([*old, *(_write_cell(cell, decimal) for cell in new)] for old, new in rows),
        separator=table.separator,
    )


def _to_frame(cells: list[tuple[int, list[str]]], name: str) -> pd.DataFrame:
    """Return the rows under the names of their columns, every cell as it is."""
    header = [text.strip() for text in cells[0][1]] if cells else []
    if not any(header):
        raise BroughtFileError(f"{where(name)} : la première ligne, celle des noms, est vide.")
    refuse_many(name, len(cells) - 1, len(header))
    twice = [text for text in header if header.count(text) > 1]
    if twice:
        raise BroughtFileError(
            f"{where(name)}, ligne 1 : colonne « {shorten(twice[0])} » en double."
        )
    for line, row in cells[1:]:
        if len(row) != len(header):
            raise BroughtFileError(
                f"{where(name)}, ligne {line} : trouvé {plural(len(row), 'cellule')}, "
                f"attendu : {len(header)}."
            )
    return pd.DataFrame([row for _, row in cells[1:]], columns=header, dtype=object)


def _free_name(name: str, taken: set[str]) -> str:
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name}_{number}"
    taken.add(free)
    return free


def _write_cell(cell: object, decimal: str) -> str:
    if is_unknown(cell):
        return ""
    if isinstance(cell, float):
        return str(cell).replace(".", decimal)
    return str(cell)
