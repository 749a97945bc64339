"""Match: the names that a text misspells, misreads, runs together or cuts short."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from rapidfuzz.distance import OSA

from geo.geocoder.cues import read_cue, read_level
from geo.geocoder.gazetteer import Gazetteer
from geo.geocoder.likeness import SIMILAR, Likeness
from geo.geocoder.mentions import How, Mention, count_letters
from geo.geocoder.stretches import MOST_READ, Stretch
from geo.geocoder.text import Gap, Words
from geo.geocoder.toponyms import LINKS, Entry, Origin, Outside, Site, bare, bare_word
from geo.perimeter import Perimeter
from geo.reference.index import ARTICLES
from geo.reference.records import Commune

SIMILAR_AREA: Final = 0.85
SHORTEST: Final = 4
"""Letters from which a name may be misspelt; one of three may be cut in two."""

COST_OF_EDIT: Final = 2
"""Right letters that outweigh a wrong one, where few names are possible."""

OF_COMMUNES: Final = frozenset((Origin.NAME, Origin.COMMON, Origin.FORMER))
"""Origins of the spellings that may be shortened."""

MOST_FOUND: Final = 16
MOST_SHORTENED: Final = 60
"""Names that a text may cut short; « sa sa sa » cuts hundreds at each word."""

LARGE: Final = 3_000
"""Inhabitants from which a place outside is expected misspelt too."""

COMMON_BEGINNINGS: Final = frozenset((
    "belle", "boi", "campagne", "colline", "croix", "fontaine", "grand", "haut", "haute", "mont",
    "neuve", "notre", "nouvelle", "oeuf", "pa", "pont", "rang", "saint", "sainte", "su", "vi",
    "vieil", "vieille",
))  # fmt: skip
"""Bare words that begin names and many other things too."""


@dataclass(frozen=True, slots=True)
class _Key:
    """A spelling to compare with.

    Parameters
    ----------
    letters
        Without article and spaces.
    least
        Least likeness, from 0 to 1, at which a text may be this name.
    cut
        1 where the letters are only the first word of the name.
    """

    letters: str
    entry: Entry
    least: float
    cut: int = 0


class Misspellings:
    """The spellings of a gazetteer, ready to be compared with wrong ones."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._near_postcodes = gazetteer.near_postcodes
        self._usual_words = gazetteer.usual_words
        entries = [entry for group in gazetteer.entries.values() for entry in group]
        communes = [entry for entry in entries if entry.origin in OF_COMMUNES]
        compound = [(tuple(bare(e.spelling).split()), e) for e in communes]
        self._compound = sorted(
            ((words, entry) for words, entry in compound if len(words) > 1),
            key=lambda pair: (pair[0], pair[1].spelling),
        )
        self._beginnings = [words for words, _ in self._compound]
        self._keys = [
            *(
                _Key(_squeeze(e.spelling), e, _least_likeness(e))
                for e in entries
                if _is_expected(e)
            ),
            *(
                _Key("".join(words[:size]), entry, SIMILAR, cut=1)
                for words, entry in self._compound
                for size in range(1, len(words))
                if _is_telling(words[:size])
            ),
        ]
        self._likeness = Likeness([key.letters for key in self._keys])
        self._of_commune: defaultdict[str, list[_Key]] = defaultdict(list)
        for key in self._keys:
            if isinstance(key.entry.target, Commune) and not key.cut:
                self._of_commune[key.entry.target.code].append(key)

    def prepare(self, texts: Iterable[Iterable[Stretch]]) -> None:
        """Compare the stretches of several texts at once; :meth:`match` finds what was compared."""
        self._likeness.compare(letters for stretches in texts for _, _, letters in stretches)

    def match(
        self, words: Words, stretches: list[Stretch], context: frozenset[str] = frozenset()
    ) -> list[Mention]:
        """Return the mentions that are not written as the gazetteer has them.

        Parameters
        ----------
        stretches
            Of the text, as :func:`~geo.geocoder.stretches.read_stretches` has them.
        context
            Codes of the communes among which a garbled name is looked for, those of the postcodes
            apart.
        """
        found = [*self._misspelt(words, stretches)]
        found += islice(self._shortened(words), MOST_SHORTENED)
        expected = {c.code for code in words.codes for c in self._near_postcodes(code)}
        found += self._garbled(words, stretches, sorted(expected or context))
        return found

    def _misspelt(self, words: Words, stretches: list[Stretch]) -> Iterator[Mention]:
        if not stretches:
            return
        best: dict[int, tuple[float, int]] = {}
        for row, like in enumerate(self._likeness.compare(text for _, _, text in stretches)):
            for column, likeness in like:
                if likeness >= self._keys[column].least:
                    best[column] = max(best.get(column, (0.0, 0)), (likeness, row))
        ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))
        for column, (likeness, row) in ranked[:MOST_FOUND]:
            start, end, text = stretches[row]
            key = self._keys[column]
            level = read_level(words, start)
            if isinstance(key.entry.target, Perimeter) and level not in {
                None,
                key.entry.target.level,
            }:
                continue
            letters = len(key.letters)
            edits = round((1 - likeness) * max(len(text), letters))
            cue = read_cue(words, start, end, level)
            yield Mention(
                key.entry, start, end, How.MISSPELT, cue, letters, edits, key.cut,
                usual=self._is_usual(words, start, end), begun=text[0] == key.letters[0],
            )  # fmt: skip

    def _garbled(
        self, words: Words, stretches: list[Stretch], communes: Iterable[str]
    ) -> Iterator[Mention]:
        """Yield, for each of a few communes, the stretch most like the beginning of its name."""
        for code in communes:
            gain, found = 0, None
            for key in self._of_commune[code]:
                for stretch in stretches:
                    if len(stretch[2]) <= gain:
                        continue  # no letters enough to speak for it more
                    more = _gain(stretch[2], key.letters, gain)
                    if more > gain:
                        gain, found = more, (stretch, key.entry)
            if found:
                (start, end, text), entry = found
                cue = read_cue(words, start, end, read_level(words, start))
                edits = (len(text) - gain) // COST_OF_EDIT
                usual = self._is_usual(words, start, end)
                yield Mention(entry, start, end, How.GARBLED, cue, len(text), edits, usual=usual)

    def _shortened(self, words: Words) -> Iterator[Mention]:
        for first, word in enumerate(words.bare):
            if len(word) < SHORTEST - 1 or word.isdigit():
                continue
            place = bisect_left(self._beginnings, (word,))
            for names, entry in self._compound[place : place + MOST_READ]:
                if not names[0].startswith(word):
                    break
                found = _fit(words, first, names)
                if found is not None:
                    last, cut = found
                    start, end = words.at[first], words.at[last] + 1
                    cue = read_cue(words, start, end, read_level(words, start))
                    letters = count_letters(words.between(start, end))
                    usual = self._is_usual(words, start, end)
                    yield Mention(
                        entry, start, end, How.SHORTENED, cue, letters, cut=cut, usual=usual
                    )

    def _is_usual(self, words: Words, start: int, end: int) -> bool:
        """Tell whether a stretch is made of usual words only."""
        return all(
            word in LINKS or bare_word(word) in self._usual_words for word in words.words[start:end]
        )


