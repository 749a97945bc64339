"""Travel without a road map: the straight line, a detour and a speed by density of the communes."""

from dataclasses import dataclass, replace
from typing import ClassVar, Final, Literal

import numpy as np
from scipy.sparse import csr_array, vstack
from scipy.spatial import cKDTree
from scipy.spatial.distance import cdist

from geo.travel.times import (
    UNREACHABLE,
    Bracket,
    Floats,
    Integers,
    Minutes,
    Points,
    TravelError,
    TravelTimes,
    figure,
    to_minutes,
)

BLOCK = 4096
"""Origins searched at once: bounds the memory, whatever their number."""


@dataclass(frozen=True, slots=True)
class Driving:
    """How one drives somewhere.

    Parameters
    ----------
    detour
        Road distance over straight distance.
    speed_kmh
        Mean speed by car, km/h, parking left out.
    """

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


@dataclass(frozen=True, slots=True)
class DensityClass:
    """How one drives near a place where people live this densely.

    Parameters
    ----------
    title
        French, for the description of the method.
    density_from
        Inhabitants per km² of the commune from which the class holds.
    """

    title: str
    density_from: float
    driving: Driving


DENSITY_CLASSES = (
    DensityClass("rural", 0, Driving(Bracket(1.15, 1.25, 1.4), Bracket(45, 55, 65))),
    DensityClass("intermédiaire", 300, Driving(Bracket(1.2, 1.3, 1.4), Bracket(35, 42, 50))),
    DensityClass("dense", 1500, Driving(Bracket(1.2, 1.3, 1.4), Bracket(23, 28, 35))),
)
"""The default classes.

The bounds of density are those of the European degree of urbanisation (Eurostat 2021, "Applying
the degree of urbanisation"), taken on the whole commune instead of its square kilometres. The
detours stay near 1.2 to 1.4, as found for road networks (Newell 1980, *Traffic flow on
transportation networks*; Héran 2009, "Des distances à vol d'oiseau aux distances réelles", Flux
76-77). The speeds are conventions of this project around the 36 km/h that the French survey of
mobility gives for car trips of 10 to 20 km (SDES, EMP 2019): settings, not measurements.
"""

OPEN_ROAD = Driving(Bracket(1.15, 1.2, 1.3), Bracket(55, 65, 80))
"""Between the surroundings of both ends, on main roads; a convention too."""


