"""Recognise: the names in a text that are written as the gazetteer has them, and how they stand."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from geo.geocoder.gazetteer import Gazetteer
from geo.geocoder.streets import WAYS, WHOLE, is_misread_way
from geo.geocoder.text import Gap, Words
from geo.geocoder.toponyms import LINKS, Entry, Site
from geo.perimeter import Level, Perimeter
from geo.reference.index import FILLERS, LEVEL_WORDS
from geo.reference.records import Commune

OF: Final = frozenset(("de", "d", "du", "des"))
JOINTS: Final = LINKS - OF - {"a", "et", "l", "le", "la", "au", "aux"}
"""Words that a compound name goes on with: what follows is no name by itself."""

LONG_NAME: Final = 3
"""Words, the first not counted, from which a name may hold a comma."""

LONGEST_LINK: Final = 2

CONNECTED: Final = frozenset(("et", "ou"))
"""Words between two places that are both meant."""

_LEVELS: Final = dict(LEVEL_WORDS)
_LONGEST_LEVEL: Final = max(len(words.split()) for words in _LEVELS)


class How(StrEnum):
    """How the words of the text match the spelling.

    A garbled name is one that only the few communes of its postcode or context let recognise.
    """

    EXACT = "exact"
    LOOSE = "loose"
    SHORTENED = "shortened"
    MISSPELT = "misspelt"
    GARBLED = "garbled"


class Cue(StrEnum):
    """Where a name stands in a text, which tells whether it is the place meant."""

    POSTCODE = "postcode"
    BEFORE_POSTCODE = "before_postcode"
    LEVEL = "level"
    AT = "at"
    ALONE = "alone"
    LAST = "last"
    FIRST = "first"
    INSIDE = "inside"
    OF = "of"
    JOINT = "joint"
    CONTINUED = "continued"
    AND = "and"
    STREET = "street"
    STREET_OF = "street_of"
    STREET_END = "street_end"


WRITTEN: Final = frozenset((How.EXACT, How.LOOSE))

BOUNDED: Final = frozenset((Cue.POSTCODE, Cue.ALONE, Cue.LEVEL, Cue.AT))
"""Where a name stands clearly by itself."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name that the text holds.

    Parameters
    ----------
    start, end
        The words from ``start`` to before ``end``.
    letters
        Letters that match, a measure of how little the match is chance.
    edits
        Letters to change, add, take away or swap, where it is misspelt.
    cut
        Words missing or cut short, where it is shortened.
    """

    entry: Entry
    start: int
    end: int
    how: How
    cue: Cue
    letters: int
    edits: int = 0
    cut: int = 0


def recognise(words: Words, gazetteer: Gazetteer) -> list[Mention]:
    """Return the mentions of the longest names, in the order of the text."""
    found: list[Mention] = []
    reached = 0
    for first, word in enumerate(words.bare):
        longest = min(gazetteer.longest.get(word, 0), len(words.bare) - first)
        for size in range(longest, 0, -1):
            last = first + size - 1
            entries = gazetteer.entries.get(" ".join(words.bare[first : last + 1]))
            if entries is None or last < reached or _is_parted(words, first, last):
                continue
            named = list(_name(words, words.at[first], words.at[last] + 1, entries))
            if named:
                found += named
                reached = last + 1
                break
    return found


def count_letters(text: str) -> int:
    """Return how many letters and figures a normalised text has."""
    return len(text) - text.count(" ")


def _is_parted(words: Words, first: int, last: int) -> bool:
    if last - first >= LONG_NAME:
        return False
    inner = words.gaps[words.at[first] + 1 : words.at[last] + 1]
    return bool(inner) and max(inner) >= Gap.SIGN


def _name(words: Words, start: int, end: int, entries: tuple[Entry, ...]) -> Iterator[Mention]:
    level = read_level(words, start)
    areas = {e.target.level for e in entries if isinstance(e.target, Perimeter)}
    for entry in entries:
        if isinstance(entry.target, Perimeter):
            if level != entry.target.level and (entry.needs_level or level in areas):
                continue
        elif isinstance(entry.target, Commune) and level in areas:
            continue
        if isinstance(entry.target, Site) and not _is_site(words, start, end, level):
            continue
        whole = _with_article(words, start, entry)
        exact = words.between(whole, end) == entry.spelling
        cue = read_cue(words, whole, end, level)
        if entry.spelling in WAYS and cue not in {Cue.POSTCODE, Cue.ALONE}:
            continue  # « rue » is a town of the Somme
        how = How.EXACT if exact else How.LOOSE
        yield Mention(entry, whole, end, how, cue, count_letters(entry.spelling))


def _is_site(words: Words, start: int, end: int, level: Level | None) -> bool:
    """Tell whether a name is that of a site: on one side of a dash, and not only a street's."""
    joined = all(gap is Gap.NONE for gap in words.gaps[start + 1 : end])
    return joined and read_cue(words, start, end, level) is not Cue.STREET


