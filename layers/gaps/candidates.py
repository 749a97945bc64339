"""Candidates: where a new site may open, every commune of a size, or the points of a layer."""

from dataclasses import dataclass
from typing import Final

from geo.travel.times import Floats, to_dense
from layers.gaps.journeys import Bound, Journeys
from layers.gaps.opened import Site, at_place, find_site
from layers.gaps.presets import whole_service
from layers.gaps.question import GapError, Question

MOST: Final = 3000
"""More candidates than this are no question that is answered while one waits."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Among what the sites are chosen.

    Parameters
    ----------
    count
        How many sites are asked for.
    smallest
        Inhabitants from which a commune may have one.
    layer
        Identifier of a layer of points, of which each is a candidate; empty for the communes.
    """

    count: int
    smallest: int = 0
    layer: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """The candidates of a question, in a fixed order.

    Parameters
    ----------
    journeys, question
        What is asked, of whom.
    words
        Of the candidates.
    sizes
        Inhabitants of the commune of each.
    layer
        That they are points of; empty for communes.
    limit
        Minutes beyond which a way helps nobody.
    """

    journeys: Journeys
    question: Question
    words: tuple[str, ...]
    sizes: tuple[int, ...]
    layer: str
    limit: float

    @classmethod
    def of(
        cls, journeys: Journeys, question: Question, choice: Choice, limit: float
    ) -> "Candidates":
        """Find the candidates.

        Raises
        ------
        GapError
            There is none, or there are too many.
        LayerError, ServiceError
            The layer cannot be had.
        """
        communes = journeys.reference.communes
        if choice.layer:
            places = journeys.places(whole_service(journeys.catalogue, choice.layer))
            everyone = [
                (word, communes[place.commune_code].population)
                for word, place in places.items()
                if place.commune_code in communes
            ]
        else:
            everyone = [(code, commune.population) for code, commune in communes.items()]
        found = [(word, size) for word, size in everyone if size >= choice.smallest]
        if not found or len(found) > MOST:
            raise GapError(
                f"Emplacements possibles : {len(found)} ; attendu de 1 à {MOST}. Changez la couche "
                "ou la taille des communes."
            )
        words, sizes = zip(*found, strict=True)
        return cls(journeys, question, words, sizes, choice.layer, limit)

    def minutes(self, bound: Bound) -> Floats:
        """Return the minutes from each home to each candidate, shape (h, m).

        A way beyond the limit may be ``inf``.
        """
        journeys = self.journeys
        if not self.layer:
            times = journeys.to_openings(self.question.services, self.limit)
            return to_dense(getattr(times, bound)[:, journeys.numbers(self.words)])
        service = whole_service(journeys.catalogue, self.layer)
        columns = {word: number for number, word in enumerate(journeys.places(service))}
        chosen = [columns[word] for word in self.words]
        return to_dense(getattr(journeys.to_every(service, self.limit), bound)[:, chosen])

    def site(self, number: int) -> Site:
        """Return what a candidate is."""
        word = self.words[number]
        if not self.layer:
            return find_site(self.journeys, self.question.services, word)
        places = self.journeys.places(whole_service(self.journeys.catalogue, self.layer))
        return at_place(self.journeys, places[word])

    def name(self, number: int) -> str:
        """Return how a candidate is named in a sentence."""
        if not self.layer:
            return self.journeys.reference.communes[self.words[number]].name
        site = self.site(number)
        return f"{site.name} ({site.commune})"
