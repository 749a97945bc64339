"""Names on the first frame: those that the browser's map would write at each zoom, where it would.

The rules are those of ``map/assets/names.js`` and ``zone_names.js``: towns from the largest down,
none over another; then each perimeter in its own ground; seas and neighbours in their place.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
import shapely

from app.first_frame.ground import Shape, project
from app.first_frame.lettering import width
from app.first_frame.scale import bar
from app.first_frame.signs import SPECK
from app.first_frame.standing import MARK, Rect, Standing, around, asides, covered, overlaps
from app.first_frame.steps import Frame

HEIGHT: Final = 16
DOT: Final = 7
ROOM: Final = 6
MANY: Final = 100
SMALLEST: Final = (
    (8.5, 12_000),
    (9.25, 7_000),
    (10, 4_500),
    (10.75, 2_500),
    (11.5, 1_200),
    (12.25, 500),
)  # fmt: skip
"""Zoom up to which, and inhabitants from which a town is named."""
NEAR_MIDDLE: Final = 14
"""Pixels from a town within which the middle of a circle is that town's."""
LINE: Final = 13
LINES: Final = 3
SHIFTS: Final = (0, -20, 20, -40, 40, -60, 60)
EDGE: Final = 30
WIDE: Final = 12
SEEN: Final = 0.01
Town = tuple[str, float, float, int]


@dataclass(frozen=True, slots=True)
class Label:
    """A name on the map.

    Parameters
    ----------
    kind
        ``town``, ``zone``, ``area``, ``sea``, ``land``.
    rows
        Its lines.
    at
        Units of the grid.
    side
        ``left`` or ``right`` of its point; empty where the point is its middle.
    aside
        Pixels from its point to it, for a mark or a circle stands there; 0 where none does.
    down
        Pixels from its point down to its middle.
    """

    kind: str
    rows: tuple[str, ...]
    at: tuple[float, float]
    side: str = ""
    aside: float = 0.0
    down: float = 0.0


def labels(
    frame: Frame,
    names: Mapping[str, Any],
    zones: Sequence[tuple[Shape, tuple[float, float]]],
    standing: Standing,
) -> dict[Label, list[int]]:
    """Return each name with the ranks of the steps at which it is written.

    Parameters
    ----------
    names
        ``towns``, largest first, and ``regions``, as the browser reads them.
    zones
        Perimeters that carry the indicator, each with a point well inside, on the grid.
    """
    found: dict[Label, list[int]] = {}
    for rank in range(len(frame.steps)):
        sheet = _Sheet(frame, rank, standing)
        for label in sheet.write(names, zones):
            found.setdefault(label, []).append(rank)
    return found


