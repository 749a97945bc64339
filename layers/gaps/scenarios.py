"""Scenarios: what opening and closing sites would change, told before anything is done."""

from dataclasses import dataclass, replace

import numpy as np

from geo.travel.times import Floats
from layers.gaps.journeys import Journeys
from layers.gaps.measure import Gaps, measure_gaps
from layers.gaps.opened import Site, find_site
from layers.gaps.publics import count_people
from layers.gaps.question import Question
from layers.gaps.reach import Reach
from layers.gaps.sites import Place


@dataclass(frozen=True, slots=True)
class OpenedSite:
    """A site that opens, and the people that it brings within the threshold."""

    site: Site
    gain: int


@dataclass(frozen=True, slots=True)
class ClosedSite:
    """A place that closes, and the people that fall beyond the threshold by that."""

    place: Place
    loss: int


@dataclass(frozen=True, slots=True, eq=False)
class Scenario:
    """Some sites that open and some that close, and who is beyond the threshold then.

    Parameters
    ----------
    gaps
        With the sites that stay and the new ones.
    sites
        With the people that each brings within the threshold after all closings and after the
        sites before it, most first.
    closed
        With the people that each puts beyond the threshold after those before it, in the order
        of the question.
    brought, pushed
        People within the threshold who were not, and the reverse.
    minutes_saved
        On average over all who have a service in reach before and after; below zero where their
        way gets longer: minutes, or kilometres.
    nearer, saved_nearer
        People who get nearer at all, and what they save on average.
    farther, added_farther
        People who get farther, and what their way is longer on average; infinite where nothing is
        left for some.
    """

    gaps: Gaps
    sites: tuple[OpenedSite, ...]
    closed: tuple[ClosedSite, ...]
    brought: int
    pushed: int
    minutes_saved: float
    nearer: int
    saved_nearer: float
    farther: int
    added_farther: float


def weigh(journeys: Journeys, question: Question) -> Scenario:
    """Find what the sites of a question that open and close change, compared with today.

    Raises
    ------
    GapError, LayerError, ServiceError, TravelError
        As :func:`layers.gaps.measure.measure_gaps`.
    """
    gaps = measure_gaps(journeys, question)
    people = count_people(question.public, journeys.homes, journeys.catalogue)
    threshold = question.threshold
    before = Reach.of(journeys, question.unchanged).minutes()
    reach = Reach.of(journeys, question)
    after = reach.minutes()
    had = np.isfinite(before) & np.isfinite(after)
    nearer, saved = _changed(before, after, people)
    farther, added = _changed(after, before, people)
    return Scenario(
        gaps,
        _opened(journeys, question, reach, people),
        _closed(journeys, question, people, gaps.gone),
        round(float(people[(before > threshold) & (after <= threshold)].sum())),
        round(float(people[(before <= threshold) & (after > threshold)].sum())),
        _mean(before[had] - after[had], people[had]),
        nearer,
        saved,
        farther,
        added,
    )


def _changed(longer: Floats, shorter: Floats, people: Floats) -> tuple[int, float]:
    """Return how many have the shorter way of two that differ, and by how much on average."""
    moved = (shorter < longer) & np.isfinite(shorter) & (people > 0)
    return round(float(people[moved].sum())), _mean(longer[moved] - shorter[moved], people[moved])


def _mean(values: Floats, people: Floats) -> float:
    total = float(people.sum())
    return float(values @ people) / total if total else 0.0


def _opened(
    journeys: Journeys, question: Question, reach: Reach, people: Floats
) -> tuple[OpenedSite, ...]:
    """Return the sites with what each brings after those before it, most first."""
    beyond = people * (reach.minutes(()) > question.threshold)
    left, opened, found = list(range(len(question.opened))), list[int](), list[OpenedSite]()
    held = 0.0
    while left:
        brought = [
            float(beyond @ (reach.minutes([*opened, site]) <= question.threshold)) for site in left
        ]
        best = int(np.argmax(brought))
        site = find_site(journeys, question.services, question.opened[left[best]])
        found.append(OpenedSite(site, round(brought[best] - held)))
        held = brought[best]
        opened.append(left.pop(best))
    return tuple(found)


def _closed(
    journeys: Journeys, question: Question, people: Floats, gone: tuple[Place, ...]
) -> tuple[ClosedSite, ...]:
    """Return the places with the people that each puts beyond, after those before it."""
    found, beyond = list[ClosedSite](), _beyond(journeys, question.unchanged, people)
    for number, place in enumerate(gone, 1):
        closed = tuple(one.word for one in gone[:number])
        then = _beyond(journeys, replace(question.unchanged, closed=closed), people)
        found.append(ClosedSite(place, round(then - beyond)))
        beyond = then
    return tuple(found)


def _beyond(journeys: Journeys, question: Question, people: Floats) -> float:
    return float(people[Reach.of(journeys, question).minutes() > question.threshold].sum())
