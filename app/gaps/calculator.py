"""What every reader of the page Écarts shares: the models of travel, the answers found lately."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Final

from app.gaps.view import MOST_SCENARIOS, GapView, GapWords
from app.opening.travel_models import ALWAYS, Make
from geo.perimeter import Level, UnknownPlaceError, shorten
from geo.reference.places import Reference
from layers.catalogue.layers import Catalogue
from layers.gaps.inequality import Inequalities, compare_groups
from layers.gaps.journeys import Journeys
from layers.gaps.measure import Gaps
from layers.gaps.new_sites import NewSites, propose_sites
from layers.gaps.publics import Public
from layers.gaps.scenarios import Scenario, weigh
from layers.gaps.services import Service, services_of

KEPT: Final = 64
"""Answers in memory, a few hundred kilobytes each."""


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
    """

    view: GapView
    now: Gaps
    scenarios: tuple[Scenario, ...]
    shown: Gaps
    inequality: Inequalities
    proposal: NewSites | None


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
    """

    def __init__(
        self,
        catalogue: Catalogue,
        models: Mapping[str, Make] = ALWAYS,
        shared: "GapCalculator | None" = None,
        added: frozenset[str] = frozenset(),
    ) -> None:
        self.catalogue = catalogue
        self.models = dict(models)
        self._shared, self._added = shared, added
        self.words = GapWords(self.services, self.models, self._find_commune)
        self._journeys = lru_cache(maxsize=len(self.models))(self._open)
        self._weighed = lru_cache(maxsize=KEPT)(self._weigh)
        self._proposed = lru_cache(maxsize=KEPT)(self._propose)

    @property
    def reference(self) -> Reference:
        """The reference of the catalogue."""
        return self.catalogue.reference

    @cached_property
    def services(self) -> dict[str, Service]:
        """The services that can be asked about, by identifier."""
        return services_of(self.catalogue)

    def answer(self, view: GapView) -> Answer:
        """Return what a view asks for.

        Raises
        ------
        GapError, LayerError, ServiceError, SitingError, TravelError
            It has no answer; the message is a French sentence.
        """
        asked = (view.model, view.service, view.threshold, view.public)
        weighed = self._desk_of(view.service)._weighed  # noqa: SLF001
        now = weighed(*asked, ()).gaps
        scenarios = tuple(weighed(*asked, sites) for sites in view.scenarios)
        shown = scenarios[view.active].gaps if scenarios else now
        propose = self._desk_of(view.service)._proposed  # noqa: SLF001
        proposal = propose(*asked, view.proposed, view.smallest) if view.proposed else None
        return Answer(view, now, scenarios, shown, compare_groups(shown, self.reference), proposal)

    def adopt_proposal(self, view: GapView) -> GapView:
        """Return the view with the best sites as its active scenario.

        An empty scenario takes them; otherwise they make another one, the last where there are
        many already.

        Raises
        ------
        GapError, LayerError, ServiceError, SitingError, TravelError
            There is no proposal.
        """
        asked = (view.model, view.service, view.threshold, view.public)
        propose = self._desk_of(view.service)._proposed  # noqa: SLF001
        sites = tuple(site.code for site in propose(*asked, view.proposed, view.smallest).sites)
        if not sites:
            return view
        if sites in view.scenarios:
            return replace(view, active=view.scenarios.index(sites))
        before = [s for number, s in enumerate(view.scenarios) if s or number != view.active]
        scenarios = (*before[: MOST_SCENARIOS - 1], sites)
        return replace(view, scenarios=scenarios, active=len(scenarios) - 1)

    def _open(self, model: str) -> Journeys:
        if self._shared is not None:
            return self._shared._journeys(model).seen_with(self.catalogue)  # noqa: SLF001 - our kind
        return Journeys(self.catalogue, self.models[model]())

    def _desk_of(self, service: str) -> "GapCalculator":
        """Return the desk that keeps what is found of a service."""
        theirs = self.services[service].layer_id not in self._added
        return self._shared if self._shared is not None and theirs else self

    def _weigh(
        self, model: str, service: str, threshold: float, public: Public, sites: tuple[str, ...]
    ) -> Scenario:
        return weigh(self._journeys(model), self.services[service], threshold, sites, public)

    def _propose(  # noqa: PLR0913, PLR0917 - the whole question, kept by it
        self,
        model: str,
        service: str,
        threshold: float,
        public: Public,
        count: int,
        smallest: int,
    ) -> NewSites:
        journeys, asked = self._journeys(model), self.services[service]
        return propose_sites(journeys, asked, threshold, count, public, smallest)

    def _find_commune(self, text: str) -> tuple[str, str | None]:
        if text.isdigit():
            return self.reference.resolve_code(text)
        found = [p for p in self.reference.find(text[:100], 5) if p.level == Level.COMMUNE]
        if not found:
            raise UnknownPlaceError(f"Commune « {shorten(text)} » inconnue dans le Pas-de-Calais.")
        return found[0].code, None
