"""What the page Écarts shows, as its address writes it: question, scenarios, proposal."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.view.viewport import MapView
from geo.travel.line import StraightLine
from layers.gaps.publics import Public
from layers.gaps.question import (
    FIRST,
)

QUESTIONS: Final[Mapping[str, float]] = {
    "colleges_publics": 15,
    "maisons_departement": 20,
    "france_services": 15,
    "centres_incendie": 10,
    "lycees": 20,
    "pharmacies": 15,
    "supermarches": 15,
    "mairies": 5,
}
"""The département's own questions: service and the minutes that are first asked about."""
USUAL_MINUTES: Final = 20.0
MOST_SCENARIOS: Final = 4
MOST_SITES: Final = 10
MOST_PROPOSED: Final = 5
SIZES: Final = (0, 500, 1000, 2000, 5000)
"""Inhabitants from which a commune may be proposed, to choose from."""
BETWEEN_SCENARIOS: Final = "~"


class Measured(StrEnum):
    """What is counted of a service."""

    WAY = "trajet"
    ROOM = "places"


@dataclass(frozen=True, slots=True)
class GapView:
    """All that the address holds.

    Parameters
    ----------
    service
        Identifier of the service.
    threshold
        Minutes, or kilometres where the model gives those.
    model
        Identifier of the travel model.
    public
        Whose way is asked about.
    scenarios
        For each scenario, codes of the communes and words of the rows of layers where sites are
        supposed to open, and after a ``-`` words of the places that are supposed to close.
    active
        Number of the scenario on the map, from 0.
    proposed
        How many best sites are asked for; 0 for none.
    smallest
        Inhabitants of a commune from which it may be proposed.
    map_view
        None fits the map to the département.
    also
        Identifiers of the services that are to be reached too.
    rank
        1 for the way to the nearest, 2 for that to the second choice.
    measured
        How far people are, or how much room there is for each of them.
    neighbours
        Layers of points whose rows count as this service too.
    candidates
        Layer whose points may have a new site; empty for the communes.
    around
        Word of the site around which bands of equal time are drawn; empty for none.
    """

    service: str = "colleges_publics"
    threshold: float = QUESTIONS["colleges_publics"]
    model: str = StraightLine.id
    public: Public = Public.EVERYBODY
    scenarios: tuple[tuple[str, ...], ...] = ()
    active: int = 0
    proposed: int = 0
    smallest: int = 0
    map_view: MapView | None = None
    also: tuple[str, ...] = ()
    rank: int = FIRST
    measured: Measured = Measured.WAY
    neighbours: tuple[str, ...] = ()
    candidates: str = ""
    around: str = ""

    @property
    def sites(self) -> tuple[str, ...]:
        """The changes of the active scenario."""
        return self.scenarios[self.active] if self.scenarios else ()

    @property
    def services(self) -> tuple[str, ...]:
        """Identifiers of all that is to be reached."""
        return (self.service, *self.also)


DEFAULT: Final = GapView()


@dataclass(frozen=True, slots=True)
class GapWords:
    """What an address may speak of.

    Parameters
    ----------
    services, layers, models
        Identifiers; the layers are those of points.
    find_commune
        Gives the code of the commune that a text means and, where it is not exactly that, a French
        remark; raises :class:`geo.perimeter.PlaceError`.
    find_place
        Gives the word of the row of a layer that a text means; raises
        :class:`layers.gaps.services.ServiceError`.
    is_place
        Tells whether a word is that of a place of some of the services, which a view asks about.
    """

    services: Collection[str]
    layers: Collection[str]
    models: Collection[str]
    find_commune: Callable[[str], tuple[str, str | None]]
    find_place: Callable[[str], str]
    is_place: Callable[[GapView, str], bool]


def usual_threshold(service: str) -> float:
    """Return the threshold that is shown when none is asked for."""
    return QUESTIONS.get(service, USUAL_MINUTES)


def texts_of(view: GapView) -> dict[str, str | None]:
    """Return what an address says of each part of a view; None where there is nothing to say."""
    usual = view.threshold == usual_threshold(view.service)
    return {
        "service": view.service,
        "threshold": None if usual else f"{view.threshold:g}",
        "model": view.model,
        "public": str(view.public),
        "scenarios": BETWEEN_SCENARIOS.join(",".join(sites) for sites in view.scenarios) or None,
        "active": str(view.active + 1) if view.active else None,
        "proposed": str(view.proposed) if view.proposed else None,
        "smallest": str(view.smallest) if view.smallest else None,
        "also": ",".join(view.also) or None,
        "rank": str(view.rank),
        "measured": str(view.measured),
        "neighbours": ",".join(view.neighbours) or None,
        "candidates": view.candidates or None,
        "around": view.around or None,
        "map_view": str(view.map_view) if view.map_view else None,
    }
