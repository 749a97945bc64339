"""Streets: the words that begin the name of a way, whole or shortened, and house numbers."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
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

REPEATED: Final = frozenset(("bis", "ter", "quater", "quinquies"))
"""Words behind a house number that belong to it, as one letter does: « 12 bis », « 12 B »."""

_HOUSE: Final = re.compile(rf"(\d{{1,{LARGEST_NUMBER}}})({'|'.join(REPEATED)}|[a-df-z])?")
"""« 2e » counts something else."""


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
    repeated
        « bis », « b »: what stands behind the number; it tells no two addresses of sites apart.
    """

    name: str
    number: str
    repeated: str = field(default="", compare=False)


def read_streets(words: Words, start: int = 0, end: int = 0) -> Iterator[Street]:
    """Yield the streets of a text, those that the words from ``start`` to before ``end`` part.

    A street ends at a sign, a dash, a postcode or the name of the commune.
    """
    yield from filter(None, map(read_street, parts_of(words, start, end)))


def parts_of(words: Words, start: int = 0, end: int = 0) -> Iterator[list[str]]:
    """Yield the words between two signs, without those from ``start`` to before ``end``.

    A house number goes with what stands behind its comma: « 12, rue de la Gare ».
    """
    part: list[str] = []
    for position, word in enumerate(words.words):
        gap = words.gaps[position]
        if gap is Gap.SIGN and _is_house(part):
            gap = Gap.NONE
        if gap is not Gap.NONE or (end and position == start):
            yield part
            part = []
        if not start <= position < end:
            part.append(word)
    yield part


def read_street(words: list[str]) -> Street | None:
    """Return the first way in a stretch of normalised words, or ``None`` where there is none."""
    for position, word in enumerate(words):
        if word in WAYS and position + 1 < len(words):
            return Street(whole_name(words[position:]), *read_house(words[:position]))
    return None


def whole_name(words: Iterable[str]) -> str:
    """Return the one spelling of a street's name: whole words, no links, no plurals."""
    whole = [SHORTENED.get(word, TITLES.get(word, word)) for word in words]
    return " ".join(bare_word(word) for word in whole if word not in LINKS)


def read_house(words: Sequence[str]) -> tuple[str, str]:
    """Return the last house number of some words, and what repeats it; empty where there is none.

    « 12 bis », « 12bis » and « 12 b » are read alike.
    """
    for position in range(len(words) - 1, -1, -1):
        read = _HOUSE.fullmatch(words[position])
        if read is None:
            continue
        number, repeated = read.groups(default="")
        after = words[position + 1 : position + 2]
        if not repeated and after and (after[0] in REPEATED or _is_letter(after[0])):
            repeated = after[0]
        return number, repeated
    return "", ""


def _is_house(words: list[str]) -> bool:
    if not 0 < len(words) <= 2:  # noqa: PLR2004 - a number and « bis »
        return False
    number, repeated = read_house(words)
    return bool(number) and "".join(words) == number + repeated


def _is_letter(word: str) -> bool:
    return len(word) == 1 and word.isalpha()
