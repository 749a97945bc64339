"""Positions as texts: degrees, minutes and seconds, pairs, geometries in WKT, WKB, GeoJSON."""

import re
from contextlib import suppress
from typing import Final
from urllib.parse import unquote

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

MOST_DEGREES: Final = 180.0
SIXTY: Final = 60.0

_HEMISPHERE = r"(?:nord|sud|est|ouest|[nsewo])"
_DEGREES = re.compile(
    rf"(?P<before>{_HEMISPHERE})?\s*(?P<sign>[+-])?\s*(?P<d>\d{{1,3}}(?:[.,]\d+)?)\s*"
    r"(?P<mark>[°ºd:˚]|deg)?\s*"
    r"(?:(?P<m>\d{1,2}(?:[.,]\d+)?)\s*(?:['’′´:]|min|m)?\s*)?"
    r"(?:(?P<s>\d{1,2}(?:[.,]\d+)?)\s*(?:[\"”″“]|''|’’|′′|sec|s)?\s*)?"
    rf"(?P<after>{_HEMISPHERE})?",
    re.IGNORECASE,
)
_PAIR = re.compile(r"\D*?(-?\d+(?:[.,]\d+)?)[\s,;/]+(-?\d+(?:[.,]\d+)?)\D*")
_DECIMAL = re.compile(r"-?\d+[.,]\d+")
_CUT = re.compile(
    r"\s*[;,/]\s+|\s*[;/]\s*|(?<=[NSEWOnsewo])\s*,?\s+|\s+(?=[NSEWOnsewo]\s*\d)|,(?=\s*[NSEWOnsewo])"
)
_WKT = re.compile(
    r"\s*(?:SRID=(?P<srid>\d{4,6});)?\s*(?:MULTI)?(?:POINT|LINESTRING|POLYGON)\s*Z?M?\s*"
    r"(?:\(|EMPTY)|\s*GEOMETRYCOLLECTION\s*Z?M?\s*\(",
    re.IGNORECASE,
)
_HEX = re.compile(r"\s*(?:\\x)?0[01][0-9A-Fa-f]{40,}\s*")
_LINK = re.compile(r"\s*(?:https?://|www\.|geo:)", re.IGNORECASE)
_MAP_LINK = re.compile(
    r"\s*(?:https?://)?(?:www\.)?(?:goo\.gl/maps|maps\.app\.goo\.gl|maps\.google\.|google\.[a-z.]+/maps|"
    r"maps\.apple\.com|osm\.org/go|openstreetmap\.|waze\.com|plus\.codes|what3words\.)",
    re.IGNORECASE,
)
_LAT = r"(?P<lat>-?\d{1,2}\.\d+)"
_LON = r"(?P<lon>-?\d{1,3}\.\d+)"
_LINK_PLACES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"!3d{_LAT}!4d{_LON}",
        rf"[?&#]mlat={_LAT}&mlon={_LON}",
        rf"[?&](?:q|ll|sll|daddr|destination|query|center|cp|to)=(?:ll\.|loc:)?{_LAT}[,~]\s*{_LON}",
        rf"[?&]lat(?:itude)?={_LAT}&(?:lng|lon|long|longitude)={_LON}",
        rf"[?&](?:lng|lon|long|longitude)={_LON}&lat(?:itude)?={_LAT}",
        rf"[?&]c={_LON},{_LAT}",
        rf"/(?:place|search|dir)/[^@]*?{_LAT},\+?\s*{_LON}",
        rf"^\s*geo:{_LAT},{_LON}",
    )
)
"""How Google, OpenStreetMap, Bing, Apple, Waze, the Géoportail, uMap and « geo: » write a place."""
_LINK_VIEWS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"@{_LAT},{_LON}",
        rf"[#&?]map=\d+(?:\.\d+)?/{_LAT}/{_LON}",
        rf"#\d+(?:\.\d+)?/{_LAT}/{_LON}",
    )
)
"""How they write the middle of what they show, which may be beside any place."""
_OBJECT = re.compile(r"\s*\{[^{}]*\}\s*")
_AXIS = r"[\"']?\s*:\s*[\"']?(-?\d+(?:\.\d+)?)"
_OBJECT_LAT = re.compile(rf"[\"']?\blat(?:itude)?{_AXIS}", re.IGNORECASE)
_OBJECT_LON = re.compile(rf"[\"']?\b(?:lon|lng|long|longitude){_AXIS}", re.IGNORECASE)
_METRES = re.compile(r"(.*\d)\s*m(?:[eè]tres?)?\.?\s*", re.IGNORECASE)
_SRID = re.compile(r"\s*SRID=(\d{4,6});", re.IGNORECASE)


def is_map_link(text: str) -> bool:
    """Tell whether a text is the address of a place on a map, even one that does not say where."""
    return _MAP_LINK.match(text) is not None or map_link_position(text) is not None


def shows_middle(text: str) -> bool:
    """Tell whether the position of an address is but the middle of the map that it shows."""
    address = unquote(text.strip())
    return map_link_position(text) is not None and not any(
        pattern.search(address) for pattern in _LINK_PLACES
    )


def map_link_position(text: str) -> tuple[float, float] | None:
    """Return latitude and longitude that the address of a map says, None where it says none.

    The place that an address marks comes before the middle of what it shows.
    """
    if not _LINK.match(text):
        return None
    address = unquote(text.strip())
    for pattern in (*_LINK_PLACES, *_LINK_VIEWS):
        if found := pattern.search(address):
            return float(found["lat"]), float(found["lon"])
    return None


