"""What stands on the first frame beside its names, and how these keep off it; in pixels of the map.

The rules are those of ``map/assets/names.js`` and ``pins.js``.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.first_frame.ground import Shape, project
from app.first_frame.lettering import width
from app.first_frame.picture import Areas, Picture
from app.first_frame.signs import MOST_SIGNS, radius

MARK: Final = 9
ASIDE: Final = 18
BESIDE: Final = 5
"""Pixels from a circle of money to the name of its town."""
CORNER: Final = 12
"""Pixels from the corners of the map to what covers it there."""
TITLE_SIZE: Final = 15
TITLE_ROOM: Final = (20, 29, 80)
"""Pixels that a title is wider than its words, its height, and what it leaves beside it."""
BUTTONS: Final = ((46, 136), (38, 112))
"""Width and height of what covers the map at its upper right, pixels: phones, desks."""
NARROW: Final = 450
"""Pixels of width of the map of a phone, at most."""
CREDIT: Final = (4, 12, 17)
"""Pixels of the credit from its corner, wider than its words, high for each of its rows."""
CREDIT_WIDTH: Final = 448
BESIDE_CREDIT: Final = 112
"""Pixels: the widest that the credit is, and what it leaves beside it."""
SCALE: Final = (5, 18)
"""Pixels of the scale from its corner, high."""

Rect = tuple[float, float, float, float]
"""Left, top, right, bottom, pixels of the map."""


@dataclass(frozen=True)
class Standing:
    """What stands on the map beside its names.

    Parameters
    ----------
    marks
        Where signs stand, on the grid.
    rings
        Circles of money: their middle on the grid and their radius in pixels.
    areas
        Areas by name: a point inside on the grid, and the longer side on the grid.
    title, credit
        Lines that cover the upper left and the lower right of the map.
    """

    marks: Sequence[tuple[float, float]] = ()
    rings: Sequence[tuple[tuple[float, float], float]] = ()
    areas: Sequence[tuple[str, tuple[float, float], float]] = ()
    title: str = ""
    credit: str = ""


def standing_of(
    picture: Picture, areas: Sequence[tuple[Areas, list[Shape]]], credit: str
) -> Standing:
    """Return what stands on a picture.

    Parameters
    ----------
    areas
        Its layers of areas, each with the shapes of its features on the grid.
    credit
        Whose outlines it shows.
    """
    points = [
        (each, project(*feature["geometry"]["coordinates"]), feature["properties"])
        for each in picture.points
        for feature in each.features
    ]
    rings = [
        (at, radius(properties["amount"], each.largest))
        for each, at, properties in points
        if each.largest and not picture.circles
    ]
    named = [
        (
            str(feature["properties"]["items"][0]["title"]),
            project(*feature["properties"]["at"]),
            shape.side,
        )
        for each, shapes in areas
        for feature, shape in zip(each.features, shapes, strict=True)
    ]
    marks = [at for each, at, _ in points if len(each.features) <= MOST_SIGNS]
    return Standing(marks, rings, named, picture.title, credit)


def asides(
    point: tuple[float, float], stand: Sequence[Rect], rings: Sequence[Rect], near: float
) -> tuple[float, float]:
    """Return how far from its point a name begins, to the right and to the left.

    Parameters
    ----------
    stand, rings
        What marks and circles cover.
    near
        Pixels from the middle of a ring within which it is that of the point.
    """
    x, y = point
    here = (x, y, x, y)
    aside = ASIDE if overlaps(here, stand) else 0
    around = [
        ring
        for ring in rings
        if overlaps(here, [ring])
        and math.hypot((ring[0] + ring[2]) / 2 - x, (ring[1] + ring[3]) / 2 - y) < near
    ]
    right = max([aside, *(ring[2] - x + BESIDE for ring in around)])
    return right, max([aside, *(x - ring[0] + BESIDE for ring in around)])


def around(point: tuple[float, float], half: float) -> Rect:
    """Return the square around a point."""
    x, y = point
    return x - half, y - half, x + half, y + half


def covered(room: tuple[float, float], standing: Standing, bar_length: float) -> Iterator[Rect]:
    """Yield what stands over the map: title, buttons, credit, scale."""
    more, height, left = TITLE_ROOM
    long = width(standing.title, TITLE_SIZE, 600)
    lines = -(-long // max(room[0] - left - more, 1)) or 1
    across = min(long + more, room[0] - left)
    yield CORNER, CORNER, CORNER + across, CORNER + height + (lines - 1) * TITLE_SIZE * 1.4
    wide, high = BUTTONS[room[0] > NARROW]
    yield room[0] - CORNER - wide, CORNER, room[0] - CORNER, CORNER + high
    corner, more, high = CREDIT
    words, widest = width(standing.credit, 12, 400), min(CREDIT_WIDTH, room[0] - BESIDE_CREDIT)
    rows = -(-words // max(widest - more, 1)) or 1
    long = min(words + more, widest)
    yield (
        room[0] - corner - long,
        room[1] - corner - high * rows,
        room[0] - corner,
        room[1] - corner,
    )
    corner, high = SCALE
    yield corner, room[1] - corner - high, corner + bar_length, room[1] - corner


def overlaps(box: Rect, others: Sequence[Rect]) -> bool:
    """Return whether a box covers some of what others cover."""
    left, top, right, bottom = box
    # a loop, for this is most of what names cost
    for west, north, east, south in others:
        if left < east and right > west and top < south and bottom > north:
            return True
    return False
