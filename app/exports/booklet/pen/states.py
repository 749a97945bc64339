"""What is no number, on paper: each state is told from the others in grey too."""

import itertools
from typing import Final

import numpy as np
import shapely

from app.exports.booklet.pen import inks
from app.exports.booklet.pen.canvas import Canvas, circle, outline
from layers.indicators.states import State

Lines = list[list[tuple[float, float]]]
PITCH: Final = 1.3
"""Millimetres between slanted lines, and between marks."""
WIDE: Final = 1.9
"""The same for what is known in part: names are read on it."""
DASH: Final = 0.6
DOT: Final = 0.2


def draw_state(canvas: Canvas, state: State, area: shapely.Geometry) -> None:
    """Fill an area with the sign of a state: what is not known, withheld, partial, without object.

    Parameters
    ----------
    area
        Millimetres on the page.
    """
    if state is State.UNKNOWN:
        _stroke(canvas, _slanted(area, PITCH, rising=True), area, inks.RULE, 0.15)
    elif state is State.PARTIAL:
        _stroke(canvas, _slanted(area, WIDE, rising=False), area, inks.MONEY_PALE, 0.35)
    elif state is State.WITHOUT_OBJECT:
        canvas.draw(outline(area), fill=inks.VOID)
        lines = [[(x - DASH / 2, y), (x + DASH / 2, y)] for x, y in _grid(area)]
        _stroke(canvas, lines, area, inks.RULE, 0.15)
    elif state is State.WITHHELD:
        dots = "".join(circle(x, y, DOT) for x, y in _grid(area))
        canvas.draw(dots, fill=inks.RULE)


def _slanted(area: shapely.Geometry, pitch: float, *, rising: bool) -> Lines:
    """Return slanted lines over the box of an area."""
    west, south, east, north = shapely.bounds(area).tolist()
    high = north - south
    top, foot = (0.0, high) if rising else (high, 0.0)
    return [
        [(west + step - top, south), (west + step - foot, north)]
        for step in np.arange(0, (east - west) + high, pitch)
    ]


def _stroke(
    canvas: Canvas,
    lines: Lines,
    area: shapely.Geometry,
    colour: str,
    width: float,
) -> None:
    if not lines:
        return
    every = shapely.multilinestrings([shapely.linestrings(line) for line in lines])
    canvas.draw(outline(shapely.intersection(every, area)), stroke=colour, width=width)


def _grid(area: shapely.Geometry) -> list[tuple[float, float]]:
    """Return the middles of marks that lie in an area, every other row shifted by half a step."""
    west, south, east, north = shapely.bounds(area).tolist()
    rows = np.arange(south + PITCH / 2, north, PITCH)
    points = list(
        itertools.chain.from_iterable(
            ((float(x), float(y)) for x in np.arange(west + PITCH / 2 * (1 + n % 2), east, PITCH))
            for n, y in enumerate(rows)
        )
    )
    inside = shapely.contains_xy(area, np.array(points)) if points else np.array([], dtype=bool)
    return list(itertools.compress(points, inside))
