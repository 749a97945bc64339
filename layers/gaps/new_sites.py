"""New sites: in which communes the next sites of a service would help most people."""

import math
from dataclasses import dataclass

import numpy as np

from geo.access.nearest import nearest
from geo.siting.case import SitingCase, Stability, gain, in_order, stability
from geo.siting.problems import MaximalCovering
from geo.travel.times import Floats
from layers.gaps.journeys import Bound, Journeys
from layers.gaps.measure import check_threshold, unit_of
from layers.gaps.publics import Public, count_people
from layers.gaps.services import Service


@dataclass(frozen=True, slots=True)
class NewSite:
    """A commune in whose town hall a site would open.

    Parameters
    ----------
    gain
        People that it brings within the threshold, after the sites before it.
    """

    code: str
    commune: str
    epci: str
    gain: int


@dataclass(frozen=True, slots=True)
class Covered:
    """People within the threshold by the high, the central and the low times."""

    least: int
    central: int
    most: int


@dataclass(frozen=True, slots=True)
class NewSites:
    """The answer.

    Parameters
    ----------
    service
        What is to be reached; the sites that exist stay.
    threshold
        Minutes.
    model
        Identifier of the travel model.
    asked
        Number of sites that were asked for.
    sites
        Most gain first; fewer than asked where more would bring nobody.
    people
        Inhabitants of the département.
    before, after
        Whom the existing sites cover, and whom they cover together with the new ones.
    minutes_saved
        By the central time, on average over those who had a service in reach.
    optimal
        Whether no other choice covers more, which is proved.
    gap
        How many more people a better choice might cover, as a share of those covered; ``nan``
        where nobody is.
    stability
        The answer when all times are a tenth shorter or longer.
    remarks
        French sentences on what a reader must know.
    """

    service: Service
    threshold: float
    model: str
    asked: int
    sites: tuple[NewSite, ...]
    people: int
    before: Covered
    after: Covered
    minutes_saved: float
    optimal: bool
    gap: float
    stability: tuple[Stability, ...]
    remarks: tuple[str, ...]


def propose_sites(
    journeys: Journeys,
    service: Service,
    threshold: float,
    count: int,
    public: Public = Public.EVERYBODY,
) -> NewSites:
    """Find the town halls where as many new sites bring most people within the threshold.

    Raises
    ------
    GapError
        The threshold makes no sense.
    LayerError, ServiceError
        The services cannot be had.
    SitingError
        The number of sites makes no sense.
    TravelError
        The model knows nothing of the communes or of the services.
    """
    check_threshold(threshold, unit_of(journeys.model.id))
    problem = MaximalCovering(count, threshold)
    reference, communes = journeys.reference, list(journeys.reference.communes.values())
    people = count_people(public, journeys.homes, journeys.catalogue)
    now, then = journeys.to_services(service), journeys.between
    near = nearest(now)
    bounds: tuple[tuple[Bound, Floats], ...] = (
        ("high", near.high),
        ("central", near.central),
        ("low", near.low),
    )
    slow, usual, fast = (
        SitingCase.of(journeys.to_openings(service, bound), people, reached[:, 0])
        for bound, reached in bounds
    )

    def covered(sites: tuple[int, ...]) -> Covered:
        return Covered(*(int(problem.value(case, sites)) for case in (slow, usual, fast)))

    answer = problem.solve(usual)
    sites = [
        NewSite(c.code, c.name, reference.epcis[c.epci].name, round(brought))
        for c, brought in (
            (communes[i], brought) for i, brought in in_order(usual, answer.sites, threshold)
        )
    ]
    return NewSites(
        service,
        threshold,
        journeys.model.id,
        count,
        tuple(sites),
        int(people.sum()),
        covered(()),
        covered(answer.sites),
        gain(usual, answer.sites, threshold).minutes,
        answer.optimal,
        answer.gap if math.isfinite(answer.gap) else math.nan,
        stability(problem, usual, answer),
        tuple(dict.fromkeys((*service.remarks(journeys.catalogue), *now.remarks, *then.remarks))),
    )
