"""Join the lines of a paragraph: syllables parted at a line end meet, compound names stay whole."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from geo.names import unaccented
from layers.deliberation.text.source import Line

_WORD = re.compile(r"[^\W\d_]+(?:[-’][^\W\d_]+)*")
_LAST = re.compile(r"((?:[^\W_]+[-’])*[^\W_]+)-$")
_FIRST = re.compile(r"(?:[^\W_]+[-’])*[^\W_]+")
_PARTICLES = re.compile(
    r"(?:sur|sous|en|les|lez|la|le|l|de|du|des|d|et|aux?|a|sainte?|ste?|pres|devant)"
)
_PREFIXES = re.compile(
    r"(?:co|non|ex|vice|demi|semi|avant|apres|peut|c’est|celui|celle|grand|rendez|porte|sous|bien"
    r"|eco|canoe|haut|bas|basse|haute|petite?|vieux|vieille|neuf|neuve|jean|centre|chef|hotel)"
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that a document writes unbroken, lower case and without accents."""

    words: frozenset[str]

    @classmethod
    def of(cls, lines: Iterable[Line]) -> "Vocabulary":
        """Collect the words of the lines; the last of a line may be half a word: it is left out."""
        words: set[str] = set()
        for line in lines:
            text = line.text[: line.text.rfind(" ") + 1] if line.text.endswith("-") else line.text
            words.update(_WORD.findall(unaccented(text.lower())))
        return cls(frozenset(words))

    def join(self, lines: Iterable[Line]) -> str:
        """Join lines into one text; blank lines count for nothing."""
        return self.join_texts(line.text for line in lines)

    def join_texts(self, texts: Iterable[str]) -> str:
        """Join texts as :meth:`join` does."""
        joined: list[str] = []
        for text in texts:
            if text and joined:
                joined[-1:] = self._meet(joined[-1], text)
            elif text:
                joined.append(text)
        return "".join(joined)

    def _meet(self, left: str, right: str) -> tuple[str, str]:
        """Return the end of one line and the beginning of the next as they are to be put."""
        last, first = _LAST.search(left), _FIRST.match(right)
        if last is None or first is None:
            return f"{left} ", right
        return left if self._is_compound(last[1], first[0]) else left[:-1], right

    def _is_compound(self, last: str, first: str) -> bool:
        """Say whether the hyphen between two parts of a word belongs to the word."""
        left, right = unaccented(last.lower()), unaccented(first.lower())
        whole = {f"{left}-{right}": True, f"{left}{right}": False}
        known = next((answer for word, answer in whole.items() if word in self.words), None)
        if known is not None:
            return known
        _, inner, tail = left.rpartition("-")
        head, outer, _ = right.partition("-")
        if last.isupper() and first.isupper() and not inner and not outer:
            return left in self.words and right in self.words
        return bool(
            (inner and _PARTICLES.fullmatch(tail))
            or (outer and _PARTICLES.fullmatch(head))
            or last[-1].isdecimal()
            or first[0].isdecimal()
            or first[0].isupper()
            or _PREFIXES.fullmatch(left)
        )
