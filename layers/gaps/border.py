"""The border: how many live nearer to another département than to a service of this one."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from geo.reference.places import Reference
from geo.travel.times import Floats, Points


@dataclass(frozen=True, slots=True)
class NearBorder:
    """People nearer, as the crow flies, to the land border than to what is asked about.

    Parameters
    ----------
    people
        How many of the public they are.
    beyond
        Those of them beyond the threshold: a service across the border might be within it.
    """

    people: int
    beyond: int


def border_km(reference: Reference, homes: Points) -> Floats:
    """Return the straight distance of each home to the communes across the border, in km."""
    around = shapely.STRtree(reference.neighbour_communes().geometry.to_numpy())
    points = np.asarray(shapely.points(homes.xy))
    (rows, _), metres = around.query_nearest(points, return_distance=True, all_matches=False)
    found = np.full(len(homes), np.inf)
    found[rows] = metres / 1000
    return found


def count_near_border(
    border: Floats,
    homes: Points,
    services: Iterable[Points],
    people: Floats,
    beyond: NDArray[np.bool_],
) -> NearBorder:
    """Count who lives nearer to the border than to the farthest of the services.

    Parameters
    ----------
    border
        Shape (h,), km, see :func:`border_km`.
    services
        Where each service stands.
    people, beyond
        Shape (h,), of the public, and whether a home is beyond the threshold.
    """
    ways = [cKDTree(one.xy / 1000).query(homes.xy / 1000)[0] for one in services]
    nearer = border < np.maximum.reduce(ways)
    return NearBorder(
        round(float(people[nearer].sum())), round(float(people[nearer & beyond].sum()))
    )
