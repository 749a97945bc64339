"""Reading the reference's tables: every defect becomes one French sentence that says where."""

import csv
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal, TypeVar

Value = TypeVar("Value")
Kind = Literal["text", "codes", "count", "number", "date"]


class DamagedReferenceError(Exception):
    """A file of the reference is missing or damaged; the message is a French sentence."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table, that knows where it stands."""

    file: str
    line: int
    values: dict[str, str]

    def text(self, column: str) -> str:
        """Return a text that must not be empty."""
        return self._read(column, str, "un texte", empty=False)

    def optional(self, column: str) -> str | None:
        """Return a text, or ``None`` where the cell is empty."""
        return self._read(column, str, "un texte") or None

    def codes(self, column: str) -> tuple[str, ...]:
        """Return codes that semicolons part; an empty cell is no code."""
        return tuple(code for code in self._read(column, str, "des codes").split(";") if code)

    def count(self, column: str) -> int:
        """Return a whole number, zero or more."""
        return self._read(column, _count, "un entier positif ou nul")

    def number(self, column: str) -> float:
        """Return a decimal number."""
        return self._read(column, _number, "un nombre décimal")

    def convert(self, column: str, read: Callable[[str], Value], expected: str) -> Value:
        """Return a cell read by ``read``, which raises :class:`ValueError` on bad text."""
        return self._read(column, read, expected, empty=False)

    def _read(
        self, column: str, read: Callable[[str], Value], expected: str, *, empty: bool = True
    ) -> Value:
        found = self.values.get(column) or ""
        try:
            if found or empty:
                return read(found)
        except ValueError:
            pass
        raise DamagedReferenceError(
            f"Référence, fichier {self.file}, ligne {self.line}, colonne « {column} » : "
            f"trouvé « {found} », attendu {expected}."
        )


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    meaning
        French words: what the value is, and its unit.
    kind
        ``codes`` are parted by semicolons; a ``count`` is zero or more; a ``date`` is a day.
    optional
        Whether a cell may be empty.
    """

    name: str
    meaning: str
    kind: Kind = "text"
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file of the reference or the gazetteer, its columns declared once.

    Parameters
    ----------
    file
        Path inside the data folder.
    declared
        All its columns, in their order.
    """

    file: str
    declared: tuple[Column, ...]

    @property
    def name(self) -> str:
        """Name of the file inside its own folder, as messages say it."""
        return self.file.rpartition("/")[2]

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns, in the order of the file."""
        return tuple(column.name for column in self.declared)

    def read(self, folder: Path, *needed: str) -> Iterator[Row]:
        """Read the rows of the file in a folder; see :func:`read_rows`.

        Parameters
        ----------
        *needed
            Columns that the reader wants, all by default; the file may lack the others.
        """
        return read_rows(folder, self.name, needed or self.columns)

    def check(self, folder: Path) -> None:
        """Read every cell as what it is declared to be.

        Raises
        ------
        DamagedReferenceError
            Says the first cell that is not.
        """
        for row in self.read(folder):
            for column in self.declared:
                if row.optional(column.name) or not column.optional:
                    _READERS[column.kind](row, column.name)


def read_rows(folder: Path, file: str, columns: tuple[str, ...]) -> Iterator[Row]:
    """Read the rows of one CSV file (UTF-8, comma).

    Raises
    ------
    DamagedReferenceError
        The file is missing, is not text, lacks a column, or is empty.
    """
    path = folder / file
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            missing = [c for c in columns if c not in (reader.fieldnames or ())]
            if missing:
                raise DamagedReferenceError(
                    f"Référence, fichier {file} : colonne « {missing[0]} » absente."
                )
            rows = [Row(file, number, values) for number, values in enumerate(reader, start=2)]
    except OSError as error:
        raise DamagedReferenceError(
            f"Référence, fichier {file} absent ou illisible dans « {folder} » : "
            "lancez « make data » ou rétablissez le fichier."
        ) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise DamagedReferenceError(
            f"Référence, fichier {file} : ce n’est pas un tableau CSV en UTF-8 ({error})."
        ) from error
    if not rows:
        raise DamagedReferenceError(f"Référence, fichier {file} : aucune ligne.")
    yield from rows


def _date(row: Row, column: str) -> date:
    return row.convert(column, date.fromisoformat, "une date AAAA-MM-JJ")


_READERS: Final[dict[Kind, Callable[[Row, str], Any]]] = {
    "text": Row.text,
    "codes": Row.codes,
    "count": Row.count,
    "number": Row.number,
    "date": _date,
}


def _count(text: str) -> int:
    if not text.isdecimal():
        raise ValueError(text)
    return int(text)


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number
