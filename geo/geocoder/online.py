"""Merge: what we know of a text and what the Base Adresse Nationale answers, into one place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from geo.ban.answers import BanAnswer, BanError, Question
from geo.ban.cache import BanCache
from geo.ban.client import CHUNK, BanClient
from geo.geocoder.location import BAN
from geo.geocoder.lookup import Geocoder
from geo.geocoder.place import Alternative, Place
from geo.geocoder.streets import WAYS
from geo.geocoder.table import Progress
from geo.geocoder.toponyms import LINKS
from geo.perimeter import Perimeter, UnknownPlaceError, shorten
from geo.precision import Precision
from geo.reference.places import Reference

SURE: Final = 0.9
"""Confidence from which the service is asked for our commune alone, and not believed against it."""

LEAST_SCORE: Final = 0.5
"""Score below which an answer is no better than none; the service sorts by it."""

RIGHT: Final = 0.9
"""Share of right communes among the answers believed here; a convention, not measured."""

FARTHEST_M: Final = 500
"""Metres outside its commune from which a point is not believed; outlines are generalised."""

SHARPER: Final = frozenset((Precision.ADDRESS, Precision.STREET, Precision.DISTRICT))
UNREACHABLE: Final = "Base Adresse Nationale injoignable : réponse sans réseau."


@dataclass(slots=True)
class OnlineGeocoder:
    """Geocodes without a network first, then asks for the points that are not exact.

    Parameters
    ----------
    cache
        Answers kept from before; ``None`` keeps none.
    failure
        French sentence of the service's first failure; empty while it answers. After it, no more
        is asked.
    """

    geocoder: Geocoder
    client: BanClient
    cache: BanCache | None = None
    failure: str = ""

    def geocode(self, text: str, context: Perimeter | None = None) -> Place:
        """Return the best place for a text; a failure of the service is a remark.

        Raises
        ------
        geo.perimeter.UnknownPlaceError
            There is no such perimeter.
        """
        return self.geocode_many([text], context)[0]

    def geocode_many(
        self,
        texts: Sequence[str],
        context: Perimeter | None = None,
        progress: Progress | None = None,
    ) -> list[Place]:
        """Return the places of texts, in their order; each different question is asked once.

        Answers are kept as they come: a run that was stopped goes on where it was.

        Raises
        ------
        geo.perimeter.UnknownPlaceError
            There is no such perimeter.
        """
        places = self.geocoder.geocode_many(texts, context)
        questions = [self._question(place) for place in places]
        known = self._known({q for q in questions if q is not None})
        missing = [q for q in dict.fromkeys(questions) if q is not None and q not in known]
        done = len(texts) - len(missing)
        for chunk in _chunks(missing):
            known.update(self._ask(chunk))
            done += len(chunk)
            if progress is not None:
                progress(done, len(texts))
        return [
            self._merge(place, question, known)
            for place, question in zip(places, questions, strict=True)
        ]

    def _question(self, place: Place) -> Question | None:
        """Return what to ask for a place: nothing where it is exact, outside, or only a commune."""
        if place.outside or place.precision in {Precision.ADDRESS, Precision.SITE}:
            return None
        words = self.geocoder.read(place.text).words.words
        named = place.matched.split()
        more = [w for w in words if w not in LINKS and w not in named and not w.isdigit()]
        if len(more) < 2 and not WAYS.intersection(more):  # noqa: PLR2004 - a word alone is no place
            return None
        sure = place.commune_code is not None and place.confidence >= SURE
        return Question(place.text, (place.commune_code or "") if sure else "")

    def _known(self, questions: Iterable[Question]) -> dict[Question, BanAnswer | None]:
        known: dict[Question, BanAnswer | None] = {}
        if self.cache is not None:
            for question in questions:
                found, answer = self.cache.find(question)
                if found:
                    known[question] = answer
        return known

    def _ask(self, questions: list[Question]) -> dict[Question, BanAnswer | None]:
        if self.failure:
            return {}
        try:
            if len(questions) == 1:
                answers = [self.client.search(questions[0])]
            else:
                answers = self.client.search_many(questions)
        except BanError as error:
            self.failure = str(error)
            return {}
        found = dict(zip(questions, answers, strict=True))
        if self.cache is not None:
            self.cache.keep(found)
        return found

    def _merge(
        self, place: Place, question: Question | None, known: dict[Question, BanAnswer | None]
    ) -> Place:
        if question is None:
            return place
        if question not in known:
            return replace(place, point_remark=f"{place.point_remark} {UNREACHABLE}".strip())
        answer = known[question]
        if answer is None or answer.score < LEAST_SCORE or answer.precision not in SHARPER:
            return place
        return merge(place, answer, self.geocoder.gazetteer.reference)


def merge(place: Place, answer: BanAnswer, reference: Reference) -> Place:
    """Return our place with the service's point, if it stands our checks; else say why not.

    The commune must be of the département, the point in it or near it, and where we are sure of a
    commune, it must be that one.
    """
    try:
        code, _ = reference.resolve_code(answer.city_code)
    except UnknownPlaceError:
        return _refuse(place, answer, "hors du département")
    metres = reference.coverage.metres_from(code, answer.lon, answer.lat)
    if metres > FARTHEST_M:
        return _refuse(place, answer, f"point à {metres / 1000:.0f} km de sa commune")
    if place.commune_code == code:
        return _placed(place, answer, source=f"{place.source} + {BAN}")
    if place.commune_code and place.confidence >= SURE:
        return _refuse(place, answer, f"dans une autre commune, {reference.communes[code].name}")
    return _placed(_moved(place, code, reference), answer, source=BAN)


def _placed(place: Place, answer: BanAnswer, source: str) -> Place:
    return replace(
        place,
        precision=answer.precision,
        lon=answer.lon,
        lat=answer.lat,
        label=answer.label,
        source=source,
        point_remark="",
    )


def _moved(place: Place, code: str, reference: Reference) -> Place:
    """Return the place in the commune that the service names, ours among the alternatives."""
    others = list(place.alternatives)
    if place.commune:
        others.insert(0, Alternative(place.commune, place.commune_code, place.confidence))
    confidence = believe(sum(a.confidence for a in others if a.commune_code == code))
    others = [a for a in others if a.commune_code != code]
    shrink = min(1.0, (1 - confidence) / (sum(a.confidence for a in others) or 1.0))
    return replace(
        place,
        confidence=confidence,
        commune_code=code,
        commune=reference.communes[code].name,
        area=None,
        text_remark=f"Commune donnée par la {BAN}.",
        alternatives=tuple(replace(a, confidence=a.confidence * shrink) for a in others),
    )


def believe(ours: float) -> float:
    """Return the probability of a commune that we gave ``ours`` and that the service names.

    Bayes: the service names the right commune in a share :data:`RIGHT` of its answers, whatever
    the commune.
    """
    prior = max(ours, 1 - RIGHT)
    return prior * RIGHT / (prior * RIGHT + (1 - prior) * (1 - RIGHT))


def _refuse(place: Place, answer: BanAnswer, why: str) -> Place:
    sentence = f"{BAN} : « {shorten(answer.label)} » écarté, {why}."
    return replace(place, point_remark=f"{place.point_remark} {sentence}".strip())


def _chunks(questions: Iterable[Question]) -> Iterable[list[Question]]:
    rest = iter(questions)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