def _with_article(words: Words, start: int, entry: Entry) -> int:
    """Return the start with the article, where the spelling begins with one and the text too."""
    article = entry.spelling.partition(" ")[0]
    if start and article in FILLERS and words.words[start - 1] == article:
        return start - 1
    return start


def read_level(words: Words, start: int) -> Level | None:
    """Return the level that the words before a name say: « communauté de communes du »."""
    end = start
    while end and words.gaps[end] < Gap.SIGN and words.words[end - 1] in FILLERS:
        end -= 1
    for size in range(min(_LONGEST_LEVEL, end), 0, -1):
        level = _LEVELS.get(words.between(end - size, end))
        if level is not None and words.gaps[end] < Gap.SIGN:
            return level
    return None


def read_cue(words: Words, start: int, end: int, level: Level | None) -> Cue:
    """Tell how a name stands in the text."""
    left, right = words.gaps[start], words.gaps[end]
    if left is Gap.POSTCODE:
        return Cue.POSTCODE
    if start and left is Gap.NONE:
        cue = _read_street(words, start, end) or _read_word_before(words.words[start - 1], level)
        if cue is not None:
            return cue
    after = words.words[end] if right is Gap.NONE else ""
    return _read_word_after(after) or _read_gaps(left, right)


def _read_word_after(word: str) -> Cue | None:
    if word in CONNECTED:
        return Cue.AND
    return Cue.CONTINUED if word in JOINTS else None


def _read_gaps(left: Gap, right: Gap) -> Cue:
    if right is Gap.POSTCODE:
        return Cue.BEFORE_POSTCODE
    if right is Gap.NONE:
        return Cue.FIRST if left else Cue.INSIDE
    return Cue.ALONE if left else Cue.LAST


def _read_word_before(word: str, level: Level | None) -> Cue | None:
    if level is not None:
        return Cue.LEVEL
    if word in CONNECTED:
        return Cue.AND
    if word in JOINTS:
        return Cue.JOINT
    if word in OF:
        return Cue.OF
    return Cue.AT if word == "a" else None


def _read_street(words: Words, start: int, end: int) -> Cue | None:
    """Tell whether the name is what a street is called by: « rue d’Arras »."""
    before = words.words[start - 1]
    if before == "a":
        return None
    first = _first_of_stretch(words, start)
    ways = [position for position in range(first, start) if _is_way(words, position)]
    if not ways:
        return None
    last = ways[-1]
    adjacent = all(_is_link(word) for word in words.words[last + 1 : start])
    whole = last > first and words.words[last - 1] in WHOLE
    if adjacent and not whole and (before in LINKS or len(ways) == 1):
        return Cue.STREET
    if before in LINKS:
        return Cue.STREET_OF
    return Cue.STREET_END if words.gaps[end] and not (adjacent and whole) else None


def _first_of_stretch(words: Words, start: int) -> int:
    """Return where the words begin that nothing parts from the one at ``start``."""
    while start and words.gaps[start] is Gap.NONE:
        start -= 1
    return start


def _is_way(words: Words, position: int) -> bool:
    word = words.words[position]
    return word in WAYS or (
        position > 0 and words.words[position - 1].isdigit() and is_misread_way(word)
    )


def _is_link(word: str) -> bool:
    """Tell whether a word is a link, or so short that it may be one misread."""
    return word in LINKS or (len(word) <= LONGEST_LINK and not word.isdigit())
