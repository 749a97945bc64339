"""What the map on paper shows, of ways or of room alike."""

from dataclasses import dataclass

from app.gaps.calculator import Answer
from app.gaps.classes import GapClasses, class_texts, classify_gaps, map_title
from app.gaps.legend import legend_title
from app.gaps.room import classify_room, room_legend_title, room_title
from layers.gaps.bands import Bands
from layers.gaps.capacity import Capacity
from layers.gaps.capacity_sentences import capacity_method
from layers.gaps.measure import Gaps
from layers.gaps.question import Question
from layers.gaps.sentences import method, short_unit


@dataclass(frozen=True, slots=True)
class MapContent:
    """A map.

    Parameters
    ----------
    question
        Says the services and their marks.
    classes, texts
        Of the communes, with their words.
    asked
        Codes of the communes that are asked about.
    doubtful
        Codes of those that are hatched.
    title, legend_title, method
        Words.
    services
        How many places there are.
    sites, proposed
        Longitude and latitude of the new ones, and of those that are proposed.
    gone
        Words of the places that close.
    unit
        ``min`` or ``km``.
    bands
        Around a site, where they are asked for.
    """

    question: Question
    classes: GapClasses
    texts: tuple[str, ...]
    asked: frozenset[str]
    doubtful: tuple[str, ...]
    title: str
    legend_title: str
    method: str
    services: int
    sites: tuple[tuple[float, float], ...]
    proposed: tuple[tuple[float, float], ...]
    gone: frozenset[str]
    unit: str
    bands: Bands | None


def content_of(answer: Answer) -> MapContent:
    """Return what the map of an answer shows."""
    proposed = tuple((one.site.lon, one.site.lat) for one in answer.only_proposed)
    if answer.room is None:
        return _of_ways(answer.shown, proposed, answer.bands)
    return _of_room(answer.room, answer.shown, proposed, answer.bands)


def _of_ways(
    gaps: Gaps, proposed: tuple[tuple[float, float], ...], bands: Bands | None
) -> MapContent:
    classes = classify_gaps(gaps)
    communes = gaps.communes
    return MapContent(
        gaps.question,
        classes,
        class_texts(classes),
        frozenset(communes["code"]),
        tuple(communes.loc[communes["uncertain"], "code"]),
        map_title(gaps),
        f"{legend_title(gaps)} ({short_unit(gaps.model)})",
        method(gaps),
        gaps.services,
        gaps.places,
        proposed,
        frozenset(place.word for place in gaps.gone),
        short_unit(gaps.model),
        bands,
    )


def _of_room(
    found: Capacity,
    gaps: Gaps,
    proposed: tuple[tuple[float, float], ...],
    bands: Bands | None,
) -> MapContent:
    classes = classify_room(found)
    return MapContent(
        found.question,
        classes,
        class_texts(classes),
        frozenset(found.communes["code"]),
        (),
        room_title(found),
        room_legend_title(found),
        capacity_method(found),
        gaps.services,
        found.sites,
        proposed,
        frozenset(place.word for place in found.gone),
        short_unit(gaps.model),
        bands,
    )
