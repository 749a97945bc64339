"""Where the map looks before scripts: the zoom that the browser's map would take, chosen by CSS.

Leaflet frames a place in steps of a quarter of a zoom, by the room that the map has; the server
does not know that room. So the style sheet holds the size of the frame at each step, and from which
room on it is taken. What is written in pixels on the map, names, circles, signs, stands at shares
of the frame, and follows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.first_frame.ground import CORNER, GRID_ZOOM, Box, project
from app.map.atlas import Bounds
from app.map.panes import CLOSEST, PADDING, ZOOM_STEP
from app.view.viewport import ZOOMS, MapView

FORGIVEN: Final = 0.01
"""Of a step: Leaflet takes a zoom that fits but for that."""
SMALLEST_ROOM: Final = (340.0, 440.0)
LARGEST_ROOM: Final = (1800.0, 1200.0)
"""Width and height of maps, pixels: a small phone's, a large screen's."""
SPREAD: Final = 2.4
"""How much more than the longer side of the frame a large map shows."""
ROOMS: Final = (
    (736.0, 737.0),
    (390.0, 592.0),
    (697.0, 605.0),
    (1216.0, 787.0),
    (360.0, 488.0),
    (412.0, 663.0),
    (456.0, 605.0),
    (1856.0, 1137.0),
)
"""Of the maps of usual screens, the most usual first: 1 440 × 900, 390 × 844, 1 366 × 768,
1 920 × 950, 360 × 740, 412 × 915, 1 024 × 768, 2 560 × 1 300."""
BESIDE_ROOMS: Final = (
    (504.0, 737.0),
    (390.0, 592.0),
    (464.0, 605.0),
    (864.0, 787.0),
    (360.0, 488.0),
    (412.0, 663.0),
)
"""The same where places stand beside each other: their table takes some of the map's width."""
LARGER: Final = 1.1
"""Than what it needs is the room of a map that takes a step, where no usual screen does."""
FIXED_ROOM: Final = (1000.0, 750.0)
"""Of a frame whose zoom an address gives."""


@dataclass(frozen=True, slots=True)
class Step:
    """The frame at one zoom.

    Parameters
    ----------
    zoom
        A quarter step.
    scale
        Pixels in a unit of the grid.
    width, height
        Of the frame, pixels.
    room
        Width and height of the map, pixels, from which on it is taken; None for the first.
    """

    zoom: float
    scale: float
    width: float
    height: float
    room: tuple[float, float] | None


@dataclass(frozen=True)
class Frame:
    """What is looked at, in the middle of the map.

    Parameters
    ----------
    box
        What is framed.
    steps
        From the smallest zoom on; where an address gives the zoom, from the smallest room on.
    rooms
        Of the maps of usual screens, the most usual first.
    """

    box: Box
    steps: tuple[Step, ...]
    rooms: tuple[tuple[float, float], ...] = ROOMS

    @property
    def width(self) -> float:
        """Units of the grid."""
        return self.box[2] - self.box[0]

    @property
    def height(self) -> float:
        """Units of the grid."""
        return self.box[3] - self.box[1]

    @property
    def window(self) -> Box:
        """What the largest map may show."""
        scale = self.steps[-1].scale
        spread = SPREAD * max(self.width, self.height)
        across = max(LARGEST_ROOM[0] / scale, spread) / 2
        down = max(LARGEST_ROOM[1] / scale, spread) / 2
        x, y = self.middle
        return x - across, y - down, x + across, y + down

    @property
    def middle(self) -> tuple[float, float]:
        """Units of the grid."""
        west, north, east, south = self.box
        return (west + east) / 2, (north + south) / 2

    @property
    def usual(self) -> Step:
        """The step that the most usual map takes."""
        taken = [each for each in self.steps if not each.room or _within(each.room, self.rooms[0])]
        return taken[-1]

    def room(self, rank: int) -> tuple[float, float]:
        """Return the width and height of the map, pixels, that most usually takes a step."""
        step = self.steps[rank]
        following = self.steps[rank + 1].room if rank + 1 < len(self.steps) else None
        for room in self.rooms:
            taken = step.room is None or _within(step.room, room)
            if taken and not _within(following, room):
                return room
        width, height = step.room or SMALLEST_ROOM
        return width * LARGER, height * LARGER

    def share(self, x: float, y: float) -> tuple[str, str]:
        """Return where a point of the grid stands in the frame, as percentages."""
        across, down = (x - self.box[0]) / self.width, (y - self.box[1]) / self.height
        return f"{across * 100:.2f}%", f"{down * 100:.2f}%"


