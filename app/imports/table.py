"""A table as a file holds it: texts, each row with the number that a person would give it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Final

import geopandas as gpd
import pandas as pd

from app.imports.limits import LONGEST_CELL, BroughtFileError, refuse_many, where
from layers.brought.problems import LEFT_OUT, MENDED, Problem

TITLE_ROWS: Final = 15
"""Rows at the head of a sheet that may be titles and not yet the names of the columns."""


@dataclass(frozen=True)
class Table:
    """What a file holds.

    Parameters
    ----------
    name
        Name of the file.
    frame
        Texts, None where a cell is empty; the index is the line of each row.
    problems
        What was mended or left out while reading.
    separator
        Sign between the cells of a CSV file; empty for others.
    part, parts
        Sheet or layer that was read, and all that there are.
    geometry
        Of each row, in the system of the file, its ``crs`` None when the file names none; None when
        the file has no geometry.
    encoding
        What the encoding of a text is called; empty for others.
    heading
        Line of the names of the columns; 0 where no line holds them.
    hidden
        Those of ``parts`` that a workbook does not show.
    kinds
        Of each column, what the file itself says that its values are (:data:`KINDS`); a column that
        is not named may hold anything.
    """

    name: str
    frame: pd.DataFrame
    problems: tuple[Problem, ...] = ()
    separator: str = ""
    part: str = ""
    parts: tuple[str, ...] = ()
    geometry: gpd.GeoSeries | None = None
    encoding: str = ""
    heading: int = 0
    hidden: tuple[str, ...] = ()
    kinds: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Rows:
    """Rows of cells on their way to a table.

    Parameters
    ----------
    name
        Name of the file.
    cells
        ``(line, texts)`` in the file's order.
    """

    name: str
    cells: list[tuple[int, list[str]]]
    problems: list[Problem] = field(default_factory=list)

    def to_frame(self) -> pd.DataFrame:
        """Return the rows under their headings.

        Raises
        ------
        BroughtFileError
            There is no row, or the table is too large.
        """
        self.cells = [row for row in self.cells if any(text.strip() for text in row[1])]
        if not self.cells:
            raise BroughtFileError(f"{where(self.name)} : aucune ligne ; un tableau est attendu.")
        self._skip_titles()
        line, first = self.cells[0]
        width = len(_trimmed(first))
        names = self._headings(line, first[:width])
        refuse_many(self.name, len(self.cells) - 1, len(names))
        kept = [row for row in self.cells[1:] if self._fits(*row, width)]
        texts = [[self._cell(text) for text in self._padded(*row, width)] for row in kept]
        frame = pd.DataFrame(texts, columns=names, index=[line for line, _ in kept], dtype=object)
        if frame.empty:
            raise BroughtFileError(
                f"{where(self.name)} : aucune ligne sous les noms des colonnes ; "
                "au moins une est attendue."
            )
        unnamed = [column for column in frame if column not in first]
        return frame.drop(columns=[c for c in unnamed if frame[c].isna().all()])

    def _skip_titles(self) -> None:
        """Leave out the titles above the names: rows of one cell over rows of several."""
        filled = [
            sum(bool(text.strip()) for text in row) for _, row in self.cells[: TITLE_ROWS + 1]
        ]
        widest = max(filled)
        titles = 0
        while widest > 1 and titles < len(filled) - 1 and filled[titles] == 1:
            titles += 1
        for line, row in self.cells[:titles]:
            title = next(text for text in row if text.strip())
            self.problems.append(Problem(line, "", title, "les noms des colonnes", LEFT_OUT))
        del self.cells[:titles]

    def _headings(self, line: int, row: Sequence[str]) -> list[str]:
        names: list[str] = []
        taken: set[str] = set()
        counts = Counter(" ".join(text.split()) for text in row)
        for number, text in enumerate(row, 1):
            name = " ".join(text.split())[:100]
            free = name or f"Colonne {number}"
            tries = count(2)
            while free in taken:
                free = f"{name or f'Colonne {number}'} ({next(tries)})"
            if name and counts[name] > 1 and free != name:
                self.problems.append(
                    Problem(line, name, name, "un nom que nulle autre colonne ne porte", MENDED)
                )
            taken.add(free)
            names.append(free)
        return names

    def _fits(self, line: int, row: Sequence[str], width: int) -> bool:
        found = len(_trimmed(row))
        if found <= width:
            return True
        shown = " | ".join(row)[:200]
        self.problems.append(
            Problem(line, "", shown, f"{width} cellules, trouvé {found}", LEFT_OUT)
        )
        return False

    def _padded(self, line: int, row: Sequence[str], width: int) -> list[str]:
        if len(row) < width:
            self.problems.append(
                Problem(line, "", "", f"{width} cellules, trouvé {len(row)}", MENDED)
            )
        return [*row[:width], *[""] * (width - len(row))]

    @staticmethod
    def _cell(text: str) -> str | None:
        return text.strip()[:LONGEST_CELL] or None


def _trimmed(row: Sequence[str]) -> Sequence[str]:
    """Return the row without the empty cells at its end."""
    end = len(row)
    while end and not row[end - 1].strip():
        end -= 1
    return row[:end]