class _Sheet:
    """What is written at one step."""

    def __init__(self, frame: Frame, rank: int, standing: Standing) -> None:
        self.size, self.step = frame.room(rank), frame.steps[rank]
        scale = self.step.scale
        middle, (wide, high) = frame.middle, self.size
        self.corner = (middle[0] - wide / 2 / scale, middle[1] - high / 2 / scale)
        specks = [at for _, at, side in standing.areas if side * scale < SPECK]
        self.stand = [around(self._point(at), MARK) for at in (*standing.marks, *specks)]
        self.rings = [around(self._point(at), size) for at, size in standing.rings]
        self.areas = standing.areas
        self.covered = [*covered(self.size, standing, bar(frame, rank)[1])]
        self.taken: list[Rect] = [*self.covered]
        if len(self.stand) < MANY:
            self.taken += self.stand

    def write(
        self, names: Mapping[str, Any], zones: Sequence[tuple[Shape, tuple[float, float]]]
    ) -> Iterator[Label]:
        """Yield what fits."""
        smallest = next((least for zoom, least in SMALLEST if self.step.zoom < zoom), 0)
        for name, longitude, latitude, population in names["towns"]:
            if population < smallest:
                break
            if label := self._town(name, project(longitude, latitude)):
                yield label
        self.taken += self.rings
        for shape, middle in zones:
            if label := self._zone(shape, middle):
                yield label
        for name, at, _ in self.areas:
            if label := self._town(name, at, "area"):
                yield label
        for region in names["regions"]:
            if label := self._region(region):
                yield label

    def _point(self, at: tuple[float, float]) -> tuple[float, float]:
        scale = self.step.scale
        return (at[0] - self.corner[0]) * scale, (at[1] - self.corner[1]) * scale

    def _town(self, name: str, at: tuple[float, float], kind: str = "town") -> Label | None:
        x, y = self._point(at)
        over, down = self.size[0] * SEEN, self.size[1] * SEEN
        if not (over < x < self.size[0] - over and down < y < self.size[1] - down):
            return None
        long = width(name, 13, 500) + DOT
        # the name of an area keeps off whatever circle its middle is in
        near = NEAR_MIDDLE if kind == "town" else math.inf
        right, left = asides((x, y), self.stand, self.rings, near)
        sides = {
            "right": (right, x + right - ROOM, x + right + long + ROOM),
            "left": (left, x - left - long - ROOM, x - left + ROOM),
        }
        for side, (aside, west, east) in sides.items():
            box = (west, y - HEIGHT / 2, east, y + HEIGHT / 2)
            if west > 0 and east < self.size[0] and not overlaps(box, self.taken):
                self.taken.append(box)
                return Label(kind, (name,), at, side, round(aside, 1))
        return None

    def _zone(self, shape: Shape, middle: tuple[float, float]) -> Label | None:
        x, y = self._point(middle)
        west, north, east, south = shape.box
        wide, deep = (east - west) * self.step.scale, (south - north) * self.step.scale
        blocks = [_block(shape.name, lines) for lines in range(1, LINES + 1)]
        tries = [
            (rows, shift, (x - half, y + shift - high, x + half, y + shift + high))
            for rows, half, high in blocks
            if 2 * half < wide and 2 * high < deep
            for shift in SHIFTS
        ]
        free = [each for each in tries if self._is_free(each[2])]
        if not free:
            return None
        corners = np.array([corner for _, _, box in free for corner in _corners(box)])
        on_grid = corners / self.step.scale + np.array(self.corner)
        inside = shapely.contains_xy(shape.area, on_grid[:, 0], on_grid[:, 1])
        fits = inside.reshape(-1, 4).all(axis=1)
        if not fits.any():
            return None
        rows, shift, box = free[int(fits.argmax())]
        self.taken.append(box)
        return Label("zone", rows, middle, down=float(shift))

    def _is_free(self, box: Rect) -> bool:
        left, top, right, bottom = box
        inside = left > 0 and right < self.size[0] and top > 0 and bottom < self.size[1]
        return inside and not overlaps(box, self.taken)

    def _region(self, region: Mapping[str, Any]) -> Label | None:
        half = len(region["name"]) * WIDE / 2
        for longitude, latitude in region["places"]:
            at = project(longitude, latitude)
            x, y = self._point(at)
            box = (x - half, y - HEIGHT, x + half, y + HEIGHT)
            inside = half < x < self.size[0] - half and EDGE < y < self.size[1] - EDGE
            if inside and not overlaps(box, self.covered):
                return Label(region["kind"], (region["name"],), at)
        return None


def broken(name: str, lines: int) -> tuple[str, ...]:
    """Return a name in so many lines, as equal as words allow."""
    first, *words = name.split(" ")
    most = -(-len(name) // lines) + 2
    rows = [first]
    for word in words:
        if len(f"{rows[-1]} {word}") <= most or len(rows) == LINES:
            rows[-1] += f" {word}"
        else:
            rows.append(word)
    return tuple(rows)


@cache
def _block(name: str, lines: int) -> tuple[tuple[str, ...], float, float]:
    """Return the lines of a name, half its width and half its height, pixels."""
    rows = broken(name, lines)
    half = max(width(row, 12, 600) for row in rows) / 2 + 2
    return rows, half, len(rows) * LINE / 2 + 1


def _corners(box: Rect) -> tuple[tuple[float, float], ...]:
    left, top, right, bottom = box
    return (left, top), (right, top), (left, bottom), (right, bottom)
