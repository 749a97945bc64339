"""Which row of a sheet holds the names of its columns: found from the rows below it.

Above the names stand titles, labels with their values, groups over several columns; sometimes the
names take two rows, sometimes there are none. A row that is narrower than most of those below it
names nothing; names are words, mostly known ones, over columns whose values are of one kind.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Final, NamedTuple

from app.imports.limits import BroughtFileError, where
from layers.brought.headings import roles_of, words_of

LOOKED_AT: Final = 30
"""Rows from the top that may hold the names."""
BELOW: Final = 60
"""Rows below that a row is held against."""
WIDE: Final = 0.75
"""Share of the usual number of filled cells that a row of names has."""
WIDE_TO_THE_END: Final = 0.55
"""The same for a row that goes as far to the right as those below it."""
MOST: Final = 0.6
MARGIN: Final = 1.5
"""Points by which a row must look more like names than one above it where one name alone is known:
many a value reads like a heading."""
LONGEST_NAME: Final = 60
SHOWN: Final = 3

UNIT: Final = re.compile(
    r"[(\[]?\s*(?:ha|km|km²|km2|m|m²|m2|m³|m3|t|kg|tonnes?|€|k€|m€|euros?|%|‰|hab\.?|habitants?|nb|"
    r"nombre|en nombre|effectifs?|places?|jours?|heures?|h|min|minutes?|ans?|années?|"
    r"[€a-z²0-9]{1,4}\s?/\s?[a-z²0-9.]{1,4})\s*[)\]]?",
    re.IGNORECASE,
)
"""What a row of units holds under the names of the columns."""

_FIGURES = re.compile(r"[+-]?[\d\s.,/:-]*\d[\d\s.,/:-]*\s*(?:€|%|euros?)?", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")


class Row(NamedTuple):
    """A row of a file: its number, the texts of its cells, and what the file says that each is."""

    line: int
    texts: list[str]
    kinds: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """The names of the columns of a table.

    Parameters
    ----------
    names
        Of each column; empty where there is none.
    line
        Number of the row that holds them; 0 where none does.
    before
        How many rows stand before the first row of values.
    joined
        Whether the row above takes part in the names.
    units
        Whether the row below does: it says the unit of each column of figures.
    """

    names: tuple[str, ...]
    line: int
    before: int
    joined: bool = False
    units: bool = False


def find_heading(rows: Sequence[Row], name: str, asked: int | None = None) -> Heading:
    """Return the names of the columns of a table.

    Parameters
    ----------
    rows
        None of them empty.
    name
        Of the file, for people.
    asked
        Line that a person says to hold the names; 0 for none; None to find it.

    Raises
    ------
    BroughtFileError
        The line that is asked for is not there.
    """
    if asked == 0:
        return Heading((), 0, 0)
    if asked is not None:
        at = next((n for n, row in enumerate(rows) if row.line == asked), None)
        if at is None:
            raise BroughtFileError(
                f"{where(name)} : la ligne {asked} est vide ou absente, attendu celle des noms des "
                f"colonnes ; premières lignes : {show_first(rows)}."
            )
        return _with_units(rows, at)
    named = [row.texts for row in rows[: min(len(rows) - 1, LOOKED_AT)]]
    scores = [_score(rows, at, texts) - at / 50 for at, texts in enumerate(named)]
    for at in range(1, len(named)):
        joined = _join(rows[at - 1].texts, rows[at].texts)
        if joined and (points := _score(rows, at, joined) - at / 50) > scores[at]:
            scores[at], named[at] = points, joined
    top = max(scores, default=0.0)
    margin = MARGIN if scores and _known(named[scores.index(top)]) == 1 else 0
    best = next((at for at, points in enumerate(scores) if points >= max(top - margin, 0.0)), 0)
    if scores and (top < 0 or _is_value(rows, best)):
        return Heading((), 0, 0)
    return _with_units(rows, best)


def show_first(rows: Sequence[Row]) -> str:
    """Return the first rows, for a message that asks which one holds the names."""
    return " ; ".join(
        f"{row.line} : « {' | '.join(filter(None, map(str.strip, row.texts)))[:60]} »"
        for row in rows[:SHOWN]
    )


def is_figure(text: str) -> bool:
    """Tell whether a cell is a number, an amount or a day; a year may well be a name."""
    return _FIGURES.fullmatch(text.strip()) is not None and not _YEAR.fullmatch(text.strip())


def trimmed(texts: Sequence[str]) -> Sequence[str]:
    """Return a row without the empty cells at its end."""
    end = len(texts)
    while end and not texts[end - 1].strip():
        end -= 1
    return texts[:end]


def _heading(rows: Sequence[Row], at: int) -> Heading:
    """Return the names that a row gives, completed by the row of groups above it."""
    names = [" ".join(text.split()) for text in trimmed(rows[at].texts)]
    above = rows[at - 1].texts if at else []
    joined = _join(above, rows[at].texts)
    if joined:
        return Heading(tuple(trimmed(joined)), rows[at].line, at + 1, joined=True)
    counts = Counter(filter(None, names))
    groups = _carried(above, len(names))
    twice = [counts[name] > 1 and bool(group) for name, group in zip(names, groups, strict=True)]
    if any(twice) and len(set(filter(None, groups))) > 1:
        names = [
            f"{group} – {name}" if again else name or group
            for name, group, again in zip(names, groups, twice, strict=True)
        ]
        return Heading(tuple(names), rows[at].line, at + 1, joined=True)
    return Heading(tuple(names), rows[at].line, at + 1)


def _with_units(rows: Sequence[Row], at: int) -> Heading:
    """Return the names that a row gives, with the units that a row of its own may say below it."""
    heading = _heading(rows, at)
    below = rows[at + 1].texts if at + 2 < len(rows) else []
    body = [row.texts for row in rows[at + 2 : at + 2 + BELOW]]
    said = [(n, text.strip()) for n, text in enumerate(below) if text.strip()]
    counting = sum(bool(UNIT.fullmatch(text)) and _are_figures(body, n) for n, text in said)
    if not said or counting < len(said) or len(below) > len(heading.names):
        return heading
    units = dict(said)
    names = tuple(
        f"{name} ({units[n].strip('()[]')})" if n in units and name else name
        for n, name in enumerate(heading.names)
    )
    return replace(heading, names=names, before=heading.before + 1, units=True)


def _carried(above: Sequence[str], width: int) -> list[str]:
    """Return the group of each column: what stands above it or last before it."""
    groups: list[str] = []
    for number in range(width):
        text = " ".join(above[number].split()) if number < len(above) else ""
        groups.append(text or (groups[-1] if groups else ""))
    return groups


def _join(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """Return the names on two rows of which each fills what the other leaves; empty if not so."""
    width = max(len(above), len(below))
    pairs = [
        tuple(" ".join(row[n].split()) if n < len(row) else "" for row in (above, below))
        for n in range(width)
    ]
    fills = any(a and not b for a, b in pairs) and any(b and not a for a, b in pairs)
    words = not any(is_figure(text) for pair in pairs for text in pair if text)
    if not fills or not words or sum(bool(roles_of(words_of(b))) for _, b in pairs if b) == 0:
        return []
    gaps = [n for n, (a, b) in enumerate(pairs) if b and not a]
    # a row of two rows of names is complete once both are taken together
    last = max(n for n, pair in enumerate(pairs) if any(pair))
    if any(not any(pair) for pair in pairs[: last + 1]) or not gaps:
        return []
    return [below or above for above, below in pairs]


def _filled(texts: Sequence[str]) -> int:
    return sum(bool(text.strip()) for text in texts)


def _score(rows: Sequence[Row], at: int, texts: Sequence[str]) -> float:
    """Return how much a row looks like the names of the columns below it; -1 where it cannot be."""
    body = [row.texts for row in rows[at + 1 : at + 1 + BELOW]]
    usual = median(_filled(row) for row in body)
    span = median(len(trimmed(row)) for row in body)
    filled = [(n, text.strip()) for n, text in enumerate(texts) if text.strip()]
    share = len(filled) / max(usual, 1)
    if share < (WIDE_TO_THE_END if len(trimmed(texts)) >= span else WIDE):
        return -1.0
    known = _known(texts)
    figures = sum(is_figure(text) for _, text in filled)
    contrast = sum(not is_figure(t) and _are_figures(body, n) for n, t in filled)
    distinct = len({text.casefold() for _, text in filled})
    points = 3 * known + 2 * contrast - 4 * figures + distinct - len(filled)
    return float(points / len(filled) + min(share, 1.2))


def _known(texts: Sequence[str]) -> int:
    """Return how many cells are headings that are known."""
    return sum(
        bool(text.strip()) and len(text) <= LONGEST_NAME and bool(roles_of(words_of(text)))
        for text in texts
    )


def _are_figures(body: Sequence[Sequence[str]], column: int) -> bool:
    cells = [row[column] for row in body if column < len(row) and row[column].strip()]
    return bool(cells) and sum(map(is_figure, cells)) >= MOST * len(cells)


def _is_value(rows: Sequence[Row], at: int) -> bool:
    """Tell a row of values from one of names: figures over figures, and no word that names."""
    texts = rows[at].texts
    body = [row.texts for row in rows[at + 1 : at + 1 + BELOW]]
    named = any(roles_of(words_of(text)) for text in texts if len(text.strip()) <= LONGEST_NAME)
    figures = any(is_figure(text) and _are_figures(body, n) for n, text in enumerate(texts))
    return figures and not named
