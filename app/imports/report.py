"""What a person gets back from an import: the report row by row, and the rows left out."""

from collections.abc import Iterable, Sequence
from typing import Final

import pandas as pd

from app.exports.tables import write_csv
from app.parts.typography import typeset
from layers.brought.problems import WHOLE_FILE, Problem

HEADINGS: Final = ("Ligne", "Colonne", "Valeur trouvée", "Attendu", "Suite donnée")
LINE_HEADING: Final = "Ligne du fichier"


def report_csv(problems: Iterable[Problem]) -> bytes:
    """Write the report as the French Excel opens it: one row a problem."""
    return write_csv(
        HEADINGS,
        (
            [
                str(problem.line) if problem.line != WHOLE_FILE else "tout le fichier",
                problem.column,
                problem.value,
                typeset(problem.expected),
                problem.outcome,
            ]
            for problem in problems
        ),
    )


def left_out_csv(frame: pd.DataFrame, lines: Sequence[int]) -> bytes:
    """Write the rows that are not in the layer as they were, to be corrected and brought again."""
    rows = frame.loc[list(lines)]
    return write_csv(
        [*map(str, frame.columns), LINE_HEADING],
        (
            [*(text if isinstance(text, str) else "" for text in row), str(line)]
            for line, row in zip(rows.index, rows.to_numpy().tolist(), strict=True)
        ),
    )
