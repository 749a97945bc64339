"""A large layer of points, for what a map shows of it: points that are few, marks for many.

A file of all of them would be many megabytes. What is near each other on the screen is one mark
with its count, at the mean of its places; the rows of what stands alone are written out.
"""

from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import numpy as np

from app.map.points import DECIMALS, point_features
from layers.model.layer import Layer

LARGE: Final = 5_000
"""Points of a layer; more of them come by frame."""
MOST_APART: Final = 400
"""Points in a frame that are drawn one by one."""
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


class Gathered:
    """The points of a layer, ready to be asked for by frame.

    Parameters
    ----------
    layer, frame
        As :func:`app.map.points.point_features` takes them.
    """

    def __init__(self, layer: Layer, frame: gpd.GeoDataFrame) -> None:
        self._layer, self._frame = layer, frame
        self._longitudes = frame.geometry.x.to_numpy()
        self._latitudes = frame.geometry.y.to_numpy()
        sines = np.sin(np.radians(self._latitudes))
        self._across = (self._longitudes + 180) / 360 * WORLD
        self._down = (0.5 - np.log((1 + sines) / (1 - sines)) / (4 * np.pi)) * WORLD

    def seen(self, window: Window) -> dict[str, Any]:
        """Return what a window shows, as GeoJSON.

        Returns
        -------
        dict
            FeatureCollection of points and of marks with ``cluster`` and ``point_count``.
        """
        here = np.flatnonzero(
            (self._longitudes >= window.west) & (self._longitudes <= window.east)
            & (self._latitudes >= window.south) & (self._latitudes <= window.north)
        )  # fmt: skip
        if len(here) <= MOST_APART:
            return point_features(self._layer, self._frame.iloc[here])
        size = CELL / 2**window.zoom
        cells = np.column_stack([self._across[here] // size, self._down[here] // size])
        _, cell_of, counts = np.unique(cells, axis=0, return_inverse=True, return_counts=True)
        cell_of = cell_of.ravel()
        alone = point_features(self._layer, self._frame.iloc[here[counts[cell_of] == 1]])
        longitudes = np.bincount(cell_of, self._longitudes[here]) / counts
        latitudes = np.bincount(cell_of, self._latitudes[here]) / counts
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
        return {**alone, "features": [*alone["features"], *marks]}
