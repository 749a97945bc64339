"""The geocoder: from a text to the best place that the data support, without a network.

A text goes through steps, each a function of its own: normalise, recognise, match, rank, locate,
answer, calibrate. :meth:`Geocoder.explain` shows what each of them made of one text.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Final, Self

from geo.geocoder.answer import Reading, answer, calibrate, ground_of
from geo.geocoder.confidence import AS_RANKED, Calibration, read_calibrations, read_weights
from geo.geocoder.cues import BOUNDED, Cue
from geo.geocoder.doubts import has_namesake, is_of_here_too, is_of_its_street
from geo.geocoder.evidence import Candidate, Weighing
from geo.geocoder.explanation import Explanation, explain
from geo.geocoder.gazetteer import Gazetteer
from geo.geocoder.mentions import WRITTEN, Mention, recognise
from geo.geocoder.misspellings import Misspellings
from geo.geocoder.place import Place
from geo.geocoder.stretches import Stretch, read_stretches
from geo.geocoder.table import Progress
from geo.geocoder.text import Words, normalise
from geo.geocoder.toponyms import Outside, Site
from geo.perimeter import DEPARTEMENT, Perimeter
from geo.reference.places import Reference
from geo.reference.records import Commune

TOLD_EVERY: Final = 500
"""Texts between two words on how far a batch is."""

NAMED_THERE: Final = "departement_and_name"
"""Evidence that a text says of which other département a name is."""

BATCH: Final = 50
"""Texts of a list that are compared with the spellings together, which costs less than each by
itself; few enough that a step of an import ends soon after its time."""

BY_STREET: Final = frozenset(("address_known", "street_known"))
MOST_BY_STREET: Final = 0.89
"""Confidence at the most in a commune that only a street of the national base tells: how often that
is right was fitted on the few streets of sites, not on all; at 0.9 nobody would look."""

MOST_OF_ANOTHER: Final = 0.89
"""Confidence at the most in what may be another place of the name, or a street: at 0.9 nobody would
look."""

MOST_MENTIONS: Final = 100
"""Names of one text that are weighed, each among all others; an address has fewer than 40."""

LARGE: Final = 5_000
"""Inhabitants from which a name outside is clear without a postcode."""


@dataclass(frozen=True, slots=True)
class _Begun:
    """A text that is normalised and recognised.

    Parameters
    ----------
    stretches
        What is to be compared with all spellings, where no name is clear.
    matched
        Whether no name is clear.
    """

    text: str
    words: Words
    mentions: list[Mention]
    stretches: list[Stretch]
    matched: bool


class Geocoder:
    """Places texts in the département, or says that they are not in it.

    Parameters
    ----------
    gazetteer
        Names.
    weights
        Kind of evidence → log-odds; see :mod:`geo.geocoder.confidence`.
    calibrations
        For each ground, from the probability of the ranking to the confidence of the answer.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        weights: Mapping[str, float],
        calibrations: Mapping[str, Calibration] = MappingProxyType({}),
    ) -> None:
        self.gazetteer = gazetteer
        self.weights = dict(weights)
        self.calibrations = calibrations

    @classmethod
    def load(cls, reference: Reference, folder: Path, sites: Iterable[Site] = ()) -> Self:
        """Make the geocoder from the reference, ``data/gazetteer`` and named sites.

        Raises
        ------
        geo.tables.DamagedReferenceError
            A table is missing or damaged; says the file, the line, what was found and expected.
        """
        gazetteer = Gazetteer.load(reference, folder, sites)
        return cls(gazetteer, read_weights(folder), read_calibrations(folder))

    def geocode(self, text: str, context: Perimeter | None = None) -> Place:
        """Return the best place for a text; never raises for a text, whatever it holds.

        Parameters
        ----------
        context
            Where the place is expected, as the perimeter of a maître d'ouvrage; it decides
            between places of one name, and stands where the text names none.

        Raises
        ------
        geo.perimeter.UnknownPlaceError
            There is no such perimeter.
        """
        return self._answer(self.read(text, context), context)

    def geocode_many(
        self,
        texts: Sequence[str],
        context: Perimeter | None = None,
        progress: Progress | None = None,
    ) -> list[Place]:
        """Return the places of texts, in their order; a repeated text is geocoded once.

        Raises
        ------
        geo.perimeter.UnknownPlaceError
            There is no such perimeter.
        """
        places: dict[str, Place] = {}
        expected = self._expected(context)
        for done in range(0, len(texts), BATCH):
            if progress is not None and done % TOLD_EVERY == 0:
                progress(done, len(texts))
            batch = dict.fromkeys(texts[done : done + BATCH])
            begun = [self._begin(text) for text in batch if text not in places]
            self._misspellings.prepare(each.stretches for each in begun)
            for each in begun:
                places[each.text] = self._answer(self._finish(each, expected), context)
        if progress is not None:
            progress(len(texts), len(texts))
        return [places[text] for text in texts]

    def explain(self, text: str, context: Perimeter | None = None) -> Explanation:
        """Return the path of an answer, step by step; never raises for a text."""
        reading = self.read(text, context)
        place = self._answer(reading, context)
        return explain(reading, place, self.weights, self.gazetteer.reference)

    def read(self, text: str, context: Perimeter | None = None) -> Reading:
        """Do the first four steps: normalise, recognise, match, rank."""
        return self._finish(self._begin(text), self._expected(context))

    def _expected(self, context: Perimeter | None) -> frozenset[str]:
        """Return the codes of the communes in which the place is expected; none for all."""
        if context is None or context == DEPARTEMENT:
            return frozenset()
        return frozenset(self.gazetteer.reference.members(context))

    def _begin(self, text: str) -> "_Begun":
        """Do the first two steps: normalise, recognise."""
        words = normalise(text)
        mentions = recognise(words, self.gazetteer)
        if words.parted and not any(_bears_code(mention, words) for mention in mentions):
            words = normalise(text, parted=False)  # « 62 000 » of something, not of a post office
            mentions = recognise(words, self.gazetteer)
        matched = not is_settled(words, mentions)
        return _Begun(text, words, mentions, [*read_stretches(words)] if matched else [], matched)

    def _finish(self, begun: "_Begun", expected: frozenset[str]) -> Reading:
        """Do the next two steps: match, rank."""
        words, mentions = begun.words, begun.mentions
        if begun.matched:
            others = self._misspellings.match(words, begun.stretches, expected)
            mentions = [*mentions, *_beside(mentions, others)]
        mentions = mentions[:MOST_MENTIONS]
        ranking = Weighing(words, self.gazetteer, self.weights, expected).rank(
            mentions, settled=not begun.matched
        )
        return Reading(begun.text, words, tuple(mentions), begun.matched, ranking)

    def _answer(self, reading: Reading, context: Perimeter | None) -> Place:
        """Do the last two steps: answer, calibrate."""
        best, _ = reading.ranking.choose()
        place = answer(reading, context, self.gazetteer)
        if best is None:
            return place
        ground = ground_of(best, reading.words)
        calibration = self.calibrations.get(ground, AS_RANKED)
        if self.gazetteer.addresses and not BY_STREET.isdisjoint(best.evidence):
            calibration = calibration.at_most(MOST_BY_STREET)
        if _may_be_another(best, reading, self.gazetteer.beginnings):
            calibration = calibration.at_most(MOST_OF_ANOTHER)
        return calibrate(place, calibration)

    @cached_property
    def _misspellings(self) -> Misspellings:
        return Misspellings(self.gazetteer)


