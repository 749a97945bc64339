"""Stretches: the runs of words in a text that may be one name, and the shape of their letters."""

from collections.abc import Iterable, Iterator
from typing import Final

from geo.geocoder.streets import WAYS
from geo.geocoder.text import Gap, Words
from geo.geocoder.toponyms import LINKS

Stretch = tuple[int, int, str]
"""Start, end, letters."""

FEWEST_LETTERS: Final = 3
MOST_LETTERS: Final = 32
MOST_WORDS: Final = 7
MOST_READ: Final = 60
"""Words of a text that are read for errors: the last ones, where an address has its commune."""

NO_END: Final = frozenset(("de", "des", "du", "et"))
"""Words that no name ends with."""

BRIDGE: Final = "pont"
"""A way that a name of a commune begins with: Pont-à-Vendin."""

NO_BEGINNING: Final = NO_END | {way for way in WAYS if len(way) > 1 and way != BRIDGE}
"""Words that no name begins with; one letter may be the first of a name that was split."""

_SAME_SHAPE: Final = str.maketrans("01i58694", "ollsbbga")
"""Signs that machines and tired eyes take for one another, each with the one kept."""

_SAME_SHAPES: Final = (("rn", "m"), ("vv", "w"), ("ii", "u"), ("ll", "l"))


def shape(letters: str) -> str:
    """Return letters with those of the same look made equal."""
    letters = letters.translate(_SAME_SHAPE)
    for seen, meant in _SAME_SHAPES:
        letters = letters.replace(seen, meant)
    return letters


def read_stretches(words: Words) -> Iterator[Stretch]:
    """Yield the stretches of words that may be one name: start, end, letters."""
    count = len(words.words)
    for start in range(max(0, count - MOST_READ), count):
        if words.words[start] in NO_BEGINNING:
            continue
        for end in range(start + 1, min(start + MOST_WORDS, count) + 1):
            if end > start + 1 and words.gaps[end - 1] >= Gap.SIGN:
                break
            if words.words[end - 1] in NO_END or _is_empty(words.words[start:end]):
                continue
            text = words.between(start, end).replace(" ", "")
            if len(text) > MOST_LETTERS:
                break
            if len(text) >= FEWEST_LETTERS:
                yield start, end, text


def _is_empty(words: Iterable[str]) -> bool:
    return all(word in LINKS or word in WAYS or word.isdigit() for word in words)