def parse_degrees(text: str) -> float:
    """Return an angle in degrees, from ``50°56'24.0"N``, ``N 50 56 24``, ``1,88° O``.

    Raises
    ------
    ValueError
        It is no angle.
    """
    found = _DEGREES.fullmatch(text.strip())
    if not found or (found["before"] and found["after"]):
        raise ValueError(text)
    parts = [float((found[name] or "0").replace(",", ".")) for name in ("d", "m", "s")]
    if max(parts[1:]) >= SIXTY or (found["m"] and not parts[0].is_integer()):
        raise ValueError(text)
    degrees = parts[0] + parts[1] / SIXTY + parts[2] / SIXTY**2
    side = (found["before"] or found["after"] or "n")[0].lower()
    if degrees > MOST_DEGREES or (found["sign"] == "-" and side in "swo"):
        raise ValueError(text)
    return -degrees if side in "swo" or found["sign"] == "-" else degrees


def is_degrees(text: str) -> bool:
    """Tell whether a text is an angle that says so, by a sign of degrees or a side of the world."""
    found = _DEGREES.fullmatch(text.strip())
    if not found or not (found["mark"] or found["before"] or found["after"]):
        return False
    try:
        parse_degrees(text)
    except ValueError:
        return False
    return True


def without_metres(text: str) -> str:
    """Return a coordinate without the metres that it is said to be in: « 687900 m »."""
    found = _METRES.fullmatch(text)
    return found[1] if found else text


def parse_pair(text: str) -> tuple[float, float]:
    """Return the two coordinates of a cell, in its order.

    Raises
    ------
    ValueError
        It holds no two coordinates.
    """
    if pair := map_link_position(text) or _object_pair(text) or _degree_pair(text):
        return pair
    if plain := _PAIR.fullmatch(_bare_pair(text)):
        return float(plain[1].replace(",", ".")), float(plain[2].replace(",", "."))
    raise ValueError(text)


def _object_pair(text: str) -> tuple[float, float] | None:
    """Return the two coordinates of « {"lat": …, "lon": …} », None where a text is none."""
    if not _OBJECT.fullmatch(text):
        return None
    lat, lon = _OBJECT_LAT.search(text), _OBJECT_LON.search(text)
    return (float(lat[1]), float(lon[1])) if lat and lon else None


def _degree_pair(text: str) -> tuple[float, float] | None:
    """Return latitude and longitude of a cell that names its degrees, None where it does not."""
    bare = text.strip().removeprefix("geo:").strip("()[] ")
    for cut in _CUT.finditer(bare):
        first, second = bare[: cut.start()], bare[cut.end() :]
        if is_degrees(first) and is_degrees(second):
            east_first = first.strip()[-1:].lower() in "ewo" or first.strip()[:1].lower() in "ewo"
            one, other = parse_degrees(first), parse_degrees(second)
            return (other, one) if east_first else (one, other)
    return None


def _bare_pair(text: str) -> str:
    return text.strip().removeprefix("geo:")


def is_pair(text: str) -> bool:
    """Tell whether a text is two coordinates for sure: both with decimals, or with degrees."""
    if map_link_position(text) or _object_pair(text):
        return True
    bare = _bare_pair(text)
    if len(_DECIMAL.findall(bare)) == len(("latitude", "longitude")) and _PAIR.fullmatch(bare):
        return not any(sign.isalpha() for sign in bare)
    return _degree_pair(text) is not None


def is_shape(text: str) -> bool:
    """Tell whether a text is a geometry: WKT, WKB in hexadecimal, or GeoJSON."""
    if _WKT.match(text) or _HEX.fullmatch(text):
        return True
    return text.lstrip().startswith("{") and '"coordinates"' in text


def read_shapes(texts: pd.Series) -> tuple[gpd.GeoSeries, pd.Series]:
    """Return the geometry of each text, and which texts are none.

    Parameters
    ----------
    texts
        None where a cell is empty.

    Returns
    -------
    geopandas.GeoSeries, pandas.Series of bool
        Two-dimensional, in the system that most of them name, None when they name none.
    """
    shapes = np.full(len(texts), None, dtype=object)
    systems: list[int] = []
    for rank, text in enumerate(texts):
        if isinstance(text, str) and (shape := _read(text)) is not None:
            shapes[rank] = shapely.force_2d(shape)
            if srid := shapely.get_srid(shape):
                systems.append(int(srid))
    known = max(set(systems), key=systems.count) if systems else None
    wrong = texts.notna() & pd.Series([shape is None for shape in shapes], index=texts.index)
    return gpd.GeoSeries(shapes, index=texts.index, crs=_crs(known)), wrong


def _read(text: str) -> shapely.Geometry | None:
    shape = None
    with np.errstate(all="ignore"):
        if _HEX.fullmatch(text):
            with suppress(NotImplementedError):
                return shapely.from_wkb(text.strip().removeprefix("\\x"), on_invalid="ignore")
            return None
        if text.lstrip().startswith("{"):
            return shapely.from_geojson(text, on_invalid="ignore")
        with suppress(NotImplementedError):  # of curves, which nothing here measures or draws
            shape = shapely.from_wkt(_SRID.sub("", text), on_invalid="ignore")
    srid = _SRID.match(text)
    return shapely.set_srid(shape, int(srid[1])) if srid and shape is not None else shape


def _crs(srid: int | None) -> str | None:
    """Return a system by its number, None when there is none of it."""
    from pyproj import CRS  # noqa: PLC0415 - only where a text names a system
    from pyproj.exceptions import CRSError  # noqa: PLC0415

    if srid is None:
        return None
    try:
        return str(CRS.from_epsg(srid).to_string())
    except CRSError:
        return None
