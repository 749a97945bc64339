"""A large layer, for what a map shows of it: points and areas that are few, marks for many.

A file of all of them would be many megabytes. What is near each other on the screen is one mark
with its count, at the mean of its places; the rows of what stands alone are written out. Areas
are written as exactly as the screen can show them.
"""

from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from app.drawing.painted_areas import paint_areas
from app.map.outlines import collection
from app.map.points import DECIMALS, area_rows, area_words, point_features
from layers.indicators.by_district import DistrictRate
from layers.model.layer import Layer

LARGE: Final = 5_000
"""Points of a layer; more of them come by frame."""
LARGE_AREAS: Final = 2_000
"""Areas of a layer; more of them come by frame: one weighs what many points do."""
MOST_APART: Final = 400
"""Points or areas in a frame that are drawn one by one."""
PIXELS: Final = 0.5
"""By which an outline may be off on the screen."""
CELL: Final = 70
"""Pixels of the squares within which points are gathered."""
WORLD: Final = 256
"""Pixels round the earth at zoom 0."""


@dataclass(frozen=True, slots=True)
class Window:
    """What a map shows.

    Parameters
    ----------
    west, south, east, north
        Degrees.
    zoom
        Of the web's maps.
    """

    west: float
    south: float
    east: float
    north: float
    zoom: float

    @classmethod
    def parse(cls, text: str) -> "Window":
        """Read ``west,south,east,north,zoom``.

        Raises
        ------
        ValueError
            The text is no window.
        """
        numbers = [float(part) for part in text.split(",")]
        if len(numbers) != len(cls.__slots__) or not np.isfinite(numbers).all():
            raise ValueError(text)
        return cls(*numbers)


Indices = npt.NDArray[np.intp]


class Places:
    """Where the rows of a layer stand, to be gathered on a screen.

    Parameters
    ----------
    longitudes, latitudes
        Degrees, one of each row.
    """

    def __init__(
        self, longitudes: npt.NDArray[np.float64], latitudes: npt.NDArray[np.float64]
    ) -> None:
        self.longitudes, self.latitudes = longitudes, latitudes
        sines = np.sin(np.radians(latitudes))
        self._across = (longitudes + 180) / 360 * WORLD
        self._down = (0.5 - np.log((1 + sines) / (1 - sines)) / (4 * np.pi)) * WORLD

    def gather(self, here: Indices, zoom: float) -> tuple[Indices, list[dict[str, Any]]]:
        """Return which rows stand alone at a zoom, and the marks of the others.

        Returns
        -------
        tuple
            Indices among all rows; features with ``cluster`` and ``point_count``.
        """
        size = CELL / 2**zoom
        cells = np.column_stack([self._across[here] // size, self._down[here] // size])
        _, cell_of, counts = np.unique(cells, axis=0, return_inverse=True, return_counts=True)
        cell_of = cell_of.ravel()
        longitudes = np.bincount(cell_of, self.longitudes[here]) / counts
        latitudes = np.bincount(cell_of, self.latitudes[here]) / counts
        marks = [
            {
                "type": "Feature",
                "properties": {"cluster": True, "point_count": int(counts[cell])},
                "geometry": {
                    "type": "Point",
                    "coordinates": [
                        round(float(longitudes[cell]), DECIMALS),
                        round(float(latitudes[cell]), DECIMALS),
                    ],
                },
            }
            for cell in np.flatnonzero(counts > 1)
        ]
        return here[counts[cell_of] == 1], marks


class Gathered:
    """The points of a layer, ready to be asked for by frame.

    Parameters
    ----------
    layer, frame
        As :func:`app.map.points.point_features` takes them.
    """

    def __init__(self, layer: Layer, frame: gpd.GeoDataFrame) -> None:
        self._layer, self._frame = layer, frame
        self._places = Places(frame.geometry.x.to_numpy(), frame.geometry.y.to_numpy())

    def seen(self, window: Window) -> dict[str, Any]:
        """Return what a window shows, as GeoJSON.

        Returns
        -------
        dict
            FeatureCollection of points and of marks with ``cluster`` and ``point_count``.
        """
        longitudes, latitudes = self._places.longitudes, self._places.latitudes
        here = np.flatnonzero(
            (longitudes >= window.west) & (longitudes <= window.east)
            & (latitudes >= window.south) & (latitudes <= window.north)
        )  # fmt: skip
        if len(here) <= MOST_APART:
            return point_features(self._layer, self._frame.iloc[here])
        apart, marks = self._places.gather(here, window.zoom)
        alone = point_features(self._layer, self._frame.iloc[apart])
        return {**alone, "features": [*alone["features"], *marks]}


class GatheredAreas:
    """The areas of a layer, ready to be asked for by frame.

    Parameters
    ----------
    layer, frame, rate
        As :func:`app.map.points.area_features` takes them.
    """

    def __init__(
        self, layer: Layer, frame: gpd.GeoDataFrame, rate: DistrictRate | None = None
    ) -> None:
        self._layer, self._frame, self._rate = layer, frame, rate
        middles = shapely.centroid(shapely.envelope(frame.geometry.to_numpy()))
        self._places = Places(shapely.get_x(middles), shapely.get_y(middles))
        # the classes are those of all areas, whatever a window shows
        self._painted = paint_areas(layer, frame, rate)

    def seen(self, window: Window) -> dict[str, Any]:
        """Return what a window shows, as GeoJSON.

        Returns
        -------
        dict
            As :func:`app.map.points.area_features`, with marks of many among the features.
        """
        corners = (window.west, window.south, window.east, window.north)
        here = np.sort(self._frame.sindex.query(shapely.box(*corners)))
        marks: list[dict[str, Any]] = []
        if len(here) > MOST_APART:
            here, marks = self._places.gather(here, window.zoom)
        rows = area_rows(self._layer, self._frame.iloc[here], self._rate)
        if self._painted is not None:
            rows["fill"] = [self._painted.fills[index] for index in here]
        degrees = PIXELS * 360 / (WORLD * 2**window.zoom)
        drawn = collection(rows.set_geometry(rows.simplify(degrees)), DECIMALS)
        return {
            **area_words(self._layer), **drawn, "features": [*drawn["features"], *marks],
        }  # fmt: skip
