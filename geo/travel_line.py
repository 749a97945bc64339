"""Travel without a road map: the straight line, a detour and a speed by density of the communes."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from scipy.sparse import vstack
from scipy.spatial import cKDTree

from geo.travel import (
    UNREACHABLE,
    Bracket,
    Floats,
    Integers,
    Minutes,
    Points,
    Spread,
    TravelError,
    TravelTimes,
    to_minutes,
)

BLOCK = 4096
"""Origins searched at once: bounds the memory, whatever their number."""


@dataclass(frozen=True, slots=True)
class DensityClass:
    """How one drives where people live this densely.

    Parameters
    ----------
    title
        French, for the description of the method.
    density_from
        Inhabitants per km² of the commune from which the class holds.
    detour
        Road distance over straight distance.
    speed_kmh
        Mean speed by car from door to door, km/h, parking left out.
    """

    title: str
    density_from: float
    detour: Bracket
    speed_kmh: Bracket

    @property
    def pace(self) -> Bracket:
        """Minutes per straight km; its low is a short detour driven fast."""
        return Bracket(
            60 * self.detour.low / self.speed_kmh.high,
            60 * self.detour.central / self.speed_kmh.central,
            60 * self.detour.high / self.speed_kmh.low,
        )


DENSITY_CLASSES = (
    DensityClass("rural", 0, Bracket(1.15, 1.25, 1.4), Bracket(45, 55, 65)),
    DensityClass("intermédiaire", 300, Bracket(1.2, 1.3, 1.4), Bracket(35, 42, 50)),
    DensityClass("dense", 1500, Bracket(1.2, 1.3, 1.4), Bracket(23, 28, 35)),
)
"""The default classes.

The bounds of density are those of the European degree of urbanisation (Eurostat 2021, "Applying
the degree of urbanisation"), taken on the whole commune instead of its square kilometres. The
detours stay near 1.2 to 1.4, as found for road networks (Newell 1980, *Traffic flow on
transportation networks*; Héran 2009, "Des distances à vol d'oiseau aux distances réelles", Flux
76-77). The speeds are conventions of this project around the 36 km/h that the French survey of
mobility gives for car trips of 10 to 20 km (SDES, EMP 2019): settings, not measurements.
"""


@dataclass(frozen=True, slots=True)
class StraightLine:
    """Minutes = straight km × the mean pace of both ends, never less than the internal distance.

    The distance is at least that of the origin's inhabitants to their own centre, even where the
    service stands beside the town hall, and is driven half at the pace of each end. That
    straight distance foretells road time well but for shores and other barriers was found by
    Phibbs & Luft 1995 and Boscoe, Henry & Zdeb 2012: an estuary is not seen here.

    Parameters
    ----------
    classes
        By rising ``density_from``, the first from 0.

    Raises
    ------
    TravelError
        The classes are not in order.
    """

    classes: tuple[DensityClass, ...] = DENSITY_CLASSES
    id: ClassVar[str] = "vol-d-oiseau"

    def __post_init__(self) -> None:
        bounds = [c.density_from for c in self.classes]
        if not bounds or bounds[0] != 0 or sorted(set(bounds)) != bounds:
            raise TravelError(
                f"Classes de densité : seuils {bounds} ; attendu des seuils croissants depuis 0."
            )

    def times(
        self, origins: Points, destinations: Points, limit: float = UNREACHABLE
    ) -> TravelTimes:
        """Return the minutes between all pairs whose low time is within the limit.

        Raises
        ------
        TravelError
            There is nothing to travel between, or an origin has no internal distance.
        """
        if not len(origins) or not len(destinations):
            raise TravelError("Temps de trajet : aucun point de départ, ou aucun d’arrivée.")
        if not (origins.internal_km > 0).all():
            nil = origins.codes[int(np.argmin(origins.internal_km))]
            raise TravelError(
                f"Point de départ « {nil} » : distance interne nulle ; attendu plus de zéro, "
                "personne n’habite sur le seuil du service."
            )
        low, central, high = (self._paces(bound) for bound in ("low", "central", "high"))
        blocks = [
            self._search(origins.take(slice(start, start + BLOCK)), destinations, limit)
            for start in range(0, len(origins), BLOCK)
        ]
        ends = (self._classes_of(origins), self._classes_of(destinations))
        spread = Spread(low / central, high / central, *ends)
        return TravelTimes(vstack(blocks, format="csr"), spread, limit)

    def internal_minutes(self, points: Points) -> Floats:
        """Return the central minutes of the internal distance, at the pace of the place."""
        return points.internal_km * self.pace_at(points)

    def pace_at(self, points: Points) -> Floats:
        """Return the central minutes per straight km around each point."""
        return np.asarray(np.diagonal(self._paces("central"))[self._classes_of(points)])

    def _classes_of(self, points: Points) -> Integers:
        bounds = [c.density_from for c in self.classes]
        return np.searchsorted(bounds, points.density, side="right") - 1

    def _paces(self, bound: str) -> Floats:
        """Return the minutes per straight km by class of origin and of destination."""
        paces = np.array([getattr(c.pace, bound) for c in self.classes])
        return np.asarray((paces[:, None] + paces) / 2)

    def _search(self, origins: Points, destinations: Points, limit: float) -> Minutes:
        """Search class by class: each pair of classes has its own reach."""
        origin_class, destination_class = map(self._classes_of, (origins, destinations))
        pace, reach_km = self._paces("central"), limit / self._paces("low")
        found = [(np.empty(0, int), np.empty(0, int), np.empty(0))]
        for a, b in np.ndindex(pace.shape):
            # A service next door is as far as the people's own centre: out of reach if that is.
            near = origins.internal_km <= reach_km[a, b]
            own, theirs = np.flatnonzero((origin_class == a) & near), destination_class == b
            if not len(own) or not theirs.any():
                continue
            pairs = cKDTree(origins.xy[own] / 1000).sparse_distance_matrix(
                cKDTree(destinations.xy[theirs] / 1000), reach_km[a, b], output_type="ndarray"
            )
            rows = own[pairs["i"]]
            km = np.maximum(pairs["v"], origins.internal_km[rows])
            found.append((rows, np.flatnonzero(theirs)[pairs["j"]], km * pace[a, b]))
        rows, columns, minutes = (np.concatenate(parts) for parts in zip(*found, strict=True))
        return to_minutes(rows, columns, minutes, (len(origins), len(destinations)))


DEFAULT_PACE = StraightLine()
"""The pace off the roads that another model knows: within a commune, and to the first road."""