def _is_expected(entry: Entry) -> bool:
    if entry.needs_level or isinstance(entry.target, Site) or len(entry.spelling) < SHORTEST - 1:
        return False
    place = entry.target
    return not isinstance(place, Outside) or not place.code or place.population >= LARGE


def _is_telling(words: tuple[str, ...]) -> bool:
    """Tell whether the first words of a compound name may stand for it though misspelt."""
    return any(len(word) >= SHORTEST and word not in COMMON_BEGINNINGS for word in words)


def _least_likeness(entry: Entry) -> float:
    """Return how like its spelling a text must be: short names and areas bear few errors."""
    if len(entry.spelling) < SHORTEST:
        return 1.0
    return SIMILAR_AREA if isinstance(entry.target, Perimeter) else SIMILAR


def _squeeze(spelling: str) -> str:
    """Return a spelling without its article and spaces."""
    article, _, rest = spelling.partition(" ")
    return (rest if article in ARTICLES and rest else spelling).replace(" ", "")


def _gain(text: str, spelling: str, least: int) -> int:
    """Return what speaks for a text being the beginning of a spelling: letters less errors.

    Parameters
    ----------
    least
        Below the letters of the text; what is not above it counts as 0, for only so many errors are
        looked for.
    """
    letters = len(text)
    bearable = (letters - least - 1) // COST_OF_EDIT
    edits = OSA.distance(text, spelling[:letters], score_cutoff=bearable)
    return letters - COST_OF_EDIT * edits if edits <= bearable else 0


def _fit(words: Words, first: int, names: tuple[str, ...]) -> tuple[int, int] | None:
    """Fit words of a text, whole or cut, to those of a name: the last one used, words missing."""
    position, matched, whole, cut = first, 0, 0, 0
    for name in names:
        joined = position < len(words.bare) and (
            position == first or words.gaps[words.at[position]] < Gap.SIGN
        )
        if joined and name.startswith(words.bare[position]):
            matched += 1
            whole += name == words.bare[position] and name not in COMMON_BEGINNINGS
            cut += name != words.bare[position]
            position += 1
        else:
            cut += 1
    enough = whole >= 1 if matched == 1 else matched > 1
    return (position - 1, cut) if enough and cut else None
