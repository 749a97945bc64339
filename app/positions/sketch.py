"""A sketch of where a row may be: the outline of its commune, and the candidates by number."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
from shapely import MultiPolygon, Polygon

from geo.crs import EXCHANGE, MEASURE
from geo.perimeter import Level
from geo.reference.places import Reference
from layers.review.candidates import Candidate

WIDTH: Final = 480
HEIGHT: Final = 320
MARGIN: Final = 24
TOLERANCE: Final = 50
"""Metres by which outlines are simplified."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A candidate on the sketch: its number, and pixels from the upper left corner."""

    number: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Sketch:
    """Outlines as SVG paths, and marks; candidates at one place share the first's mark."""

    paths: tuple[str, ...]
    marks: tuple[Mark, ...]
    width: int = WIDTH
    height: int = HEIGHT


def sketch(candidates: Sequence[Candidate], reference: Reference) -> Sketch:
    """Return the sketch of candidates and their communes, north upwards."""
    codes = {candidate.commune_code for candidate in candidates}
    outlines = reference.outlines(Level.COMMUNE, TOLERANCE)
    shapes = outlines[outlines["code"].isin(codes)].geometry
    points = gpd.GeoSeries.from_xy(
        [one.lon for one in candidates], [one.lat for one in candidates], crs=EXCHANGE
    ).to_crs(MEASURE)
    west, south, east, north = gpd.GeoSeries([*shapes, *points], crs=MEASURE).total_bounds
    scale = min((WIDTH - 2 * MARGIN) / (east - west), (HEIGHT - 2 * MARGIN) / (north - south))
    left = (WIDTH - scale * (east - west)) / 2
    top = (HEIGHT - scale * (north - south)) / 2

    def at(x: float, y: float) -> tuple[float, float]:
        return round(left + (x - west) * scale, 1), round(top + (north - y) * scale, 1)

    marks: dict[tuple[float, float], Mark] = {}
    for number, point in enumerate(points, 1):
        spot = at(point.x, point.y)
        marks.setdefault(spot, Mark(number, *spot))
    paths = tuple(
        " ".join(_ring([at(x, y) for x, y in part.exterior.coords]) for part in _parts(shape))
        for shape in shapes
    )
    return Sketch(paths, tuple(marks.values()))


def _parts(shape: Polygon | MultiPolygon) -> Sequence[Polygon]:
    return tuple(shape.geoms) if isinstance(shape, MultiPolygon) else (shape,)


def _ring(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in points) + "Z"
