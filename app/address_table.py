"""Tables of addresses that people bring as CSV: read with distrust, given back with columns."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from app.exports.tables import BYTE_ORDER_MARK, guard_formula, is_unknown
from geo.perimeter import shorten

MOST_BYTES: Final = 100_000_000
MOST_COLUMNS: Final = 200
MOST_ROWS: Final = 500_000
SAMPLE: Final = 20_000
SEPARATORS: Final = ";,\t|"
ENCODINGS: Final = ("utf-8-sig", "cp1252")
COMMA: Final = ","


class AddressTableError(Exception):
    """A table cannot be read; a French sentence that says where and what was expected."""


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
    """Read a CSV file in UTF-8 or Windows-1252, its cells parted by ``;``, ``,``, tab or ``|``.

    Raises
    ------
    AddressTableError
        The file is missing, too large or no table; a row has not as many cells as the header.
    """
    where = f"Fichier « {path.name} »"
    text = _decode(_read_bytes(path, where), where)
    separator = _find_separator(text, where)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        header = [name.strip() for name in next(lines, [])]
        _check_header(header, where)
        rows: list[list[str]] = []
        for row in lines:
            if not row:
                continue
            if len(row) != len(header):
                raise AddressTableError(
                    f"{where}, ligne {lines.line_num} : trouvé {len(row)} cellules, "
                    f"attendu : {len(header)}."
                )
            if len(rows) == MOST_ROWS:
                raise AddressTableError(f"{where} : plus de {MOST_ROWS} lignes.")
            rows.append(row)
    except csv.Error as error:
        raise AddressTableError(
            f"{where}, ligne {lines.line_num} : ce n’est pas du CSV ({error})."
        ) from error
    return AddressTable(pd.DataFrame(rows, columns=header, dtype=object), separator)


def join_columns(table: AddressTable, columns: Sequence[str]) -> pd.Series:
    """Return the texts of one or several columns, joined by commas; empty cells are left out.

    Raises
    ------
    AddressTableError
        The table has no such column; says those that it has.
    """
    frame = table.frame
    for column in columns:
        if column not in frame.columns:
            known = ", ".join(shorten(name) for name in frame.columns)
            raise AddressTableError(
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
    text = io.StringIO(newline="")
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text, delimiter=table.separator, lineterminator="\r\n")
    names = [_free_name(name, taken) for name in added.columns]
    writer.writerow([guard_formula(name) for name in (*table.frame.columns, *names)])
    decimal = "." if table.separator == COMMA else COMMA
    rows = zip(table.frame.to_numpy().tolist(), added.to_numpy().tolist(), strict=True)
    for old, new in rows:
        writer.writerow([*map(guard_formula, old), *(_write_cell(cell, decimal) for cell in new)])
    return text.getvalue().encode()


def _read_bytes(path: Path, where: str) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise AddressTableError(f"{where} : plus de {MOST_BYTES // 1_000_000} Mo.")
        return path.read_bytes()
    except OSError as error:
        raise AddressTableError(f"{where} : fichier absent ou illisible.") from error


def _decode(content: bytes, where: str) -> str:
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise AddressTableError(f"{where} : ce n’est pas du texte en UTF-8 ou Windows-1252.")


def _find_separator(text: str, where: str) -> str:
    header = next(iter(text[:SAMPLE].splitlines()), "")
    if not header.strip():
        raise AddressTableError(f"{where} : la première ligne, celle des noms, est vide.")
    return max(SEPARATORS, key=header.count)


def _check_header(header: list[str], where: str) -> None:
    if len(header) > MOST_COLUMNS:
        raise AddressTableError(f"{where} : plus de {MOST_COLUMNS} colonnes.")
    twice = [name for name in header if header.count(name) > 1]
    if twice:
        raise AddressTableError(f"{where}, ligne 1 : colonne « {shorten(twice[0])} » en double.")


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
    return guard_formula(str(cell))
