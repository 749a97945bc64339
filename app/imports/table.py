"""A table as a file holds it: texts, each row with the number that a person would give it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Final

import geopandas as gpd
import pandas as pd

from app.imports.formats.rows_aside import without_names, without_notes
from app.imports.heading_row import Heading, Row, find_heading, show_first, trimmed
from app.imports.limits import (
    LONGEST_CELL,
    MOST_COLUMNS,
    BroughtFileError,
    refuse_many,
    where,
)
from layers.brought.problems import (
    LONGEST_VALUE,
    MENDED,
    NOT_READ,
    OUTSIDE,
    TO_CHECK,
    WHOLE_FILE,
    Problem,
)

KINDS: Final = ("text", "number", "date", "list")
"""What a file may say that the values of a column are."""
NAMES_EXPECTED: Final = "les noms des colonnes"
ROW_EXPECTED: Final = "une ligne de noms au-dessus ; choisissez-la s’il y en a une"


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
        In the file's order.
    asked
        Line that a person says to hold the names of the columns, 0 for none, None to find it.
    """

    name: str
    cells: list[Row]
    asked: int | None = None
    problems: list[Problem] = field(default_factory=list)
    heading: int = 0
    kinds: dict[str, str] = field(default_factory=dict)

    def to_frame(self) -> pd.DataFrame:
        """Return the rows under their headings.

        Raises
        ------
        BroughtFileError
            There is no row, or the table is too large.
        """
        self.cells = [row for row in self.cells if any(text.strip() for text in row.texts)]
        if not self.cells:
            raise BroughtFileError(f"{where(self.name)} : aucune ligne ; un tableau est attendu.")
        for row in self.cells:
            # before anything is made of so many names; titles above the names are not that wide
            if len(row.texts) > MOST_COLUMNS:
                refuse_many(self.name, 1, sum(bool(text.strip()) for text in row.texts))
        heading = find_heading(self.cells, self.name, self.asked)
        self.heading = heading.line
        self._tell_above(heading)
        body = self._set_aside(self.cells[heading.before :], heading)
        width = max(len(trimmed(row.texts)) for row in body or self.cells)
        width = max(width, len(heading.names))
        names = self._headings([*heading.names, *[""] * (width - len(heading.names))])
        held = sorted(
            {n for n, name in enumerate(heading.names) if name}
            | {n for row in body for n, text in enumerate(row.texts) if text.strip()}
        )
        refuse_many(self.name, len(body), len(held))
        if not body:
            raise BroughtFileError(
                f"{where(self.name)} : aucune ligne sous les noms des colonnes, trouvé "
                f"{show_first(self.cells)} ; au moins une est attendue."
            )
        self._tell_widths(body, len(heading.names) or width)
        texts = [
            [self._cell(row.texts[n]) if n < len(row.texts) else None for n in held] for row in body
        ]
        self.kinds = {names[n]: kind for n in held if (kind := _kind_of(body, n))}
        lines = [row.line for row in body]
        return pd.DataFrame(texts, columns=[names[n] for n in held], index=lines, dtype=object)

    def _set_aside(self, body: Sequence[Row], heading: Heading) -> Sequence[Row]:
        """Return the rows of values; tell of notes, of names again and of another table."""
        for split in (without_notes, lambda rows: without_names(rows, heading.names)):
            body, told = split(body)
            self.problems += told
        return body

    def _tell_above(self, heading: Heading) -> None:
        """Tell of the rows above the names, of those that take part in them, of names that miss."""
        above = self.cells[: heading.before]
        for row in above:
            if row.line == heading.line:
                continue
            at = next((n for n, each in enumerate(above) if each.line == heading.line), 0)
            joined = (heading.joined and at and row is above[at - 1]) or (
                heading.units and row is above[-1]
            )
            shown = " | ".join(text.strip() for text in row.texts if text.strip())
            outcome = MENDED if joined else OUTSIDE
            expected = "des noms sur une seule ligne" if joined else NAMES_EXPECTED
            self.problems.append(Problem(row.line, "", shown[:200], expected, outcome))
        if not heading.line:
            shown = show_first(self.cells[:1])
            self.problems.append(Problem(WHOLE_FILE, "", shown, ROW_EXPECTED, TO_CHECK))

    def _headings(self, row: Sequence[str]) -> list[str]:
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
                    Problem(
                        self.heading, name, name, "un nom que nulle autre colonne ne porte", MENDED
                    )
                )
            taken.add(free)
            names.append(free)
        return names

    def _tell_widths(self, body: Sequence[Row], width: int) -> None:
        """Tell of rows with more cells than names, and of those whose cells are not all written."""
        for row in body:
            found = len(trimmed(row.texts))
            if found > width:
                shown = " | ".join(row.texts)[:200]
                outcome = TO_CHECK
            elif len(row.texts) < width:
                found, shown, outcome = len(row.texts), "", MENDED
            else:
                continue
            self.problems.append(
                Problem(row.line, "", shown, f"{width} cellules, trouvé {found}", outcome)
            )

    @staticmethod
    def _cell(text: str) -> str | None:
        return text.strip()[:LONGEST_CELL] or None


def _kind_of(body: Sequence[Row], column: int) -> str:
    """Return the kind that a file gives to all the values of a column, empty when it says none."""
    kinds = {
        row.kinds[column] for row in body if column < len(row.kinds) and row.texts[column].strip()
    }
    return kinds.pop() if len(kinds) == 1 else ""


def tell_parts(
    read: str, parts: Sequence[str], hidden: Sequence[str], noun: str
) -> tuple[Problem, ...]:
    """Name the parts of a file that were not read, and those among them that are hidden.

    Parameters
    ----------
    noun
        French feminine noun of a part: « feuille », « couche ».
    """
    others = [f"{part} (cachée)" if part in hidden else part for part in parts if part != read]
    if not others:
        return ()
    expected = f"une seule {noun} ; « {read} » est lue"
    return (Problem(WHOLE_FILE, "", ", ".join(others)[:LONGEST_VALUE], expected, NOT_READ),)
