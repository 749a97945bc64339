"""The points of FINESS: pairs in two systems and either order, told apart by their size alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any, Final

from pyproj import Transformer

from geo.crs import EXCHANGE, MEASURE

PAIRS: Final = (
    ("directionLongitude", "directionLatitude"),
    ("coordonneeX", "coordonneeY"),
)
WEST, EAST, SOUTH, NORTH = 0.0, 6.0, 48.0, 52.0
"""Degrees around the département: no longitude there is a latitude."""
LEFT, RIGHT, LOW, HIGH = 500_000.0, 800_000.0, 6_800_000.0, 7_200_000.0
"""Metres of Lambert-93 around it."""
BAN_KEY: Final = "cleInInteropBAN"
HOUSE_PARTS: Final = 3
"""Parts of the key of an address: commune, street, number; a street has two."""

_TO_DEGREES: Final = Transformer.from_crs(MEASURE, EXCHANGE, always_xy=True)


@dataclass(frozen=True, slots=True)
class FinessPoint:
    """A point in degrees, as texts, empty where there is none, and how exactly it is known."""

    longitude: str
    latitude: str
    quality: str


def read_point(told: Mapping[str, Any]) -> FinessPoint:
    """Return the point that the pairs of an address say, whatever their names promise.

    Of the two pairs the one in degrees goes first; a pair that is neither in degrees nor in
    Lambert-93, in one order or the other, is none.
    """
    pairs = [(_number(told.get(one)), _number(told.get(other))) for one, other in PAIRS]
    for read in (_degrees, _metres):
        for pair in pairs:
            for first, second in (pair, pair[::-1]):
                point = read(first, second)
                if point is not None:
                    return FinessPoint(f"{point[0]:.6f}", f"{point[1]:.6f}", _quality(told))
    return FinessPoint("", "", _quality(told))


def _degrees(lon: float, lat: float) -> tuple[float, float] | None:
    return (lon, lat) if WEST < lon < EAST and SOUTH < lat < NORTH else None


def _metres(x: float, y: float) -> tuple[float, float] | None:
    if not (LEFT < x < RIGHT and LOW < y < HIGH):
        return None
    lon, lat = _TO_DEGREES.transform(x, y)
    return lon, lat


def _number(text: object) -> float:
    try:
        number = float(str(text).replace(",", "."))
    except ValueError:
        return 0.0
    return number if isfinite(number) else 0.0


def _quality(told: Mapping[str, Any]) -> str:
    """Return how exactly the point is known: by the key of the national base that it bears."""
    key = str(told.get(BAN_KEY) or "")
    if not key:
        return "given_by_source"
    return "geocoded_good" if len(key.split("_")) >= HOUSE_PARTS else "geocoded_medium"
