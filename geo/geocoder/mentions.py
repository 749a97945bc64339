"""Recognise: the names in a text that are written as the gazetteer has them, and how they stand."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from geo.geocoder.cues import Cue, read_cue, read_level
from geo.geocoder.gazetteer import Gazetteer
from geo.geocoder.streets import WAYS
from geo.geocoder.text import Gap, Words
from geo.geocoder.toponyms import Entry, Site
from geo.perimeter import Level, Perimeter
from geo.reference.index import FILLERS
from geo.reference.records import Commune

LONG_NAME: Final = 3
"""Words, the first not counted, from which a name may hold a comma."""


class How(StrEnum):
    """How the words of the text match the spelling.

    A garbled name is one that only the few communes of its postcode or context let recognise.
    """

    EXACT = "exact"
    LOOSE = "loose"
    SHORTENED = "shortened"
    MISSPELT = "misspelt"
    GARBLED = "garbled"


WRITTEN: Final = frozenset((How.EXACT, How.LOOSE))


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
    usual
        Whether what is written is made of usual words of French.
    begun
        Whether its first letter is right.
    """

    entry: Entry
    start: int
    end: int
    how: How
    cue: Cue
    letters: int
    edits: int = 0
    cut: int = 0
    usual: bool = False
    begun: bool = True

    @property
    def span(self) -> tuple[int, int]:
        """Where it begins and ends."""
        return self.start, self.end


def recognise(words: Words, gazetteer: Gazetteer) -> list[Mention]:
    """Return the mentions of the longest names, in the order of the text."""
    found: list[Mention] = []
    reached = 0
    for first, word in enumerate(words.bare):
        longest = min(gazetteer.longest.get(word, 0), len(words.bare) - first)
        for size in range(longest, 0, -1):
            last = first + size - 1
            key = " ".join(words.bare[first : last + 1])
            entries = gazetteer.entries.get(key)
            if entries is None or last < reached or _is_parted(words, first, last):
                continue
            usual = key in gazetteer.usual_words
            named = list(_name(words, words.at[first], words.at[last] + 1, entries, usual=usual))
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


def _name(
    words: Words, start: int, end: int, entries: tuple[Entry, ...], *, usual: bool
) -> Iterator[Mention]:
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
        yield Mention(entry, whole, end, how, cue, count_letters(entry.spelling), usual=usual)


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
