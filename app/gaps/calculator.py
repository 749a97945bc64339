"""What every reader of the page Écarts shares: the models of travel, the answers found lately."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from typing import Final

from app.gaps.one_at_a_time import OneAtATime
from app.gaps.view import MOST_SCENARIOS, MOST_SITES, GapView, GapWords, Measured
from app.opening.travel_models import ALWAYS, Make
from geo.access.nearest import AccessError
from geo.perimeter import Level, UnknownPlaceError, shorten
from geo.reference.places import Reference
from geo.siting.case import SitingError
from geo.travel.times import TravelError
from layers.catalogue.layers import Catalogue
from layers.gaps.bands import Bands, draw_bands
from layers.gaps.candidates import Choice
from layers.gaps.capacity import Capacity, measure_capacity
from layers.gaps.inequality import Inequalities, compare_groups
from layers.gaps.journeys import Journeys
from layers.gaps.measure import Gaps
from layers.gaps.new_sites import NewSite, NewSites, propose_sites
from layers.gaps.presets import services_of, whole_service
from layers.gaps.question import CLOSES, GapError, Question
from layers.gaps.scenarios import Scenario, weigh
from layers.gaps.services import Service, ServiceError
from layers.gaps.sites import BETWEEN, find_place, places_of
from layers.model.layer import LayerError

KEPT: Final = 24
"""Answers in memory, a few hundred kilobytes each."""
OWN_KEPT: Final = 4
"""Of those about what one visitor brought, of whom there are many."""
NO_ANSWER: Final = (AccessError, GapError, LayerError, ServiceError, SitingError, TravelError)
"""Why a question may have none; the message is a sentence for a person."""


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What a view asks for.

    Parameters
    ----------
    now
        Without any new site.
    scenarios
        In the order of the view.
    shown
        What the map and the tables show: the active scenario, or how things are now.
    inequality
        Of what is shown.
    proposal
        The best sites, where they are asked for.
    room
        Places for people, where they are counted in the stead of ways.
    bands
        Around a site, where they are asked for.
    """

    view: GapView
    now: Gaps
    scenarios: tuple[Scenario, ...]
    shown: Gaps
    inequality: Inequalities
    proposal: NewSites | None
    room: Capacity | None = None
    bands: Bands | None = None

    @property
    def only_proposed(self) -> tuple[NewSite, ...]:
        """The best sites that the scenario on the map does not open, most gain first."""
        sites = () if self.proposal is None else self.proposal.sites
        return tuple(one for one in sites if one.site.word not in self.view.sites)


