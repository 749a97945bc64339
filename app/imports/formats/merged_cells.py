"""Cells that a sheet merges over several rows: a name is of each of them, a number of the first."""

from typing import Final, cast

import pandas as pd
import python_calamine as calamine

from app.imports.heading_row import Row
from layers.brought.headings import COUNTING, MONEY, roles_of, words_of
from layers.brought.problems import LONGEST_VALUE, MENDED, TO_CHECK, Problem
from layers.brought.roles import Role

COUNTED_ONCE: Final = "une cellule à chaque ligne ; la valeur reste à la première, comptée une fois"
MOST_MERGED: Final = 10_000
"""Rows that one merged cell is written into."""


def fill_merged(sheet: calamine.CalamineSheet, rows: list[Row]) -> list[tuple[int, str, str]]:
    """Write the value of a cell that was merged over several rows into each of them.

    Returns
    -------
    list of tuple
        Line, text and kind of each cell that was filled.
    """
    by_line = {row.line: row for row in rows}
    filled = []
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        first = by_line.get(top + 1)
        if bottom == top or first is None or left >= len(first.texts) or not first.texts[left]:
            continue
        text, kind = first.texts[left], first.kinds[left]
        for line in range(top + 2, min(bottom, top + MOST_MERGED) + 2):
            row = by_line.get(line)
            if row is None or row.texts[left] or not any(t.strip() for t in row.texts):
                continue
            row.texts[left] = text
            cast("list[str]", row.kinds)[left] = kind
            filled.append((line, text, kind))
    return filled


def count_once(
    frame: pd.DataFrame, filled: list[tuple[int, str, str]]
) -> tuple[pd.DataFrame, list[Problem]]:
    """Take numbers of a merged cell that count or cost out of all its rows but the first; tell."""
    problems = []
    counting = [name for name in frame.columns if _is_counted(str(name))]
    frame = frame.copy() if counting else frame
    for line, text, kind in filled:
        held = [n for n in counting if line in frame.index and frame.at[line, n] == text.strip()]  # noqa: PD008 - one cell
        if kind == "number" and held:
            frame.loc[line, held] = None
            problems.append(Problem(line, held[0], text[:LONGEST_VALUE], COUNTED_ONCE, TO_CHECK))
        else:
            problems.append(
                Problem(line, "", text[:LONGEST_VALUE], "une cellule à chaque ligne", MENDED)
            )
    return frame, problems


def _is_counted(heading: str) -> bool:
    words = words_of(heading)
    return bool(COUNTING.fullmatch(words) or MONEY.fullmatch(words)) or Role.AMOUNT in roles_of(
        words
    )
