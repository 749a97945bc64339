"""Accessibility: how near the services are, and who lives too far from them.

Origins are where people live, destinations where services stand; services across a border count
as soon as they are given.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from geo.travel.times import UNREACHABLE, Floats, Integers, Minutes, TravelTimes, figure

NOWHERE = -1
"""Number of the destination where none is in reach."""


class AccessError(ValueError):
    """A measure cannot be taken; the message is a French sentence for a person."""


@dataclass(frozen=True, slots=True, eq=False)
class Nearest:
    """The nearest services of each origin.

    Parameters
    ----------
    low, central, high
        Shape (n, k): minutes to the first, second… k-th nearest, ``inf`` where there is none in
        reach. Each is the k-th smallest of its own bound, whichever service that is.
    destination
        Shape (n, k): which service, by the central time, the lower number first where two are
        equally near; ``NOWHERE`` for none.
    limit
        Minutes up to which the times were searched.
    """

    low: Floats
    central: Floats
    high: Floats
    destination: Integers
    limit: float


@dataclass(frozen=True, slots=True, eq=False)
class Coverage:
    """Who lives beyond a threshold, and for whom that is not certain.

    Parameters
    ----------
    threshold
        Minutes; exactly the threshold is within it.
    beyond
        Shape (n,), bool: the central time is beyond.
    uncertain
        Shape (n,), bool: the threshold lies between the low and the high time.
    demand, demand_beyond, demand_uncertain
        People in all, beyond, and uncertain (of either side).
    """

    threshold: float
    beyond: NDArray[np.bool_]
    uncertain: NDArray[np.bool_]
    demand: float
    demand_beyond: float
    demand_uncertain: float

    @property
    def share_beyond(self) -> float:
        """Share of the people beyond the threshold, ``nan`` where there is nobody."""
        return self.demand_beyond / self.demand if self.demand else float("nan")


def nearest(times: TravelTimes, k: int = 1) -> Nearest:
    """Find the k nearest services of each origin, with their bracket.

    Raises
    ------
    AccessError
        ``k`` is not a positive whole number.
    """
    central, destination = kth_nearest(times.central, k)
    low, high = kth_nearest(times.low, k)[0], kth_nearest(times.high, k)[0]
    return Nearest(low, central, high, destination, times.limit)


def kth_nearest(minutes: Minutes, k: int = 1) -> tuple[Floats, Integers]:
    """Return the k smallest minutes of each row, and their columns.

    Parameters
    ----------
    minutes
        Shape (n, m), its columns rising within each row; not changed.

    Returns
    -------
    tuple of numpy.ndarray
        Minutes (n, k), rising, ``inf`` beyond what is stored; columns (n, k), the lower first
        among equals, ``NOWHERE`` beyond what is stored.

    Raises
    ------
    AccessError
        ``k`` is not a positive whole number.
    """
    if k < 1:
        raise AccessError(f"Rang du service le plus proche : trouvé {k}, attendu 1 ou plus.")
    n = minutes.shape[0]
    found = np.full((n, k), UNREACHABLE)
    column = np.full((n, k), NOWHERE, dtype=np.int64)
    # An origin that reaches nothing holds no entry, and `reduceat` would give it its neighbour's:
    # only the filled rows are worked on. `row` says of each stored minute which one it is in.
    counts = np.diff(minutes.indptr)
    filled = np.flatnonzero(counts)
    row = np.repeat(np.arange(len(filled)), counts[filled])
    left = minutes.data.copy()
    for rank in range(min(k, int(counts.max(initial=0)))):
        # The least minutes that each row still has, in one pass over all rows at once.
        best = np.minimum.reduceat(left, minutes.indptr[filled])
        # Where they stand; among equals of a row, stored by rising column, the first is kept.
        at = np.flatnonzero((left == best[row]) & (left < UNREACHABLE))
        first = np.ones(len(at), dtype=bool)
        first[1:] = row[at[1:]] != row[at[:-1]]
        at = at[first]
        found[filled[row[at]], rank] = left[at]
        column[filled[row[at]], rank] = minutes.indices[at]
        # What was found is out of the next search.
        left[at] = UNREACHABLE
    return found, column


def only_nearest(times: TravelTimes, k: int) -> TravelTimes:
    """Return the times without the pairs that are in no bound among the k nearest of an origin.

    :func:`nearest` finds the same in it up to k.
    """
    wanted = np.zeros(times.central.nnz, dtype=bool)
    row = np.repeat(np.arange(times.central.shape[0]), np.diff(times.central.indptr))
    for bound in (times.low, times.central, times.high):
        wanted |= bound.data <= kth_nearest(bound, k)[0][row, -1]
    starts = np.concatenate([[0], np.cumsum(wanted)])[times.central.indptr]
    low, central, high = (
        csr_array((bound.data[wanted], bound.indices[wanted], starts), bound.shape)
        for bound in (times.low, times.central, times.high)
    )
    return TravelTimes(low, central, high, times.limit, times.remarks)


def coverage(near: Nearest, demand: ArrayLike, threshold: float, rank: int = 1) -> Coverage:
    """Count the people beyond a threshold of minutes to the nearest service.

    Parameters
    ----------
    demand
        Shape (n,), people of each origin, zero or more.
    threshold
        Minutes, zero or more.
    rank
        1 for the nearest service, 2 for the second…

    Raises
    ------
    AccessError
        The times were not searched up to the threshold, or a number makes no sense.
    """
    people = amounts_of(demand, len(near.central), "demande")
    if not 0 <= threshold < np.inf:
        raise AccessError(f"Seuil : trouvé {figure(threshold)} minutes, attendu zéro ou plus.")
    if threshold > near.limit:
        raise AccessError(
            f"Seuil : trouvé {figure(threshold)} minutes, mais les trajets n’ont été cherchés que "
            f"jusqu’à {figure(near.limit)} minutes."
        )
    if not 1 <= rank <= near.central.shape[1]:
        raise AccessError(
            f"Rang du service : trouvé {rank}, attendu entre 1 et {near.central.shape[1]}."
        )
    low, central, high = (bound[:, rank - 1] for bound in (near.low, near.central, near.high))
    beyond, uncertain = central > threshold, (low <= threshold) & (high > threshold)
    return Coverage(
        threshold,
        beyond,
        uncertain,
        float(people.sum()),
        float(people[beyond].sum()),
        float(people[uncertain].sum()),
    )


def amounts_of(values: ArrayLike, n: int, what: str) -> Floats:
    """Return n numbers of people or of capacity, zero or more; raises :class:`AccessError`."""
    amounts = np.asarray(values, dtype=np.float64)
    if amounts.shape != (n,):
        raise AccessError(f"Accessibilité, {what} : {amounts.size} nombres, attendu {n}.")
    wrong = np.flatnonzero(~(np.isfinite(amounts) & (amounts >= 0)))
    if len(wrong):
        raise AccessError(
            f"Accessibilité, {what} n° {wrong[0] + 1} : trouvé {figure(amounts[wrong[0]])}, "
            "attendu un nombre positif ou nul."
        )
    return amounts