@dataclass(frozen=True, slots=True)
class StraightLine:
    """Minutes by car from the straight distance alone.

    The first and the last ``local_km`` are driven at the pace of their place, what lies between
    at that of the open road. The distance is at least that of the origin's inhabitants to their
    own centre, even where the service stands beside the town hall. That straight distance
    foretells road time well, but for shores and other barriers, was found by Phibbs & Luft 1995
    ("Correlation of travel time on roads versus straight line distance") and Boscoe, Henry & Zdeb
    2012 ("A nationwide comparison of driving distance versus straight-line distance to
    hospitals"): an estuary is not seen here, nor is a motorway.

    Parameters
    ----------
    classes
        By rising ``density_from``, the first from 0.
    open_road
        Where one drives faster at an end, the pace of that end holds all the way.
    local_km
        Straight km around each end, zero or more.

    Raises
    ------
    TravelError
        The classes are not in order, or the surroundings have no width.
    """

    classes: tuple[DensityClass, ...] = DENSITY_CLASSES
    open_road: Driving = OPEN_ROAD
    local_km: float = 4.0
    id: ClassVar[str] = "vol-d-oiseau"

    def __post_init__(self) -> None:
        bounds = [c.density_from for c in self.classes]
        if not bounds or bounds[0] != 0 or sorted(set(bounds)) != bounds:
            shown = " – ".join(map(figure, bounds)) or "aucun"
            raise TravelError(
                f"Classes de densité : seuils {shown} ; attendu des seuils croissants depuis 0."
            )
        if not 0 <= self.local_km < UNREACHABLE:
            raise TravelError(f"Abords : {figure(self.local_km)} km ; attendu zéro ou plus.")

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
        parts = (origins.take(slice(at, at + BLOCK)) for at in range(0, len(origins), BLOCK))
        if limit == UNREACHABLE:
            blocks = [self._measure_all(part, destinations) for part in parts]
        else:
            blocks = [self._search(part, destinations, limit) for part in parts]
        low, central, high = (_stack(part) for part in zip(*blocks, strict=True))
        return TravelTimes(low, central, high, limit)

    def internal_minutes(self, points: Points) -> Floats:
        """Return the central minutes of the internal distance, at the pace of the place."""
        return points.internal_km * self.pace_at(points)

    def pace_at(self, points: Points) -> Floats:
        """Return the central minutes per straight km around each point."""
        paces = np.array([c.driving.pace.central for c in self.classes])
        return np.asarray(paces[self._classes_of(points)])

    def _classes_of(self, points: Points) -> Integers:
        bounds = [c.density_from for c in self.classes]
        return np.searchsorted(bounds, points.density, side="right") - 1

    def _measure_all(self, origins: Points, destinations: Points) -> list[Minutes]:
        """Return the minutes of all pairs: where all are wanted there is nothing to search for."""
        shape = (len(origins), len(destinations))
        bounds = [np.empty(shape) for _ in range(3)]
        origin_class, destination_class = map(self._classes_of, (origins, destinations))
        for a, b in np.ndindex(len(self.classes), len(self.classes)):
            own, theirs = np.flatnonzero(origin_class == a), np.flatnonzero(destination_class == b)
            if not len(own) or not len(theirs):
                continue
            km = cdist(origins.xy[own] / 1000, destinations.xy[theirs] / 1000)
            np.maximum(km, origins.internal_km[own, None], out=km)
            pairs = np.ix_(own, theirs)
            for trip, minutes in zip(self._trips(a, b), bounds, strict=True):
                minutes[pairs] = trip.minutes(km)
        columns = np.tile(np.arange(shape[1], dtype=np.int32), shape[0])
        starts = np.arange(shape[0] + 1, dtype=np.int32) * shape[1]
        return [csr_array((minutes.ravel(), columns, starts), shape) for minutes in bounds]

    def _search(self, origins: Points, destinations: Points, limit: float) -> list[Minutes]:
        """Search class by class, since each pair of classes has its own reach."""
        origin_class, destination_class = map(self._classes_of, (origins, destinations))
        found = [(np.empty(0, int), np.empty(0, int), *[np.empty(0)] * 3)]
        for a, b in np.ndindex(len(self.classes), len(self.classes)):
            trips = self._trips(a, b)
            reach_km = trips[0].km_within(limit)
            # A service next door is as far as the people's own centre: out of reach if that is.
            near = origins.internal_km <= reach_km
            own, theirs = np.flatnonzero((origin_class == a) & near), destination_class == b
            if not len(own) or not theirs.any():
                continue
            pairs = cKDTree(origins.xy[own] / 1000).sparse_distance_matrix(
                cKDTree(destinations.xy[theirs] / 1000), reach_km, output_type="ndarray"
            )
            rows = own[pairs["i"]]
            km = np.maximum(pairs["v"], origins.internal_km[rows])
            minutes = [trip.minutes(km) for trip in trips]
            found.append((rows, np.flatnonzero(theirs)[pairs["j"]], *minutes))
        rows, columns, *minutes = (np.concatenate(parts) for parts in zip(*found, strict=True))
        return to_minutes(rows, columns, minutes, (len(origins), len(destinations)))

    def _trips(self, a: int, b: int) -> list["_Trip"]:
        return [self._trip(a, b, bound) for bound in ("low", "central", "high")]

    def _trip(self, a: int, b: int, bound: Literal["low", "central", "high"]) -> "_Trip":
        ends = [getattr(self.classes[c].driving.pace, bound) for c in (a, b)]
        through = getattr(self.open_road.pace, bound)
        return _Trip(sum(ends) / 2, min(through, *ends), 2 * self.local_km)


def _stack(blocks: tuple[Minutes, ...]) -> Minutes:
    return blocks[0] if len(blocks) == 1 else vstack(blocks, format="csr")


@dataclass(frozen=True, slots=True)
class _Trip:
    """Minutes per straight km near the ends, as far as that goes, and between."""

    local: float
    through: float
    local_km: float

    def minutes(self, km: Floats) -> Floats:
        near = np.minimum(km, self.local_km)
        return np.asarray(near * self.local + (km - near) * self.through)

    def km_within(self, minutes: float) -> float:
        near = min(minutes, self.local_km * self.local)
        return near / self.local + (minutes - near) / self.through


def _at_a_km_a_minute(driving: Driving) -> Driving:
    return Driving(driving.detour, Bracket(60, 60, 60))


_OPEN_ROAD_AT_60: Final = _at_a_km_a_minute(OPEN_ROAD)


@dataclass(frozen=True, slots=True)
class Distance(StraightLine):
    """Kilometres by road from the straight distance alone: its detours, driven at 60 km/h.

    What it gives under the name of minutes is kilometres.
    """

    classes: tuple[DensityClass, ...] = tuple(
        replace(c, driving=_at_a_km_a_minute(c.driving)) for c in DENSITY_CLASSES
    )
    open_road: Driving = _OPEN_ROAD_AT_60
    id: ClassVar[str] = "distance"


DEFAULT_PACE = StraightLine()
"""The pace off the roads that another model knows: within a commune, and to the first road."""
