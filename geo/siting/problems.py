"""The four classical questions of siting, with existing sites fixed.

The map asks the first, :class:`MaximalCovering`. :class:`PMedian`, :class:`PCenter` and
:class:`SetCovering` are a library beside it: tests hold them against PySAL's spopt, benchmarks
measure them, and no page offers them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.siting.case import SECONDS, Siting, SitingCase, SitingError
from geo.siting.cover import Sites, fewest, is_covered_by_greedy, merge_rows, useful_columns
from geo.siting.gain import choose
from geo.travel.times import UNREACHABLE, Floats, figure


@dataclass(frozen=True, slots=True)
class MaximalCovering:
    """Which k sites bring most people within a threshold (Church & ReVelle 1974).

    Parameters
    ----------
    k
        Most new sites.
    threshold
        Minutes; exactly the threshold is within it.
    seconds
        Time limit of each call of the solver.
    """

    k: int
    threshold: float
    seconds: float = SECONDS

    def __post_init__(self) -> None:
        _check_count(self.k)
        _check_threshold(self.threshold)

    def value(self, case: SitingCase, sites: Sequence[int]) -> float:
        """Return the people within the threshold of an existing or a new site."""
        return float(case.people[case.with_sites(sites) <= self.threshold].sum())

    def solve(self, case: SitingCase) -> Siting:
        """Return the best sites; the value counts those whom existing sites cover too."""
        beyond = (case.reached > self.threshold) & (case.people > 0)
        people, brought = merge_rows(case.people[beyond], case.minutes[beyond] <= self.threshold)
        columns = useful_columns(brought)
        choice = choose(people[:, None] * brought[:, columns], self.k, self.seconds)
        sites = tuple(int(columns[site]) for site in choice.sites)
        value = self.value(case, sites)
        return Siting(sites, value, value + (choice.bound - choice.total))


@dataclass(frozen=True, slots=True)
class PMedian:
    """Which k sites make the mean time to the nearest site least (Hakimi 1964).

    Parameters
    ----------
    k
        Most new sites.
    unserved
        Minutes that somebody with no site in reach counts for; twice the longest time of the
        case when left out. Those whom no candidate can serve are left out of the mean.
    seconds
        Time limit of each call of the solver.
    """

    k: int
    unserved: float | None = None
    seconds: float = SECONDS

    def __post_init__(self) -> None:
        _check_count(self.k)

    def value(self, case: SitingCase, sites: Sequence[int]) -> float:
        """Return the mean minutes of the people to the nearest site."""
        most = self._most(case)
        people = self._people(case)
        return float(np.minimum(case.with_sites(sites), most) @ people / people.sum())

    def solve(self, case: SitingCase) -> Siting:
        """Return the best sites; proved or with a bound, see :mod:`geo.siting.gain`."""
        most, people = self._most(case), self._people(case)
        now, then = np.minimum(case.reached, most), np.minimum(case.minutes, most)
        saved = people[:, None] * np.maximum(now[:, None] - then, 0)
        # What every candidate saves alike is saved by any: it would only blur the bound.
        alike = saved.min(axis=1)
        choice = choose(saved - alike[:, None], self.k, self.seconds)
        sites = choice.sites or ((0,) if alike.any() else ())
        value = self.value(case, sites)
        return Siting(sites, value, value - (choice.bound - choice.total) / people.sum())

    def _most(self, case: SitingCase) -> float:
        if self.unserved is not None:
            return self.unserved
        times = np.concatenate([case.minutes.ravel(), case.reached])
        return 2 * float(times[np.isfinite(times)].max(initial=0))

    def _people(self, case: SitingCase) -> Floats:
        people = case.people.copy()
        people[case.lost] = 0
        if not people.any():
            raise SitingError("Implantation : aucun emplacement n’est à portée d’un habitant.")
        return people


@dataclass(frozen=True, slots=True)
class PCenter:
    """Which k sites make the longest time to the nearest site shortest (Hakimi 1964).

    Found by halving the times between which it lies, each tried as a set covering (Minieka
    1970). Those whom no candidate can serve are left out.

    Parameters
    ----------
    k
        Most new sites.
    seconds
        Time limit of each call of the solver.
    """

    k: int
    seconds: float = SECONDS

    def __post_init__(self) -> None:
        _check_count(self.k)

    def value(self, case: SitingCase, sites: Sequence[int]) -> float:
        """Return the longest minutes of anybody to the nearest site."""
        return float(case.with_sites(sites)[_served(case)].max(initial=0))

    def solve(self, case: SitingCase) -> Siting:
        """Return the sites with the shortest longest time.

        Raises
        ------
        SitingError
            As many sites cannot serve all that some candidate can.
        """
        served = _served(case)
        own, reached = case.minutes[served], case.reached[served]
        nearest = np.minimum(own.min(axis=1), reached).max(initial=0)
        times = np.unique(np.concatenate([own.ravel(), reached, [nearest]]))
        times = times[np.isfinite(times) & (times >= nearest)]
        low, high, proved = 0, self._greedy(times, own, reached), 0
        best, _ = self._cover(times[high], own, reached)
        if best is None:
            raise SitingError(
                f"Implantation : trouvé {self.k} comme nombre de sites, trop peu pour que chacun "
                "en ait un à portée, ou la réponse demande plus de "
                f"{figure(self.seconds)} secondes."
            )
        while low < high:
            middle = (low + high) // 2
            sites, needed = self._cover(times[middle], own, reached)
            if sites is not None:
                best, high = sites, middle
            else:
                low, proved = middle + 1, middle + 1 if needed > self.k else proved
        value = self.value(case, best)
        return Siting(best, value, min(value, float(times[proved])))

    def _greedy(self, times: Floats, own: Floats, reached: Floats) -> int:
        """Return the place of the shortest time that greedy covering finds to do."""
        low, high = 0, len(times) - 1
        while low < high:
            middle = (low + high) // 2
            far = reached > times[middle]
            if not far.any() or is_covered_by_greedy(own[far] <= times[middle], self.k):
                high = middle
            else:
                low = middle + 1
        return high

    def _cover(self, time: float, own: Floats, reached: Floats) -> tuple[Sites | None, int]:
        far = reached > time
        return fewest(own[far] <= time, self.k, self.seconds) if far.any() else ((), 0)


@dataclass(frozen=True, slots=True)
class SetCovering:
    """How few sites bring everybody within a threshold (Toregas et al. 1971).

    Those whom no candidate brings within it are left out; compare
    :meth:`geo.siting.case.SitingCase.with_sites` with the threshold to see who stays beyond.

    Parameters
    ----------
    threshold
        Minutes; exactly the threshold is within it.
    seconds
        Time limit of the solver.
    """

    threshold: float
    seconds: float = SECONDS

    def __post_init__(self) -> None:
        _check_threshold(self.threshold)

    def value(self, case: SitingCase, sites: Sequence[int]) -> float:
        """Return the number of new sites, infinite where they leave out somebody they need not."""
        far = case.with_sites(sites) > self.threshold
        return UNREACHABLE if (far & self._to_cover(case)).any() else float(len(sites))

    def solve(self, case: SitingCase) -> Siting:
        """Return the fewest sites.

        Raises
        ------
        SitingError
            The solver found none within its time.
        """
        rows = self._to_cover(case)
        if not rows.any():
            return Siting((), 0.0, 0.0)
        covers = case.minutes[rows] <= self.threshold
        sites, needed = fewest(covers, covers.shape[1], self.seconds)
        if sites is None:
            raise SitingError(
                f"Implantation : aucune réponse en {figure(self.seconds)} secondes ; "
                "augmentez la durée ou le seuil."
            )
        return Siting(sites, float(len(sites)), float(needed))

    def _to_cover(self, case: SitingCase) -> NDArray[np.bool_]:
        """Tell who is beyond the threshold and need not be."""
        able = case.minutes.min(axis=1) <= self.threshold
        return np.asarray((case.people > 0) & (case.reached > self.threshold) & able)


def _served(case: SitingCase) -> NDArray[np.bool_]:
    served = case.people > 0
    served[case.lost] = False
    return served


def _check_count(k: int) -> None:
    if k < 1:
        raise SitingError(f"Implantation : trouvé {k} comme nombre de sites, attendu 1 ou plus.")


def _check_threshold(threshold: float) -> None:
    if not 0 <= threshold < UNREACHABLE:
        raise SitingError(
            f"Implantation : seuil de {figure(threshold)} minutes, attendu zéro ou plus."
        )
