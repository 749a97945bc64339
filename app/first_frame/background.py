"""The background as paths of SVG, on the grid of the outlines: what a window shows of it."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import shapely
from pyproj import Transformer

from app.first_frame.ground import Box, project_all
from app.map.background import shapes_by_kind
from geo.background.features import Detail
from geo.crs import EXCHANGE, MEASURE
from layers.background import MapBackground

MOST_SIGNS: Final = 24_000
"""Of all paths: more would make the document wait, so that the scripts draw the background."""


def background_paths(background: MapBackground, detail: Detail, window: Box) -> Mapping[str, str]:
    """Return what SVG calls ``d`` for each kind that a window shows, the lowest first.

    From far there are none, and none where they would be heavy: the scripts draw them then.
    """
    if detail is Detail.FAR:
        return {}
    to_degrees = Transformer.from_crs(MEASURE, EXCHANGE, always_xy=True).transform
    found = {}
    for kind, shape in shapes_by_kind(background.features[detail]).items():
        placed = shapely.transform(
            shape, lambda xy: project_all(np.column_stack(to_degrees(*xy.T)))
        )
        written = _write(shapely.clip_by_rect(placed, *window))
        if written:
            found[str(kind)] = written
    return found if sum(map(len, found.values())) <= MOST_SIGNS else {}


def _write(shape: shapely.Geometry) -> str:
    """Write lines, and the rings of areas, in whole units."""
    lines = []
    for part in shapely.get_parts(shape):
        for line in _lines(part):
            points = np.rint(shapely.get_coordinates(line)).astype(int)
            moves = np.diff(points, axis=0)
            moves = moves[np.any(moves != 0, axis=1)]
            if len(moves):
                x, y = points[0].tolist()
                steps = " ".join(f"{dx} {dy}" for dx, dy in moves.tolist())
                lines.append(f"M{x} {y}l{steps}".replace(" -", "-"))
    return "".join(lines)


def _lines(part: shapely.Geometry) -> list[shapely.Geometry]:
    if isinstance(part, shapely.Polygon):
        return [part.exterior, *part.interiors]
    return [part] if isinstance(part, shapely.LineString) else []
