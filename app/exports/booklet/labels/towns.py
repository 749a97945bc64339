"""Towns: on a small scale a dot and a name beside it, for the largest only."""

from collections.abc import Sequence
from typing import Final

from app.exports.booklet.labels.names import Label, Name
from app.exports.booklet.labels.room import Room
from app.exports.booklet.pen.frame import Rect
from app.exports.booklet.pen.lettering import Style, measure

MOST: Final = 55
DOT: Final = 0.7
"""Radius of a town's dot, millimetres."""
STYLES: Final = (Style(8.5, "semibold"), Style(7.5, "semibold"), Style(6.75), Style(6.25))
_AIR: Final = 0.35
_REACH: Final = 8.0


def dot_is_free(room: Room, name: Name) -> bool:
    """Tell whether nothing covers the place of a town's dot."""
    x, y = name.middle
    return room.free(x - DOT, y - DOT, 2 * DOT, 2 * DOT)


def place_towns(
    room: Room, names: Sequence[Name], hidden: frozenset[int], most: int = MOST
) -> list[Label]:
    """Write the names of the largest towns beside their dots, as long as there is room.

    Parameters
    ----------
    names
        Heaviest first; ``middle`` is the place of the dot.
    hidden
        Land of the towns whose dot an operation's circle covers: named beside the circle.
    """
    labels: list[Label] = []
    for name in names:
        if len(labels) == most:
            break
        label = (_near if name.shape in hidden else _beside)(room, name)
        if label is None:
            continue
        box = label.box
        room.take(box.x - _AIR / 2, box.y - _AIR / 2, box.width + _AIR, box.height + _AIR)
        if label.kind == "point":
            x, y = name.middle
            room.take(x - DOT - 0.2, y - DOT - 0.2, 2 * DOT + 0.4, 2 * DOT + 0.4)
        labels.append(label)
    return labels


def _style(name: Name) -> Style:
    return STYLES[min(name.rank, len(STYLES) - 1)]


def _near(room: Room, name: Name) -> Label | None:
    """Write a town beside what covers its dot: an operation's circle, mostly its own."""
    style = _style(name)
    extent = measure(name.text, style)
    size = (extent.width + 2 * _AIR, extent.height + 2 * _AIR)
    spot = room.place(size, name.middle, room.around(*name.middle, size[0] + _REACH))
    if spot is None:
        return None
    box = Rect(spot.x + _AIR, spot.y + _AIR, extent.width, extent.height)
    return Label(name, (name.text,), style, box, "near")


def _beside(room: Room, name: Name) -> Label | None:
    """Try right, left, above, below, then the corners."""
    if not dot_is_free(room, name):
        return None
    style = _style(name)
    extent = measure(name.text, style)
    wide, high = extent.width, extent.height
    x, y = name.middle
    off = DOT + 0.6
    corners = (
        (x + off, y - high / 2),
        (x - off - wide, y - high / 2),
        (x - wide / 2, y - off - high),
        (x - wide / 2, y + off),
        (x + off * 0.7, y - off * 0.7 - high),
        (x - off * 0.7 - wide, y - off * 0.7 - high),
        (x + off * 0.7, y + off * 0.7),
        (x - off * 0.7 - wide, y + off * 0.7),
    )
    for left, top in corners:
        if room.free(left - _AIR, top - _AIR, wide + 2 * _AIR, high + 2 * _AIR):
            return Label(name, (name.text,), style, Rect(left, top, wide, high), "point")
    return None