class GapCalculator:
    """Answers views; nothing in it belongs to one reader.

    Parameters
    ----------
    catalogue
        Layers and reference.
    models
        How to make each travel model, by identifier.
    shared
        Desk of all readers, which answers what is asked about services of theirs; None for itself.
    added
        Layers that it does not know.
    elsewhere
        Finds answers in another process; None for this one.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        models: Mapping[str, Make] = ALWAYS,
        shared: "GapCalculator | None" = None,
        added: frozenset[str] = frozenset(),
        elsewhere: Callable[[GapView], Answer] | None = None,
    ) -> None:
        self.catalogue = catalogue
        self.models = dict(models)
        self._shared, self._added = shared, added
        self.words = GapWords(
            self.services,
            self.point_layers,
            self.models,
            self._find_commune,
            self._find_place,
            self._is_place,
        )
        self._places = lru_cache(maxsize=KEPT)(partial(places_of, catalogue))
        self._journeys = lru_cache(maxsize=len(self.models))(self._open)
        self._weighed = lru_cache(maxsize=KEPT)(self._weigh)
        self._shared_out = lru_cache(maxsize=KEPT)(self._share_out)
        self._drawn_around = lru_cache(maxsize=KEPT)(self._draw_around)
        self._proposed = OneAtATime(self._propose, KEPT)
        # whoever asks for sites must not keep those waiting who do not
        self._elsewhere = (
            {
                proposing: OneAtATime(elsewhere, KEPT if shared is None else OWN_KEPT)
                for proposing in (False, True)
            }
            if elsewhere
            else None
        )

    @property
    def reference(self) -> Reference:
        """The reference of the catalogue."""
        return self.catalogue.reference

    @cached_property
    def services(self) -> dict[str, Service]:
        """The services that can be asked about, by identifier."""
        return services_of(self.catalogue)

    @cached_property
    def point_layers(self) -> dict[str, str]:
        """Titles of the layers whose points may count, or have a new site, by identifier."""
        layers = self.catalogue.layers.values()
        return {layer.id: layer.title for layer in layers if layer.geometry == "point"}

    def question(self, view: GapView, changes: Sequence[str] = ()) -> Question:
        """Return what a view asks, with some sites that open or close."""
        first, *others = (self.services[service] for service in view.services)
        services = (first.with_neighbours(view.neighbours), *others)
        return Question(services, view.threshold, view.public, view.rank).changed(changes)

    def answer(self, view: GapView) -> Answer:
        """Return what a view asks for.

        Raises
        ------
        GapError, LayerError, ServiceError, SitingError, TravelError
            It has no answer; the message is a French sentence.
        """
        elsewhere = self._desk_of(view)._elsewhere  # noqa: SLF001
        if elsewhere is None:
            return self.find(view)
        found = elsewhere[bool(view.proposed)](replace(view, map_view=None))
        return replace(found, view=view)

    def find(self, view: GapView) -> Answer:
        """Return what a view asks for, found in this process; raises as :meth:`answer`."""
        weighed = self._desk_of(view)._weighed  # noqa: SLF001
        now = weighed(view.model, self.question(view)).gaps
        scenarios = tuple(
            weighed(view.model, self.question(view, sites)) for sites in view.scenarios
        )
        shown = scenarios[view.active].gaps if scenarios else now
        proposal = self._proposal(view) if view.proposed else None
        groups = compare_groups(shown, self.reference)
        room = self._room(view) if view.measured == Measured.ROOM else None
        bands = self._bands(view) if view.around else None
        return Answer(view, now, scenarios, shown, groups, proposal, room, bands)

    def adopt_proposal(self, view: GapView) -> GapView:
        """Return the view with the best sites as its active scenario.

        A scenario where nothing opens takes them; otherwise they make another one, the last where
        there are many already.

        Raises
        ------
        GapError, LayerError, ServiceError, SitingError, TravelError
            There is no proposal.
        """
        closed = tuple(site for site in view.sites if site.startswith(CLOSES))
        found = self.answer(view).proposal if view.proposed else self._proposal(view)
        sites = tuple(new.site.word for new in found.sites) if found else ()
        if not sites:
            return view
        sites = (*closed, *sites)[:MOST_SITES]
        if sites in view.scenarios:
            return replace(view, active=view.scenarios.index(sites))
        before = [
            s
            for number, s in enumerate(view.scenarios)
            if number != view.active or len(s) > len(closed)
        ]
        scenarios = (*before[: MOST_SCENARIOS - 1], sites)
        return replace(view, scenarios=scenarios, active=len(scenarios) - 1)

    def _proposal(self, view: GapView) -> NewSites:
        """Return the best sites, what closes in the active scenario being closed."""
        closed = [site for site in view.sites if site.startswith(CLOSES)]
        choice = Choice(view.proposed, view.smallest, view.candidates)
        propose = self._desk_of(view)._proposed  # noqa: SLF001
        return propose(view.model, self.question(view, closed), choice)

    def _room(self, view: GapView) -> Capacity:
        """Return the places for people, with the changes of the active scenario."""
        share = self._desk_of(view)._shared_out  # noqa: SLF001
        return share(view.model, self.question(view, view.sites))

    def _bands(self, view: GapView) -> Bands:
        """Return the bands around a site, by the travel model of the view."""
        draw = self._desk_of(view)._drawn_around  # noqa: SLF001
        return draw(view.model, self.question(view), view.around)

    def _open(self, model: str) -> Journeys:
        if self._shared is not None:
            return self._shared._journeys(model).seen_with(self.catalogue)  # noqa: SLF001 - our kind
        return Journeys(self.catalogue, self.models[model]())

    def _desk_of(self, view: GapView) -> "GapCalculator":
        """Return the desk that keeps what is found of a view: the shared one for shared layers."""
        layers = {self.services[service].layer_id for service in view.services}
        layers |= {*view.neighbours, view.candidates, view.around.partition(BETWEEN)[0]}
        layers |= {
            site.removeprefix(CLOSES).partition(BETWEEN)[0]
            for sites in view.scenarios
            for site in sites
        }
        return self._shared if self._shared is not None and not layers & self._added else self

    def _weigh(self, model: str, question: Question) -> Scenario:
        return weigh(self._journeys(model), question)

    def _draw_around(self, model: str, question: Question, word: str) -> Bands:
        return draw_bands(self._journeys(model), question, word)

    def _share_out(self, model: str, question: Question) -> Capacity:
        return measure_capacity(self._journeys(model), question)

    def _propose(self, model: str, question: Question, choice: Choice) -> NewSites:
        return propose_sites(self._journeys(model), question, choice)

    def _find_commune(self, text: str) -> tuple[str, str | None]:
        if text.isdigit():
            return self.reference.resolve_code(text)
        found = [p for p in self.reference.find(text[:100], 5) if p.level == Level.COMMUNE]
        if not found:
            raise UnknownPlaceError(f"Commune « {shorten(text)} » inconnue dans le Pas-de-Calais.")
        return found[0].code, None

    def _find_place(self, text: str) -> str:
        layer = text.partition(BETWEEN)[0]
        return find_place(self._places(whole_service(self.catalogue, layer)), text).word

    def _is_place(self, view: GapView, word: str) -> bool:
        return any(word in self._places(service) for service in self.question(view).services)
