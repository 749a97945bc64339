"""Rows that count others again: totals among the rows, and rows that repeat one above."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

import pandas as pd

from geo.names import normalise
from layers.brought.choice import Choice
from layers.brought.headings import COUNTING, words_of
from layers.brought.problems import LEFT_OUT, LONGEST_VALUE, TO_CHECK, Problem
from layers.brought.roles import Role
from layers.brought.values.cells import parse_each
from layers.brought.values.numbers import amount_parser, number_parser

Figures = dict[str, dict[int, Decimal]]
SUMMED: Final = (Role.AMOUNT, Role.NUMBER)
CENT: Final = Decimal("0.01")
TOTAL_EXPECTED: Final = "une ligne qui ne compte pas celles du dessus"
OTHER_EXPECTED: Final = "une ligne que nulle autre ne répète"

_TOTAL = re.compile(
    r"(s t|ss total|sous total|sous totaux|total|totaux|ensemble|cumul|somme|recapitulatif|moyenne|"
    r"report|a reporter)\b.*|.*\b(sous )?total"
)
_PLAIN = re.compile(r"(s t|ss total|sous total|sous totaux|total|totaux|moyenne|a reporter)\b.*")


@dataclass(frozen=True)
class Totals:
    """Rows whose name says that they count others.

    Parameters
    ----------
    proved
        Those whose figures are the sum of rows above: they are left out.
    problems
        What is told of them, and of those that are not proved.
    """

    proved: frozenset[int] = frozenset()
    problems: tuple[Problem, ...] = field(default=())


def find_totals(frame: pd.DataFrame, choice: Choice) -> Totals:
    """Find the rows that hold the sum of others.

    A row is one for sure where its name begins with total, ensemble, cumul… and each of its figures
    is the sum of the rows above since the last one, or of all those above.

    Parameters
    ----------
    frame
        Texts, None where a cell is empty; the index is the line.
    """
    names = _naming(frame, choice)
    said = pd.Series(data=False, index=frame.index)
    for column in names:
        texts = frame[column].map(lambda text: normalise(text) if isinstance(text, str) else "")
        said |= texts.map(lambda text: _TOTAL.fullmatch(text) is not None)
    if not said.any():
        return Totals()
    figures = _figures(frame, choice)
    totals = frozenset(int(line) for line in frame.index[said])
    proved: set[int] = set()
    problems = []
    for line in frame.index[said]:
        text = next(t for c in names if isinstance(t := frame.loc[line, c], str) and _says(t))
        sums = _is_sum(figures, totals, int(line))
        if sums:
            proved.add(int(line))
        elif not _PLAIN.fullmatch(normalise(text)):
            continue
        outcome = LEFT_OUT if sums else TO_CHECK
        problems.append(Problem(int(line), names[0], text[:LONGEST_VALUE], TOTAL_EXPECTED, outcome))
    return Totals(frozenset(proved), tuple(problems))


def tell_repeated(
    frame: pd.DataFrame, shapes: Sequence[bytes | None] | None = None
) -> Iterator[Problem]:
    """Yield the rows that repeat one above, cell by cell and point by point."""
    rows = frame.to_numpy(dtype=object).tolist()
    first: dict[object, int] = {}
    for rank, (line, row) in enumerate(zip(frame.index.tolist(), rows, strict=True)):
        key = (*row, None if shapes is None else shapes[rank])
        before = first.setdefault(key, int(line))
        if before != line:
            shown = " | ".join(text for text in row if isinstance(text, str))[:LONGEST_VALUE]
            yield Problem(int(line), "", shown, f"{OTHER_EXPECTED} (ligne {before})", TO_CHECK)


def _says(text: str) -> bool:
    return _TOTAL.fullmatch(normalise(text)) is not None


def _naming(frame: pd.DataFrame, choice: Choice) -> list[str]:
    """Return the columns where a row may say that it is a total: its name, else its texts."""
    named = choice.columns(Role.NAME)
    others = choice.columns(Role.TEXT, Role.COMMUNE, Role.ADDRESS)
    return [column for column in [*named, *others] if column in frame]


def _figures(frame: pd.DataFrame, choice: Choice) -> Figures:
    """Return the figures that are known, by column and by line."""
    figures: Figures = {}
    for column in choice.columns(*SUMMED):
        amount = choice.roles[column] is Role.AMOUNT
        texts = frame[column]
        values, _ = parse_each(texts, (amount_parser if amount else number_parser)(texts))
        figures[column] = {
            int(line): Decimal(str(value))
            for line, value in zip(frame.index, values.tolist(), strict=True)
            if value is not None
        }
    return figures


def _is_sum(figures: Figures, totals: frozenset[int], line: int) -> bool:
    """Tell whether the figures of a row are sums of rows above it."""
    last = max((n for n in totals if n < line), default=-1)
    found = False
    for column, values in figures.items():
        if line not in values:
            continue
        above = {n: value for n, value in values.items() if n < line}
        plain = [value for n, value in above.items() if n not in totals]
        since = [value for n, value in above.items() if n > last]
        parts = [value for n, value in above.items() if n in totals]
        if any(each and abs(sum(each) - values[line]) <= CENT for each in (plain, since, parts)):
            found = True
        elif not found or COUNTING.fullmatch(words_of(column)):
            # a mean or a rate is the sum of nothing, and says nothing against the others
            return False
    return found
