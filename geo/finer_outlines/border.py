"""The land around made to fit new outlines of the communes, edge to edge."""

from typing import Final

import geopandas as gpd
import numpy as np
import shapely

from geo.outlines.coverage import Coverage
from geo.outlines.kept import FILES

GRID_M: Final = 0.01
TOUCHING_M: Final = 0.05
"""How far the edges of one border may lie apart by rounding."""
LEAST_BORDER: Final = 0.25
"""Share of the edge of a strip that the land must hold: less is the shore at the border's end."""


def fit_land(
    land: gpd.GeoDataFrame, communes: gpd.GeoDataFrame, before: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    """Give the land around what the communes leave, and take from it what they hold now.

    Parameters
    ----------
    land
        Polygons around the communes ``before``, EPSG:2154, edge to edge with them.
    communes, before
        The outlines of today and those that ``land`` was made for.

    Returns
    -------
    geopandas.GeoDataFrame
        The rows of ``land``; with ``communes`` a valid coverage, on a grid of a centimetre. What
        the communes leave at the shore stays sea.
    """
    ours = shapely.coverage_union_all(communes.geometry.to_numpy())
    old = shapely.coverage_union_all(before.geometry.to_numpy())
    near = shapely.box(*shapely.bounds(old)).buffer(1000)
    strips = shapely.get_parts(shapely.difference(old, ours))
    strips = strips[shapely.get_type_id(strips) == shapely.GeometryType.POLYGON]
    edges = shapely.intersection(shapely.boundary(land.geometry.to_numpy()), near)
    belts = shapely.buffer(edges, TOUCHING_M)
    along = np.zeros((len(strips), len(land)))
    rims = shapely.boundary(strips)
    row, column = shapely.STRtree(belts).query(rims, predicate="intersects")
    along[row, column] = shapely.length(shapely.intersection(rims[row], belts[column]))
    beside = along.max(axis=1, initial=0) > LEAST_BORDER * shapely.length(strips)
    owner = np.where(beside, along.argmax(axis=1), -1)
    grown = [
        shapely.union_all([shape, *strips[owner == position]])
        for position, shape in enumerate(land.geometry)
    ]
    return land.set_geometry(gpd.GeoSeries(shapely.difference(grown, ours), crs=land.crs))


def join_coverage(
    communes: gpd.GeoDataFrame, land: gpd.GeoDataFrame
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return both as one valid coverage; where they overlap, the commune keeps its land."""
    together = np.concatenate([communes.geometry.to_numpy(), land.geometry.to_numpy()])
    clean = shapely.coverage_clean(together, merge_strategy="min_index")  # type: ignore[attr-defined]  # stubs lag
    clean = shapely.set_precision(clean, GRID_M)
    count = len(communes)
    return (
        communes.set_geometry(gpd.GeoSeries(clean[:count], crs=communes.crs)),
        land.set_geometry(gpd.GeoSeries(clean[count:], crs=land.crs)),
    )


def fit_around(communes: gpd.GeoDataFrame, coverage: Coverage) -> dict[str, gpd.GeoDataFrame]:
    """Return new outlines of the communes and all that is drawn around them, by name of file."""
    before = coverage.embedded.communes(0)
    land = gpd.GeoDataFrame(coverage.embedded.land(0))
    inside, fitted = join_coverage(communes, fit_land(land, communes, before))
    neighbours = fit_land(coverage.embedded.around(), inside, before)
    neighbours.geometry = shapely.set_precision(neighbours.geometry.to_numpy(), GRID_M)
    return dict(zip(FILES, (inside, fitted, neighbours), strict=True))
