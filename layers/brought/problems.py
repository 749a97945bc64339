"""What is not as expected in a table that somebody brings, cell by cell, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pandas as pd

LEFT_OUT: Final = "ligne écartée"
EMPTIED: Final = "valeur laissée vide"
MENDED: Final = "corrigé"
TO_CHECK: Final = "à vérifier"
NOT_READ: Final = "non lu"
OUTSIDE: Final = "hors du tableau"
NOT_TAKEN_UP: Final = "modification non reprise"

WHOLE_FILE: Final = 0
"""Line of a problem that is not that of one row."""

LONGEST_VALUE: Final = 200


class BroughtError(Exception):
    """A table cannot become a layer; the message is a French sentence."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as expected.

    Parameters
    ----------
    line
        Number of the row as a person would call it; :data:`WHOLE_FILE` for all of them.
    column
        Heading; empty for the whole row.
    value
        What was found.
    expected
        What was expected, French words.
    outcome
        What became of it: one of the constants of this module.
    """

    line: int
    column: str
    value: str
    expected: str
    outcome: str


def tell(
    texts: pd.Series, wrong: pd.Series, expected: str, outcome: str, column: str | None = None
) -> list[Problem]:
    """Return one problem for each wrong row of a column.

    Parameters
    ----------
    texts
        What the cells hold; its index is the line.
    wrong
        Which rows are wrong, same index.
    column
        Heading; by default the name of the series.
    """
    heading = str(texts.name) if column is None else column
    return [
        Problem(int(line), heading, str(text)[:LONGEST_VALUE], expected, outcome)
        for line, text in zip(texts.index[wrong], texts[wrong], strict=True)
    ]


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems in the order of the file."""
    return sorted(dict.fromkeys(problems), key=lambda problem: (problem.line, problem.column))
