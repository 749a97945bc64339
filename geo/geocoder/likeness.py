"""Likeness: which of many spellings are like a text, as it is written and as it looks."""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from geo.geocoder.stretches import shape

SIMILAR: Final = 0.7
"""Least share of letters that are right, by the distance that counts a swap as one error."""

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
        self._shapes = [shape(spelling) for spelling in spellings]
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
        likenesses = process.cdist(
            [shape(text) for text in texts],
            self._shapes,
            scorer=OSA.normalized_similarity,
            score_cutoff=SIMILAR,
            dtype=np.float32,
        )
        found: list[list[tuple[int, float]]] = [[] for _ in texts]
        rows, columns = np.nonzero(likenesses)
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
            shapes = float(likenesses[row, column])
            letters = OSA.normalized_similarity(texts[row], self._spellings[column])
            found[row].append((column, max(shapes, letters)))
        self._kept.update(zip(texts, map(tuple, found), strict=True))
