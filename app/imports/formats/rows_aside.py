"""Rows of a table that are none of its values: notes below it, its names again, another table."""

import re
from collections.abc import Sequence
from typing import Final

from app.imports.heading_row import Row, is_figure
from geo.names import normalise
from layers.brought.problems import LONGEST_VALUE, NOT_READ, OUTSIDE, Problem
from layers.french.wording import plural

NOTE_EXPECTED: Final = "une ligne du tableau ; c’est une note"
NAMES_EXPECTED: Final = "des valeurs ; les noms des colonnes y sont répétés"
MOST: Final = 0.8
"""Share of the other cells of a column that are figures where a name stands for one."""

_NOTE: Final = re.compile(
    r"(?:sources?|notes?|nota(?: bene)?|n\.?\s?b\.?|lecture|champ|légende|remarques?|"
    r"avertissements?|mise à jour|données|extraction|définitions?|méthode|précisions?|"
    r"date d.extraction|date de mise à jour)\s*:.*|"
    r"(?:sources?|extrait|exporté|édité|imprimé|données|mise? à jour)\s+"
    r"(?:le|au|de|du|des|par|issues?|provisoires?|arrêtées|insee|dgfip|dgcl|drees|caf|ign)\b.*|"
    r"\*+\s?\D.*|\(\d\)\s\D.*|©.*",
    re.IGNORECASE | re.DOTALL,
)


def without_notes(body: Sequence[Row]) -> tuple[Sequence[Row], list[Problem]]:
    """Return a table without the notes at its end, and what is told of these.

    A note fills one cell, or stands in the second behind « Source : ».
    """
    end = len(body)
    while end and _is_note(body[end - 1]):
        end -= 1
    if not end:
        return body, []
    return body[:end], [_aside(row, NOTE_EXPECTED) for row in body[end:]]


def without_names(body: Sequence[Row], names: Sequence[str]) -> tuple[Sequence[Row], list[Problem]]:
    """Return a table without the rows that repeat its names, and without another one below it.

    Parameters
    ----------
    names
        Of the columns; empty where no row holds them.
    """
    kept: list[Row] = []
    problems = []
    wanted = [normalise(name) for name in names]
    for number, row in enumerate(body):
        cells = {n: text for n, text in enumerate(row.texts) if text.strip()}
        same = [n for n, text in cells.items() if n < len(wanted) and normalise(text) == wanted[n]]
        if not same or any(is_figure(text) for text in cells.values()):
            kept.append(row)
        elif len(same) == len(cells) and (len(cells) > 1 or len(names) == 1):
            problems.append(_aside(row, NAMES_EXPECTED))
        elif number and all(_counts(body, n) for n in cells.keys() - set(same)):
            words = plural(len(body) - number, "ligne")
            expected = f"un seul tableau ; un autre commence ici et n’est pas lu ({words})"
            return kept, [*problems, Problem(row.line, "", _shown(row), expected, NOT_READ)]
        else:
            kept.append(row)
    return (kept, problems) if kept else (body, [])


def _is_note(row: Row) -> bool:
    cells = [text.strip() for text in row.texts if text.strip()]
    bare = len(set(cells)) == 1 or (len(cells) > 1 and cells[0].endswith(":"))
    return bare and _NOTE.fullmatch(" ".join(dict.fromkeys(cells))) is not None


def _counts(body: Sequence[Row], column: int) -> bool:
    """Tell whether the cells of a column are figures, but for a few."""
    texts = [row.texts[column] for row in body if column < len(row.texts)]
    held = [text for text in texts if text.strip()]
    return sum(map(is_figure, held)) >= MOST * (len(held) - 1) and len(held) > 1


def _aside(row: Row, expected: str) -> Problem:
    return Problem(row.line, "", _shown(row), expected, OUTSIDE)


def _shown(row: Row) -> str:
    return " | ".join(text.strip() for text in row.texts if text.strip())[:LONGEST_VALUE]
