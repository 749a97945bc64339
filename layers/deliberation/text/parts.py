"""Cut a document into its parts: the act, the booklets of the contracts, the fiches, the report."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from geo.names import normalise
from layers.deliberation.text.headings import SECTIONS, Heading, Mark
from layers.deliberation.text.source import Line

_BOOKLET: Final = (
    Mark.COVER, Mark.FOREWORD, Mark.ZOOM, Mark.PAST, Mark.ESSENTIAL, Mark.BEYOND, Mark.CONTACTS,
)  # fmt: skip
_OPENING: Final = frozenset({Mark.COVER, Mark.FOREWORD, Mark.ESSENTIAL})
_CLOSING: Final = frozenset({Mark.CONVENTION, Mark.REPORT, Mark.ACT, Mark.SUMMARY, Mark.CITY_LIST})
_OUTSIDE_ACT: Final = frozenset({
    *_BOOKLET, Mark.FICHE, Mark.PAGE_OF_FICHE, Mark.GENERAL, Mark.SUMMARY, Mark.CITY_LIST,
    Mark.REPORT, Mark.CONVENTION,
})  # fmt: skip
LONGEST_FURNITURE: Final = 140
"""A header or footer of a page is no longer, in characters."""
_FOOTER_ABOVE: Final = re.compile(r"(?:le )?conseil departemental du pas de calais")
_PAGE_HEADER: Final = re.compile(r"fiche operation \d{1,3}")
_FOOTER_REACH: Final = 10
_FOOTER: Final = re.compile(
    r"et (?:la |le |l )?(?:commun|ville|syndicat|association|pays|pole|sivom).{0,110}"
)


@dataclass(slots=True)
class Booklet:
    """The booklet of a contract: its range of lines and the first line of each heading."""

    start: int
    end: int = 0
    marks: dict[Mark, int] = field(default_factory=dict)


@dataclass(slots=True)
class FichePart:
    """The lines of a fiche opération.

    Parameters
    ----------
    number
        Printed number, None when it cannot be read.
    start, end
        Range of lines, end excluded.
    booklet
        Index of the booklet before it, None when there is none.
    headings
        Headings within the fiche, its own first.
    """

    number: int | None
    start: int
    booklet: int | None
    end: int = 0
    headings: list[Heading] = field(default_factory=list)

    def has(self, mark: Mark) -> bool:
        """Return whether a heading was seen."""
        return any(heading.mark is mark for heading in self.headings)

    def furthest(self) -> int:
        """Return the rank of the last section seen, -1 for none."""
        ranks = [SECTIONS.index(h.mark) for h in self.headings if h.mark in SECTIONS]
        return ranks[-1] if ranks else -1


@dataclass(slots=True)
class Parts:
    """The parts of a document, as ranges of lines; an empty range for a part that is missing."""

    act: range
    summary: range
    report: range
    city_list: range
    booklets: list[Booklet]
    fiches: list[FichePart]


def cut_parts(lines: Sequence[Line], headings: Sequence[Heading]) -> Parts:
    """Cut the lines into parts by their headings."""
    end = len(lines)
    walk = _Walk()
    for heading in _drop_running_covers(headings):
        walk.meet(heading)
    walk.close_fiche(end)
    walk.close_booklet(end)
    return Parts(
        act=_cut_act(headings, end),
        summary=_cut_from(Mark.SUMMARY, headings, end),
        report=_cut_from(Mark.REPORT, headings, end),
        city_list=_cut_from(Mark.CITY_LIST, headings, end),
        booklets=walk.booklets,
        fiches=[fiche for fiche in walk.fiches if fiche.furthest() >= 0],
    )


def _drop_running_covers(headings: Sequence[Heading]) -> list[Heading]:
    """Leave out the title of a contract where pages of a fiche repeat it."""
    within = {*SECTIONS, Mark.PAGE_OF_FICHE, Mark.FICHE}
    following = [*headings, None][1:]
    return [
        heading
        for heading, after in zip(headings, following, strict=True)
        if not (heading.mark is Mark.COVER and after is not None and after.mark in within)
    ]


@dataclass(slots=True)
class _Walk:
    """A walk through the headings; a part ends where the next begins."""

    booklets: list[Booklet] = field(default_factory=list)
    fiches: list[FichePart] = field(default_factory=list)
    booklet: Booklet | None = None
    fiche: FichePart | None = None

    def meet(self, heading: Heading) -> None:
        if heading.mark in _CLOSING:
            self.close_fiche(heading.index)
            self.close_booklet(heading.index)
        elif heading.mark in _BOOKLET:
            self._enter_booklet(heading)
        elif self._begins_fiche(heading):
            self.close_fiche(heading.index)
            self.close_booklet(heading.index)
            number = int(heading.number) if heading.number else None
            before = len(self.booklets) - 1 if self.booklets else None
            self.fiche = FichePart(number, heading.index, before, headings=[heading])
            self.fiches.append(self.fiche)
        elif self.fiche:
            self.fiche.headings.append(heading)
            if self.fiche.number is None and heading.mark is Mark.PAGE_OF_FICHE:
                self.fiche.number = int(heading.number)

    def close_fiche(self, index: int) -> None:
        if self.fiche:
            self.fiche.end, self.fiche = index, None

    def close_booklet(self, index: int) -> None:
        if self.booklet:
            self.booklet.end, self.booklet = index, None

    def _enter_booklet(self, heading: Heading) -> None:
        marks = self.booklet.marks if self.booklet else {}
        again = len(marks) > 1 and heading.mark in _OPENING and heading.mark in marks
        if self.fiche or again:
            self.close_booklet(heading.index)
        self.close_fiche(heading.index)
        if self.booklet is None:
            self.booklet = Booklet(heading.index)
            self.booklets.append(self.booklet)
        self.booklet.marks.setdefault(heading.mark, heading.index)

    def _begins_fiche(self, heading: Heading) -> bool:
        """Say whether a heading begins another fiche than the one that is open."""
        fiche = self.fiche
        if heading.mark in SECTIONS:
            earlier = fiche is None or SECTIONS.index(heading.mark) < fiche.furthest()
            return heading.lettered and earlier
        if heading.mark is Mark.FICHE:
            return fiche is None or fiche.furthest() >= 0 or fiche.number != int(heading.number)
        if heading.mark is Mark.PAGE_OF_FICHE:
            return fiche is None or fiche.number not in {None, int(heading.number)}
        return False


def _cut_act(headings: Sequence[Heading], end: int) -> range:
    acts = [h.index for h in headings if h.mark is Mark.ACT]
    decisions = [h.index for h in headings if h.mark is Mark.DECISION]
    start = max((a for a in acts if not decisions or a < decisions[0]), default=0)
    after = decisions[-1] if decisions else start
    if not acts and not decisions:
        return range(0)
    stop = min(
        (h.index for h in headings if h.index > after and h.mark in _OUTSIDE_ACT), default=end
    )
    return range(start, stop)


def _cut_from(mark: Mark, headings: Sequence[Heading], end: int) -> range:
    """Return the lines from the first heading of a kind to the next part."""
    start = next((h.index for h in headings if h.mark is mark), None)
    if start is None:
        return range(0)
    outside = (_OUTSIDE_ACT | {Mark.ACT}) - {mark}
    stop = min((h.index for h in headings if h.index > start and h.mark in outside), default=end)
    return range(start, stop)


def cut_section(lines: Sequence[Line], fiche: FichePart, mark: Mark) -> tuple[Line, ...]:
    """Return the lines of a section of a fiche, without headers and footers of pages."""
    chosen: list[Line] = []
    borders = [h for h in fiche.headings if h.mark in SECTIONS]
    for position, heading in enumerate(borders):
        if heading.mark is mark:
            stop = borders[position + 1].index if position + 1 < len(borders) else fiche.end
            chosen += lines[heading.index + 1 : stop]
    return tuple(drop_furniture(chosen))


def drop_furniture(lines: Sequence[Line]) -> list[Line]:
    """Leave out what each page repeats: the header of a fiche, its two lines of footer.

    One line of the footer is enough to know it when the header of the next page follows.
    """
    folded = [normalise(line.text) if len(line.text) <= LONGEST_FURNITURE else "" for line in lines]
    headers = {i for i, text in enumerate(folded) if _PAGE_HEADER.fullmatch(text)}
    above = {i for i, text in enumerate(folded) if _FOOTER_ABOVE.fullmatch(text)}
    below = {i for i, text in enumerate(folded) if _FOOTER.fullmatch(text)}
    kept = []
    for index, line in enumerate(lines):
        near = bool(headers & set(range(index + 1, index + _FOOTER_REACH)))
        footer = (index in above and (near or index + 1 in below)) or (
            index in below and (near or index - 1 in above)
        )
        bulleted = line.text[:1] in "-•–"
        if index not in headers and (not footer or bulleted):
            kept.append(line)
    return kept


def find_footers(lines: Sequence[Line], fiche: FichePart) -> list[str]:
    """Return the partners named in the footers of a fiche, as printed after « et »."""
    found = []
    for above, line in pairwise(lines[fiche.start : fiche.end]):
        if len(line.text) > LONGEST_FURNITURE or not line.text.startswith("et "):
            continue
        if _FOOTER_ABOVE.fullmatch(normalise(above.text)) and _FOOTER.fullmatch(
            normalise(line.text)
        ):
            found.append(line.text.removeprefix("et ").strip())
    return found
