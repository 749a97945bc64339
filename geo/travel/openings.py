"""Where a new site would stand: at the town hall, or in a town that has one where it helps."""

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree
from scipy.spatial.distance import cdist

from geo.travel.homes import Homes
from geo.travel.times import Floats, Integers, Points


@dataclass(frozen=True, slots=True, eq=False)
class Moved:
    """Communes where a new site would not stand at the town hall, and where it would.

    Parameters
    ----------
    communes
        Shape (t,), rising numbers in the order of the reference.
    xy
        Shape (t, 2), metres, EPSG:2154.
    """

    communes: Integers
    xy: Floats


def places_to_open(homes: Homes, halls: Points, *services: Points) -> Moved:
    """Find where one more site of a service would stand in the communes that have some already.

    At the home that brings its inhabitants nearest to the service, by the sum over them of the
    straight way that each saves; the town hall where no home saves more. Another site beside the
    first would shorten nobody's way, and nobody would open it there.

    Parameters
    ----------
    services
        Where each service stands; of several, a site has them all, and a way is to the farthest.
    """
    served = set.intersection(*(set(service.codes) for service in services))
    trees = [cKDTree(service.xy / 1000) for service in services]
    ways = [tree.query(homes.points.xy / 1000)[0] for tree in trees]
    km = np.maximum.reduce([*ways, homes.points.internal_km])
    starts = np.searchsorted(homes.commune, np.arange(len(halls) + 1))
    found = list[tuple[int, Floats]]()
    for number, code in enumerate(halls.codes):
        own = slice(starts[number], starts[number + 1])
        if code not in served or own.stop - own.start < 2:  # noqa: PLR2004 - one home has no choice
            continue
        places = np.vstack([halls.xy[number], homes.points.xy[own]])
        way = cdist(homes.points.xy[own], places) / 1000
        way = np.maximum(way, homes.points.internal_km[own, None])
        saved = homes.people[own] @ np.maximum(km[own, None] - way, 0)
        best = int(np.argmax(saved))
        if best:
            found.append((number, places[best]))
    return Moved(
        np.array([number for number, _ in found], dtype=np.int64),
        np.array([place for _, place in found]).reshape(-1, 2),
    )
