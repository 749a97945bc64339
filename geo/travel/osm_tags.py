"""What the tags of OpenStreetMap say to a car: whether a way may be driven, which way, how fast.

The meanings are those of the OpenStreetMap wiki (Key:access, Key:oneway, Key:maxspeed). Turn
restrictions, traffic lights, slopes and hours of opening are not read.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


class Tags(Protocol):
    """The tags of one object, as a mapping or as pyosmium hands them out."""

    def get(self, key: str, default: str = ..., /) -> str:
        """Return the value of a key."""


ROADS_KMH: Mapping[str, float] = {
    "motorway": 115,
    "motorway_link": 60,
    "trunk": 90,
    "trunk_link": 50,
    "primary": 70,
    "primary_link": 45,
    "secondary": 65,
    "secondary_link": 40,
    "tertiary": 55,
    "tertiary_link": 35,
    "unclassified": 45,
    "road": 30,
    "residential": 28,
    "living_street": 15,
    "service": 15,
}
"""Mean speed by value of ``highway`` where no limit is tagged; other values are not driven.

Conventions of this project, below the French limits (80 km/h outside towns, 50 inside).
"""

LIMITS_KMH: Mapping[str, float] = {
    "fr:urban": 50,
    "fr:rural": 80,
    "fr:motorway": 130,
    "fr:zone30": 30,
    "fr:30": 30,
    "fr:walk": 6,
    "walk": 6,
}
KMH_PER_MPH = 1.609344

CLOSED = frozenset({"no", "private", "agricultural", "forestry", "military", "psv", "emergency"})
OPEN = frozenset({"yes", "designated", "permissive", "destination", "customers"})
ACCESS_KEYS = ("motorcar", "motor_vehicle", "vehicle", "access")
"""From the most specific: the first that is tagged decides."""

DEAD_END_SERVICES = frozenset({"parking_aisle", "driveway", "drive-through", "emergency_access"})
BARRIERS = frozenset({"bollard", "block", "jersey_barrier", "log", "debris", "planter", "chain"})


@dataclass(frozen=True, slots=True)
class RoadSpeeds:
    """How fast one drives.

    Parameters
    ----------
    by_class
        km/h by value of ``highway``; a value that is not here is not driven.
    share_of_limit
        Mean speed over the limit, where one is tagged.
    ferry_kmh
        Speed of a ferry without a tagged duration.
    """

    by_class: Mapping[str, float] = field(default_factory=lambda: dict(ROADS_KMH))
    share_of_limit: float = 0.85
    ferry_kmh: float = 15.0


@dataclass(frozen=True, slots=True)
class Way:
    """What a car may do on a way.

    Parameters
    ----------
    kmh
        Mean speed.
    forward, backward
        Whether it may be driven in the order of its nodes, and against it.
    duration_min
        Minutes from end to end, which a ferry may tell; the speed is then left aside.
    """

    kmh: float
    forward: bool = True
    backward: bool = True
    duration_min: float | None = None


def judge(tags: Tags, speeds: RoadSpeeds) -> Way | None:
    """Return what a car may do on a way, ``None`` where it may not drive."""
    if tags.get("route", "") == "ferry":
        # Most ferries that say nothing of cars take none.
        if _access(tags) is not True:
            return None
        return Way(speeds.ferry_kmh, *_directions(tags), minutes_of(tags.get("duration", "")))
    kind = tags.get("highway", "")
    kmh = speeds.by_class.get(kind)
    dead_end = tags.get("service", "") in DEAD_END_SERVICES
    if kmh is None or dead_end or tags.get("area", "") == "yes" or _access(tags) is False:
        return None
    limit = limit_kmh(tags.get("maxspeed", ""))
    forward, backward = _directions(tags)
    if not (forward or backward):
        return None
    return Way(limit * speeds.share_of_limit if limit else float(kmh), forward, backward)


def is_closed_barrier(tags: Tags) -> bool:
    """Tell whether a node stops a car; a gate does only when it is tagged as closed."""
    kind, access = tags.get("barrier", ""), _access(tags)
    return bool(kind) and (access is False or (access is None and kind in BARRIERS))


def limit_kmh(text: str) -> float | None:
    """Read a speed limit: ``50``, ``30 mph``, ``FR:urban``; ``None`` where it tells no speed."""
    limit = LIMITS_KMH.get(text.strip().lower())
    number = re.fullmatch(r"(\d{1,3})(?:\.\d+)?( ?mph| ?km/h)?", text.strip(), re.ASCII)
    if limit is None and number and int(number[1]) > 0:
        limit = int(number[1]) * (KMH_PER_MPH if "mph" in (number[2] or "") else 1)
    return limit


def minutes_of(text: str) -> float | None:
    """Read a duration: ``90`` minutes, ``1:30`` or ``01:30:00``; ``None`` for anything else."""
    parts = re.fullmatch(r"(?:(\d{1,3}):)?(\d{1,4})(?::(\d{2}))?", text.strip(), re.ASCII)
    if parts is None:
        return None
    minutes = int(parts[1] or 0) * 60 + int(parts[2]) + int(parts[3] or 0) / 60
    return minutes or None


def _access(tags: Tags) -> bool | None:
    for key in ACCESS_KEYS:
        value = tags.get(key, "")
        if value in CLOSED:
            return False
        if value in OPEN:
            return True
    return None


def _directions(tags: Tags) -> tuple[bool, bool]:
    oneway = tags.get("oneway", "")
    if oneway in {"yes", "true", "1"}:
        return True, False
    if oneway in {"-1", "reverse"}:
        return False, True
    if oneway in {"reversible", "alternating"}:
        return False, False
    implied = (
        tags.get("junction", "") in {"roundabout", "circular"}
        or tags.get("highway", "") in {"motorway", "motorway_link"}
    ) and oneway != "no"
    return True, not implied
