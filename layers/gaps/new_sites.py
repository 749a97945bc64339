"""New sites: in which communes the next sites of a service would help most people."""

import math
from dataclasses import dataclass, replace

from geo.access.nearest import nearest
from geo.siting.case import SitingCase, Stability, gain, in_order, stability
from geo.siting.problems import MaximalCovering
from geo.siting.ties import settle
from geo.travel.times import Floats
from layers.gaps.journeys import Bound, Journeys
from layers.gaps.measure import check_threshold, unit_of
from layers.gaps.public_words import public_remarks
from layers.gaps.publics import Public, count_people
from layers.gaps.services import Service


@dataclass(frozen=True, slots=True)
class NewSite:
    """A commune where a site would open.

    Parameters
    ----------
    gain
        People that it brings within the threshold, after the sites before it.
    lon, lat
        Where it would stand, degrees, WGS 84: at the town hall, but elsewhere in a town that has
        the service already.
    equals
        Names of the communes where it would bring as many, the best of them first.
    nearly
        Those where it would bring nearly as many: see :data:`geo.siting.ties.NEARLY`.
    """

    code: str
    commune: str
    epci: str
    gain: int
    lon: float
    lat: float
    equals: tuple[str, ...] = ()
    nearly: tuple[str, ...] = ()


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
        All those of the public.
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
    public
        Who is counted.
    smallest
        Inhabitants of a commune from which it was a candidate.
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
    public: Public = Public.EVERYBODY
    smallest: int = 0


def propose_sites(  # noqa: PLR0913, PLR0917 - the whole question
    journeys: Journeys,
    service: Service,
    threshold: float,
    count: int,
    public: Public = Public.EVERYBODY,
    smallest: int = 0,
) -> NewSites:
    """Find the communes where as many new sites bring most people within the threshold.

    Among choices that bring as many, one whose sites no exchange betters: that for which people
    save most time, then that of the larger commune.

    Parameters
    ----------
    smallest
        Inhabitants from which a commune is a candidate.

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
    communes = list(journeys.reference.communes.values())
    candidates = [i for i, commune in enumerate(communes) if commune.population >= smallest]
    people = count_people(public, journeys.homes, journeys.catalogue)
    now = journeys.to_services(service)
    near = nearest(now)
    bounds: tuple[tuple[Bound, Floats], ...] = (
        ("high", near.high),
        ("central", near.central),
        ("low", near.low),
    )
    slow, usual, fast = (
        SitingCase.of(journeys.to_openings(service, bound, candidates), people, reached[:, 0])
        for bound, reached in bounds
    )

    def covered(sites: tuple[int, ...]) -> Covered:
        return Covered(*(round(problem.value(case, sites)) for case in (slow, usual, fast)))

    answer = problem.solve(usual)
    settled = settle(usual, answer.sites, threshold, [communes[i].population for i in candidates])
    answer = replace(answer, sites=settled.sites)
    names = [communes[i].name for i in candidates]
    sites = [
        replace(
            new_site(journeys, service, candidates[place], brought),
            equals=tuple(names[other] for other in settled.equals[settled.sites.index(place)]),
            nearly=tuple(names[other] for other in settled.nearly[settled.sites.index(place)]),
        )
        for place, brought in in_order(usual, settled.sites, threshold)
    ]
    remarks = (
        *public_remarks(public, service.id),
        *service.remarks(journeys.catalogue),
        *now.remarks,
        *journeys.between.remarks,
    )
    return NewSites(
        service,
        threshold,
        journeys.model.id,
        count,
        tuple(sites),
        round(people.sum()),
        covered(()),
        covered(answer.sites),
        gain(usual, answer.sites, threshold).minutes,
        answer.optimal,
        answer.gap if math.isfinite(answer.gap) else math.nan,
        stability(problem, usual, answer),
        tuple(dict.fromkeys(remarks)),
        public,
        smallest,
    )


def new_site(journeys: Journeys, service: Service, number: int, brought: float) -> NewSite:
    """Return the site that would open in a commune, by its number in the order of the reference."""
    reference = journeys.reference
    commune = list(reference.communes.values())[number]
    lon, lat = journeys.opening_at(service, number)
    epci = reference.epcis[commune.epci].name
    return NewSite(commune.code, commune.name, epci, round(brought), lon, lat)
