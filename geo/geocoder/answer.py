"""Answer: the place that ranks first, located, with what a person must know of it."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from geo.geocoder.confidence import Calibration
from geo.geocoder.cues import CALLED, CONNECTED
from geo.geocoder.doubts import is_doubtful
from geo.geocoder.evidence import Candidate, Known, Ranking
from geo.geocoder.gazetteer import Gazetteer
from geo.geocoder.location import Location, locate, locate_area
from geo.geocoder.mentions import WRITTEN, Mention
from geo.geocoder.place import Alternative, Place
from geo.geocoder.remarks import remark_on
from geo.geocoder.text import LONGEST_TEXT, Words
from geo.geocoder.toponyms import Outside
from geo.perimeter import DEPARTEMENT, Perimeter
from geo.reference.records import Commune

TOO_LONG: Final = "Texte très long : seuls son début et sa fin sont lus."
MOST_ALTERNATIVES: Final = 5
LEAST_PROBABLE: Final = 0.01
"""Probability from which an alternative is told."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the steps made of a text: words, mentions, ranking.

    Parameters
    ----------
    text
        As it was given.
    matched
        Whether misspelt names were looked for; they are not where a name is clear.
    """

    text: str
    words: Words
    mentions: tuple[Mention, ...]
    matched: bool
    ranking: Ranking


class Ground(StrEnum):
    """What an answer rests on.

    The share of right answers of one probability is not the same for a name that is written well
    and for one that is guessed from a word of a sentence.
    """

    NAMED = "named"
    CALLED = "called"
    PAIRED = "paired"
    CODED = "coded"
    GUESSED = "guessed"
    DOUBTFUL = "doubtful"
    SILENT = "silent"
    AREA = "area"
    OUTSIDE = "outside"


def ground_of(best: Candidate, words: Words) -> Ground:
    """Return what an answer rests on.

    A name is ``named`` where it is written well, ``called`` where it may be that of a street or of
    a building, ``paired`` where « et » or « ou » joins it to something, ``coded`` where it is
    damaged beside a postcode, else ``guessed``; ``doubtful`` where
    :func:`~geo.geocoder.doubts.is_doubtful` says so; ``silent`` is a commune that is not named.
    """
    mention, target = best.mention, best.target
    if mention is not None and is_doubtful(mention, words):
        return Ground.DOUBTFUL
    if isinstance(target, Outside):
        return Ground.OUTSIDE
    if isinstance(target, Perimeter):
        return Ground.AREA
    return Ground.SILENT if mention is None else _ground_of_name(mention, words)


def _ground_of_name(mention: Mention, words: Words) -> Ground:
    if not words.codes and _is_paired(mention, words):
        return Ground.PAIRED
    if mention.how in WRITTEN:
        return Ground.CALLED if mention.cue in CALLED else Ground.NAMED
    return Ground.CODED if words.codes else Ground.GUESSED


def _is_paired(mention: Mention, words: Words) -> bool:
    beside = words.words[max(0, mention.start - 1) : mention.start]
    beside += words.words[mention.end : mention.end + 1]
    return not CONNECTED.isdisjoint(beside)


def answer(reading: Reading, context: Perimeter | None, gazetteer: Gazetteer) -> Place:
    """Return the place, or say that there is none, and whether the text was read to its end."""
    place = _answer(reading, context, gazetteer)
    if not reading.words.cut:
        return place
    return replace(place, text_remark=f"{place.text_remark} {TOO_LONG}".strip())


def _answer(reading: Reading, context: Perimeter | None, gazetteer: Gazetteer) -> Place:
    best, confidence = reading.ranking.choose()
    if best is None:
        return _answer_nothing(reading, context, gazetteer)
    others = [c for c in reading.ranking.candidates if c is not best]
    alternatives = tuple(
        Alternative(_name(c.target, gazetteer), _code(c.target), c.probability)
        for c in others[:MOST_ALTERNATIVES]
        if c.probability >= LEAST_PROBABLE
    )
    place = _answer_found(best, reading.words, gazetteer)
    remark = remark_on(best, confidence, reading.words, alternatives, gazetteer)
    return replace(
        place,
        text=reading.text[:LONGEST_TEXT],
        confidence=confidence,
        matched=_matched(best, reading.words),
        text_remark=remark,
        alternatives=alternatives,
    )


def calibrate(place: Place, calibration: Calibration) -> Place:
    """Return the place with confidences that come true; the others share what it leaves."""
    if not place.confidence:
        return place
    confidence = calibration.calibrate(place.confidence)
    left = (1 - confidence) / (1 - place.confidence) if place.confidence < 1 else 0.0
    alternatives = tuple(
        replace(other, confidence=min(1.0, other.confidence * left)) for other in place.alternatives
    )
    return replace(place, confidence=confidence, alternatives=alternatives)


def _answer_found(best: Candidate, words: Words, gazetteer: Gazetteer) -> Place:
    target = best.target
    if isinstance(target, Outside):
        source = "communes de France" if target.departement else "pays et villes"
        return Place("", source=source, outside=str(target), label=str(target))
    if isinstance(target, Perimeter):
        return replace(_place(locate_area(target, gazetteer.reference)), area=target)
    place = _place(locate(best, words, gazetteer))
    return replace(place, commune_code=target.code, commune=target.name)


def _answer_nothing(reading: Reading, context: Perimeter | None, gazetteer: Gazetteer) -> Place:
    text = reading.text[:LONGEST_TEXT]
    if context is None or context == DEPARTEMENT:
        return Place(text, text_remark="Aucun lieu reconnu dans ce texte.")
    return replace(
        _place(locate_area(context, gazetteer.reference)),
        text=text,
        confidence=reading.ranking.none,
        area=context,
        text_remark="Aucun lieu reconnu : c’est le territoire du contexte.",
    )


def _place(where: Location) -> Place:
    return Place(
        "",
        precision=where.precision,
        lon=where.lon,
        lat=where.lat,
        label=where.label,
        source=where.source,
        point_remark=where.remark,
    )


def _matched(best: Candidate, words: Words) -> str:
    """Return the words that name the place, those of a site first, and the postcodes."""
    mentions = [mention for mention in (best.site, best.mention) if mention is not None]
    parts = [words.between(mention.start, mention.end) for mention in mentions]
    codes = [] if isinstance(best.target, Perimeter) else words.codes
    return " ".join(dict.fromkeys([*parts, *codes]))


def _name(target: Known, gazetteer: Gazetteer) -> str:
    if isinstance(target, Perimeter):
        return gazetteer.reference.name_of(target)
    return target.name if isinstance(target, Commune) else str(target)


def _code(target: Known) -> str | None:
    return target.code if isinstance(target, Commune) else None
