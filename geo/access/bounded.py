"""The nearest services of many origins, without a search of all pairs: farther, step by step."""

from itertools import chain, repeat
from typing import Final

import numpy as np
from scipy.sparse import csr_array, vstack

from geo.access.nearest import kth_nearest, only_nearest
from geo.travel.times import UNREACHABLE, Integers, Points, TravelModel, TravelTimes

FEW_PAIRS: Final = 1_000_000
"""Searched at once: there is little to spare."""
FIRST_LIMIT: Final = 8.0
"""Minutes, or kilometres: most people have a shop as near."""
STEPS: Final = 4
"""Times that the limit is doubled before all that is left is searched."""


def nearest_times(model: TravelModel, origins: Points, destinations: Points, k: int) -> TravelTimes:
    """Return the times to the k nearest services of each origin, by each bound.

    As :func:`geo.access.nearest.only_nearest` of all pairs. An origin is searched farther until it
    has k services in reach by slow trips too: what was not found is slower then by any bound.

    Raises
    ------
    TravelError
        The model knows nothing of these points.
    """
    if len(origins) * len(destinations) <= FEW_PAIRS:
        return only_nearest(model.times(origins, destinations), k)
    left, parts, places, remarks = np.arange(len(origins)), [], [], dict[str, None]()
    for limit in chain((FIRST_LIMIT * 2**step for step in range(STEPS)), repeat(UNREACHABLE)):
        times = model.times(origins.take(left), destinations, limit)
        slow = kth_nearest(times.high, k)[0][:, -1]
        done = slow <= limit
        remarks |= dict.fromkeys(times.remarks)
        parts.append(only_nearest(_rows(times, np.flatnonzero(done)), k))
        places.append(left[done])
        left = left[~done]
        if not len(left):
            break
    order = np.argsort(np.concatenate(places), kind="stable")
    low, central, high = (
        vstack([getattr(part, bound) for part in parts], format="csr")[order]
        for bound in ("low", "central", "high")
    )
    return TravelTimes(low, central, high, UNREACHABLE, tuple(remarks))


def _rows(times: TravelTimes, rows: Integers) -> TravelTimes:
    low, central, high = (csr_array(b[rows]) for b in (times.low, times.central, times.high))
    return TravelTimes(low, central, high, times.limit, times.remarks)
