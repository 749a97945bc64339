"""What a file that people bring may be, at most; and how it is refused."""

from pathlib import Path
from typing import Final

MOST_BYTES: Final = 100_000_000
MOST_ROWS: Final = 500_000
MOST_COLUMNS: Final = 200
MOST_CELLS: Final = 20_000_000
LONGEST_CELL: Final = 32_767
"""Characters; what a cell of a spreadsheet can hold."""

MOST_MEMBERS: Final = 1_000
MOST_UNPACKED: Final = 400_000_000
MOST_RATIO: Final = 200
"""Unpacked bytes for each packed one, from which an archive is a bomb."""
RATIO_COUNTS_FROM: Final = 10_000_000
"""Unpacked bytes below which a member harms nobody, however well it was packed."""


class BroughtFileError(Exception):
    """A file cannot be read; a French sentence that says where and what was expected."""


def where(name: str) -> str:
    """Return the words that begin a sentence about a file."""
    return f"Fichier « {name} »"


def read_bounded(path: Path) -> bytes:
    """Return the content of a file that is not too large.

    Raises
    ------
    BroughtFileError
        It is missing, or larger than :data:`MOST_BYTES`.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BroughtFileError(f"{where(path.name)} : plus de {MOST_BYTES // 1_000_000} Mo.")
        return path.read_bytes()
    except OSError as error:
        raise BroughtFileError(f"{where(path.name)} : fichier absent ou illisible.") from error


def refuse_many(name: str, rows: int, columns: int) -> None:
    """Refuse a table that is too large.

    Raises
    ------
    BroughtFileError
        It has too many rows, columns or cells.
    """
    for found, most, noun in (
        (rows, MOST_ROWS, "lignes"),
        (columns, MOST_COLUMNS, "colonnes"),
        (rows * columns, MOST_CELLS, "cellules"),
    ):
        if found > most:
            raise BroughtFileError(f"{where(name)} : plus de {most} {noun}.")
