"""Read what a booklet develops of its axes: each heading, and the first words below it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from geo.names import normalise
from layers.deliberation.draft.model import AxisBody, Contract
from layers.deliberation.draft.values import LIKELY
from layers.deliberation.text.bullets import part_bullet, shorten_quote
from layers.deliberation.text.headings import Mark, read_heading
from layers.deliberation.text.reading import Reading, trace
from layers.deliberation.text.source import Line

_BEGINS: Final = re.compile(r"(?:les )?axes communs(?: du contrat)?")
_TOWARDS: Final = re.compile(r"Vers (?:l’|la |le |les |une? )")
_NUMBER: Final = re.compile(r"^axe (?:n ?o? ?)?\d{1,2} ")
_SAME_TITLE: Final = 86
"""Two titles alike at least so much (0 to 100) are one axis."""
_LIKE_TITLE: Final = 60
"""The same, where « Axe 3 » stands before."""
_MOST_LINES: Final = 6
"""Lines over which a narrow column may cut the title of an axis."""
_OPENING: Final = 12
"""Lines below a title in which its first 25 words stand."""


@dataclass(frozen=True, slots=True)
class _Title:
    start: int
    stop: int
    text: str


def read_bodies(
    reading: Reading, contract: Contract, lines: Sequence[Line], cited: Iterable[str] = ()
) -> None:
    """Fill in the bodies of the axes of a contract, in the order of its booklet.

    Parameters
    ----------
    lines
        Of the booklet.
    cited
        Other names of its axes, as fiches cite them.
    """
    inside = _common_part(lines)
    names = [_fold(name) for name in (*contract.axes, *cited)]
    titles = list(_find_titles(reading, inside, names))
    ends = [*(title.start for title in titles[1:]), len(inside)][: len(titles)]
    for title, end in zip(titles, ends, strict=True):
        below = [line for line in inside[title.stop : end] if line.text][:_OPENING]
        if not below or part_bullet(below[0].text)[0]:
            continue
        body = AxisBody(titre=title.text, extrait=shorten_quote(reading.join(below)))
        body.sources["titre"] = trace(inside[title.start], LIKELY)
        body.sources["extrait"] = trace(below[0], LIKELY)
        contract.corps_axes.append(body)


def _common_part(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines between the heading of the common axes and the next part."""
    starts = [
        index
        for index, line in enumerate(lines[:-1])
        if _BEGINS.fullmatch(normalise(line.text)) and not part_bullet(line.text)[0]
    ]
    if not starts:
        return ()
    begin = starts[0] + 1
    for index in range(begin, len(lines)):
        heading = read_heading(lines[index].text)
        if heading and heading.mark in {Mark.PART, Mark.ESSENTIAL}:
            return lines[begin:index]
    return lines[begin:]


def _find_titles(reading: Reading, lines: Sequence[Line], names: list[str]) -> Iterator[_Title]:
    """Give the runs of lines that spell the name of an axis, each name once."""
    index, left = 0, list(dict.fromkeys(names))
    while index < len(lines):
        title = _title_at(reading, lines, index, left)
        if title is None:
            index += 1
            continue
        yield title
        index = title.stop


def _title_at(
    reading: Reading, lines: Sequence[Line], index: int, names: list[str]
) -> _Title | None:
    """Return the title that begins on a line; its name is taken from those that are left."""
    first = lines[index].text
    if not first[:1].isupper():
        return None
    numbered = _NUMBER.match(normalise(first))
    best, found = float(_LIKE_TITLE if numbered else _SAME_TITLE), None
    for stop in range(index + 1, min(len(lines), index + _MOST_LINES) + 1):
        text = reading.join(lines[index:stop])
        folded = _fold(text)
        if ". " in text or lines[stop - 1].text.endswith("-"):
            continue
        for name in names:
            alike = fuzz.ratio(folded, name)
            if alike >= best:
                best, found = alike, (_Title(index, stop, text.rstrip(" .:")), name)
    if found is not None:
        names.remove(found[1])
        return found[0]
    return _announced(reading, lines, index) if _TOWARDS.match(lines[index].text) else None


def _announced(reading: Reading, lines: Sequence[Line], index: int) -> _Title | None:
    """Return a title « Vers une… » that no list of axes holds: it stands under a full stop."""
    before = next((line.text for line in reversed(lines[:index]) if line.text), ".")
    if not before.endswith("."):
        return None
    for stop in range(index + 1, min(len(lines) - 1, index + _MOST_LINES)):
        if lines[stop].text[:1].isupper():
            return _Title(index, stop, reading.join(lines[index:stop]).rstrip(" .:"))
    return None


def _fold(text: str) -> str:
    return _NUMBER.sub("", normalise(text))
