"""A commune from its homes: the mean way of its people, and how many of them live too far."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from geo.access.nearest import NOWHERE, Nearest, coverage
from geo.travel.homes import Homes
from geo.travel.times import Floats, Integers

DECIMALS: Final = 9
"""Of a mean: less is noise of rounding, and exactly the threshold is within it."""


def count_communes(  # noqa: PLR0913, PLR0917 - who is where, and what is asked of them
    near: Nearest, people: Floats, homes: Homes, threshold: float, communes: int, rank: int = 1
) -> dict[str, Floats | NDArray[np.bool_]]:
    """Return the mean ways of each commune, and its people beyond the threshold.

    Parameters
    ----------
    near
        Of each home, with the second choice.
    people
        Shape (h,), of the public.
    threshold
        Minutes, or kilometres where the model gives those.
    rank
        1 for the way to the nearest, 2 for that to the second choice.

    Returns
    -------
    dict
        Columns of :attr:`layers.gaps.measure.Gaps.communes`, each of shape (communes,).
    """
    covered = coverage(near, people, threshold, rank)
    beyond, uncertain = covered.beyond, covered.uncertain
    low, central, high = (
        _mean(bound[:, rank - 1], people, homes, communes)
        for bound in (near.low, near.central, near.high)
    )
    chosen = {
        "people": np.ones(len(homes), dtype=bool),
        "people_beyond": beyond,
        "people_surely": beyond & ~uncertain,
        "people_possibly": beyond | uncertain,
        "people_unreachable": np.isinf(near.central[:, rank - 1]),
    }
    return {
        "minutes_low": low,
        "minutes": central,
        "minutes_high": high,
        "second_minutes": _mean(near.central[:, 1], people, homes, communes),
        "beyond": central > threshold,
        "uncertain": (low <= threshold) & (high > threshold),
        **{name: homes.sum_by_commune(people * rows, communes) for name, rows in chosen.items()},
    }


def _weights(people: Floats, homes: Homes, communes: int) -> Floats:
    """Return how much each home weighs in its commune; all alike where none of the public live."""
    total = homes.sum_by_commune(people, communes)[homes.commune]
    alike = homes.sum_by_commune(np.ones(len(homes)), communes)[homes.commune]
    return np.where(total > 0, people / np.where(total > 0, total, 1), 1 / alike)


def _mean(minutes: Floats, people: Floats, homes: Homes, communes: int) -> Floats:
    """Return the mean over the people of each commune, ``inf`` where some have no way."""
    weights = _weights(people, homes, communes)
    some = weights > 0
    mean = np.bincount(homes.commune[some], minutes[some] * weights[some], communes)
    return np.round(mean, DECIMALS)


def choices_of(
    near: Nearest, people: Floats, homes: Homes, communes: int
) -> tuple[Integers, Integers]:
    """Return the service that is nearest for most people of each commune, and their second one.

    The second is another than the first. Both of shape (communes,), the lower number of equals,
    ``NOWHERE`` for none.
    """
    weights = _weights(people, homes, communes)
    nearest, second = near.destination.T
    first = _mostly(nearest, weights, homes)
    return first, _mostly(second, np.where(second == first[homes.commune], 0, weights), homes)


def _mostly(destination: Integers, weights: Floats, homes: Homes) -> Integers:
    width = int(destination.max(initial=NOWHERE)) + 2
    pairs, place = np.unique(homes.commune * width + destination + 1, return_inverse=True)
    held = np.bincount(place, weights)
    order = np.lexsort((pairs, -held, pairs // width))
    first = np.unique(pairs[order] // width, return_index=True)[1]
    return np.asarray(pairs[order][first] % width - 1)
