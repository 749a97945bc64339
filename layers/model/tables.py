"""Text tables of the data folder: bounded, rectangular, UTF-8, every row knowing its line."""

import csv
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import pandas as pd

from layers.french.wording import plural
from layers.model.schema import Field, LayerError, validate

MOST_BYTES: Final = 50_000_000
MOST_COLUMNS: Final = 200
MOST_KEPT: Final = 64
"""Tables whose rows are kept, as texts and as typed: a sheet asks for the same ten every time."""
SETTLED: Final = 2.0
"""Seconds after which a file is as its date of change says: two changes may share a tick."""

_State = tuple[int, ...]
"""What tells a file from what it was before: place, bytes, nanoseconds of its change."""


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file of the data folder: its columns are declared once, and read from here.

    Parameters
    ----------
    file
        Path inside the data folder.
    fields
        Its columns, all of them and in their order.
    key
        Name of the column that identifies a row, if any.
    """

    file: str
    fields: tuple[Field, ...]
    key: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns, in the order of the file."""
        return tuple(field.name for field in self.fields)

    def pick(self, *names: str) -> tuple[Field, ...]:
        """Return the declarations of some columns, in the order asked; raises KeyError."""
        fields = {field.name: field for field in self.fields}
        return tuple(fields[name] for name in names)

    def read(self, data: Path, *names: str) -> pd.DataFrame:
        """Return the rows, typed; the index is the line of each row in the file.

        Parameters
        ----------
        data
            The data folder.
        *names
            Columns that the reader needs, all by default; the file may lack the others.

        Raises
        ------
        LayerError
            The file is missing or damaged, or a value is not what its column declares.
        """
        state = _state_of(data / self.file)
        if state is None:
            return self._typed(data, names)
        return _kept_rows(self, data, names, state).copy()

    def texts(self, data: Path) -> pd.DataFrame:
        """Return the rows as texts (see :func:`read_text`)."""
        path = data / self.file
        state = _state_of(path)
        return read_text(path) if state is None else _kept_texts(path, state).copy()

    def _typed(self, data: Path, names: tuple[str, ...]) -> pd.DataFrame:
        fields = self.pick(*names) if names else self.fields
        key = self.key if not names or self.key in names else None
        return validate(self.texts(data), fields, key=key, where=f"Fichier {self.file}")


def _state_of(path: Path) -> _State | None:
    """Return what tells a file from what it was; None for one that is not there or just changed."""
    try:
        told = path.stat()
    except OSError:
        return None
    if time.time() - told.st_mtime < SETTLED:
        return None
    return told.st_dev, told.st_ino, told.st_size, told.st_mtime_ns, told.st_ctime_ns


@lru_cache(MOST_KEPT)
def _kept_rows(table: Table, data: Path, names: tuple[str, ...], _state: _State) -> pd.DataFrame:
    return table._typed(data, names)  # noqa: SLF001 - its own, kept


@lru_cache(MOST_KEPT)
def _kept_texts(path: Path, _state: _State) -> pd.DataFrame:
    return read_text(path)


def read_text(path: Path) -> pd.DataFrame:
    """Read a CSV file as texts, without giving meaning to any of them.

    Returns
    -------
    pandas.DataFrame
        Columns of the header; the index is the line of each row (the header is line 1).

    Raises
    ------
    LayerError
        The file is missing, too big, not UTF-8, empty, or a row has not the header's length.
    """
    where = f"Fichier {path.parent.name}/{path.name}"
    try:
        if path.stat().st_size > MOST_BYTES:
            raise LayerError(f"{where} : plus de {MOST_BYTES // 1_000_000} Mo, lecture refusée.")
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.reader(file, strict=True)
            header = next(lines, None)
            if not header or len(header) > MOST_COLUMNS or len(set(header)) != len(header):
                raise LayerError(f"{where} : ligne 1, en-tête vide, répété ou trop long.")
            rows, index = [], []
            for row in lines:
                if len(row) != len(header):
                    raise LayerError(
                        f"{where} : ligne {lines.line_num}, trouvé {plural(len(row), 'colonne')}, "
                        f"attendu : {len(header)}."
                    )
                rows.append(row)
                index.append(lines.line_num)
    except FileNotFoundError as error:
        raise LayerError(f"{where} : fichier absent.") from error
    except UnicodeDecodeError as error:
        raise LayerError(f"{where} : octet {error.start} illisible, UTF-8 attendu.") from error
    except (csv.Error, OSError) as error:
        raise LayerError(f"{where} : fichier illisible ou endommagé.") from error
    return pd.DataFrame(rows, columns=header, index=index, dtype=object)
