"""Outlines and points for the browser: files made once, named after their content, compressed.

A name holds the hash of what is inside, so that a browser may keep the file for ever; the code of a
place joins it to the small tables of values that change with the indicator.
"""

from functools import partial
from typing import Any, Final

import geopandas as gpd
import numpy as np
import orjson
import shapely
from flask import Blueprint, Response

from app.parts.typography import typeset
from app.web.static_files import PREFIX, Maker, StaticFiles, answer_with
from geo.crs import EXCHANGE
from geo.outlines.topology import WEB_TOLERANCES
from geo.perimeter import Level
from geo.reference.places import Reference

DECIMALS: Final = {"far": 4, "middle": 5, "near": 5}
"""Of a degree, for each resolution: ten metres are a twentieth of a pixel from far."""
POINT_DECIMALS: Final = 5
ANCHOR_TOLERANCE: Final = 200.0
SMALLEST_PART: Final = 10_000.0
"""Square metres; less is what rounding leaves along a border."""


def geometry_makers(reference: Reference) -> dict[str, Maker]:
    """Return how to make the files of outlines.

    Stems are ``commune-far``, ``epci-middle``… for each level and resolution, ``anchors-commune``…
    for each level, and ``around`` for the land of others and what EPCIs have there.
    """
    makers: dict[str, Maker] = {"around": partial(around, reference)}
    for level in Level:
        makers[f"anchors-{level}"] = partial(_anchors_of, reference, level)
        for resolution in WEB_TOLERANCES:
            makers[f"{level}-{resolution}"] = partial(_level, reference, level, resolution)
    return makers


def _inside(reference: Reference, level: Level, tolerance: float) -> gpd.GeoDataFrame:
    if level == Level.EPCI:
        return reference.epci_parts_inside(tolerance)
    return reference.outlines(level, tolerance)


def _level(reference: Reference, level: Level, resolution: str) -> dict[str, Any]:
    tolerance = max(WEB_TOLERANCES[resolution], reference.coverage.finest_m)
    frame = _inside(reference, level, tolerance)
    named = frame.assign(name=[typeset(name) for name in frame["name"]])
    return collection(named[["code", "name", "geometry"]], DECIMALS[resolution])


def _anchors_of(reference: Reference, level: Level) -> dict[str, list[float]]:
    return anchors(_inside(reference, level, 0))


def around(reference: Reference) -> dict[str, Any]:
    """Return what is drawn around the département: pale land, and EPCIs beyond the border.

    A strip of land lies under the border, for this file is coarse whatever the zoom: without it
    the sea would shine through where finer outlines leave it.
    """
    tolerance = WEB_TOLERANCES["far"]
    land = reference.neighbour_land(tolerance)
    ours = reference.outlines(Level.DEPARTEMENT, tolerance).geometry.iloc[0]
    shared = ours.boundary.intersection(land.geometry.union_all().buffer(1))
    whole = reference.outlines(Level.EPCI, tolerance).set_index("code").geometry
    inside = reference.epci_parts_inside(tolerance).set_index("code").geometry
    beyond = whole.difference(inside.reindex(whole.index))
    beyond = beyond[beyond.area > SMALLEST_PART]
    kinds = {
        "neighbour": [*land.geometry],
        "strip": [shared.buffer(tolerance)],
        "outside": [*beyond],
    }
    rows = [{"kind": kind, "geometry": shape} for kind, shapes in kinds.items() for shape in shapes]
    return collection(gpd.GeoDataFrame(rows, crs=land.crs), DECIMALS["far"])


def serve_files(files: StaticFiles) -> Blueprint:
    """Return the route that serves the files, compressed where the browser allows."""
    routes = Blueprint("geometry", __name__, url_prefix=PREFIX)

    @routes.get("/<name>")
    def geometry(name: str) -> Response:
        return answer_with(files.named(name))

    return routes


def collection(frame: gpd.GeoDataFrame, decimals: int) -> dict[str, Any]:
    """Return rows as a GeoJSON FeatureCollection in EPSG:4326.

    Parameters
    ----------
    frame
        Any CRS; columns other than the geometry become properties.
    decimals
        Of a degree, that coordinates keep.
    """
    shapes = frame.geometry.to_crs(EXCHANGE).to_numpy()
    shapes = shapely.transform(shapes, lambda xy: np.round(xy, decimals))
    columns = frame.drop(columns=frame.geometry.name).to_dict("records")
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": properties,
                "geometry": orjson.loads(text),
            }
            for properties, text in zip(columns, shapely.to_geojson(shapes), strict=True)
        ],
    }


def anchors(frame: gpd.GeoDataFrame) -> dict[str, list[float]]:
    """Return for each code a point well inside its largest part, [longitude, latitude].

    Parameters
    ----------
    frame
        Columns ``code`` and geometry, EPSG:2154.
    """
    parts = frame[["code", "geometry"]].explode(ignore_index=True)
    largest = parts.assign(area=parts.area).sort_values("area").drop_duplicates("code", keep="last")
    radii = shapely.maximum_inscribed_circle(largest.geometry.to_numpy(), ANCHOR_TOLERANCE)
    centres = gpd.GeoSeries(shapely.get_point(radii, 0), crs=frame.crs).to_crs(EXCHANGE)
    return {
        code: [round(point.x, POINT_DECIMALS), round(point.y, POINT_DECIMALS)]
        for code, point in zip(largest["code"], centres, strict=True)
    }
