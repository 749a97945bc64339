"""Several objects at one place: one counted mark, and the list of what it stands for."""

from dataclasses import dataclass
from typing import Final

import geopandas as gpd

from layers.base import Precision

DECIMALS: Final = 6
"""Decimals of a degree at which two points are the same place: about 10 cm."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """The rows of a point layer that have the same position.

    Parameters
    ----------
    lon, lat
        Degrees, WGS 84.
    keys
        Keys of the rows, in the layer's order.
    precision
        The vaguest of theirs: a place is not known better than its worst row.
    """

    lon: float
    lat: float
    keys: tuple[str, ...]
    precision: Precision

    @property
    def count(self) -> int:
        """Number of rows."""
        return len(self.keys)


def clusters(frame: gpd.GeoDataFrame, key: str) -> tuple[Cluster, ...]:
    """Group the rows of a point layer by position, in the order of their first row.

    Parameters
    ----------
    frame
        Rows of the layer, EPSG:4326, with a column ``precision``.
    key
        Name of the column that identifies a row.
    """
    places = zip(frame.geometry.x.round(DECIMALS), frame.geometry.y.round(DECIMALS), strict=True)
    groups: dict[tuple[float, float], list[int]] = {}
    for row, place in enumerate(places):
        groups.setdefault(place, []).append(row)
    keys = frame[key].tolist()
    ranks = {precision: rank for rank, precision in enumerate(Precision)}
    precisions = [Precision(text) for text in frame["precision"]]
    return tuple(
        Cluster(
            lon=float(lon),
            lat=float(lat),
            keys=tuple(keys[row] for row in rows),
            precision=max((precisions[row] for row in rows), key=ranks.__getitem__),
        )
        for (lon, lat), rows in groups.items()
    )
