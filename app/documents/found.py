"""The page of what a search finds, for who has no scripts: the same entries as the search box has.

A word of the search fits a word that it is or begins; where hardly anything fits so, also one that
it is or begins but for a slip or two, as in ``app/map/assets/matching.js``.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from rapidfuzz.distance import OSA

from app.map.search_index import Entry
from app.web.addresses import EXPLORE, operation_url
from geo.names import normalise
from geo.perimeter import shorten

LONGEST: Final = 80
"""Letters of a search that are read."""
MOST_SHOWN: Final = 60
HARDLY_ANY: Final = 3
BEGINS: Final = 0.2
ASIDE: Final = 0.6
WHOLE_NAME: Final = 2.0
BEGINNING: Final = 1.0
LARGER: Final = 0.05
SHORT: Final = 4
LONG: Final = 7
OPERATIONS: Final = "operations"


@dataclass(frozen=True, slots=True)
class Found:
    """What was found.

    Parameters
    ----------
    kind
        What it is, ``Communes``.
    label, detail
        Its name, and what tells it from others.
    address
        That opens it.
    """

    kind: str
    label: str
    detail: str
    address: str


@dataclass(frozen=True, slots=True)
class _Indexed:
    kind: str
    entry: Entry
    name: str
    words: frozenset[str]
    aside: frozenset[str]
    weight: int


class Finder:
    """Finds places and objects by a few letters.

    Parameters
    ----------
    groups
        As the search box has them: :func:`app.map.search_index.search_groups`.
    """

    def __init__(self, groups: Iterable[Mapping[str, Any]]) -> None:
        self._entries = [
            _index(group["group"], entry, weight)
            for group in groups
            for entry, weight in zip(
                group["items"],
                group.get("weights") or [0] * len(group["items"]),
                strict=True,
            )
        ]
        self._words = frozenset(word for each in self._entries for word in each.words | each.aside)

    def find(self, text: str) -> list[Found]:
        """Return what a text may mean, the likeliest first."""
        words = normalise(text[:LONGEST]).split()
        if not words:
            return []
        found = self._fitting(words, slippery=False)
        if len(found) < HARDLY_ANY:
            sure = {id(each) for each in found}
            more = self._fitting(words, slippery=True)
            found += [each for each in more if id(each) not in sure]
        return [
            Found(each.kind, each.entry[1], each.entry[2], address_of(each.entry[0]))
            for each in found
        ]

    def _fitting(self, words: Sequence[str], *, slippery: bool) -> list[_Indexed]:
        costs = [
            {
                known: cost
                for known in self._words
                if (cost := _cost(word, known, slippery)) < math.inf
            }
            for word in words
        ]
        name = " ".join(words)
        scored = [(_score(each, costs, name), rank) for rank, each in enumerate(self._entries)]
        return [self._entries[rank] for cost, rank in sorted(scored) if cost < math.inf]


def search_page(finder: Finder, text: str) -> dict[str, Any]:
    """Return what the template of a search speaks of."""
    asked = shorten(text)
    found = finder.find(text)
    kinds: dict[str, list[Found]] = {}
    for one in found[:MOST_SHOWN]:
        kinds.setdefault(one.kind, []).append(one)
    return {"asked": asked, "kinds": kinds, "count": len(found), "shown": MOST_SHOWN}


def address_of(value: str) -> str:
    """Return the address that opens an entry: an operation's sheet, or a place on the map."""
    place, _, thing = value.partition("#")
    layer, _, key = thing.partition("/")
    if layer == OPERATIONS:
        return operation_url(key)
    mark = f"#point={quote(thing, safe='/')}" if key and layer != "ancien" else ""
    return f"{EXPLORE}?lieu={quote(place, safe=':')}{mark}"


def _index(kind: str, entry: Entry, weight: int) -> _Indexed:
    value, label, detail, *others = entry
    name = normalise(label)
    aside = normalise(" ".join((detail, kind, value, *others)))
    return _Indexed(kind, entry, name, frozenset(name.split()), frozenset(aside.split()), weight)


def _cost(word: str, known: str, slippery: bool) -> float:  # noqa: FBT001 - called for each word
    if word == known:
        return 0
    if known.startswith(word):
        return BEGINS
    most = _slips(word) if slippery else 0
    if not most or len(known) < len(word) - most:
        return math.inf
    whole = OSA.distance(word, known, score_cutoff=most)
    begun = OSA.distance(word, known[: len(word)], score_cutoff=most) + BEGINS
    least = min(whole, begun)
    return least if least < most + 1 else math.inf


def _slips(word: str) -> int:
    if len(word) < SHORT or any(sign.isdigit() for sign in word):
        return 0
    return 1 if len(word) < LONG else 2


def _score(each: _Indexed, costs: Sequence[Mapping[str, float]], name: str) -> float:
    total = 0.0
    for cost in costs:
        named = min((cost[word] for word in each.words if word in cost), default=math.inf)
        if named == 0:
            continue
        aside = min((cost[word] for word in each.aside if word in cost), default=math.inf)
        total += min(named, aside + ASIDE)
        if total == math.inf:
            return total
    if each.name == name:
        total -= WHOLE_NAME
    elif each.name.startswith(name):
        total -= BEGINNING
    return total - LARGER * math.log10(1 + each.weight)
