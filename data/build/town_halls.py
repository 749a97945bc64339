"""Town halls: what the directory says of them, and whether its point can be believed."""

import json
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

import packages
from geo.crs import EXCHANGE, MEASURE

DEGREE_DECIMALS = 6
WEEK = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
WORDS = ("address", "phone", "website", "opening_hours")


@dataclass(frozen=True)
class Point:
    """Where a town hall is drawn, and why the package's point was refused if it was."""

    lon: float
    lat: float
    precision: str
    refused: str = ""
    refused_lon: float | None = None
    refused_lat: float | None = None


def read_town_halls(folder: Path) -> pd.DataFrame:
    """Return address, phone, site, hours and the package's point, by commune code."""
    table = packages.read_table(folder, "communes")
    table = table[(table["type"] == "COM") & table["code"].str.startswith("62")]
    rows = table.set_index("code").sort_index()
    return pd.DataFrame(
        {
            "address": rows["mairie_adresse"].map(one_line),
            "phone": rows["mairie_telephone"].map(str.strip),
            "website": rows["mairie_site"].map(web_address),
            "opening_hours": rows["mairie_horaires"].map(hours_in_words),
            "point": rows["mairie_localisation"],
        }
    )


def place(town_halls: pd.DataFrame, communes: gpd.GeoDataFrame) -> dict[str, Point]:
    """Return the point of each town hall: the package's when it lies in the commune.

    Otherwise the centre of the widest circle that fits into the commune, precision ``commune``.
    """
    outlines = communes.set_index("code").geometry
    raw = [None if pd.isna(text) else shapely.from_wkb(text) for text in town_halls["point"]]
    given = gpd.GeoSeries(raw, index=town_halls.index, crs=EXCHANGE)
    measured = given.to_crs(MEASURE)
    return {
        code: _place_one(outlines[code], given[code], measured[code]) for code in outlines.index
    }


def _place_one(outline: shapely.Geometry, given: shapely.Point, measured: shapely.Point) -> Point:
    if given is not None and not given.is_empty and outline.covers(measured):
        return Point(*_degrees(given), "site")
    circle = shapely.maximum_inscribed_circle(outline, tolerance=10)
    centre = gpd.GeoSeries([shapely.Point(circle.coords[0])], crs=MEASURE).to_crs(EXCHANGE)[0]
    if given is None or given.is_empty:
        return Point(*_degrees(centre), "commune", "absent du paquet")
    metres = round(outline.distance(measured))
    reason = f"à {metres} m hors de la commune"
    return Point(*_degrees(centre), "commune", reason, *_degrees(given))


def _degrees(point: shapely.Point) -> tuple[float, float]:
    return round(point.x, DEGREE_DECIMALS), round(point.y, DEGREE_DECIMALS)


def refused_table(points: dict[str, Point], names: dict[str, str]) -> pd.DataFrame:
    """Return the package's points that were refused, with the reason."""
    refused = [(code, point) for code, point in sorted(points.items()) if point.refused]
    return pd.DataFrame(
        [(code, names[code], p.refused_lon, p.refused_lat, p.refused) for code, p in refused],
        columns=["code", "name", "package_lon", "package_lat", "reason"],
    )


def web_address(text: str) -> str:
    """Return an address that a browser opens, or nothing: ``www.bajus.fr`` lacks its scheme."""
    address = text.strip()
    if address.startswith("www."):
        return f"http://{address}"
    return address if address.startswith(("http://", "https://")) else ""


def one_line(address: str) -> str:
    """Join the lines of an address: ``Place de la Mairie, 62870 Maintenay``."""
    return ", ".join(line.strip() for line in address.splitlines() if line.strip())


def hours_in_words(raw: str) -> str:
    """Return opening hours in French: « lundi et mardi 9 h – 12 h et 14 h – 17 h 30 »."""
    days = json.loads(raw) if raw else []
    return " ; ".join(
        f"{_days(first, last)} {' et '.join(_span(*span) for span in spans)}"
        for first, last, spans in days
    )


def _days(first: str, last: str) -> str:
    if first == last:
        return first
    follows = WEEK.index(last) == WEEK.index(first) + 1
    return f"{first} et {last}" if follows else f"du {first} au {last}"


def _span(start: str, end: str) -> str:
    return f"{_time(start)}\u00a0– {_time(end)}"


def _time(text: str) -> str:
    hour, minute, _ = text.split(":")
    return f"{int(hour)}\u00a0h" if minute == "00" else f"{int(hour)}\u00a0h\u00a0{minute}"
