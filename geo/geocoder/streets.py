"""Streets: the words that begin the name of a way, whole or shortened, and house numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from geo.geocoder.text import Gap, Words
from geo.geocoder.toponyms import LINKS, bare_word

SHORTENED: Final = {
    "all": "allee",
    "av": "avenue",
    "ave": "avenue",
    "bd": "boulevard",
    "bld": "boulevard",
    "blvd": "boulevard",
    "bvd": "boulevard",
    "ch": "chemin",
    "che": "chemin",
    "chem": "chemin",
    "fbg": "faubourg",
    "fg": "faubourg",
    "imp": "impasse",
    "lot": "lotissement",
    "pl": "place",
    "r": "rue",
    "res": "residence",
    "rte": "route",
    "sq": "square",
}
"""What each shortened word stands for."""

WAYS: Final = frozenset(SHORTENED) | frozenset(SHORTENED.values()) | {
    "cavee", "chaussee", "cite", "clos", "cours", "digue", "domaine", "dreve", "esplanade", "mail",
    "parvis", "passage", "pont", "porte", "quai", "rond", "ruelle", "sente", "sentier", "venelle",
    "voie", "za", "zac", "zi", "zone",
}  # fmt: skip
"""Words that begin the name of a way or of a group of houses."""

ZONES: Final = frozenset(("pont", "za", "zac", "zi", "zone"))
"""Ways that are called by where they are: « ZA de Beaurainville », « Pont de Carency »."""

COMMON: Final = ("rue", "place", "route", "avenue", "chemin", "boulevard", "impasse", "allee")
"""Ways that are known though misread."""

WHOLE: Final = frozenset(("grand", "grande", "la"))
"""Words before a way that make it a whole name: « Grande Rue », « la Place »."""

TITLES: Final = {
    "cdt": "commandant", "col": "colonel", "dr": "docteur", "gal": "general", "gl": "general",
    "lt": "lieutenant", "mal": "marechal", "pdt": "president",
}  # fmt: skip

LARGEST_NUMBER: Final = 4
"""Figures of the largest house number."""


@lru_cache(maxsize=4096)
def is_misread_way(word: str) -> bool:
    """Tell whether a word behind a house number is a way with one sign wrong: « riie », « ruc »."""
    seen = word.replace("ii", "u").replace("1", "l").replace("0", "o")
    return any(OSA.distance(seen, way, score_cutoff=1) <= 1 for way in COMMON)


@dataclass(frozen=True, slots=True)
class Street:
    """A way and a house on it.

    Parameters
    ----------
    name
        Normalised, whole words, without links: « rue general gaulle ».
    number
        House number, without « bis »; empty where there is none.
    """

    name: str
    number: str


def read_streets(words: Words, start: int = 0, end: int = 0) -> Iterator[Street]:
    """Yield the streets of a text, those that the words from ``start`` to before ``end`` part.

    A street ends at a sign, a dash, a postcode or the name of the commune.
    """
    stretch: list[str] = []
    for position, word in enumerate(words.words):
        if words.gaps[position] is not Gap.NONE or (end and position == start):
            yield from filter(None, [read_street(stretch)])
            stretch = []
        if not start <= position < end:
            stretch.append(word)
    yield from filter(None, [read_street(stretch)])


def read_street(words: list[str]) -> Street | None:
    """Return the first way in a stretch of normalised words, or ``None`` where there is none."""
    for position, word in enumerate(words):
        if word in WAYS and position + 1 < len(words):
            numbers = [w for w in words[:position] if w.isdigit() and len(w) <= LARGEST_NUMBER]
            whole = [SHORTENED.get(w, TITLES.get(w, w)) for w in words[position:]]
            name = " ".join(bare_word(w) for w in whole if w not in LINKS)
            return Street(name, numbers[-1] if numbers else "")
    return None
