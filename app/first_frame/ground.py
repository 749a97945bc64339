"""Outlines as paths of SVG, in whole units of one grid: those that the browser's map draws too.

The grid is that of the web's maps (EPSG:3857) at one zoom, from the corner that is farthest to the
north-west of where a map may look. Its unit is 24 m on the ground here, a seventh of a pixel where
the whole département is seen.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import orjson
import shapely

from app.map.atlas import Atlas
from app.view.viewport import LATITUDES, LONGITUDES

GRID_ZOOM: Final = 12
WORLD: Final = 256 * 2**GRID_ZOOM
"""Units round the earth."""

TRIANGLE: Final = 3
"""Corners that a ring has at least."""

Box = tuple[float, float, float, float]
"""West, north, east, south, units of the grid, which grow to the east and to the south."""
Ring = Sequence[Sequence[float]]


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Return where a point of EPSG:4326 lies on the grid: x to the east, y to the south."""
    x, y = _mercator(longitude, latitude)
    return x - _LEFT, y - _TOP


def unproject(x: float, y: float) -> tuple[float, float]:
    """Return longitude and latitude of a point of the grid."""
    longitude = (x + _LEFT) / WORLD * 360 - 180
    latitude = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * (y + _TOP) / WORLD))))
    return longitude, latitude


def _mercator(longitude: float, latitude: float) -> tuple[float, float]:
    angle = math.radians(latitude)
    north = math.log(math.tan(math.pi / 4 + angle / 2))
    return (longitude + 180) / 360 * WORLD, (1 - north / math.pi) / 2 * WORLD


_LEFT, _TOP = _mercator(LONGITUDES[0], LATITUDES[1])
CORNER: Final = (_LEFT, _TOP)
"""Of the grid, in units from where the web's maps begin."""


@dataclass(frozen=True)
class Shape:
    """An outline on the grid.

    Parameters
    ----------
    code, name
        Of what it is the outline; empty for what has none.
    kind
        Of what lies around; empty elsewhere.
    rings
        Whole units, closed without their first point at the end; one polygon after the other, the
        holes of each after its outer ring.
    holes
        Which rings are holes.
    geometry
        The same as served, EPSG:4326.
    """

    code: str
    name: str
    kind: str
    rings: tuple[np.ndarray, ...]
    holes: tuple[bool, ...]
    geometry: dict[str, Any]

    @cached_property
    def path(self) -> str:
        """What SVG calls ``d``: ``M`` begins a polygon, ``m`` a hole in it."""
        written, (left, top) = [], (0, 0)
        for ring, hole in zip(self.rings, self.holes, strict=True):
            x, y = ring[0].tolist()
            begun = f"m{x - left} {y - top}" if hole else f"M{x} {y}"
            steps = " ".join(f"{dx} {dy}" for dx, dy in np.diff(ring, axis=0).tolist())
            written.append(f"{begun}l{steps}z".replace(" -", "-"))
            left, top = x, y
        return "".join(written)

    @cached_property
    def box(self) -> Box:
        """What holds it."""
        points = np.concatenate(self.rings) if self.rings else self._bounds()
        (west, north), (east, south) = points.min(axis=0), points.max(axis=0)
        return float(west), float(north), float(east), float(south)

    def _bounds(self) -> np.ndarray:
        # what is smaller than a unit has a place all the same
        west, south, east, north = shapely.from_geojson(orjson.dumps(self.geometry)).bounds
        return project_all(np.array([[west, north], [east, south]]))

    @property
    def side(self) -> float:
        """The longer one of what holds it."""
        west, north, east, south = self.box
        return max(east - west, south - north)

    @cached_property
    def area(self) -> Any:  # noqa: ANN401 - shapely has no types
        """The ground on the grid, to be asked what it holds."""
        lands = shapely.from_geojson(orjson.dumps(self.geometry))
        on_grid = shapely.transform(lands, project_all)
        shapely.prepare(on_grid)
        return on_grid


class Ground:
    """The outlines of an atlas on the grid, each file read once.

    Parameters
    ----------
    atlas
        Its files are those that the browser draws.
    """

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas
        self._read: dict[str, tuple[Shape, ...]] = {}

    def shapes(self, stem: str) -> tuple[Shape, ...]:
        """Return the shapes of a file of outlines, as ``commune-far``."""
        if stem not in self._read:
            collection = orjson.loads(self._atlas.files[stem].body)
            self._read[stem] = tuple(map(shape_of, collection["features"]))
        return self._read[stem]


def shape_of(feature: Mapping[str, Any], tolerance: float = 0.0) -> Shape:
    """Return a feature of GeoJSON, polygons, on the grid; rings of less than a unit are lost.

    Parameters
    ----------
    tolerance
        Units by which an outline may be off, to be lighter.
    """
    properties, geometry = feature["properties"], feature["geometry"]
    if tolerance:
        whole = shapely.from_geojson(orjson.dumps(geometry))
        simple = shapely.simplify(whole, tolerance * 360 / WORLD)
        geometry = orjson.loads(shapely.to_geojson(simple))
    rings = [*_rings(geometry)]
    return Shape(
        properties.get("code", ""),
        properties.get("name", ""),
        properties.get("kind", ""),
        tuple(ring for ring, _ in rings),
        tuple(hole for _, hole in rings),
        geometry,
    )


def seen(shapes: Iterable[Shape], window: Box) -> Iterator[Shape]:
    """Yield the shapes of which a window may show something."""
    west, north, east, south = window
    for shape in shapes:
        if not shape.rings:
            continue
        left, top, right, bottom = shape.box
        if left < east and right > west and top < south and bottom > north:
            yield shape


def _rings(geometry: dict[str, Any]) -> Iterator[tuple[np.ndarray, bool]]:
    single = geometry["type"] == "Polygon"
    polygons = [geometry["coordinates"]] if single else geometry["coordinates"]
    for polygon in polygons:
        outer, *holes = map(_round, polygon)
        if len(outer) < TRIANGLE:
            continue
        yield outer, False
        for hole in holes:
            if len(hole) >= TRIANGLE:
                yield hole, True


def project_all(points: np.ndarray) -> np.ndarray:
    """Return where points of EPSG:4326, shape (n, 2), lie on the grid."""
    angles = np.radians(points[:, 1])
    north = np.log(np.tan(np.pi / 4 + angles / 2))
    return np.column_stack(
        [
            (points[:, 0] + 180) / 360 * WORLD - _LEFT,
            (1 - north / np.pi) / 2 * WORLD - _TOP,
        ]
    )


def _round(ring: Ring) -> np.ndarray:
    points = np.rint(project_all(np.asarray(ring, dtype=float))).astype(int)
    moved = np.any(points != np.roll(points, 1, axis=0), axis=1)
    return points[moved]
