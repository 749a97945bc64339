"""Destinations that close: who had them among their nearest is searched again, nobody else."""

from collections.abc import Callable

import numpy as np

from geo.access.nearest import only_nearest
from geo.travel.times import Integers, Minutes, TravelTimes, to_minutes


def without_columns(
    times: TravelTimes, columns: Integers, again: Callable[[Integers], TravelTimes], k: int
) -> TravelTimes:
    """Return the times of :func:`geo.access.nearest.only_nearest` without some destinations.

    Parameters
    ----------
    times
        To the k nearest destinations of each origin.
    columns
        Numbers of the destinations that are no more.
    again
        Takes numbers of origins; gives their times to all destinations but those.
    """
    gone = np.isin(times.central.indices, columns)
    rows = np.repeat(np.arange(times.central.shape[0]), np.diff(times.central.indptr))
    touched = np.unique(rows[gone])
    if not len(touched):
        return times
    other = only_nearest(again(touched), k)
    kept = ~np.isin(rows, touched)
    low, central, high = to_minutes(
        np.concatenate([rows[kept], touched[other.central.tocoo().row]]),
        np.concatenate([times.central.indices[kept], other.central.indices]),
        [
            np.concatenate([old.data[kept], new.data])
            for old, new in zip(_bounds(times), _bounds(other), strict=True)
        ],
        times.central.shape,
    )
    return TravelTimes(low, central, high, times.limit, times.remarks)


def _bounds(times: TravelTimes) -> tuple[Minutes, Minutes, Minutes]:
    return times.low, times.central, times.high
