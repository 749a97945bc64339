"""The way within a commune: how far its inhabitants are, on average, from its centre."""

import numpy as np
import shapely
from numpy.typing import ArrayLike

from geo.travel.times import Floats, TravelError


def internal_distance_km(outlines: ArrayLike, xy: ArrayLike) -> Floats:
    """Return the mean distance between the area of each outline and one point.

    It stands for the way of the inhabitants of a commune to its centre, as if they were spread
    evenly; two thirds of the radius for a disc (Head & Mayer 2002, "Illusory border effects",
    use the disc for any region). Here the integral over the polygon is exact: a sum over the
    edges of the integral over the triangle that each makes with the point, so that a long or
    hollow commune, or one whose town hall is off-centre, has its own.

    Parameters
    ----------
    outlines
        Length n: polygons or multipolygons, EPSG:2154.
    xy
        Shape (n, 2), metres, EPSG:2154.

    Returns
    -------
    numpy.ndarray
        Shape (n,), km.

    Raises
    ------
    TravelError
        An outline has no area.
    """
    polygons = shapely.orient_polygons(np.asarray(outlines, dtype=object), exterior_cw=False)
    parts, owner = shapely.get_parts(polygons, return_index=True)
    rings, ring_part = shapely.get_rings(parts, return_index=True)
    corners, corner_ring = shapely.get_coordinates(rings, return_index=True)
    edge = np.flatnonzero(corner_ring[:-1] == corner_ring[1:])
    place = owner[ring_part[corner_ring[edge]]]
    centre = np.asarray(xy, dtype=np.float64)[place]
    start, end = corners[edge] - centre, corners[edge + 1] - centre
    moment = np.bincount(place, _triangle_moment(start, end), len(polygons))
    area = np.bincount(place, _cross(start, end) / 2, len(polygons))
    if not (area > 0).all():
        raise TravelError("Distance interne : un contour de commune n’a pas de surface.")
    return np.asarray(moment / area / 1000)


def _cross(a: Floats, b: Floats) -> Floats:
    return np.asarray(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0])


def _triangle_moment(start: Floats, end: Floats) -> Floats:
    """Integrate the distance to the origin over the triangle origin, start, end (signed)."""
    along = end - start
    length = np.maximum(np.hypot(along[:, 0], along[:, 1]), np.finfo(float).tiny)
    height = _cross(start, end) / length
    safe = np.where(height == 0, 1, np.abs(height))

    def primitive(corner: Floats) -> Floats:
        foot = (corner * along).sum(axis=1) / length
        distance = np.hypot(corner[:, 0], corner[:, 1])
        return np.asarray(foot * distance + height**2 * np.arcsinh(foot / safe))

    return np.asarray(height / 6 * (primitive(end) - primitive(start)))
