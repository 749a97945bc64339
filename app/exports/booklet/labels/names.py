"""Labels: the name of every commune inside it, or outside on a leader, or as a number in a list.

None ever covers another, a mark or a leader: the room is asked, which knows what is taken.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations, pairwise
from typing import Final, Literal

import numpy as np

from app.exports.booklet.labels.room import Patch, Room, Spot
from app.exports.booklet.pen.frame import Rect
from app.exports.booklet.pen.lettering import LEADING, POINT, Style, measure_lines
from geo.names import sort_key

SMALLEST: Final = 6.0
"""Points: nothing on the page is smaller."""
AIR: Final = 0.3
"""Millimetres left free around a label."""
FARTHEST_LEADER: Final = 22.0
MOST_LINES: Final = 3
TOWN_RANK: Final = 1
SMALL_TOWN_RANK: Final = 2
_DOT: Final = 1.0

STYLES: Final = (
    (Style(10, "semibold"), Style(9, "semibold"), Style(8, "semibold"), Style(7, "semibold")),
    (Style(8.5, "semibold"), Style(7.5, "semibold"), Style(6.5, "semibold")),
    (Style(7.5), Style(7), Style(6.5), Style(SMALLEST)),
    (Style(6.75), Style(6.25), Style(SMALLEST)),
)
"""For each rank (seat, town, small town, village), the settings to try, best first."""
NUMBER: Final = Style(SMALLEST, "semibold")

Kind = Literal["inside", "leader", "number", "point", "near"]


@dataclass(frozen=True, slots=True)
class Name:
    """A name to be placed.

    Parameters
    ----------
    shape
        Number of its land in the room.
    text
        As printed.
    rank
        Index in :data:`STYLES`.
    weight
        Inhabitants: the heavier is placed first.
    middle
        Where it had best be, millimetres of the page.
    """

    shape: int
    text: str
    rank: int
    weight: float
    middle: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Label:
    """A name that has its place.

    Parameters
    ----------
    name
        What it names.
    lines
        What is written; a number for ``kind`` ``number``.
    box
        What the letters cover, millimetres of the page.
    leader
        From the label to the point that it names.
    """

    name: Name
    lines: tuple[str, ...]
    style: Style
    box: Rect
    kind: Kind
    leader: tuple[tuple[float, float], tuple[float, float]] | None = None

    @property
    def baseline(self) -> float:
        """Of the first line, millimetres of the page."""
        return self.box.y + measure_lines(self.lines, self.style).above


@cache
def broken(text: str) -> tuple[tuple[str, ...], ...]:
    """Return a name on one line, then on two, then on three, broken at hyphens and spaces.

    Of all ways to break it into so many lines, the one whose longest line is shortest.
    """
    pieces = re.findall(r"[^- ]+(?:-|(?= )|$)", text)
    spaced = text.replace("-", "- ").split()
    pieces = spaced if len(spaced) > len(pieces) else pieces or [text]
    ways: list[tuple[str, ...]] = [(text,)]
    for lines in range(2, min(MOST_LINES, len(pieces)) + 1):
        cuts = combinations(range(1, len(pieces)), lines - 1)
        ways.append(min((_joined(pieces, cut) for cut in cuts), key=_longest))
    return tuple(ways)


def _joined(pieces: Sequence[str], cut: Sequence[int]) -> tuple[str, ...]:
    edges = [0, *cut, len(pieces)]
    lines = []
    for start, stop in pairwise(edges):
        line = "".join(p if p.endswith("-") else f"{p} " for p in pieces[start:stop])
        lines.append(line.rstrip())
    return tuple(lines)


def _longest(lines: Sequence[str]) -> tuple[int, int]:
    return max(len(line) for line in lines), -min(len(line) for line in lines)


def place_names(
    room: Room, names: Iterable[Name], outside: np.ndarray, rim: np.ndarray
) -> tuple[list[Label], list[Name]]:
    """Give every name a place.

    Parameters
    ----------
    room
        Its taken squares are those of marks; those of the labels are added.
    outside
        Squares of the map on which a leader's label may lie: none of them is named land.
    rim
        Squares under the perimeter's thick outline: a name lies there for want of any other place.

    Returns
    -------
    labels, lost
        ``lost`` are the names that found no place, not even for a number: none, on real land.
    """
    # What lies wholly in its own land never meets another: it goes first, the small ones too.
    steps = (
        lambda name: _inside(room, name, 1.0, STYLES[name.rank]),
        lambda name: _inside(room, name, 0.8, STYLES[name.rank], rim),
        lambda name: _inside(room, name, 0.62, STYLES[name.rank][-1:], rim),
        lambda name: _on_leader(room, name, outside),
        lambda name: _inside(room, name, 0.62, STYLES[name.rank][-1:]),
    )
    waiting = sorted(names, key=lambda name: (name.rank, -name.weight, name.text))
    placed: list[Label] = []
    for step in steps:
        still = []
        for name in waiting:
            label = step(name)
            if label is None:
                still.append(name)
            else:
                placed.append(_taken(room, label))
        waiting = still
    numbered, lost = _numbers(room, waiting)
    return placed + numbered, lost


def place_towns_first(room: Room, names: Iterable[Name], rim: np.ndarray) -> list[Label]:
    """Place the names of seats and towns, before marks take their land; none that finds no place.

    Their name may lie over the next commune's land a little: everybody knows them.
    """
    placed = []
    for name in names:
        if name.rank <= TOWN_RANK:
            for share, avoided in (
                (1.0, None),
                (0.8, rim),
                (0.62, rim),
                (0.62, None),
                (0.45, None),
            ):
                label = _inside(room, name, share, STYLES[name.rank], avoided)
                if label:
                    placed.append(_taken(room, label))
                    break
    return placed


def place_one(
    room: Room, text: str, styles: Sequence[Style], middle: tuple[float, float], patch: Patch
) -> Label | None:
    """Place the name of an area wholly inside it, as large as may be; None where it has no room."""
    for style in styles:
        for lines in broken(text):
            spot = room.place(_size(lines, style), middle, patch)
            if spot:
                name = Name(-1, text, 0, 0, middle)
                return _taken(room, _label(name, lines, style, spot, "inside"))
    return None


def _inside(
    room: Room,
    name: Name,
    share: float,
    styles: Sequence[Style],
    avoided: np.ndarray | None = None,
) -> Label | None:
    patch = room.patch(name.shape, margin=0.0 if share == 1 else 4.0)
    if patch is None:
        return None
    for style in styles:
        for lines in broken(name.text):
            spot = room.place(_size(lines, style), name.middle, patch, share, avoided)
            if spot:
                return _label(name, lines, style, spot, "inside")
    return None


def _on_leader(room: Room, name: Name, outside: np.ndarray) -> Label | None:
    """Place a name outside the outline, with a line to its land that runs over nothing."""
    style = STYLES[name.rank][-1]
    size = _size((name.text,), style)
    own = room.patch(name.shape, margin=FARTHEST_LEADER)
    if own is None:
        return None
    target = _heart(room, name)
    spots = room.places(size, target, Patch(own.window, outside[own.window]))
    if not spots:
        return None
    corners = np.array([(spot.x, spot.y) for spot in spots])
    starts = np.clip(target, corners, corners + size)
    ends = np.broadcast_to(np.array(target), starts.shape)
    good = (np.hypot(*(starts - ends).T) <= FARTHEST_LEADER) & ~room.crossed(starts, ends)
    if not good.any():
        return None
    best = int(np.argmax(good))
    start = (float(starts[best, 0]), float(starts[best, 1]))
    label = _label(name, (name.text,), style, spots[best], "leader")
    return replace(label, leader=(start, target))


def _heart(room: Room, name: Name) -> tuple[float, float]:
    """Return a free point of the land, where a leader can end."""
    patch = room.patch(name.shape)
    if patch is None:
        return name.middle
    spot = room.place((_DOT, _DOT), name.middle, patch)
    return (spot.x + _DOT / 2, spot.y + _DOT / 2) if spot else name.middle


def _numbers(room: Room, waiting: Iterable[Name]) -> tuple[list[Label], list[Name]]:
    """Place a number for each name that is left, counted in the order of the alphabet."""
    labels: list[Label] = []
    lost = []
    for name in sorted(waiting, key=lambda name: sort_key(name.text)):
        text = str(len(labels) + 1)
        size = _size((text,), NUMBER)
        patch = room.patch(name.shape, margin=2.0)
        spot = None
        for share in (1.0, 0.75, 0.5, 0.3):
            if patch is not None and spot is None:
                spot = room.place(size, name.middle, patch, share)
        if spot is None:
            lost.append(name)
        else:
            labels.append(_taken(room, _label(name, (text,), NUMBER, spot, "number")))
    return labels, lost


def _size(lines: tuple[str, ...], style: Style) -> tuple[float, float]:
    extent = measure_lines(lines, style)
    return extent.width + 2 * AIR, extent.height + 2 * AIR


def _label(name: Name, lines: tuple[str, ...], style: Style, spot: Spot, kind: Kind) -> Label:
    extent = measure_lines(lines, style)
    box = Rect(spot.x + AIR, spot.y + AIR, extent.width, extent.height)
    return Label(name, lines, style, box, kind)


def _taken(room: Room, label: Label) -> Label:
    box = label.box
    room.take(box.x - AIR / 2, box.y - AIR / 2, box.width + AIR, box.height + AIR)
    if label.leader:
        room.take_line(*label.leader)
    return label


def line_pitch(style: Style) -> float:
    """Return the distance between the baselines of two lines, millimetres."""
    return style.size * POINT * LEADING
