"""GeoJSON: each object by itself, so that one bad shape costs one row."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

import geopandas as gpd
import numpy as np
import orjson
import pandas as pd
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from app.imports.attributes import free_headings, kind_of, write_value
from app.imports.encoding import SURE_EXPECTED, decode_file
from app.imports.entities import read_frame_codes
from app.imports.formats.geofile import bounded_table
from app.imports.limits import BroughtFileError, refuse_many, where
from app.imports.table import Table
from geo.crs import EXCHANGE
from layers.brought.outlines import COLUMN
from layers.brought.problems import EMPTIED, MENDED, TO_CHECK, WHOLE_FILE, Problem
from layers.french.encoding import Decoded

SHORTEST_RING: Final = 3
"""Different points that enclose something."""
LONGEST_CRS: Final = 200

Json = Any
"""What JSON holds."""


def read_geojson(content: bytes, name: str) -> Table:
    """Read the objects of a GeoJSON file.

    Raises
    ------
    BroughtFileError
        The file is damaged, empty or too large, or is other JSON.
    """
    decoded = decode_file(content, name)
    root = _parse(decoded.text, name)
    features = _features(root, name)
    keys = list(dict.fromkeys(key for each in features for key in _properties(each)))
    refuse_many(name, len(features), len(keys))
    columns = {key: [_properties(each).get(key) for each in features] for key in keys}
    numbers = [each.get("id") for each in features]
    # most programs repeat as « id » what a property says already
    if "id" not in columns and any(n is not None for n in numbers) and _is_new(numbers, columns):
        columns = {"id": numbers, **columns}
    headings = free_headings(columns)
    lines = pd.RangeIndex(1, len(features) + 1)
    frame = pd.DataFrame(
        {
            heading: [write_value(value) for value in values]
            for heading, values in zip(headings, columns.values(), strict=True)
        },
        index=lines,
        dtype=object,
    )
    kinds = {
        heading: kind
        for heading, values in zip(headings, columns.values(), strict=True)
        if (kind := kind_of(values))
    }
    frame, coded = read_frame_codes(frame)
    problems = [*_tell_text(decoded), *coded]
    shapes = _shapes([each.get("geometry") for each in features], problems)
    geometry = gpd.GeoSeries(shapes, index=lines, crs=_crs(root))
    return bounded_table(name, frame, geometry, problems, kinds=kinds, encoding=decoded.encoding)


def _parse(text: str, name: str) -> Json:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        pass
    with suppress(orjson.JSONDecodeError):
        # one object a line, as streams write them
        lines = [orjson.loads(line) for line in text.splitlines() if line.strip(" \x1e")]
        return {"type": "FeatureCollection", "features": lines}
    try:
        # NaN, which is no JSON and which many programs write
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BroughtFileError(
            f"{where(name)} : fichier géographique illisible ou endommagé."
        ) from error


def _features(root: Json, name: str) -> list[dict[str, Json]]:
    """Return the objects of a collection, of one object, or of a bare geometry."""
    kind = root.get("type") if isinstance(root, dict) else None
    if kind == "FeatureCollection" and isinstance(root.get("features"), list):
        features = [each for each in root["features"] if isinstance(each, dict)]
    elif kind == "Feature":
        features = [root]
    elif isinstance(kind, str) and ("coordinates" in root or "geometries" in root):
        features = [{"type": "Feature", "properties": {}, "geometry": root}]
    else:
        raise BroughtFileError(
            f"{where(name)} : fichier géographique illisible ou endommagé, attendu du GeoJSON "
            "(FeatureCollection)."
        )
    if not features:
        raise BroughtFileError(f"{where(name)} : aucun objet ; au moins un est attendu.")
    return features


def _is_new(values: list[Json], columns: Mapping[str, list[Json]]) -> bool:
    texts = [*map(str, values)]
    return all([*map(str, others)] != texts for others in columns.values())


def _properties(feature: dict[str, Json]) -> dict[str, Json]:
    properties = feature.get("properties")
    return properties if isinstance(properties, dict) else {}


def _shapes(geometries: Sequence[Json], problems: list[Problem]) -> list[Json]:
    """Return the shape of each object, None where there is none that can be read."""
    shapes: list[Json] = []
    for line, geometry in enumerate(geometries, 1):
        if geometry is None:
            shapes.append(None)
            continue
        try:
            whole, closed, short = _mend_rings(geometry)
        except RecursionError:  # lists within lists within lists: no ring is
            whole, closed, short = None, False, 0
        if closed:
            problems.append(Problem(line, COLUMN, "anneau ouvert", "un anneau fermé", MENDED))
        shape = None if short else _read(whole)
        if shape is None:
            found = f"anneau de {short} points" if short else _shown(geometry)
            expected = "au moins trois points par anneau" if short else "une géométrie GeoJSON"
            problems.append(Problem(line, COLUMN, found, expected, EMPTIED))
        shapes.append(shape)
    return shapes


def _read(geometry: Json) -> Json:
    if isinstance(geometry, dict) and geometry.get("type") == "Point":
        pair: Json = geometry.get("coordinates")
        # most files hold points: no detour by a text for them
        plain = isinstance(pair, list) and len(pair) == len(("lon", "lat"))
        if plain and all(map(_is_number, pair)):
            return shapely.Point(pair)
    try:
        with np.errstate(all="ignore"):
            return shapely.from_geojson(json.dumps(geometry), on_invalid="ignore")
    except (shapely.errors.ShapelyError, ValueError, TypeError, RecursionError):
        return None


def _is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _mend_rings(geometry: Json) -> tuple[Json, bool, int]:
    """Return an area with its rings closed, whether one was open, and the points of one too short.

    The last is 0 where all rings have enough.
    """
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    is_area = kind in ("Polygon", "MultiPolygon")
    coordinates = geometry.get("coordinates") if is_area else None
    if not isinstance(coordinates, list):
        return geometry, False, 0
    polygons = [coordinates] if kind == "Polygon" else coordinates
    closed, short, mended = False, 0, []
    for polygon in polygons:
        rings = []
        for ring in polygon if isinstance(polygon, list) else []:
            if not isinstance(ring, list):
                return geometry, False, 0
            if len({str(point) for point in ring}) < SHORTEST_RING:
                short = short or len(ring) or 1
            elif ring[0] != ring[-1]:
                closed = True
                ring = [*ring, ring[0]]  # noqa: PLW2901 - the ring as it should be
            rings.append(ring)
        mended.append(rings)
    whole = {**geometry, "coordinates": mended[0] if kind == "Polygon" and mended else mended}
    return whole, closed, short


def _shown(geometry: Json) -> str:
    kind = geometry.get("type") if isinstance(geometry, dict) else geometry
    return f"géométrie {str(kind)[:40]}"


def _crs(root: Json) -> str:
    """Return the system that an older file names, by default that of the standard."""
    crs = root.get("crs") if isinstance(root, dict) else None
    properties = crs.get("properties") if isinstance(crs, dict) else None
    told = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(told, str) or "CRS84" in told:
        return EXCHANGE
    try:
        return str(CRS.from_user_input(told[:LONGEST_CRS]).to_string())
    except CRSError:
        return EXCHANGE


def _tell_text(decoded: Decoded) -> list[Problem]:
    """Say of the whole file how its text was decoded: its lines are nobody's rows."""
    problems = []
    if not decoded.sure:
        problems.append(_whole(f"lu en {decoded.encoding}", SURE_EXPECTED, TO_CHECK))
    if decoded.mixed:
        problems.append(_whole("plusieurs encodages", "un seul encodage", MENDED))
    if decoded.twice:
        problems.append(_whole("texte encodé deux fois", "un texte encodé une fois", MENDED))
    if decoded.worn:
        problems.append(_whole("signes perdus", "un texte dont nul signe n’est perdu", TO_CHECK))
    return problems


def _whole(found: str, expected: str, outcome: str) -> Problem:
    return Problem(WHOLE_FILE, "", found, expected, outcome)
