"""Roads, water, railways and built-up areas on a page, quiet under its subject; their legend."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np
import shapely

from app.exports.booklet.labels.ground_names import GroundName
from app.exports.booklet.legend import LineStyle, line_sign
from app.exports.booklet.panel import Block, Row, signed_row
from app.exports.booklet.pen import inks
from app.exports.booklet.pen.canvas import Canvas, outline, rectangle
from app.exports.booklet.scene.background import Drawn
from geo.background.features import Detail, Kind

STYLES: Final[Mapping[Kind, LineStyle]] = {
    Kind.RIVER: (inks.WATER, 0.32, ()),
    Kind.CANAL: (inks.WATER, 0.32, (1.8, 0.6)),
    Kind.RAIL: (inks.RAIL, 0.22, (1.3, 0.8)),
    Kind.SECONDARY: (inks.ROAD, 0.16, ()),
    Kind.PRIMARY: (inks.ROAD, 0.28, ()),
    Kind.TRUNK: (inks.ROAD, 0.42, ()),
    Kind.MOTORWAY: (inks.ROAD, 0.6, ()),
}
LEGEND: Final = (
    ("Autoroute", (Kind.MOTORWAY,)),
    ("Route principale", (Kind.TRUNK, Kind.PRIMARY)),
    ("Autre route départementale", (Kind.SECONDARY,)),
    ("Rivière", (Kind.RIVER,)),
    ("Canal", (Kind.CANAL,)),
    ("Voie ferrée", (Kind.RAIL,)),
    ("Zone bâtie", (Kind.BUILT,)),
)
FAR_WIDTH: Final = 0.6
"""Share of the widths where the whole département is seen."""
BUILT_SHARE: Final = 0.16
"""Of the built-up ink in what lies under it: mixed here, as printers dread transparency."""


def draw_built(
    canvas: Canvas, drawn: Iterable[Drawn], under: str, area: shapely.Geometry | None = None
) -> None:
    """Darken built-up areas on some ground.

    Parameters
    ----------
    under
        Colour of the ground.
    area
        What of the page has that colour, millimetres; None for all of it.
    """
    shapes = [one.shape for one in drawn if one.kind is Kind.BUILT]
    if area is not None:
        shapely.prepare(area)
        shapes = [
            shape if shapely.contains(area, shape) else shapely.intersection(shape, area)
            for shape in shapes
            if shapely.intersects(area, shape)
        ]
    canvas.draw("".join(map(outline, shapes)), fill=mixed(under, inks.BUILT, BUILT_SHARE))


def draw_lines(canvas: Canvas, drawn: Sequence[Drawn], detail: Detail) -> None:
    """Draw water, railways and roads, the lowest first, each kind as one path."""
    for kind in STYLES:
        colour, width, dash = style_of(kind, detail)
        path = "".join(outline(one.shape) for one in drawn if one.kind is kind)
        canvas.draw(path, stroke=colour, width=width, dash=dash)


def draw_ground_names(canvas: Canvas, names: Iterable[GroundName], halo: str) -> None:
    """Write the numbers of roads, each on a plate, and the names of rivers."""
    for name in names:
        box = name.box
        if name.plate:
            path = rectangle(box.x, box.y, box.width, box.height)
            canvas.draw(path, fill=inks.PAPER, stroke=inks.ROAD, width=0.15)
        canvas.write(
            box.x + box.width / 2,
            name.baseline,
            name.text,
            name.style,
            colour=inks.INK_SOFT if name.plate else inks.SEA_INK,
            anchor="middle",
            halo=None if name.plate else halo,
        )


def style_of(kind: Kind, detail: Detail) -> LineStyle:
    """Return how a line is drawn: thinner where the whole département is seen."""
    colour, width, dash = STYLES[kind]
    return (colour, width * FAR_WIDTH, dash) if detail is Detail.FAR else (colour, width, dash)


def background_block(kinds: frozenset[Kind], detail: Detail, width: float) -> Block | None:
    """Return what the lines and areas of the background mean; None where there is none."""
    rows = tuple(
        _row(text, next(kind for kind in of if kind in kinds), detail, width)
        for text, of in LEGEND
        if kinds.intersection(of)
    )
    return Block("Fond", rows) if rows else None


def _row(text: str, kind: Kind, detail: Detail, width: float) -> Row:
    sign = _area if kind is Kind.BUILT else line_sign(style_of(kind, detail))
    return signed_row(text, width, sign, least=4.0)


def _area(canvas: Canvas, x: float, y: float) -> None:
    path = rectangle(x - 3.2, y - 1.2, 6.4, 2.4)
    canvas.draw(path, fill=mixed(inks.LAND, inks.BUILT, BUILT_SHARE))


def mixed(under: str, over: str, share: float) -> str:
    """Return a colour over which another lies with a share of it, ``#rrggbb``."""
    low, high = (np.array(list(bytes.fromhex(one[1:]))) for one in (under, over))
    return "#" + "".join(f"{part:02x}" for part in np.rint(low + (high - low) * share).astype(int))
