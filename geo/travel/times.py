"""Travel times: the points between which one travels, and what every travel model gives."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, Self, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import coo_array, csr_array

Floats = NDArray[np.float64]
Integers = NDArray[np.integer]
Minutes: TypeAlias = csr_array
"""Sparse matrix of minutes, origins × destinations; a pair that is not stored is out of reach."""

UNREACHABLE = float("inf")
"""Minutes to a place that cannot be reached, or not within the limit that was searched."""


class TravelError(ValueError):
    """Travel times cannot be given; the message is a French sentence for a person."""


def figure(number: float) -> str:
    """Write a number for a message, with the French decimal comma."""
    if math.isnan(number):
        return "une valeur absente"
    return "l’infini" if math.isinf(number) else f"{number:.10g}".replace(".", ",")


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
        :mod:`geo.travel.internal`; above zero for origins, 0 for a service.

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

    def take(self, rows: slice | Integers) -> "Points":
        """Return some of the points."""
        codes = np.array(self.codes, dtype=object)[rows]
        return Points(tuple(codes), self.xy[rows], self.density[rows], self.internal_km[rows])

    def moved(self, rows: Integers, xy: Floats) -> "Points":
        """Return the points with some of them elsewhere, in the same communes."""
        places = np.array(self.xy)
        places[rows] = xy
        return Points(self.codes, places, self.density, self.internal_km)


@dataclass(frozen=True, slots=True)
class Bracket:
    """A central figure between a low and a high one."""

    low: float
    central: float
    high: float

    def __post_init__(self) -> None:
        if not 0 < self.low <= self.central <= self.high < UNREACHABLE:
            shown = " – ".join(figure(n) for n in (self.low, self.central, self.high))
            raise TravelError(
                f"Réglage du temps de trajet : {shown} ; "
                "attendu trois nombres positifs en ordre croissant."
            )


CAR_TIMES = Bracket(0.9, 1.0, 1.25)
"""Spread of a time by road: an empty road, the model's time, a peak hour. A convention."""


@dataclass(frozen=True, slots=True, eq=False)
class TravelTimes:
    """Minutes from each origin to each destination, with their bracket.

    Parameters
    ----------
    low, central, high
        Minutes, above zero, ``low <= central <= high``; the same pairs are stored in all three,
        columns sorted within a row. What is not stored is unreachable.
    limit
        Minutes beyond which pairs were not searched for (by their low time), ``inf`` for none.
    remarks
        French sentences on what a reader must know (holes in a file, points far from a road).
    """

    low: Minutes
    central: Minutes
    high: Minutes
    limit: float = UNREACHABLE
    remarks: tuple[str, ...] = ()

    @classmethod
    def around(
        cls,
        central: Minutes,
        spread: Bracket,
        limit: float = UNREACHABLE,
        remarks: tuple[str, ...] = (),
    ) -> Self:
        """Make the bracket by factors of the central minutes."""
        low, high = (
            csr_array((central.data * factor, central.indices, central.indptr), central.shape)
            for factor in (spread.low / spread.central, spread.high / spread.central)
        )
        return cls(low, central, high, limit, remarks)


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
    rows: Integers, columns: Integers, minutes: Sequence[Floats], shape: tuple[int, int]
) -> list[Minutes]:
    """Return matrices of minutes from pairs in any order, each pair at most once.

    Parameters
    ----------
    minutes
        One array per matrix, each as long as the pairs; the matrices share their structure.
    """
    pairs = (rows.astype(np.int32), columns.astype(np.int32))
    order = coo_array((np.arange(len(rows)), pairs), shape=shape).tocsr()
    order.sort_indices()
    return [csr_array((m[order.data], order.indices, order.indptr), shape) for m in minutes]


def to_dense(minutes: Minutes) -> Floats:
    """Return the whole matrix, shape (n, m), ``inf`` where a destination is out of reach."""
    dense = np.full(minutes.shape, UNREACHABLE)
    dense[np.repeat(np.arange(minutes.shape[0]), np.diff(minutes.indptr)), minutes.indices] = (
        minutes.data
    )
    return dense
