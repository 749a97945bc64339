"""Packing: what a file would say many times it says once; ``offline.js`` unfolds it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

import geopandas as gpd
import numpy as np
import orjson
import shapely

from app.parts.markup import Child
from geo.crs import EXCHANGE

WORTH_SHARING: Final = 30
"""Bytes from which a part of a page is replaced by its number."""

Packed = list[Any] | str | int | None
"""An element as ``[tag, attributes, children]``, a text, or the number of a shared element."""


class Shelf:
    """Elements of many pages, of which each that comes again is kept once.

    The same sign, line of a list or block of an operation stands in the sheet of a commune, of its
    EPCI, of its territory and of the département.
    """

    def __init__(self) -> None:
        self._numbers: dict[tuple[Any, ...], int] = {}
        self._nodes: list[tuple[str, Any, tuple[str | int, ...]]] = []
        self._uses: Counter[int] = Counter()

    def put(self, children: Iterable[Child]) -> list[str | int]:
        """Take elements; return what :meth:`write` needs to write them. None is left out."""
        kept = [self._put(child) for child in children if child is not None]
        self._uses.update(child for child in kept if isinstance(child, int))
        return kept

    def _put(self, child: Child) -> str | int:
        if child is None or isinstance(child, str):
            return child or ""
        inside = tuple(self._put(one) for one in child.children if one is not None)
        key = (child.tag, orjson.dumps(child.attributes), inside)
        if key not in self._numbers:
            self._numbers[key] = len(self._nodes)
            self._nodes.append((child.tag, child.attributes, inside))
            self._uses.update(one for one in inside if isinstance(one, int))
        return self._numbers[key]

    def close(self) -> list[Packed]:
        """Return the shared elements, each after those that it holds; then :meth:`write` works."""
        shared: list[Packed] = []
        self._written: list[Packed] = []
        for number, (tag, attributes, inside) in enumerate(self._nodes):
            written: Packed = [tag, attributes, self.write(inside)]
            if self._uses[number] > 1 and len(orjson.dumps(written)) >= WORTH_SHARING:
                shared.append(written)
                written = len(shared) - 1
            self._written.append(written)
        return shared

    def write(self, kept: Iterable[str | int]) -> list[Packed]:
        """Return elements with the shared ones as numbers."""
        return [one if isinstance(one, str) else self._written[one] for one in kept]


def pack_outlines(frame: gpd.GeoDataFrame, decimals: int) -> dict[str, Any]:
    """Return outlines as a collection whose rings are steps on a grid, twice as short as GeoJSON.

    Parameters
    ----------
    frame
        Polygons, any CRS; other columns become properties.
    decimals
        Of a degree, that coordinates keep. A ring ``[x, y, dx, dy, …]`` counts in its last one.
    """
    shapes = frame.geometry.to_crs(EXCHANGE)
    columns = frame.drop(columns=frame.geometry.name).to_dict("records")
    return {
        "type": "FeatureCollection",
        "decimals": decimals,
        "features": [
            {"type": "Feature", "properties": properties, "rings": _rings(shape, decimals)}
            for properties, shape in zip(columns, shapes, strict=True)
        ],
    }


def pack_shapes(frame: gpd.GeoDataFrame, decimals: int) -> dict[str, Any]:
    """Return areas as :func:`pack_outlines` does, and lines as steps of their own, ``lines``."""
    packed = pack_outlines(frame, decimals)
    shapes = frame.geometry.to_crs(EXCHANGE)
    for feature, shape in zip(packed["features"], shapes, strict=True):
        if not feature["rings"]:
            del feature["rings"]
            feature["lines"] = [
                _steps(part, decimals)
                for part in shapely.get_parts(shape)
                if part.geom_type == "LineString"
            ]
    return packed


def _rings(shape: shapely.Geometry, decimals: int) -> list[list[list[int]]]:
    """Return for each polygon its rings, without the point that closes them."""
    polygons = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return [
        [_steps(ring, decimals, closed=1) for ring in (polygon.exterior, *polygon.interiors)]
        for polygon in polygons
    ]


def _steps(line: shapely.LineString, decimals: int, *, closed: int = 0) -> list[int]:
    points = shapely.get_coordinates(line)
    points = np.rint(points[: len(points) - closed] * 10**decimals).astype(np.int64)
    steps = np.diff(points, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    moved: list[int] = steps[steps.any(axis=1)].ravel().tolist()
    return moved


def without_blanks(
    points: Mapping[str, Any], spared: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """Return a collection of points without the properties that say nothing, or are spared."""
    features = []
    for feature in points["features"]:
        told = {name: value for name, value in feature["properties"].items() if value != ""}
        told["items"] = [
            {
                name: value
                for name, value in item.items()
                if value not in {"", None} and name not in spared
            }
            for item in told["items"]
        ]
        features.append({**feature, "properties": told})
    return {**points, "features": features}
