"""Scenarios: what opening sites in some communes would change, told before anything is built."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geo.access.nearest import nearest
from geo.siting.case import SitingCase, gain, in_order
from layers.gaps.journeys import Journeys
from layers.gaps.measure import Gaps, measure_gaps
from layers.gaps.new_sites import NewSite, new_site
from layers.gaps.publics import Public, count_people
from layers.gaps.services import Service


@dataclass(frozen=True, slots=True, eq=False)
class Scenario:
    """Some new sites, and who is beyond the threshold once they are open.

    Parameters
    ----------
    gaps
        With the sites that exist and the new ones.
    sites
        With the people that each brings within the threshold after those before it, most first.
    brought
        People within the threshold who were not.
    minutes_saved
        On average over all who had a service in reach: minutes, or kilometres.
    nearer, saved_nearer
        People who get nearer at all, and what they save on average.
    """

    gaps: Gaps
    sites: tuple[NewSite, ...]
    brought: int
    minutes_saved: float
    nearer: int
    saved_nearer: float


def weigh(
    journeys: Journeys,
    service: Service,
    threshold: float,
    sites: Sequence[str],
    public: Public = Public.EVERYBODY,
) -> Scenario:
    """Find what opening sites in some communes would change.

    Raises
    ------
    GapError, LayerError, ServiceError, TravelError
        As :func:`layers.gaps.measure.measure_gaps`.
    """
    gaps = measure_gaps(journeys, service, threshold, sites, public)
    people = count_people(public, journeys.homes, journeys.catalogue)
    reached = nearest(journeys.to_services(service)).central[:, 0]
    columns = journeys.numbers(sites)
    if not columns:
        return Scenario(gaps, (), 0, 0.0, 0, 0.0)
    case = SitingCase.of(journeys.to_openings(service, communes=columns), people, reached)
    every = range(len(columns))
    changed = gain(case, every, threshold)
    after = case.with_sites(every)
    moved = (after < reached) & np.isfinite(reached) & (people > 0)
    nearer = float(people[moved].sum())
    saved = float((reached - after)[moved] @ people[moved]) / nearer if nearer else 0.0
    opened = [
        new_site(journeys, service, columns[number], more)
        for number, more in in_order(case, every, threshold)
    ]
    return Scenario(
        gaps,
        tuple(opened),
        round(changed.people),
        changed.minutes,
        round(nearer),
        saved,
    )
