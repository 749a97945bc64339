"""Siting: where the next sites should go, what they would change, and how sure that is.

Origins are where people live, candidates are places where a site could be opened. Sites that
exist already stay; what they give is known by the minutes to the nearest of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo.access.nearest import amounts_of
from geo.travel.times import UNREACHABLE, Floats

SECONDS = 20.0
"""Time that a solver may take before it gives its best answer and says how good that is."""

STABILITY_FACTORS = (0.9, 1.1)


class SitingError(ValueError):
    """The question has no answer as it is put; the message is a French sentence."""


@dataclass(frozen=True, slots=True, eq=False)
class SitingCase:
    """Who lives where, and how far the candidates and the existing sites are.

    Parameters
    ----------
    minutes
        Shape (n, m), from each origin to each candidate, ``inf`` where there is no way.
    people
        Shape (n,), zero or more; an origin where nobody lives is never served for its own sake.
    reached
        Shape (n,), minutes to the nearest existing site, ``inf`` where there is none.

    Raises
    ------
    SitingError
        Shapes differ, minutes are missing or negative, or there is no candidate.
    """

    minutes: Floats
    people: Floats
    reached: Floats

    @classmethod
    def of(cls, minutes: ArrayLike, people: ArrayLike, reached: ArrayLike = UNREACHABLE) -> Self:
        """Make a case from anything array-like; without ``reached`` no site exists yet."""
        matrix = np.atleast_2d(np.asarray(minutes, dtype=np.float64))
        n = len(matrix)
        near = np.broadcast_to(np.asarray(reached, dtype=np.float64), (n,))
        return cls(matrix, amounts_of(people, n, "population"), near)

    def __post_init__(self) -> None:
        n, m = self.minutes.shape
        if not m or not self.people.any():
            raise SitingError("Implantation : aucun emplacement possible, ou aucun habitant.")
        if self.people.shape != (n,) or self.reached.shape != (n,):
            raise SitingError(f"Implantation : {n} communes, mais pas autant de populations.")
        if not ((self.minutes >= 0).all() and (self.reached >= 0).all()):
            raise SitingError("Implantation : un temps de trajet manque ou est négatif.")

    def scaled(self, factor: float) -> "SitingCase":
        """Return the case with all minutes multiplied."""
        return replace(self, minutes=self.minutes * factor, reached=self.reached * factor)

    def with_sites(self, sites: Sequence[int]) -> Floats:
        """Return the minutes to the nearest site, existing or among these candidates, (n,)."""
        if not len(sites):
            return self.reached
        return np.asarray(np.minimum(self.reached, self.minutes[:, list(sites)].min(axis=1)))

    @property
    def lost(self) -> NDArray[np.integer]:
        """Origins with inhabitants that no candidate and no existing site can be reached from."""
        nearest = np.minimum(self.reached, self.minutes.min(axis=1))
        return np.flatnonzero(np.isinf(nearest) & (self.people > 0))


@dataclass(frozen=True, slots=True)
class Siting:
    """An answer, and how good it is.

    Parameters
    ----------
    sites
        Numbers of the candidates, rising; fewer than asked for where more would change nothing.
    value
        What the problem counts: people covered, minutes, number of sites.
    bound
        The best value that any answer could have; the same as ``value`` when that is proved.
    """

    sites: tuple[int, ...]
    value: float
    bound: float

    @property
    def gap(self) -> float:
        """How far the answer may be from the best one, as a share of its value."""
        if self.value == self.bound:
            return 0.0
        return abs(self.bound - self.value) / abs(self.value) if self.value else UNREACHABLE

    @property
    def optimal(self) -> bool:
        """Whether no other answer is better, which is proved."""
        return self.value == self.bound


class Problem(Protocol):
    """A question of siting."""

    def value(self, case: SitingCase, sites: Sequence[int]) -> float:
        """Return what the problem counts, for any sites."""

    def solve(self, case: SitingCase) -> Siting:
        """Return the best sites; the same each time for the same case."""


@dataclass(frozen=True, slots=True)
class Gain:
    """What new sites change.

    Parameters
    ----------
    people
        Brought within the threshold.
    minutes
        Saved, on average over all who had a site in reach before.
    """

    people: float
    minutes: float


def gain(case: SitingCase, sites: Sequence[int], threshold: float) -> Gain:
    """Return what opening some candidates together would change.

    Parameters
    ----------
    threshold
        Minutes; exactly the threshold is within it.
    """
    before, after = case.reached, case.with_sites(sites)
    brought = case.people[(before > threshold) & (after <= threshold)].sum()
    had = np.isfinite(before) & (case.people > 0)
    people = case.people[had]
    saved = (before[had] - after[had]) @ people / people.sum() if had.any() else 0.0
    return Gain(float(brought), float(saved))


def in_order(
    case: SitingCase, sites: Sequence[int], threshold: float
) -> tuple[tuple[int, float], ...]:
    """Return sites with the people that each brings within the threshold, most first.

    Each is counted after those before it, so that the gains add up to that of all together; the
    lower number comes first where two bring as many.
    """
    left, opened, found = sorted(sites), list[int](), list[tuple[int, float]]()
    while left:
        people = [gain(case, [*opened, site], threshold).people for site in left]
        best = int(np.argmax(people))
        found.append((left[best], people[best] - sum(more for _, more in found)))
        opened.append(left.pop(best))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Stability:
    """What becomes of an answer when all times are a little shorter or longer.

    Parameters
    ----------
    factor
        Of all minutes.
    sites
        The best sites then.
    kept
        Share of the first answer's sites that are still among them.
    regret
        How much worse than them the first answer then is, as a share of their value.
    """

    factor: float
    sites: tuple[int, ...]
    kept: float
    regret: float


def stability(
    problem: Problem,
    case: SitingCase,
    answer: Siting,
    factors: Sequence[float] = STABILITY_FACTORS,
) -> tuple[Stability, ...]:
    """Ask the question again with other times, to see whether the answer holds."""
    return tuple(_again(problem, case.scaled(factor), answer, factor) for factor in factors)


def _again(problem: Problem, case: SitingCase, answer: Siting, factor: float) -> Stability:
    best = problem.solve(case)
    kept = len(set(best.sites) & set(answer.sites)) / len(answer.sites) if answer.sites else 1.0
    held = problem.value(case, answer.sites)
    regret = 0.0 if held == best.value else abs(held - best.value) / best.value
    return Stability(factor, best.sites, kept, regret)
