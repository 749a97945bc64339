"""New sites: in which communes the next sites of a service would help most people."""

import math
from dataclasses import dataclass
from typing import Final

from geo.siting.case import (
    STABILITY_FACTORS,
    Siting,
    SitingCase,
    Stability,
    gain,
    in_order,
    stability,
)
from geo.siting.problems import MaximalCovering
from geo.siting.ties import Settled, settle
from geo.travel.times import Floats
from layers.gaps.candidates import Candidates, Choice
from layers.gaps.journeys import Bound, Journeys
from layers.gaps.opened import Site
from layers.gaps.public_words import public_remarks
from layers.gaps.publics import Public, count_people
from layers.gaps.question import FIRST, GapError, Question, check_threshold, unit_of
from layers.gaps.reach import Reach
from layers.model.taken import year_of
from layers.population.ages import ages_source

BOUNDS: Final[tuple[Bound, ...]] = ("high", "central", "low")
"""Whom slow trips cover, then more by the usual ones, then more by fast ones."""


@dataclass(frozen=True, slots=True)
class NewSite:
    """A site that would open.

    Parameters
    ----------
    site
        Where it would stand.
    gain
        People that it brings within the threshold, after the sites before it.
    equals
        Names of the candidates where it would bring as many, the best of them first.
    nearly
        Those where it would bring nearly as many: see :data:`geo.siting.ties.NEARLY`.
    """

    site: Site
    gain: int
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
    question
        What was asked; the sites that exist stay, but for those that it closes.
    model
        Identifier of the travel model.
    choice
        How many sites were asked for, among which candidates.
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
    on_grid
        Whether a grid says where people live.
    """

    question: Question
    model: str
    choice: Choice
    sites: tuple[NewSite, ...]
    people: int
    before: Covered
    after: Covered
    minutes_saved: float
    optimal: bool
    gap: float
    stability: tuple[Stability, ...]
    remarks: tuple[str, ...]
    on_grid: bool = False

    @property
    def threshold(self) -> float:
        """Minutes, or kilometres where the model gives those."""
        return self.question.threshold

    @property
    def public(self) -> Public:
        """Who is counted."""
        return self.question.public


def propose_sites(journeys: Journeys, question: Question, choice: Choice) -> NewSites:
    """Find where as many new sites bring most people within the threshold.

    Among choices that bring as many, one whose sites no exchange betters: that for which people
    save most time, then that of the larger commune.

    Raises
    ------
    GapError
        The threshold makes no sense, the second choice is asked about, or nothing is a candidate.
    LayerError, ServiceError
        The services, or the candidates, cannot be had.
    SitingError
        The number of sites makes no sense.
    TravelError
        The model knows nothing of the communes or of the services.
    """
    _check(question, journeys.model.id)
    problem = MaximalCovering(choice.count, question.threshold)
    limit = _farthest(journeys, question)
    candidates = Candidates.of(journeys, question, choice, limit)
    people = count_people(question.public, journeys.homes, journeys.catalogue)
    slow, usual, fast = (_case(journeys, question, candidates, people, bound) for bound in BOUNDS)
    answer = problem.solve(usual)
    settled = settle(usual, answer.sites, question.threshold, candidates.sizes)
    answer = Siting(settled.sites, answer.value, answer.bound)

    def covered(sites: tuple[int, ...]) -> Covered:
        return Covered(*(round(problem.value(case, sites)) for case in (slow, usual, fast)))

    return NewSites(
        question,
        journeys.model.id,
        choice,
        _sites(candidates, usual, settled),
        round(people.sum()),
        covered(()),
        covered(answer.sites),
        gain(usual, answer.sites, question.threshold).minutes,
        answer.optimal,
        answer.gap if math.isfinite(answer.gap) else math.nan,
        stability(problem, usual, answer),
        _remarks(journeys, question, limit),
        journeys.homes.on_grid,
    )


def _check(question: Question, model: str) -> None:
    check_threshold(question.threshold, unit_of(model))
    if question.rank != FIRST:
        raise GapError(
            "Sites à proposer : ils le sont pour le service le plus proche ; pour le deuxième "
            "choix, essayez des sites un à un."
        )


def _farthest(journeys: Journeys, question: Question) -> float:
    """Return the minutes beyond which a new site is of no account to anybody.

    It is nearer to nobody than what they have, by slow trips, and within the threshold of nobody,
    were all times shorter by the share that is tried.
    """
    reached = Reach.of(journeys, question, "high").minutes()
    return max(float(reached.max()), question.threshold / min(STABILITY_FACTORS))


def _case(
    journeys: Journeys, question: Question, candidates: Candidates, people: Floats, bound: Bound
) -> SitingCase:
    reached = Reach.of(journeys, question, bound).minutes()
    return SitingCase.of(candidates.minutes(bound), people, reached)


def _sites(candidates: Candidates, case: SitingCase, settled: Settled) -> tuple[NewSite, ...]:
    """Return the sites, most gain first, each with its equals."""
    found = list[NewSite]()
    for candidate, brought in in_order(case, settled.sites, candidates.question.threshold):
        place = settled.sites.index(candidate)
        found.append(
            NewSite(
                candidates.site(candidate),
                round(brought),
                tuple(candidates.name(other) for other in settled.equals[place]),
                tuple(candidates.name(other) for other in settled.nearly[place]),
            )
        )
    return tuple(found)


def _remarks(journeys: Journeys, question: Question, limit: float) -> tuple[str, ...]:
    services = question.services
    told = (
        *public_remarks(
            question.public,
            [service.id for service in services],
            on_grid=journeys.homes.on_grid,
            census=year_of(ages_source(journeys.catalogue.data)),
        ),
        *(remark for one in services for remark in one.remarks(journeys.catalogue)),
        *(told for one in services for told in journeys.to_services(one).remarks),
        *journeys.to_openings(services, limit).remarks,
    )
    return tuple(dict.fromkeys(told))
