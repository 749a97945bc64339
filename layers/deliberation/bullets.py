"""Read lists: items marked with a bullet, a dash or a ticked box, over one line or several."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from layers.deliberation.source import Line

_BULLET = re.compile(r"^(?P<mark>[•●▪■◦➢►✓✔☑☒☐□❑❖–—*·-]|\[[ xX]?\]|o(?= [A-ZÀ-Ö]))\s*(?=\S)")
_UNTICKED: Final = frozenset({"☐", "□", "❑", "[ ]", "[]"})
_TICKED: Final = frozenset({"☒", "☑", "✓", "✔", "[x]", "[X]"})
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
        elif items and (not gap or words[0].islower()):
            items[-1].texts.append(line.text)
        elif items:
            break
        gap = False
    return items


def read_paragraphs(lines: Iterable[Line]) -> list[list[Line]]:
    """Cut lines into paragraphs at blank lines."""
    blocks: list[list[Line]] = [[]]
    for line in lines:
        if line.text:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
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
