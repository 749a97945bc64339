"""Travel times: the points between which one travels, and what every travel model gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, Self, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import coo_array, csr_array

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Minutes: TypeAlias = csr_array
"""Sparse matrix of minutes, origins × destinations; a pair that is not stored is out of reach."""

UNREACHABLE = float("inf")
"""Minutes to a place that cannot be reached, or not within the limit that was searched."""


class TravelError(ValueError):
    """Travel times cannot be given; the message is a French sentence for a person."""


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Where people leave from, or where services stand.

    Parameters
    ----------
    codes
        Length n: INSEE codes of the communes they lie in; a matrix file is looked up by them.
    xy
        Shape (n, 2), metres, EPSG:2154.
    density
        Shape (n,), inhabitants per km² of the commune they lie in.
    internal_km
        Shape (n,), mean straight distance in km of the inhabitants to the point, see
        :mod:`geo.travel_internal`; above zero for origins, 0 for a service.

    Raises
    ------
    TravelError
        Shapes differ, or a number is missing, infinite or negative.
    """

    codes: tuple[str, ...]
    xy: Floats
    density: Floats
    internal_km: Floats

    @classmethod
    def of(
        cls, codes: Sequence[str], xy: ArrayLike, density: ArrayLike, internal_km: ArrayLike = 0.0
    ) -> Self:
        """Make points from anything array-like; one number serves for all points."""
        n = len(codes)
        return cls(
            tuple(codes),
            np.asarray(xy, dtype=np.float64).reshape(-1, 2),
            np.broadcast_to(np.asarray(density, dtype=np.float64), (n,)),
            np.broadcast_to(np.asarray(internal_km, dtype=np.float64), (n,)),
        )

    def __post_init__(self) -> None:
        n = len(self.codes)
        if self.xy.shape != (n, 2) or self.density.shape != (n,) or self.internal_km.shape != (n,):
            raise TravelError(
                f"Points de départ ou d’arrivée : {n} codes pour {len(self.xy)} positions ; "
                "attendu une position, une densité et une distance interne par code."
            )
        whole = np.isfinite(self.xy).all(axis=1) & np.isfinite(self.density + self.internal_km)
        wrong = np.flatnonzero(~whole | (self.density < 0) | (self.internal_km < 0))
        if len(wrong):
            raise TravelError(
                f"Point « {self.codes[wrong[0]]} » : position, densité ou distance interne absente "
                "ou négative ; attendu des nombres positifs en Lambert-93."
            )

    def __len__(self) -> int:
        return len(self.codes)

    def take(self, rows: slice) -> "Points":
        """Return some of the points."""
        return Points(self.codes[rows], self.xy[rows], self.density[rows], self.internal_km[rows])


@dataclass(frozen=True, slots=True)
class Bracket:
    """A central figure between a low and a high one."""

    low: float
    central: float
    high: float

    def __post_init__(self) -> None:
        if not 0 < self.low <= self.central <= self.high < UNREACHABLE:
            raise TravelError(
                f"Réglage du temps de trajet : {self.low} – {self.central} – {self.high} ; "
                "attendu trois nombres positifs en ordre croissant."
            )


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """How far the true time may be from the central one, by class of both ends.

    Parameters
    ----------
    low, high
        Shape (c, c): factors of the central time, ``low <= 1 <= high``, by class of origin and
        of destination.
    origin_class, destination_class
        Shapes (n,) and (m,): classes from 0 to c - 1.
    """

    low: Floats
    high: Floats
    origin_class: Integers
    destination_class: Integers

    @classmethod
    def uniform(cls, factors: Bracket, shape: tuple[int, int]) -> Self:
        """Make the same spread for all pairs of a matrix of a shape."""
        ends = (np.zeros(n, dtype=np.int64) for n in shape)
        low, high = factors.low / factors.central, factors.high / factors.central
        return cls(np.array([[low]]), np.array([[high]]), *ends)


CAR_TIMES = Bracket(0.9, 1.0, 1.25)
"""Spread of a time by road: an empty road, the model's time, a peak hour. A convention."""


@dataclass(frozen=True, eq=False)
class TravelTimes:
    """Minutes from each origin to each destination, with their bracket.

    Parameters
    ----------
    central
        Minutes, all above zero, columns sorted within a row; what is not stored is unreachable.
    spread
        The bracket around the central minutes.
    limit
        Minutes beyond which pairs were not searched for (by their low time), ``inf`` for none.
    remarks
        French sentences on what a reader must know (holes in a file, points far from a road).
    """

    central: Minutes
    spread: Spread
    limit: float = UNREACHABLE
    remarks: tuple[str, ...] = ()

    @cached_property
    def low(self) -> Minutes:
        """The shortest plausible minutes."""
        return self._times(self.spread.low)

    @cached_property
    def high(self) -> Minutes:
        """The longest plausible minutes."""
        return self._times(self.spread.high)

    def _times(self, factors: Floats) -> Minutes:
        central = self.central
        origin = np.repeat(self.spread.origin_class, np.diff(central.indptr))
        factor = factors[origin, self.spread.destination_class[central.indices]]
        return csr_array((central.data * factor, central.indices, central.indptr), central.shape)


class TravelModel(Protocol):
    """Anything that gives travel times."""

    @property
    def id(self) -> str:
        """Identifier used by the command line and the URL."""

    def times(
        self, origins: Points, destinations: Points, limit: float = UNREACHABLE
    ) -> TravelTimes:
        """Return the minutes from origins to destinations.

        Parameters
        ----------
        limit
            Minutes; pairs whose low time is longer need not be given.

        Raises
        ------
        TravelError
            The model knows nothing of these points.
        """


def to_minutes(
    rows: ArrayLike, columns: ArrayLike, minutes: ArrayLike, shape: tuple[int, int]
) -> Minutes:
    """Return a matrix of minutes from pairs in any order, each at most once."""
    pairs = (np.asarray(rows, dtype=np.int32), np.asarray(columns, dtype=np.int32))
    matrix = coo_array((np.asarray(minutes, dtype=np.float64), pairs), shape=shape).tocsr()
    matrix.sort_indices()
    return matrix


def to_dense(minutes: Minutes) -> Floats:
    """Return the whole matrix, shape (n, m), ``inf`` where a destination is out of reach."""
    dense = np.full(minutes.shape, UNREACHABLE)
    dense[np.repeat(np.arange(minutes.shape[0]), np.diff(minutes.indptr)), minutes.indices] = (
        minutes.data
    )
    return dense
