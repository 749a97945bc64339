"""The background in the offline map, where it was asked for: one detail, cut to the perimeter."""

from typing import Any, Final

import geopandas as gpd
import shapely

from app.exports.offline.outlines import MANY
from app.exports.offline.packing import pack_shapes
from app.map.background import shapes_by_kind
from geo.background.features import Detail
from geo.crs import MEASURE
from layers.background import MapBackground

FILE: Final = "background"


def packed_background(
    background: MapBackground, outline: shapely.Geometry, communes: int, decimals: int
) -> dict[str, Any]:
    """Return what lies in a perimeter, packed; finely where it has few communes.

    Parameters
    ----------
    outline
        Of the perimeter, metres, EPSG:2154.
    decimals
        Of a degree, that coordinates keep.
    """
    detail = Detail.MIDDLE if communes > MANY else Detail.NEAR
    shapely.prepare(outline)
    cut = {
        str(kind): shapely.intersection(shape, outline)
        for kind, shape in shapes_by_kind(background.features[detail]).items()
    }
    kept = {kind: shape for kind, shape in cut.items() if not shapely.is_empty(shape)}
    frame = gpd.GeoDataFrame({"kind": [*kept]}, geometry=[*kept.values()], crs=MEASURE)
    return pack_shapes(frame, decimals)
