"""A reading under way: the lines of a document, its parts, and the remarks made so far."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from layers.deliberation.draft.model import Remark
from layers.deliberation.draft.values import Level, Trace
from layers.deliberation.text.headings import Heading, find_headings, part_glued_headings
from layers.deliberation.text.hyphens import Vocabulary
from layers.deliberation.text.parts import Parts, cut_parts
from layers.deliberation.text.source import Document, Line


@dataclass(slots=True)
class Reading:
    """What every step of the reader needs.

    Parameters
    ----------
    document
        The document, as opened.
    lines
        Its lines, glued headings parted, blank lines of a double-spaced text left out.
    headings
        The headings, by index in ``lines``.
    parts
        The parts, as ranges of ``lines``.
    vocabulary
        The words of the document.
    remarks
        What the steps had to say.
    """

    document: Document
    lines: tuple[Line, ...]
    headings: tuple[Heading, ...]
    parts: Parts
    vocabulary: Vocabulary
    remarks: list[Remark] = field(default_factory=list)

    @classmethod
    def of(cls, document: Document) -> "Reading":
        """Begin the reading of a document."""
        lines = tuple(part_glued_headings(_close_up(document.lines)))
        headings = find_headings(lines)
        parts = cut_parts(lines, headings)
        return cls(document, lines, headings, parts, Vocabulary.of(lines))

    def part(self, where: range) -> tuple[Line, ...]:
        """Return the lines of a part."""
        return self.lines[where.start : where.stop]

    def join(self, lines: Iterable[Line]) -> str:
        """Join lines into one text."""
        return self.vocabulary.join(lines)

    def note(self, level: Level, rule: str, message: str, *lines: int) -> None:
        """Make a remark, once."""
        remark = Remark(niveau=level, regle=rule, message=message, lignes=sorted(set(lines)))
        if remark not in self.remarks:
            self.remarks.append(remark)


def trace(line: Line, confidence: float) -> Trace:
    """Return the trace of a value that was read on a line."""
    return Trace(ligne=line.number, page=line.page, confiance=round(confidence, 2))


def _close_up(lines: Sequence[Line]) -> list[Line]:
    """Drop the single blank lines of a text where every other line is blank."""
    filled = [bool(line.text) for line in lines]
    pairs = sum(1 for one, other in pairwise(filled) if one and other)
    if len(lines) < SHORTEST or pairs > sum(filled) / 20:
        return list(lines)
    kept = []
    for index, line in enumerate(lines):
        alone = not line.text and filled[index - 1 : index + 2] == [True, False, True]
        if not alone:
            kept.append(line)
    return kept


SHORTEST = 40
"""A text of fewer lines says nothing about its spacing."""
