"""Finding a place by what a person types: codes, names, former names, abbreviations, postcodes."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from rapidfuzz import fuzz, process

from geo.names import normalise
from geo.perimeter import Level, Perimeter

LEVEL_WORDS = (
    ("communautes d agglomeration", Level.EPCI),
    ("communaute d agglomeration", Level.EPCI),
    ("communautes de communes", Level.EPCI),
    ("communaute de communes", Level.EPCI),
    ("communaute de commune", Level.EPCI),
    ("communaute urbaine", Level.EPCI),
    ("agglomeration", Level.EPCI),
    ("agglo", Level.EPCI),
    ("intercommunalite", Level.EPCI),
    ("ca", Level.EPCI),
    ("cc", Level.EPCI),
    ("cu", Level.EPCI),
    ("maison du departement solidarite", Level.MDS),
    ("maison du departement solidarites", Level.MDS),
    ("mds", Level.MDS),
    ("mdadt", Level.TERRITORY),
    ("territoire", Level.TERRITORY),
    ("canton", Level.CANTON),
    ("commune", Level.COMMUNE),
    ("ville", Level.COMMUNE),
    ("mairie", Level.COMMUNE),
)
"""Words in front of a name that say its level."""

ARTICLES = frozenset(("l", "la", "le", "les"))
FILLERS = ARTICLES | {"a", "d", "de", "des", "du", "et"}
LEVEL_ORDER = (
    Level.COMMUNE, Level.EPCI, Level.TERRITORY, Level.MDS, Level.CANTON, Level.DEPARTEMENT,
)  # fmt: skip
CLOSE_ENOUGH = 78
SHORTEST_FUZZY = 4
LONGEST_QUERY = 120


class Kind(IntEnum):
    """What a key is of its place; the better the smaller."""

    CODE = 0
    NAME = 1
    OTHER_NAME = 2
    LOOSE = 3
    BEGINNING = 4
    WORDS = 5
    CLOSE = 6


@dataclass(frozen=True, slots=True)
class Key:
    """One spelling of one place.

    Parameters
    ----------
    text
        Normalised spelling.
    weight
        Inhabitants: the larger place comes first where nothing else tells.
    """

    text: str
    perimeter: Perimeter
    kind: Kind
    weight: int


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer: how well the text fits the key, and what the key is of its place."""

    how: Kind
    key: Kind
    perimeter: Perimeter
    weight: int

    def rank(self) -> tuple[int, int, int, int, str]:
        """Return the place in the list of answers, the better the smaller."""
        level = LEVEL_ORDER.index(self.perimeter.level)
        return self.how, self.key, level, -self.weight, self.perimeter.code


class PlaceIndex:
    """All spellings of all places.

    Parameters
    ----------
    names
        For each place: its own name, its other names and its inhabitants.
    codes
        Codes (INSEE, SIREN, postcode, former) and the places that they stand for.
    """

    def __init__(
        self,
        names: Iterable[tuple[Perimeter, str, Iterable[str], int]],
        codes: Iterable[tuple[str, Perimeter]],
    ) -> None:
        self._keys: defaultdict[str, list[Key]] = defaultdict(list)
        for perimeter, name, others, weight in names:
            self._add(perimeter, name, Kind.NAME, weight)
            for other in others:
                self._add(perimeter, other, Kind.OTHER_NAME, weight)
        self._codes: defaultdict[str, list[Perimeter]] = defaultdict(list)
        for code, perimeter in codes:
            self._codes[code].append(perimeter)
        self._words = {text: text.split() for text in self._keys}

    def _add(self, perimeter: Perimeter, name: str, kind: Kind, weight: int) -> None:
        text = normalise(name)
        self._keys[text].append(Key(text, perimeter, kind, weight))
        bare = loosen(text)
        if bare and bare != text:
            self._keys[bare].append(Key(bare, perimeter, Kind.LOOSE, weight))

    def exact(self, text: str, level: Level) -> tuple[Perimeter, ...]:
        """Return the places of a level that bear this very name, the best kind of key only."""
        named, rest = split_level(normalise(text[:LONGEST_QUERY]))
        if named not in {None, level}:
            return ()
        spellings = dict.fromkeys((normalise(text[:LONGEST_QUERY]), rest, loosen(rest)))
        found = [
            key for s in spellings for key in self._keys.get(s, ()) if key.perimeter.level == level
        ]
        best = min((key.kind for key in found), default=None)
        return tuple(dict.fromkeys(key.perimeter for key in found if key.kind == best))

    def find(self, text: str, limit: int) -> list[Perimeter]:
        """Return places of any level that the text may mean, best first."""
        query = normalise(text[:LONGEST_QUERY])
        if not query:
            return []
        level, rest = split_level(query)
        hits = [
            Hit(Kind.CODE, Kind.CODE, p, 0) for p in self._codes.get(query.replace(" ", ""), ())
        ]
        spellings = {query, rest, loosen(rest)} - {""}
        for spelling, keys in self._keys.items():
            how = self._match(spelling, spellings)
            if how is not None:
                hits += [Hit(max(how, k.kind), k.kind, k.perimeter, k.weight) for k in keys]
        kept = [hit for hit in hits if level in {None, hit.perimeter.level}]
        if not kept:
            kept = [hit for hit in self._close(rest) if level in {None, hit.perimeter.level}]
        kept.sort(key=Hit.rank)
        return list(dict.fromkeys(hit.perimeter for hit in kept))[:limit]

    def closest(self, text: str, level: Level, limit: int = 3) -> list[Perimeter]:
        """Return the places of a level whose names look most like the text."""
        rest = split_level(normalise(text[:LONGEST_QUERY]))[1]
        hits = [hit for hit in self._close(rest) if hit.perimeter.level == level]
        return list(dict.fromkeys(hit.perimeter for hit in hits))[:limit]

    def _match(self, key: str, spellings: set[str]) -> Kind | None:
        if key in spellings:
            return Kind.NAME
        if any(key.startswith(s) for s in spellings):
            return Kind.BEGINNING
        words = self._words[key]
        if any(all(any(w.startswith(p) for w in words) for p in s.split()) for s in spellings):
            return Kind.WORDS
        return None

    def _close(self, query: str) -> list[Hit]:
        if len(query) < SHORTEST_FUZZY:
            return []
        spellings = process.extract(
            query, self._keys.keys(), scorer=fuzz.ratio, limit=8, score_cutoff=CLOSE_ENOUGH
        )
        keys = [key for spelling, _, _ in spellings for key in self._keys[spelling]]
        return [Hit(Kind.CLOSE, key.kind, key.perimeter, key.weight) for key in keys]


def split_level(text: str) -> tuple[Level | None, str]:
    """Take the words that say a level off a normalised text: the level, and the rest."""
    words = text.split()
    bare = " ".join(words[1:]) if words and words[0] in ARTICLES else text
    for named, level in LEVEL_WORDS:
        if bare.startswith(f"{named} "):
            rest = bare.removeprefix(named).split()
            while rest and rest[0] in FILLERS - ARTICLES:
                rest.pop(0)
            return level, " ".join(rest)
    return None, text


def loosen(text: str) -> str:
    """Return a normalised text without level, articles and plural s."""
    words = [word for word in split_level(text)[1].split() if word not in FILLERS]
    return " ".join(word.removesuffix("s") for word in words)
