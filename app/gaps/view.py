"""What the page Écarts shows, as its address writes it: question, scenarios, proposal."""

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final

from app.view.keys import GAPS
from app.view.query import Address, one_of
from app.view.viewport import MapView
from geo.perimeter import PlaceError, shorten
from geo.travel.line import StraightLine
from layers.french.wording import format_number
from layers.gaps.measure import GapError, check_threshold, unit_of
from layers.gaps.public_words import CROSSING
from layers.gaps.publics import Public

QUESTIONS: Final[Mapping[str, float]] = {
    "colleges_publics": 15,
    "maisons_departement": 20,
    "france_services": 15,
    "centres_incendie": 10,
    "lycees": 20,
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
        Codes of the communes where sites are supposed to open, for each scenario.
    active
        Number of the scenario on the map, from 0.
    proposed
        How many best sites are asked for; 0 for none.
    smallest
        Inhabitants of a commune from which it may be proposed.
    map_view
        None fits the map to the département.
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

    @property
    def sites(self) -> tuple[str, ...]:
        """The sites of the active scenario."""
        return self.scenarios[self.active] if self.scenarios else ()


DEFAULT: Final = GapView()


@dataclass(frozen=True, slots=True)
class GapWords:
    """What an address may speak of.

    Parameters
    ----------
    services, models
        Identifiers.
    find_commune
        Gives the code of the commune that a text means and, where it is not exactly that, a French
        remark; raises :class:`geo.perimeter.PlaceError`.
    """

    services: Collection[str]
    models: Collection[str]
    find_commune: Callable[[str], tuple[str, str | None]]


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
        "map_view": str(view.map_view) if view.map_view else None,
    }


def format_gap_view(view: GapView) -> str:
    """Write a view as a query string, ``?`` included; the default view gives an empty text."""
    return ADDRESS.write(view)


def parse_gap_view(query: str, words: GapWords) -> tuple[GapView, tuple[str, ...]]:
    """Read a query string and say what was ignored: :meth:`app.view.query.Address.read`."""
    return ADDRESS.read(query, words)


_Read = tuple[GapView, str | None]


def _read_service(view: GapView, text: str, words: GapWords) -> _Read:
    if text in words.services:
        return replace(view, service=text, threshold=usual_threshold(text)), None
    return view, f"Service « {shorten(text)} » inconnu : affiché pour les collèges publics."


def _read_model(view: GapView, text: str, words: GapWords) -> _Read:
    if text in words.models:
        return replace(view, model=text), None
    return view, f"Modèle de trajet « {shorten(text)} » inconnu : estimé à vol d’oiseau."


def _read_threshold(view: GapView, text: str, _: GapWords) -> _Read:
    unit = unit_of(view.model)
    instead = f"affiché : {format_number(view.threshold)} {unit}s."
    try:
        threshold = round(float(text.replace(",", ".")), 2)
        check_threshold(threshold, unit)
    except GapError as error:
        return view, f"{str(error).removesuffix('.')} ; {instead}"
    except ValueError:
        return view, f"Seuil « {shorten(text)} » illisible : attendu un nombre ; {instead}"
    return replace(view, threshold=threshold), None


def _read_sites(view: GapView, text: str, words: GapWords) -> _Read:
    scenarios, remark = list[tuple[str, ...]](), None
    for part in text.split(BETWEEN_SCENARIOS)[:MOST_SCENARIOS]:
        sites = list[str]()
        for asked in filter(None, map(str.strip, part.split(","))):
            try:
                code, told = words.find_commune(asked)
            except PlaceError as error:
                remark = remark or f"Nouveau site ignoré. {error}"
                continue
            remark = remark or told
            sites += [code] if code not in sites else []
        if len(sites) > MOST_SITES:
            remark = f"Scénario de {len(sites)} sites : les {MOST_SITES} premiers sont gardés."
        scenarios.append(tuple(sites[:MOST_SITES]))
    if text.count(BETWEEN_SCENARIOS) >= MOST_SCENARIOS:
        remark = f"Plus de {MOST_SCENARIOS} scénarios : les {MOST_SCENARIOS} premiers sont gardés."
    return replace(view, scenarios=tuple(scenarios) if any(scenarios) else ()), remark


def _read_active(view: GapView, text: str, _: GapWords) -> _Read:
    number = _whole(text, MOST_SCENARIOS)
    if number is None:
        return view, f"Scénario « {shorten(text)} » inconnu : le premier est affiché."
    return replace(view, active=number - 1), None


def _read_proposed(view: GapView, text: str, _: GapWords) -> _Read:
    number = _whole(text, MOST_PROPOSED)
    if number is None:
        return view, f"Sites à proposer : trouvé « {shorten(text)} », attendu 1 à {MOST_PROPOSED}."
    return replace(view, proposed=number), None


def _read_smallest(view: GapView, text: str, _: GapWords) -> _Read:
    number = _whole(text, SIZES[-1])
    if number not in SIZES:
        sizes = ", ".join(format_number(size) for size in SIZES[1:])
        return view, f"Taille des communes : trouvé « {shorten(text)} », attendu un de {sizes}."
    return replace(view, smallest=number), None


def _read_public(view: GapView, text: str, _: GapWords) -> _Read:
    asked = [part.strip() for part in text.split(",")]
    try:
        first, *others = [Public(part) for part in asked]
    except ValueError:
        return view, f"Public « {shorten(text)} » inconnu : toute la population est comptée."
    remark = f"Un seul public à la fois : le premier est compté. {CROSSING}" if others else None
    return replace(view, public=first), remark


def _whole(text: str, most: int) -> int | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return int(number) if math.isfinite(number) and 1 <= number <= most else None


def _reconcile(view: GapView, _: GapWords, __: Collection[str]) -> tuple[GapView, list[str]]:
    return replace(view, active=min(view.active, max(len(view.scenarios) - 1, 0))), []


ADDRESS: Final[Address[GapView, GapWords]] = Address(
    keys=GAPS,
    usual=DEFAULT,
    texts=texts_of,
    readers={
        "service": _read_service,
        "model": _read_model,
        "threshold": _read_threshold,
        "public": _read_public,
        "scenarios": _read_sites,
        "active": _read_active,
        "proposed": _read_proposed,
        "smallest": _read_smallest,
        "map_view": one_of(
            MapView.parse,
            "map_view",
            "Vue de carte « {} » illisible : tout le département est cadré.",
        ),
    },
    reconcile=_reconcile,
)
