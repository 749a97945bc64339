"""Squares over the département: points to travel from where nobody in particular lives."""

from typing import Final

import numpy as np
import shapely

from geo.perimeter import Level
from geo.reference.places import Reference
from geo.travel.times import Points

CELL_M: Final = 500.0
"""Side of a square: finer than what the straight line knows."""
MEAN_WAY: Final = 0.3826
"""Mean distance from a point of a square to its middle, as a share of its side."""


def cells_over(reference: Reference) -> Points:
    """Return the middles of the squares of the département, each in its commune."""
    communes = reference.outlines(Level.COMMUNE)
    west, south, east, north = communes.total_bounds
    xs = np.arange(west - west % CELL_M, east, CELL_M) + CELL_M / 2
    ys = np.arange(south - south % CELL_M, north, CELL_M) + CELL_M / 2
    xy = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    tree = shapely.STRtree(communes.geometry.to_numpy())
    cell, commune = tree.query(shapely.points(xy), predicate="within")
    codes = communes["code"].to_numpy()[commune].tolist()
    known = reference.communes
    density = [known[code].population / known[code].area_km2 for code in codes]
    return Points.of(codes, xy[cell], density, MEAN_WAY * CELL_M / 1000)
