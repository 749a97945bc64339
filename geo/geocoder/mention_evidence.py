"""Weigh a mention: what a name in a text says for its place, by itself and among other names."""

from collections.abc import Iterable, Iterator
from math import log
from typing import Final

from geo.geocoder.cues import BOUNDED, CALLED, Cue
from geo.geocoder.mentions import WRITTEN, How, Mention, count_letters
from geo.geocoder.toponyms import Origin, Outside
from geo.reference.records import Commune

ORIGINS: Final = {
    Origin.COMMON: "origin_common",
    Origin.LOCALITY: "origin_common",
    Origin.FORMER: "origin_former",
    Origin.AREA: "origin_area",
    Origin.OUTSIDE: "origin_outside",
}
"""Kind of evidence for each origin but the commune's own name."""

LETTERS_OF_AN_EDIT: Final = 6
"""Letters of a name in which one error leaves little doubt."""


class Rivals:
    """The mentions of one text, with those apart that speak against all others.

    Parameters
    ----------
    mentions
        All of them.
    """

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self.mentions = tuple(mentions)
        self.clear = [m for m in self.mentions if _is_clear(m)]
        self.named = [m for m in self.mentions if _is_named(m)]
        self.countries = [m for m in self.mentions if _is_country(m)]


def weigh_mention(
    mention: Mention, others: Rivals, *, coded: bool = False
) -> Iterator[tuple[str, float]]:
    """Yield what a mention says for its place, among the other mentions of the text.

    Parameters
    ----------
    coded
        Whether a postcode or an INSEE code stands in the text.
    """
    how = mention.how
    written = how in WRITTEN
    if mention.cue is Cue.STREET:
        # What a street is called by says little, however long and well written.
        yield "cue_street" if written else "cue_street_unsure", 1.0
        return
    yield how, 1.0
    yield f"cue_{mention.cue}", 1.0
    if mention.entry.origin is not Origin.NAME:
        yield ORIGINS[mention.entry.origin], 1.0
    yield "letters" if written else f"letters_{how}", log(mention.letters)
    if mention.usual:
        yield from _weigh_usual(mention)
    yield from _weigh_errors(mention)
    yield from _weigh_rivals(mention, others)
    if not written and mention.cue is Cue.STREET_END:
        yield "unsure_at_street_end", 1.0
    if not coded:
        if not written:
            yield f"uncoded_{how}", 1.0
        if mention.cue in CALLED:
            yield "uncoded_called" if written else "uncoded_called_unsure", 1.0


def _weigh_usual(mention: Mention) -> Iterator[tuple[str, float]]:
    """Yield what it says against a name that what is written is made of usual words."""
    if mention.how not in WRITTEN:
        yield f"usual_{mention.how}", 1.0
    else:
        yield "usual_bounded" if mention.cue in BOUNDED else "usual_written", 1.0
    if isinstance(mention.entry.target, Outside):
        yield "usual_outside", 1.0


def _weigh_errors(mention: Mention) -> Iterator[tuple[str, float]]:
    """Yield what the wrong and the missing letters of a name say against it."""
    how = mention.how
    if how is How.GARBLED:
        yield "garbled_edits", float(mention.edits)
        whole = count_letters(mention.entry.spelling)
        yield "garbled_whole", min(1.0, mention.letters / whole)
    elif how is How.MISSPELT:
        yield "edits", float(mention.edits)
        yield "edits_share", mention.edits / mention.letters
        yield "misspelt_cut", float(mention.cut)
        if not mention.begun:
            yield "misspelt_beginning", 1.0
    elif how is How.SHORTENED:
        yield "cut", float(mention.cut)


def _weigh_rivals(mention: Mention, others: Rivals) -> Iterator[tuple[str, float]]:
    """Yield what other places that are named say against a mention."""
    start, end, written = mention.start, mention.end, mention.how in WRITTEN
    around = [
        other
        for other in others.mentions
        if other.start <= start
        and end <= other.end
        and (other.end - other.start > end - start or not written)
        and _is_rival(other, mention)
    ]
    if any(other.how in WRITTEN for other in around):
        yield "covered_by_written", 1.0
    elif any(
        other.how is How.MISSPELT
        and other.edits * LETTERS_OF_AN_EDIT <= other.letters
        and other.end - other.start > end - start
        for other in around
    ):
        yield "covered", 1.0
    if any(_is_another_country(other, mention) for other in others.countries):
        yield "beside_country", 1.0
    called = mention.cue in CALLED
    if mention.cue not in BOUNDED and any(_is_rival(other, mention) for other in others.clear):
        yield "beside_clear_name_called" if called else "beside_clear_name", 1.0
    elif called and any(_is_rival(other, mention) for other in others.named):
        yield "beside_name_called", 1.0


def _is_rival(other: Mention, mention: Mention) -> bool:
    """Tell whether a mention is of another place."""
    one, two = other.entry.target, mention.entry.target
    if isinstance(one, Commune) and isinstance(two, Commune):
        return one.code != two.code  # quicker than field by field
    return one != two


def _is_clear(other: Mention) -> bool:
    return other.how in WRITTEN and other.cue in BOUNDED


def _is_named(other: Mention) -> bool:
    """Tell whether a name is written well and not what a street or a building is called by."""
    return other.how in WRITTEN and other.cue not in CALLED


def _is_country(other: Mention) -> bool:
    """Tell whether a country stands by itself: « (Belgique) »."""
    country = other.entry.target
    return (
        isinstance(country, Outside)
        and country.name == country.where
        and not country.departement
        and other.how is How.EXACT
        and other.cue is Cue.ALONE
    )


def _is_another_country(country: Mention, mention: Mention) -> bool:
    """Tell whether a place is not in a country."""
    place, there = mention.entry.target, country.entry.target
    in_it = isinstance(place, Outside) and isinstance(there, Outside) and place.where == there.where
    return not in_it and _is_rival(country, mention)
