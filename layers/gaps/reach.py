"""How far each home is from what is asked about, whatever sites open or close."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geo.access.basket import worst_of
from geo.access.nearest import Nearest, kth_nearest, nearest
from geo.travel.times import Floats
from layers.gaps.journeys import CHOICES, Bound, Journeys
from layers.gaps.opened import find_site, to_sites, with_sites
from layers.gaps.question import Question


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """The ways of each home that decide, so that sites can be put and taken away fast.

    Parameters
    ----------
    kept
        For each service, shape (h, CHOICES): the ways to the nearest that stay, rising.
    opened
        Shape (h, n): the ways to the sites that open; each has every service asked about.
    rank
        Which way is asked about.
    """

    kept: tuple[Floats, ...]
    opened: Floats
    rank: int

    @classmethod
    def of(cls, journeys: Journeys, question: Question, bound: Bound = "central") -> "Reach":
        """Find the ways of a question, by one bound of the times."""
        services = (journeys.to_services(one, question.closed) for one in question.services)
        kept = (kth_nearest(getattr(times, bound), CHOICES)[0] for times in services)
        return cls(tuple(kept), to_sites(journeys, question, bound), question.rank)

    def minutes(self, sites: Sequence[int] | None = None) -> Floats:
        """Return the way that decides for each home, shape (h,).

        Parameters
        ----------
        sites
            Numbers of the sites that open; all when left out.
        """
        new = self.opened if sites is None else self.opened[:, list(sites)]
        ways = [np.sort(np.hstack([kept, new]), axis=1)[:, self.rank - 1] for kept in self.kept]
        return np.asarray(np.maximum.reduce(ways))


@dataclass(frozen=True, slots=True, eq=False)
class Choices:
    """What is nearest to each home, of a basket what is nearest of the service worst reached.

    Parameters
    ----------
    near
        The first and the second choice.
    places
        Title and commune of each destination, by its number.
    remarks
        French sentences on the times.
    """

    near: Nearest
    places: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]


def choices_in(journeys: Journeys, question: Question) -> Choices:
    """Find what is nearest to each home, sites that open and close told.

    Raises
    ------
    LayerError, ServiceError, TravelError
        The services cannot be had or cannot be travelled to, or a site is unknown.
    """
    sites = [find_site(journeys, question.services, word) for word in question.opened]
    opened = [(f"Nouveau site ({site.name or site.commune})", site.commune) for site in sites]
    parts, offsets = list[Nearest](), list[int]()
    places, remarks = list[tuple[str, str]](), list[str]()
    for service in question.services:
        times = with_sites(journeys, journeys.to_services(service, question.closed), question)
        parts.append(nearest(times, CHOICES))
        offsets.append(len(places))
        known = journeys.places(service).values()
        places += [*((place.title, place.commune) for place in known), *opened]
        remarks += times.remarks
    near = parts[0] if len(parts) == 1 else worst_of(parts, offsets)
    return Choices(near, tuple(places), tuple(dict.fromkeys(remarks)))
