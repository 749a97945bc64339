"""Travel on the road network that an operator gives: shortest paths, and the way to the road."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from geo.travel.line import DEFAULT_PACE, StraightLine
from geo.travel.network import RoadNetwork
from geo.travel.times import (
    CAR_TIMES,
    UNREACHABLE,
    Bracket,
    Floats,
    Integers,
    Points,
    TravelTimes,
    figure,
    to_minutes,
)

BLOCK_BYTES = 128_000_000
"""Memory of the distances to all nodes that are held at once."""


@dataclass(frozen=True, slots=True, eq=False)
class Roads:
    """Minutes by the fastest road, plus the straight way to the road at both ends.

    Parameters
    ----------
    network
        Made by :func:`geo.travel.network.open_network`.
    spread
        Factors of the model's minutes: an empty road, a peak hour.
    local
        Pace on the way to the first road, and within the commune of origin.
    farthest_m
        Metres from a road beyond which a point counts as unreachable.
    """

    network: RoadNetwork
    spread: Bracket = CAR_TIMES
    local: StraightLine = DEFAULT_PACE
    farthest_m: float = 3000.0
    id: ClassVar[str] = "routes"

    def times(
        self, origins: Points, destinations: Points, limit: float = UNREACHABLE
    ) -> TravelTimes:
        """Return the minutes, at least the internal time of the origin.

        The shortest paths are searched from the side that has fewer points, in blocks.
        """
        search_limit = limit * self.spread.central / self.spread.low
        starts, start_legs = self._reach_road(origins)
        ends, end_legs = self._reach_road(destinations)
        internal = self.local.internal_minutes(origins)
        found = [(np.empty(0, int), np.empty(0, int), np.empty(0))]
        for rows, columns, path in self._paths(starts, ends, search_limit):
            minutes = start_legs[rows, None] + path + end_legs[columns]
            minutes = np.maximum(minutes, internal[rows, None])
            near = np.nonzero(np.isfinite(minutes) & (minutes <= search_limit))
            found.append((rows[near[0]], columns[near[1]], minutes[near]))
        rows, columns, minutes = (np.concatenate(parts) for parts in zip(*found, strict=True))
        (central,) = to_minutes(rows, columns, [minutes], (len(origins), len(destinations)))
        remarks = self._remarks(start_legs, end_legs)
        return TravelTimes.around(central, self.spread, limit, remarks)

    def _reach_road(self, points: Points) -> tuple[Integers, Floats]:
        """Return the node of the network next to each point, and the minutes to it."""
        nodes = np.flatnonzero(self.network.entry)
        metres, nearest = cKDTree(self.network.xy[nodes]).query(points.xy)
        minutes = metres / 1000 * self.local.pace_at(points)
        return nodes[nearest], np.where(metres <= self.farthest_m, minutes, UNREACHABLE)

    def _paths(
        self, starts: Integers, ends: Integers, limit: float
    ) -> Iterator[tuple[Integers, Integers, Floats]]:
        """Give blocks of the matrix of minutes: rows, columns, and the minutes between them."""
        graph = self.network.minutes
        block = max(1, BLOCK_BYTES // (8 * graph.shape[0]))
        backwards = len(ends) < len(starts)
        if backwards:
            graph, starts, ends = graph.T.tocsr(), ends, starts
        others = np.arange(len(ends))
        for first in range(0, len(starts), block):
            some = np.arange(first, min(first + block, len(starts)))
            nodes, which = np.unique(starts[some], return_inverse=True)
            path = dijkstra(graph, indices=nodes, limit=limit)[:, ends][which]
            yield (others, some, path.T) if backwards else (some, others, path)

    def _remarks(self, start_legs: Floats, end_legs: Floats) -> tuple[str, ...]:
        lost = int(np.isinf(start_legs).sum() + np.isinf(end_legs).sum())
        if not lost:
            return ()
        places, counted = ("lieux", "comptés") if lost > 1 else ("lieu", "compté")
        told = (
            f"{lost} {places} à plus de {figure(self.farthest_m / 1000)} km d’une route de "
            f"« {self.network.name} », {counted} hors d’atteinte."
        )
        return (told,)
