"""The layout: what goes where on the page, chosen so that the map is as large as may be."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from app.exports.booklet.furniture import foot_height
from app.exports.booklet.panel import Block, lowest_height
from app.exports.booklet.pen.frame import Bounds, Frame, Rect, centred, fitting_scale
from app.exports.booklet.scene.request import PAPERS, Orientation, PageError, Paper

MARGIN: Final = 12.0
HEADER: Final = 18.0
GAP: Final = 5.0
AROUND: Final = 6.0
"""Millimetres of neighbouring land around the perimeter: leaders end there."""
SLIM_COLUMN: Final = 52.0
WIDE_COLUMN: Final = 60.0
BROAD: Final = 1.1
"""Ground that is so many times as wide as high looks better on a page across."""
LARGEST_SHARE: Final = 0.5
"""Of an upright page's height that the panel may take."""

MakeBlocks = Callable[[float], Sequence[Block]]
"""Makes the blocks of the panel for a column width in millimetres."""


@dataclass(frozen=True)
class Layout:
    """Where everything is, millimetres.

    Parameters
    ----------
    width, height
        Of the trimmed page.
    frame
        The map.
    columns
        Of the panel.
    foot
        Scale bar and sources.
    """

    width: float
    height: float
    header: Rect
    frame: Frame
    columns: tuple[Rect, ...]
    foot: Rect

    @property
    def upright(self) -> bool:
        """Whether the page is higher than wide."""
        return self.height > self.width


def lay_out(
    paper: Paper,
    orientation: Orientation,
    bounds: Bounds,
    make_blocks: MakeBlocks,
    notes: Sequence[str],
) -> Layout:
    """Return the layout with the largest scale; where both are as good, by the ground's shape.

    Parameters
    ----------
    bounds
        Ground to be shown, metres, EPSG:2154.
    notes
        Lines of the foot.

    Raises
    ------
    PageError
        The panel does not fit on the page.
    """
    short, long = PAPERS[paper]
    found = []
    if orientation in {"auto", "portrait"}:
        found.append(_upright(short, long, bounds, make_blocks, notes))
    if orientation in {"auto", "paysage"}:
        found.append(_across(long, short, bounds, make_blocks, notes))
    possible = [layout for layout in found if layout]
    if not possible:
        raise PageError(
            f"La légende et les listes ne tiennent pas sur une page {paper} : "
            "retirez des couches, ou choisissez A3."
        )
    west, south, east, north = bounds
    wide = (east - west) > BROAD * (north - south)
    return min(possible, key=lambda layout: (layout.frame.scale, layout.upright == wide))


def _upright(
    width: float, height: float, bounds: Bounds, make_blocks: MakeBlocks, notes: Sequence[str]
) -> Layout | None:
    inner = width - 2 * MARGIN
    count = round(inner / WIDE_COLUMN)
    column = (inner - (count - 1) * GAP) / count
    foot = foot_height(notes, inner)
    panel = lowest_height(make_blocks(column), count, height * LARGEST_SHARE)
    if panel is None:
        return None
    foot_top = height - MARGIN - foot
    panel_top = foot_top - GAP - panel
    map_top = MARGIN + HEADER
    rect = Rect(MARGIN, map_top, inner, panel_top - GAP - map_top)
    return Layout(
        width,
        height,
        Rect(MARGIN, MARGIN, inner, HEADER),
        _frame(bounds, rect),
        tuple(
            Rect(MARGIN + place * (column + GAP), panel_top, column, panel)
            for place in range(count)
        ),
        Rect(MARGIN, foot_top, inner, foot),
    )


def _across(
    width: float, height: float, bounds: Bounds, make_blocks: MakeBlocks, notes: Sequence[str]
) -> Layout | None:
    inner = width - 2 * MARGIN
    top = MARGIN + HEADER
    foot = foot_height(notes, inner)
    foot_top = height - MARGIN - foot
    panel = foot_top - GAP - top
    for count, column in ((1, WIDE_COLUMN), (2, SLIM_COLUMN)):
        if lowest_height(make_blocks(column), count, panel) is None:
            continue
        side = count * column + (count - 1) * GAP
        rect = Rect(MARGIN, top, inner - side - GAP, panel)
        left = rect.right + GAP
        return Layout(
            width,
            height,
            Rect(MARGIN, MARGIN, inner, HEADER),
            _frame(bounds, rect),
            tuple(
                Rect(left + place * (column + GAP), top, column, panel) for place in range(count)
            ),
            Rect(MARGIN, foot_top, inner, foot),
        )
    return None


def _frame(bounds: Bounds, rect: Rect) -> Frame:
    scale = fitting_scale(bounds, rect.width - 2 * AROUND, rect.height - 2 * AROUND)
    return centred(bounds, rect, scale)
