"""Where the rows of a table are when it gives coordinates: in which system, and whether to believe.

Coordinates are held against the département: the system in which most of them fall there is the
one they are in, whatever the file says.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from pyproj import CRS, Transformer

from geo.crs import EXCHANGE, MEASURE
from geo.reference.places import Reference
from layers.model.points import FARTHEST_OUTSIDE

Box = tuple[float, float, float, float]
"""West, south, east, north, degrees."""

BOX: Final[Box] = (1.0, 49.5, 4.3, 51.4)
"""The département and 40 km around."""

AROUND: Final[Box] = (0.0, 49.0, 5.0, 52.0)
"""Where the reference knows land from sea."""

SAMPLE: Final = 2_000
ENOUGH: Final = 0.5
"""Share of the points that must fall into :data:`BOX` for a system to be believed."""

OTHERS: Final = {
    EXCHANGE: "degrés (WGS 84)",
    MEASURE: "Lambert-93",
    "EPSG:3950": "Lambert CC50",
    "EPSG:3949": "Lambert CC49",
    "EPSG:27572": "Lambert II étendu",
    "EPSG:27571": "Lambert I carto",
    "EPSG:27561": "Lambert I",
    "EPSG:3857": "Web Mercator",
    "EPSG:32631": "UTM 31 N",
}
"""Systems that French files are in, whatever they say."""

SENTINEL: Final = 1e-6
"""Degrees from 0, 0 within which a point means that nobody knows."""

INSIDE: Final = "dedans"
ZERO: Final = "0, 0"
FAR: Final = "loin"
SEA: Final = "mer"
NOWHERE: Final = ""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class System:
    """A coordinate reference system, and whether x and y changed places.

    Parameters
    ----------
    crs
        As pyproj reads it.
    swapped
        Whether the first coordinate is the northing.
    """

    crs: str
    swapped: bool = False

    @property
    def words(self) -> str:
        """French name."""
        name = OTHERS.get(self.crs) or CRS.from_user_input(self.crs).name
        return f"{name}, les deux coordonnées échangées" if self.swapped else name

    def to_degrees(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Return longitudes and latitudes, WGS 84; infinite where there is none."""
        if self.swapped:
            x, y = y, x
        lon, lat = _transformer(self.crs).transform(x, y)
        return np.asarray(lon), np.asarray(lat)


@lru_cache(maxsize=16)
def _transformer(crs: str) -> Transformer:
    # of each file several systems are tried, and one takes longer to open than a file to convert
    return Transformer.from_crs(crs, EXCHANGE, always_xy=True)


def find_system(x: Floats, y: Floats, declared: str) -> System | None:
    """Return the system in which most points fall around the département.

    Parameters
    ----------
    x, y
        Coordinates as given; NaN where there is none.
    declared
        The system that the file or the headings name, preferred where it does as well.

    Returns
    -------
    System or None
        None when in no system enough of them do.
    """
    known = np.flatnonzero(np.isfinite(x) & np.isfinite(y) & ((x != 0) | (y != 0)))[:SAMPLE]
    if not len(known):
        return System(declared)
    systems = [
        System(crs, swap) for crs in dict.fromkeys((declared, *OTHERS)) for swap in (False, True)
    ]
    shares = [_in_box(*system.to_degrees(x[known], y[known])).mean() for system in systems]
    best = int(np.argmax(shares))
    return systems[best] if shares[best] >= ENOUGH else None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is made of the points of a table.

    Parameters
    ----------
    where
        For each row :data:`INSIDE` a commune of the département or around it, :data:`ZERO`,
        :data:`FAR`, :data:`SEA`, or :data:`NOWHERE` where there is no point.
    codes, names
        Commune of each row, None where there is none.
    mended
        Rows whose two coordinates had changed places.
    """

    where: pd.Series
    codes: pd.Series
    names: pd.Series
    mended: pd.Series


class Ground:
    """The communes of the département and around it, to find in which a point lies.

    Parameters
    ----------
    reference
        Places.
    """

    def __init__(self, reference: Reference) -> None:
        own = reference.coverage.communes(0)
        around = reference.neighbour_communes()
        own_names = [reference.communes[code].name for code in own["code"]]
        self.codes = np.array([*own["code"], *around["code"]], dtype=object)
        self.names = np.array([*own_names, *around["name"]], dtype=object)
        self._tree = shapely.STRtree([*own.geometry, *around.geometry])
        self._land = shapely.STRtree(reference.neighbour_land().geometry.to_numpy())

    def judge(self, points: gpd.GeoSeries) -> tuple[Verdict, gpd.GeoSeries]:
        """Say of each point where it lies, and mend those that were given north first.

        Parameters
        ----------
        points
            EPSG:4326; None where there is none.
        """
        lon, lat = points.x.to_numpy(), points.y.to_numpy()
        swapped = _in_box(lat, lon) & ~_in_box(lon, lat)
        lon, lat = np.where(swapped, lat, lon), np.where(swapped, lon, lat)
        there = np.isfinite(lon) & np.isfinite(lat)
        zero = there & (np.abs(lon) < SENTINEL) & (np.abs(lat) < SENTINEL)
        mended = make_points(lon, lat, points.index)
        metres = mended.to_crs(MEASURE).to_numpy()
        rank = self._communes_of(metres, there & ~zero & _in_box(lon, lat))
        found = rank >= 0
        near = there & ~zero & ~found & _in_box(lon, lat, AROUND)
        far = ~near | self._on_land(metres, near)
        where = np.select([~there, zero, found, far], [NOWHERE, ZERO, INSIDE, FAR], default=SEA)
        index = points.index
        codes = pd.Series(self.codes[rank], index=index).where(found, None)
        names = pd.Series(self.names[rank], index=index).where(found, None)
        verdict = Verdict(
            pd.Series(where, index=index), codes, names, pd.Series(swapped & there, index=index)
        )
        return verdict, mended

    def _communes_of(
        self, shapes: npt.NDArray[np.object_], asked: npt.NDArray[np.bool_]
    ) -> npt.NDArray[np.intp]:
        """Return the number of the commune of each point, -1 where none is near."""
        rank = np.full(len(shapes), -1, dtype=np.intp)
        rows = np.flatnonzero(asked)
        points, within = self._tree.query(shapes[rows], predicate="intersects")
        alone = np.bincount(points, minlength=len(rows))[points] == 1
        rank[rows[points[alone]]] = within[alone]
        rows = rows[rank[rows] < 0]
        if len(rows):
            points, near = self._tree.query_nearest(
                shapes[rows], max_distance=FARTHEST_OUTSIDE, all_matches=False
            )
            rank[rows[points]] = near
        return rank

    def _on_land(
        self, shapes: npt.NDArray[np.object_], asked: npt.NDArray[np.bool_]
    ) -> npt.NDArray[np.bool_]:
        land = np.zeros(len(shapes), dtype=bool)
        rows = np.flatnonzero(asked)
        if len(rows):
            land[rows[self._land.query(shapes[rows], predicate="within")[0]]] = True
        return land


def make_points(lon: Floats, lat: Floats, index: pd.Index) -> gpd.GeoSeries:
    """Return points, EPSG:4326, None where a coordinate is not a number."""
    points = gpd.GeoSeries.from_xy(lon, lat, index=index, crs=EXCHANGE)
    return points.where(np.isfinite(lon) & np.isfinite(lat), None)


def _in_box(lon: Floats, lat: Floats, box: Box = BOX) -> npt.NDArray[np.bool_]:
    west, south, east, north = box
    with np.errstate(invalid="ignore"):
        return (lon > west) & (lon < east) & (lat > south) & (lat < north)
