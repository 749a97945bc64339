"""What the SCDL files share: rows whose mandatory columns are known, and what keeps a row out.

Nothing is made up: a row of which a mandatory column is not known stays out, and is named.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.exports.tables import write_csv
from layers.french.wording import plural


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a file, whole or not.

    Parameters
    ----------
    name
        What it is called where it is told that it stays out.
    cells
        Column → text, empty where it is not known.
    """

    name: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file of the *Socle commun des données locales*.

    Parameters
    ----------
    title
        Of its schema, with the version.
    columns
        In the order of the schema.
    expected
        Mandatory column → what a row that lacks it needs, in French.
    """

    title: str
    columns: tuple[str, ...]
    expected: Mapping[str, str]
    rows: tuple[Row, ...]

    @property
    def complete(self) -> tuple[Row, ...]:
        """The rows of which nothing mandatory is missing."""
        return tuple(row for row in self.rows if not self.lacks(row))

    def lacks(self, row: Row) -> tuple[str, ...]:
        """Return the mandatory columns that a row has not."""
        return tuple(column for column in self.expected if not row.cells.get(column))

    def write(self) -> bytes:
        """Write the complete rows: UTF-8, comma, no byte order mark; without any, the header."""
        lines = ([row.cells.get(column, "") for column in self.columns] for row in self.complete)
        return write_csv(self.columns, lines, separator=",", mark="")

    def report(self) -> str:
        """Say how many rows are in the file, and of each of the others what it lacks."""
        out = [row for row in self.rows if self.lacks(row)]
        inside = plural(len(self.complete), "ligne")
        lines = [
            f"Format SCDL {self.title} : {inside} dans le fichier, {len(out)} hors du fichier."
        ]
        lines += [f"{row.name} : manque {', '.join(self.lacks(row))}." for row in out]
        missing = dict.fromkeys(column for row in out for column in self.lacks(row))
        lines += [f"{column} : attendu {self.expected[column]}." for column in missing]
        return "\n".join(lines)


def limit(text: str, most: int) -> str:
    """Return a text of at most so many characters, cut with an ellipsis."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def join_words(words: Iterable[str]) -> str:
    """Return words as one cell has them: a semicolon between them."""
    return ";".join(words)
