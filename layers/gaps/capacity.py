"""Room: how many people share each place of a service, by two-step floating catchment areas."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from scipy.sparse import csr_array, hstack

from geo.access.catchment import floating_catchment
from geo.access.impedance import LUO_QI_ZONES, Step
from geo.travel.times import Floats, Minutes
from layers.gaps.journeys import Bound, Journeys
from layers.gaps.measure import closed_places, communes_of
from layers.gaps.opened import find_site, to_sites
from layers.gaps.public_words import public_remarks
from layers.gaps.publics import Public, count_people
from layers.gaps.question import FIRST, GapError, Question, check_threshold, unit_of
from layers.gaps.services import Service
from layers.gaps.sites import Place, word_of
from layers.model.taken import year_of
from layers.population.ages import ages_source

ZONES: Final = 3
"""Parts of the threshold, each with the weight of a zone of Luo & Qi 2009."""
BOUNDS: Final[tuple[Bound, ...]] = ("low", "central", "high")


@dataclass(frozen=True, slots=True, eq=False)
class Capacity:
    """The answer.

    Parameters
    ----------
    question
        What was asked; the threshold ends the catchment.
    model
        Identifier of the travel model.
    communes
        One row a commune where some of the public live, those with most people for a place first,
        where there is none at all before them: ``code``, ``commune``, ``epci_code``, ``epci``,
        ``territory``, ``population``, ``people`` (of the public), ``places`` (those that fall to
        them: sums over communes are those of the département), ``people_per_place`` with
        ``per_place_low`` and ``per_place_high`` by fast and by slow trips (``inf`` where they have
        none), ``people_without`` (who have no place within the threshold).
    places
        What the services have in all, of which ``reached`` falls to somebody.
    remarks
        French sentences on what a reader must know.
    gone
        The places that are supposed closed.
    sites
        Longitude and latitude of each new site.
    """

    question: Question
    model: str
    communes: pd.DataFrame
    places: float
    reached: float
    remarks: tuple[str, ...]
    gone: tuple[Place, ...] = ()
    sites: tuple[tuple[float, float], ...] = ()

    @property
    def public(self) -> Public:
        """Who shares the places."""
        return self.question.public

    @property
    def people(self) -> float:
        """All those of the public."""
        return float(self.communes["people"].sum())

    @property
    def without(self) -> float:
        """Those who have no place within the threshold."""
        return float(self.communes["people_without"].sum())

    @property
    def mean(self) -> float:
        """People for one place, over the whole département."""
        return self.people / self.reached if self.reached else math.inf


def zones_within(threshold: float) -> Step:
    """Return the weights of a way: whole in the first third of the threshold, less, then little.

    The three weights are those of Luo & Qi 2009 for 10, 20 and 30 minutes.
    """
    bounds = tuple(threshold * part / ZONES for part in range(1, ZONES + 1))
    return Step(bounds, LUO_QI_ZONES.weights)


def measure_capacity(journeys: Journeys, question: Question) -> Capacity:
    """Share out the places of a service among those who can reach them.

    A site that opens has as many places as those that exist have on average.

    Raises
    ------
    GapError
        The threshold makes no sense, or several services or the second choice are asked about.
    LayerError, ServiceError, TravelError
        As :func:`layers.gaps.measure.measure_gaps`.
    """
    check_threshold(question.threshold, unit_of(journeys.model.id))
    if question.is_basket or question.rank != FIRST:
        raise GapError("Les places se comptent service par service, sans deuxième choix.")
    (service,) = question.services
    catalogue = journeys.catalogue
    people = count_people(question.public, journeys.homes, catalogue)
    supply = _supply(journeys, question, service)
    shares = _shares(journeys, question, service, people, supply)
    rows = _by_commune(journeys, people, shares)
    sites = [find_site(journeys, question.services, word) for word in question.opened]
    return Capacity(
        question,
        journeys.model.id,
        rows,
        float(supply.sum()),
        float(rows["places"].sum()),
        (
            *public_remarks(
                question.public,
                [service.id],
                on_grid=journeys.homes.on_grid,
                census=year_of(ages_source(catalogue.data)),
            ),
            *service.remarks(catalogue),
        ),
        closed_places(journeys, question),
        tuple((site.lon, site.lat) for site in sites),
    )


def _by_commune(journeys: Journeys, people: Floats, shares: list[Floats]) -> pd.DataFrame:
    """Return :attr:`Capacity.communes` from the places for each person of each home."""
    homes, communes = journeys.homes, communes_of(journeys)
    count = len(communes)
    everyone = homes.sum_by_commune(people, count)
    ends = [homes.sum_by_commune(bound * people, count) for bound in shares]
    per_place = np.stack([_ratio(everyone, end) for end in ends])
    central = BOUNDS.index("central")
    rows = communes.assign(
        people=everyone,
        places=ends[central],
        people_without=homes.sum_by_commune(people * (shares[central] == 0), count),
        people_per_place=per_place[central],
        per_place_low=per_place.min(axis=0),
        per_place_high=per_place.max(axis=0),
    )
    rows = rows[rows["people"] > 0]
    order = ["people_per_place", "code"]
    return rows.sort_values(order, ascending=[False, True]).reset_index(drop=True)


def _supply(journeys: Journeys, question: Question, service: Service) -> Floats:
    """Return the places of each place that exists, none of those that close, then of new sites."""
    rows = service.places(journeys.catalogue)
    supply = rows["supply"].to_numpy(dtype=np.float64).copy()
    words = [word_of(layer, key) for layer, key in zip(rows["layer"], rows["key"], strict=True)]
    opened = np.full(len(question.opened), supply.mean())
    supply[np.isin(words, [place.word for place in closed_places(journeys, question)])] = 0
    return np.concatenate([supply, opened])


def _shares(
    journeys: Journeys, question: Question, service: Service, people: Floats, supply: Floats
) -> list[Floats]:
    """Return the places for each person of each home, by fast, usual and slow trips."""
    zones = zones_within(question.threshold)
    times = journeys.to_every(service, question.threshold)
    found = []
    for bound in BOUNDS:
        minutes: Minutes = getattr(times, bound)
        opened = to_sites(journeys, question, bound)
        near = np.where(opened <= question.threshold, opened, 0)
        every = hstack([minutes, csr_array(near)], format="csr")
        found.append(floating_catchment(every, people, supply, zones))
    return found


def _ratio(people: Floats, places: Floats) -> Floats:
    some = places > 0
    return np.where(some, people / np.where(some, places, 1), np.inf)
