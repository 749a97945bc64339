"""Read lists: items marked with a bullet, a dash or a ticked box, over one line or several."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from layers.deliberation.text.headings import read_heading
from layers.deliberation.text.source import Line

_BULLET = re.compile(r"^(?P<mark>[•●▪■◦➢►✓✔☑☒☐□❑❖–—*·-]|\[[ xX]?\]|o(?= [A-ZÀ-Ö]))\s*(?=\S)")
_UNTICKED: Final = frozenset({"☐", "□", "❑", "[ ]", "[]"})
_TICKED: Final = frozenset({"☒", "☑", "✓", "✔", "[x]", "[X]"})
_UNFINISHED = re.compile(r"(?:[-,/&(–]|\b(?:de|du|des|d’|l’|la|le|les|et|à|au|aux|en|sur))$")
FULL_LINE: Final = 60
"""A line at least so long, in characters, may go on below with a capital."""
MOST_WORDS: Final = 25
"""A quotation of a document is no longer, in words."""


@dataclass(slots=True)
class Item:
    """An item of a list: its lines, the first without its mark."""

    mark: str
    line: Line
    texts: list[str] = field(default_factory=list)

    @property
    def ticked(self) -> bool:
        """Whether the item is a ticked box."""
        return self.mark in _TICKED

    @property
    def refused(self) -> bool:
        """Whether the item is a box left empty."""
        return self.mark in _UNTICKED


def part_bullet(text: str) -> tuple[str, str]:
    """Part a line into its mark, empty for none, and its words."""
    match = _BULLET.match(text)
    return (match["mark"], text[match.end() :]) if match else ("", text)


def read_items(lines: Iterable[Line]) -> list[Item]:
    """Read the first list of the lines; it ends at a paragraph that is no item.

    After a blank line, words in lower case go on with the item before.
    """
    items: list[Item] = []
    gap = False
    for line in lines:
        if not line.text:
            gap = True
            continue
        mark, words = part_bullet(line.text)
        if mark:
            items.append(Item(mark, line, [words]))
        elif items and _goes_on(items[-1].texts[-1], line.text, gap=gap):
            items[-1].texts.append(line.text)
        elif items:
            break
        gap = False
    return items


def _goes_on(before: str, text: str, *, gap: bool) -> bool:
    """Say whether a line goes on with the item above: it fills its line, or words are missing."""
    if text[0].islower():
        return not (gap and before.endswith("."))
    if gap or before.endswith(".") or read_heading(text) is not None:
        return False
    return len(before) >= FULL_LINE or bool(_UNFINISHED.search(before))


def read_paragraphs(lines: Iterable[Line]) -> list[list[Line]]:
    """Cut lines into paragraphs: at blank lines, before a mark, after the end of a sentence."""
    blocks: list[list[Line]] = [[]]
    for line in lines:
        block = blocks[-1]
        ended = block and block[-1].text[-1] in ".:;" and line.text[:1].isupper()
        if block and (not line.text or ended or _BULLET.match(line.text)):
            blocks.append([])
        if line.text:
            blocks[-1].append(line)
    return [block for block in blocks if block]


def tidy_item(text: str) -> str:
    """Return an item without the sign that ends it in a list."""
    kept = text.strip()
    if not kept.endswith(("…", "...", "etc.")):
        kept = kept.rstrip(" ;,.:")
    return kept


def shorten_quote(text: str) -> str:
    """Return at most :data:`MOST_WORDS` words of a text, with an ellipsis when it is cut."""
    words: Sequence[str] = text.split()
    if len(words) <= MOST_WORDS:
        return text
    return " ".join(words[:MOST_WORDS]).rstrip(" ,;:.") + " …"
