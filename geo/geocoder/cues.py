"""Cues: where a name stands in a text, which tells whether it is the place meant."""

from enum import StrEnum
from typing import Final

from geo.geocoder.people import BUILDINGS, FAMILY, SAINTS, calls_person
from geo.geocoder.streets import WAYS, WHOLE, ZONES, is_misread_way
from geo.geocoder.text import Gap, Words
from geo.geocoder.toponyms import LINKS
from geo.perimeter import Level
from geo.reference.index import FILLERS, LEVEL_WORDS

OF: Final = frozenset(("de", "d", "du", "des"))
JOINTS: Final = LINKS - OF - {"a", "et", "l", "le", "la", "au", "aux"}
"""Words that a compound name goes on with: what follows is no name by itself."""

LONGEST_LINK: Final = 2

CONNECTED: Final = frozenset(("et", "ou"))
"""Words between two places that are both meant."""

_LEVELS: Final = dict(LEVEL_WORDS)
_LONGEST_LEVEL: Final = max(len(words.split()) for words in _LEVELS)


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
    PERSON = "person"
    SAINT = "saint"


CALLED: Final = frozenset((Cue.STREET, Cue.STREET_OF, Cue.STREET_END, Cue.PERSON, Cue.SAINT))
"""Where a name may be what a street or a building is called by."""

BOUNDED: Final = frozenset((Cue.POSTCODE, Cue.ALONE, Cue.LEVEL, Cue.AT))
"""Where a name stands clearly by itself."""


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
        cue = (
            _read_street(words, start, end)
            or _read_patron(words, start)
            or _read_word_before(words.words[start - 1], level)
        )
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


def _read_patron(words: Words, start: int) -> Cue | None:
    """Tell whether the name is that of a person, or of a saint that a building is called after."""
    if calls_person(words.words, start, _first_of_stretch(words, start)):
        return Cue.PERSON
    saint = words.words[start] in SAINTS and words.words[start - 1] in BUILDINGS
    return Cue.SAINT if saint else None


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
    if start - last - 1 in {1, 2} and _begins_person(words, last + 1, start):
        return Cue.STREET
    adjacent = all(_is_link(word) for word in words.words[last + 1 : start])
    whole = last > first and words.words[last - 1] in WHOLE
    if adjacent and not whole and (before in LINKS or len(ways) == 1):
        return Cue.STREET
    if before in LINKS:
        return Cue.STREET_OF
    return Cue.STREET_END if words.gaps[end] and not (adjacent and whole) else None


def _begins_person(words: Words, first: int, start: int) -> bool:
    """Tell whether all the words behind a way are given names or titles: « rue Louis »."""
    between = words.words[first:start]
    return calls_person(words.words, start, first) or (len(between) == 1 and between[0] in FAMILY)


def _first_of_stretch(words: Words, start: int) -> int:
    """Return where the words begin that nothing parts from the one at ``start``."""
    while start and words.gaps[start] is Gap.NONE:
        start -= 1
    return start


def _is_way(words: Words, position: int) -> bool:
    word = words.words[position]
    return (word in WAYS and word not in ZONES) or (
        position > 0 and words.words[position - 1].isdigit() and is_misread_way(word)
    )


def _is_link(word: str) -> bool:
    """Tell whether a word is a link, or so short that it may be one misread."""
    return word in LINKS or (len(word) <= LONGEST_LINK and not word.isdigit())
