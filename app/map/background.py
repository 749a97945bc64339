"""The background for the browser: one file for each detail, one feature for each kind."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import geopandas as gpd
import shapely

from app.map.outlines import DECIMALS, collection
from app.web.static_files import Maker
from geo.background.features import Detail, Feature, Kind
from geo.crs import MEASURE
from layers.background import MapBackground


def background_makers(background: MapBackground | None) -> dict[str, Maker]:
    """Return how to make the files: ``background-far``…; none where there is no background."""
    if background is None:
        return {}
    return {
        f"background-{detail}": partial(background_file, background, detail) for detail in Detail
    }


def background_file(background: MapBackground, detail: Detail) -> dict[str, Any]:
    """Return what a detail shows as GeoJSON: for each kind one feature, the lowest first."""
    shapes = shapes_by_kind(background.features[detail])
    frame = gpd.GeoDataFrame(
        {"kind": [str(kind) for kind in shapes]}, geometry=[*shapes.values()], crs=MEASURE
    )
    return collection(frame, DECIMALS[str(detail)])


def shapes_by_kind(features: Sequence[Feature]) -> Mapping[Kind, shapely.Geometry]:
    """Return all that is of a kind as one shape, EPSG:2154, the lowest kind first."""
    found: dict[Kind, shapely.Geometry] = {}
    for kind in Kind:
        parts = shapely.get_parts([one.shape for one in features if one.kind is kind]).tolist()
        if parts:
            areas = kind is Kind.BUILT
            found[kind] = shapely.MultiPolygon(parts) if areas else shapely.MultiLineString(parts)
    return found
