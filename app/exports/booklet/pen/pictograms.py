"""Pictograms: one for each kind of site, drawn here on a grid of ten by ten around its middle."""

from typing import Final

import numpy as np
import shapely

from app.drawing.signs import sign_of
from app.exports.booklet.pen.canvas import Canvas, circle, outline, rectangle
from app.exports.booklet.pen.inks import PAPER
from layers.model.layer import Layer

Ring = tuple[tuple[float, float], ...]


def _box(x: float, y: float, width: float, height: float) -> Ring:
    return ((x, y), (x + width, y), (x + width, y + height), (x, y + height))


_DRAWINGS: Final[dict[str, tuple[Ring, ...]]] = {
    # a mortarboard
    "colleges": (
        ((0, -3), (4.2, -1), (0, 1), (-4.2, -1)),
        ((-2.3, 0.7), (0, 1.9), (2.3, 0.7), (2.3, 2.2), (0, 3.2), (-2.3, 2.2)),
        _box(3.3, -0.6, 0.7, 3),
    ),
    # a counter with someone behind it
    "france_services": (
        ((-1.1, -3.6), (1.1, -3.6), (1.5, -2.5), (1.1, -1.4), (-1.1, -1.4), (-1.5, -2.5)),
        ((-2.2, 0.9), (-1.8, -0.6), (-1, -1), (1, -1), (1.8, -0.6), (2.2, 0.9)),
        _box(-3.8, 1.3, 7.6, 1.1),
        _box(-3.2, 2.6, 6.4, 0.9),
    ),
    # a flame
    "centres_incendie": (
        (
            (0.3, -4), (1, -2.3), (2.6, -0.6), (3, 1.2), (2.2, 2.9), (0.6, 3.7), (1.2, 2.2),
            (0.5, 0.6), (-0.4, 1.7), (-0.6, 3.7), (-2.3, 2.9), (-3, 1.2), (-2.4, -0.5),
            (-1.6, -1.4), (-1.3, -0.2), (-0.5, -1.4),
        ),
    ),
    # a town hall: roof, pillars, step
    "mairies": (
        ((0, -3.8), (3.8, -1.6), (-3.8, -1.6)),
        _box(-3.2, -1.1, 1.1, 3),
        _box(-0.55, -1.1, 1.1, 3),
        _box(2.1, -1.1, 1.1, 3),
        _box(-3.8, 2.3, 7.6, 1.1),
    ),
    # a house with its flag
    "sites_departementaux": (
        ((-3, -0.4), (0, -2.6), (3, -0.4), (3, 3.2), (0.8, 3.2), (0.8, 1), (-0.8, 1), (-0.8, 3.2),
         (-3, 3.2)),
        ((0.1, -4.3), (2.6, -3.6), (0.5, -2.9), (0.5, -2.6), (0.1, -2.6)),
    ),
    # the front of a train
    "gares": (
        ((-2.6, -3), (-1.8, -3.7), (1.8, -3.7), (2.6, -3), (2.6, -2.6), (-2.6, -2.6)),
        ((-2.6, -0.2), (2.6, -0.2), (2.6, 1.6), (1.8, 2.3), (-1.8, 2.3), (-2.6, 1.6)),
        _box(-2.6, -2.6, 0.8, 2.6),
        _box(1.8, -2.6, 0.8, 2.6),
        ((-2, 2.5), (-1.2, 2.5), (-2.2, 3.8), (-3.1, 3.8)),
        ((2, 2.5), (1.2, 2.5), (2.2, 3.8), (3.1, 3.8)),
    ),
    # a cross
    "hopitaux": (
        (
            (-1.1, -3.4), (1.1, -3.4), (1.1, -1.1), (3.4, -1.1), (3.4, 1.1), (1.1, 1.1),
            (1.1, 3.4), (-1.1, 3.4), (-1.1, 1.1), (-3.4, 1.1), (-3.4, -1.1), (-1.1, -1.1),
        ),
    ),
    # blocks of flats
    "qpv": (_box(-3.4, -0.8, 2, 4.2), _box(-1, -3.4, 2, 6.8), _box(1.4, -1.8, 2, 5.2)),
}  # fmt: skip
_UNKNOWN: Final[tuple[Ring, ...]] = (_box(-1.6, -1.6, 3.2, 3.2),)

_HALO: Final = 0.25


def draw_pictogram(
    canvas: Canvas, layer: Layer, shape: str, middle: tuple[float, float], side: float
) -> None:
    """Draw the sign of a layer.

    Parameters
    ----------
    shape
        ``filled`` (a disc), ``hollow`` (a ring) or ``square``: how well the place is known.
    middle
        Millimetres of the page.
    side
        Width of the sign, millimetres.
    """
    x, y = middle
    colour = sign_of(layer).colour
    ground, figure = (PAPER, colour) if shape == "hollow" else (colour, PAPER)
    if shape == "square":
        path = rectangle(x - side / 2, y - side / 2, side, side)
    else:
        path = circle(x, y, side / 2)
    # A white rim parts signs that stand side by side, in grey too.
    canvas.draw(path, fill=PAPER, stroke=PAPER, width=_HALO * 2)
    canvas.draw(path, fill=ground, stroke=colour, width=0.2)
    unit = side / 10 * (0.88 if shape != "square" else 1)
    rings = _DRAWINGS.get(layer.id, _UNKNOWN)
    drawn = [shapely.Polygon(np.asarray(ring) * unit + (x, y)) for ring in rings]
    canvas.draw(outline(shapely.MultiPolygon(drawn)), fill=figure)
