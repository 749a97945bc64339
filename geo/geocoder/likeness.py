"""Likeness: which of many spellings are like a text, as it is written and as it looks."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import ceil, floor
from typing import Final

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from geo.geocoder.stretches import shape

SIMILAR: Final = 0.7
"""Least share of letters that are right, by the distance that counts a swap as one error."""

MARGIN: Final = 1e-6
"""Of a letter, so that no rounding leaves out a spelling that is just like enough."""

MOST_KEPT: Final = 20_000
"""Texts whose like spellings are remembered: the words of streets come again and again."""

Like = tuple[tuple[int, float], ...]
"""Spellings by their number, each with its likeness from 0 to 1."""


class Likeness:
    """Spellings to compare texts with.

    Texts are compared by the shape of their letters; where the shapes are alike, the letters are
    compared too, and the better of both counts.

    Parameters
    ----------
    spellings
        Small letters and figures, without spaces.
    """

    def __init__(self, spellings: Sequence[str]) -> None:
        self._spellings = list(spellings)
        shapes = [shape(spelling) for spelling in spellings]
        self._ranks = sorted(range(len(shapes)), key=lambda rank: len(shapes[rank]))
        self._shapes = [shapes[rank] for rank in self._ranks]
        self._lengths = [len(each) for each in self._shapes]
        self._kept: dict[str, Like] = {}

    def compare(self, texts: Iterable[str]) -> list[Like]:
        """Return, for each text, the spellings that are like it from :data:`SIMILAR`."""
        texts = list(texts)
        new = list(dict.fromkeys(text for text in texts if text not in self._kept))
        if len(self._kept) + len(new) > MOST_KEPT:
            self._kept.clear()
            new = list(dict.fromkeys(texts))
        if new:
            self._compare(new)
        return [self._kept[text] for text in texts]

    def _compare(self, texts: list[str]) -> None:
        """Compare texts with the spellings that are neither too short nor too long for them."""
        by_length: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
        for text in texts:
            seen = shape(text)
            by_length[len(seen)].append((text, seen))
        for length, alike in by_length.items():
            first = bisect_left(self._lengths, ceil(SIMILAR * length - MARGIN))
            last = bisect_right(self._lengths, floor(length / SIMILAR + MARGIN))
            likenesses = process.cdist(
                [seen for _, seen in alike],
                self._shapes[first:last],
                scorer=OSA.normalized_similarity,
                score_cutoff=SIMILAR,
                dtype=np.float32,
            )
            found: list[list[tuple[int, float]]] = [[] for _ in alike]
            rows, columns = np.nonzero(likenesses)
            for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
                rank = self._ranks[first + column]
                shapes = float(likenesses[row, column])
                letters = OSA.normalized_similarity(alike[row][0], self._spellings[rank])
                found[row].append((rank, max(shapes, letters)))
            self._kept.update(
                (text, tuple(like)) for (text, _), like in zip(alike, found, strict=True)
            )
