"""Names of the background: numbers of roads on their line, rivers beside theirs, where it is free.

They come after everything that the page is about, and never take its place.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely

from app.exports.booklet.labels.room import Room
from app.exports.booklet.pen.frame import Rect
from app.exports.booklet.pen.lettering import Style, measure
from app.exports.booklet.scene.background import Drawn
from geo.background.features import Kind

NUMBERED: Final = (Kind.MOTORWAY, Kind.TRUNK, Kind.PRIMARY, Kind.SECONDARY)
PLATE: Final = Style(6, "semibold")
WATER: Final = Style(6.75, "italic", 0.03)
PADDING: Final = 0.5
"""Millimetres between a number and the edge of its plate."""
AIR: Final = 0.3
ABOVE: Final = 0.5
"""Millimetres between a river and its name."""
STEP: Final = 3.0
APART: Final = 70.0
"""Millimetres: places that are tried on a line, and between two plates of one road."""
SHORTEST: Final = dict.fromkeys(NUMBERED, 12.0) | {Kind.SECONDARY: 45.0}
"""Millimetres of a road on the page, below which it has no number."""
LONG: Final = 1.3
"""Times the length of its name that a river has, at least."""
STEEPEST: Final = math.radians(32)
MOST_PLATES: Final = 20


@dataclass(frozen=True, slots=True)
class GroundName:
    """A name of the background that has its place.

    Parameters
    ----------
    box
        What it covers, its plate included, millimetres of the page.
    baseline
        Of the letters, millimetres of the page.
    plate
        Whether it stands on a plate: the number of a road.
    """

    text: str
    style: Style
    box: Rect
    baseline: float
    plate: bool


def place_ground_names(room: Room, drawn: Sequence[Drawn], land: np.ndarray) -> list[GroundName]:
    """Name roads and rivers where nothing else stands; those without a free place have no name.

    Parameters
    ----------
    land
        Squares of the map on which such a name may stand: those of the perimeter.
    """
    own = [one for one in drawn if one.kind is not Kind.BUILT]
    names = list(_rivers(room, [one for one in own if one.kind.is_water], land))
    for kind in NUMBERED:
        roads = [one for one in own if one.kind is kind and one.feature.ref]
        for road in sorted(roads, key=lambda one: (-shapely.length(one.shape), one.feature.ref)):
            if shapely.length(road.shape) >= SHORTEST[kind] and len(names) < MOST_PLATES:
                names += _plates(room, road, land, [one for one in names if one.plate])
    return names


def _plates(
    room: Room, road: Drawn, land: np.ndarray, others: Iterable[GroundName]
) -> list[GroundName]:
    text = road.feature.ref
    extent = measure(text, PLATE)
    width, height = extent.width + 2 * PADDING, extent.height + 2 * PADDING
    same = [_middle(one.box) for one in others if one.text == text]
    placed: list[GroundName] = []
    for x, y, _ in _along(road.shape):
        if any(math.dist(one, (x, y)) < APART for one in same):
            continue
        box = Rect(x - width / 2, y - height / 2, width, height)
        if _is_free(room, box, land):
            room.take(box.x, box.y, box.width, box.height)
            placed.append(GroundName(text, PLATE, box, box.y + PADDING + extent.above, plate=True))
            same.append((x, y))
    return placed


def _rivers(room: Room, water: Sequence[Drawn], land: np.ndarray) -> Iterator[GroundName]:
    for one in sorted(water, key=lambda one: (-shapely.length(one.shape), one.feature.name)):
        text = one.feature.name
        extent = measure(text, WATER)
        if not text or shapely.length(one.shape) < LONG * extent.width:
            continue
        for x, y, slope in sorted(_along(one.shape), key=lambda at: round(at[2], 1)):
            box = Rect(x - extent.width / 2, y - ABOVE - extent.height, extent.width, extent.height)
            if slope <= STEEPEST and _is_free(room, box, land):
                room.take(box.x, box.y, box.width, box.height)
                yield GroundName(text, WATER, box, box.y + extent.above, plate=False)
                break


def _is_free(room: Room, box: Rect, land: np.ndarray) -> bool:
    around = (box.x - AIR, box.y - AIR, box.width + 2 * AIR, box.height + 2 * AIR)
    return room.free(*around) and bool(land[room.under(*around)].all())


def _along(shape: shapely.Geometry) -> list[tuple[float, float, float]]:
    """Return places on a line and its slope there, those in the middle of its longest parts first.

    A slope is 0 where the line is level, π/2 where it is upright.
    """
    parts = sorted(shapely.get_parts(shape).tolist(), key=lambda part: -part.length)
    found = []
    for part in parts:
        steps = np.arange(STEP / 2, part.length, STEP)
        middle_first = steps[np.argsort(np.abs(steps - part.length / 2), kind="stable")]
        for at in middle_first.tolist():
            before, point, after = (part.interpolate(at + by) for by in (-2 * STEP, 0.0, 2 * STEP))
            rise, run = abs(after.y - before.y), abs(after.x - before.x)
            found.append((point.x, point.y, math.atan2(rise, run)))
    return found


def _middle(box: Rect) -> tuple[float, float]:
    return box.x + box.width / 2, box.y + box.height / 2
