"""Where a row of a layer may be: where it is drawn, what the geocoder finds, other communes."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from geo.geocoder.location import REFERENCE, locate_area
from geo.geocoder.place import Place
from geo.perimeter import Level, Perimeter
from geo.precision import Precision
from geo.reference.places import Reference
from layers.placing.position import SHARPER

LIKELY: Final = 0.05
"""Confidence from which another commune is a candidate."""

EARTH_RADIUS: Final = 6_371_009
"""Metres."""

SAME: Final = 1
"""Metres within which two points are one."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A point where a row may be.

    Parameters
    ----------
    lon, lat
        Degrees, WGS 84.
    source
        Who says so.
    confidence
        Probability of its commune.
    """

    label: str
    lon: float
    lat: float
    commune_code: str
    commune: str
    precision: Precision
    source: str
    confidence: float


def list_candidates(
    row: Mapping[Any, Any], place: Place, reference: Reference
) -> Iterator[Candidate]:
    """Yield where a row is drawn, what the geocoder finds, the town halls of other communes.

    Parameters
    ----------
    row
        As the catalogue has it, with ``lon`` and ``lat`` of its point.
    """
    code = row["commune_code"]
    yield Candidate(
        row["commune"], row["lon"], row["lat"], code, row["commune"],
        Precision(row["precision"]), row["position_source"], row["confidence"],
    )  # fmt: skip
    found = place.commune_code
    if found and place.precision in SHARPER and metres_between(row, place) >= SAME:
        assert place.lon is not None  # noqa: S101 - a place in a commune has a point
        assert place.lat is not None  # noqa: S101 - as above
        name = reference.communes[found].name
        yield Candidate(
            place.label, place.lon, place.lat, found, name, place.precision, place.source,
            place.confidence,
        )  # fmt: skip
    others = {found: place.confidence, **{o.commune_code: o.confidence for o in place.alternatives}}
    for other, confidence in others.items():
        if other and other != code and confidence >= LIKELY:
            yield _town_hall(other, confidence, reference)


def typed(  # noqa: PLR0913 - what a person says of a point
    lon: float, lat: float, commune: str, precision: Precision, who: str, *, reference: Reference
) -> Candidate:
    """Return the point that a person gives.

    Parameters
    ----------
    commune
        Code or name.

    Raises
    ------
    geo.perimeter.PlaceError
        The commune is unknown.
    """
    record = reference.commune(commune)
    return Candidate(record.name, lon, lat, record.code, record.name, precision, who, 1.0)


def metres_between(row: Mapping[Any, Any], place: Place) -> float:
    """Return the metres between where a row is drawn and a place; 0 where the place has no point.

    By the earth's mean radius, on the plane of the latitude: right to a metre in a kilometre.
    """
    if place.lon is None or place.lat is None:
        return 0.0
    degree = math.radians(1) * EARTH_RADIUS
    shrink = math.cos(math.radians(place.lat))
    east, north = (row["lon"] - place.lon) * shrink, row["lat"] - place.lat
    return degree * math.hypot(east, north)


def _town_hall(code: str, confidence: float, reference: Reference) -> Candidate:
    hall = locate_area(Perimeter(Level.COMMUNE, code), reference)
    name = reference.communes[code].name
    return Candidate(name, hall.lon, hall.lat, code, name, Precision.COMMUNE, REFERENCE, confidence)