def frame_of(bounds: Bounds, map_view: MapView | None, *, beside: bool = False) -> Frame:
    """Return the frame of bounds, or of where a reader left the map.

    Parameters
    ----------
    beside
        Whether the map is narrower, for places stand beside each other.
    """
    rooms = BESIDE_ROOMS if beside else ROOMS
    if map_view:
        x, y = project(map_view.longitude, map_view.latitude)
        across, down = (side / _scale(map_view.zoom) / 2 for side in FIXED_ROOM)
        box = (x - across, y - down, x + across, y + down)
        return Frame(box, tuple(_fixed(map_view.zoom, (2 * across, 2 * down), rooms)), rooms)
    (south, west), (north, east) = bounds
    left, top = project(west, north)
    right, bottom = project(east, south)
    box = (left, top, right, bottom)
    return Frame(box, tuple(_fitting((right - left, bottom - top))), rooms)


def _fixed(
    zoom: float, size: tuple[float, float], rooms: tuple[tuple[float, float], ...]
) -> Iterator[Step]:
    """Yield a step for each larger room: the zoom stays, what is written in it does not."""
    last = None
    for room in sorted(rooms):
        if last is None or _within(last, room):
            width, height = (side * _scale(zoom) for side in size)
            yield Step(zoom, _scale(zoom), width, height, room if last else None)
            last = room


def _fitting(size: tuple[float, float]) -> Iterator[Step]:
    first = True
    zoom = ZOOMS[0]
    while zoom <= CLOSEST:
        step = _step(zoom, size, room=(0.0, 0.0))
        following = _step(zoom + ZOOM_STEP, size, room=(0.0, 0.0))
        too_small = zoom < CLOSEST and _within(following.room, SMALLEST_ROOM)
        too_large = not first and not _within(step.room, LARGEST_ROOM)
        if too_large:
            return
        if not too_small:
            yield _step(zoom, size, room=None) if first else step
            first = False
        zoom += ZOOM_STEP


def _within(inner: tuple[float, float] | None, outer: tuple[float, float]) -> bool:
    return inner is not None and inner[0] <= outer[0] and inner[1] <= outer[1]


def _scale(zoom: float) -> float:
    return float(2 ** (zoom - GRID_ZOOM))


def _step(zoom: float, size: tuple[float, float], room: tuple[float, float] | None) -> Step:
    scale = _scale(zoom)
    asked = 2 ** (zoom - GRID_ZOOM - ZOOM_STEP * FORGIVEN / 2)
    needed = (size[0] * asked + 2 * PADDING, size[1] * asked + 2 * PADDING)
    return Step(zoom, scale, size[0] * scale, size[1] * scale, needed if room is not None else None)


def step_rules(frame: Frame, shown: Sequence[str]) -> str:
    """Return the style sheet that sizes the frame.

    Parameters
    ----------
    frame
        With its steps.
    shown
        Rules of what is seen at one step only, step by step.
    """
    rules = []
    for step, more in zip(frame.steps, shown, strict=True):
        inside = (
            f".frame-box{{width:{step.width:.1f}px;height:{step.height:.1f}px;"
            f"{_placed('left', frame.box[0] + CORNER[0], step.width, step.scale)}"
            f"{_placed('top', frame.box[1] + CORNER[1], step.height, step.scale)}}}{more}"
        )
        if step.room is None:
            rules.append(inside)
        else:
            width, height = step.room
            rules.append(
                f"@container carte (min-width:{width:.1f}px) and (min-height:{height:.1f}px)"
                f"{{{inside}}}"
            )
    return "".join(rules)


def _placed(side: str, begins: float, size: float, scale: float) -> str:
    """Return where a side of the frame is: its middle in that of the map, as Leaflet rounds it.

    Leaflet counts from a whole pixel of the world, the one next to the corner of the map; a browser
    that cannot round keeps the place before rounding.
    """
    over = begins * scale % 1
    return (
        f"{side}:calc(50% - {size / 2:.2f}px);"
        f"{side}:calc({over:.2f}px - round({over + size / 2:.2f}px - 50%,1px));"
    )