def _beside(written: list[Mention], others: Iterable[Mention]) -> list[Mention]:
    """Return the mentions that say more than what is written at the same spot.

    A place that is written well there is not misspelt there; nor is a commune meant where a word
    says that an area of its name is: « canton de Lens ».
    """
    return [
        other
        for other in others
        if not any(
            mention.start < other.end
            and other.start < mention.end
            and (mention.entry.target == other.entry.target or _is_area_by_level(mention))
            for mention in written
        )
    ]


def _may_be_another(best: Candidate, reading: Reading, beginnings: frozenset[str]) -> bool:
    """Tell whether a place outside may be one of here, or a name that of a street."""
    words, mention, place = reading.words, best.mention, best.target
    if not isinstance(place, Outside):
        return mention is not None and is_of_its_street(mention, words)
    if mention is not None and not words.codes and not words.asides:
        begun = frozenset[str]() if NAMED_THERE in best.evidence else beginnings
        return has_namesake(mention, reading.mentions, words, begun)
    return is_of_here_too(place, reading.mentions, words)


def _is_area_by_level(mention: Mention) -> bool:
    return mention.cue is Cue.LEVEL and isinstance(mention.entry.target, Perimeter)


def _bears_code(mention: Mention, words: Words) -> bool:
    """Tell whether a postcode of the text is that of the place named."""
    place = mention.entry.target
    return isinstance(place, Commune | Outside) and any(c in place.postcodes for c in words.codes)


def is_settled(words: Words, mentions: Iterable[Mention]) -> bool:
    """Tell whether a name is written well, stands clearly by itself and fits the postcode.

    Then no misspelt one need be looked for.
    """
    for mention in mentions:
        place = mention.entry.target
        if (
            mention.how in WRITTEN
            and mention.cue in BOUNDED
            and words.gaps[mention.end]
            and isinstance(place, Commune | Outside)
            and (not words.codes or _bears_code(mention, words))
            and (words.codes or isinstance(place, Commune) or place.population >= LARGE)
        ):
            return True
    return False
