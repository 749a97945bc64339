"""Doubts: where a name in a text may well be none, or that of another place, however it ranks."""

from typing import Final

from geo.geocoder.cues import BOUNDED, CALLED, CONNECTED, OF, Cue
from geo.geocoder.mentions import WRITTEN, How, Mention
from geo.geocoder.streets import SHORTENED
from geo.geocoder.text import Gap, Words
from geo.geocoder.toponyms import Outside
from geo.perimeter import DEPARTEMENT

BETWEEN: Final = "entre"
FARTHEST_BETWEEN: Final = 6
"""Words from « entre » to the second of the two places."""
HAMLETS: Final = (("lieu", "dit"), ("lieudit",))
"""What is said before the name of a lieu-dit: communes have namesakes among these."""

STREETS: Final = frozenset(SHORTENED) | frozenset(SHORTENED.values())
"""What the address of a street begins with; « voie » also begins titles of operations."""


def is_doubtful(mention: Mention, words: Words) -> bool:
    """Tell whether a name may well be no name of a place, or that of another."""
    if words.codes:
        return _is_elsewhere(mention, words)
    if any(test(mention, words) for test in (_is_between, _is_hamlet, _ends_bare_street)):
        return True
    if mention.how in WRITTEN:
        abroad = isinstance(mention.entry.target, Outside)
        usual = mention.usual and (abroad or mention.cue not in BOUNDED)
        return usual or mention.cue is Cue.CONTINUED or _is_of_its_bridge(mention, words)
    in_pieces = mention.end - mention.start > len(mention.entry.spelling.split())
    made_of_others = mention.edits > 0 and in_pieces  # « marais ville » is not Maresville
    return mention.usual or not mention.begun or made_of_others or mention.cue in CALLED


def _is_elsewhere(mention: Mention, words: Words) -> bool:
    """Tell whether a damaged name stands beside postcodes of other départements alone.

    One wrong figure is a slip of the postcode, two are another département.
    """
    target = mention.entry.target
    here = target.departement if isinstance(target, Outside) else DEPARTEMENT.code
    if mention.how in WRITTEN or not here:
        return False
    return all(code[0] != here[0] and code[1] != here[1] for code in words.codes)


def _is_between(mention: Mention, words: Words) -> bool:
    """Tell whether a name is one of the two that something lies between."""
    before = words.words[max(0, mention.start - FARTHEST_BETWEEN) : mention.start]
    if BETWEEN not in before:
        return False
    after = words.words[mention.end : mention.end + 1]
    return before[-1] in CONNECTED or (before[-1] == BETWEEN and not CONNECTED.isdisjoint(after))


def _is_hamlet(mention: Mention, words: Words) -> bool:
    before = tuple(words.words[: mention.start])
    return any(before[-len(said) :] == said for said in HAMLETS)


def _ends_bare_street(mention: Mention, words: Words) -> bool:
    """Tell whether a text is but a street that ends in the name: « rue de la Gare de Lens »."""
    if mention.cue is not Cue.STREET_OF or mention.end < len(words.words):
        return False
    first = next((word for word in words.words if not word.isdigit()), "")
    whole = all(gap is Gap.NONE for gap in words.gaps[1 : mention.end])
    return whole and first in STREETS


def _is_of_its_bridge(mention: Mention, words: Words) -> bool:
    """Tell whether « de » stands where the name has « à »: Pont de Vendin, not Pont-à-Vendin."""
    spelling = mention.entry.spelling.split()
    said = words.words[mention.start : mention.end]
    return (
        mention.how is How.LOOSE
        and "a" in spelling
        and "a" not in said
        and not OF.isdisjoint(set(said) - set(spelling))
    )
