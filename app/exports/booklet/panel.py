"""The panel beside the map: blocks of rows that flow into columns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from app.exports.booklet.pen.canvas import Canvas
from app.exports.booklet.pen.frame import Rect
from app.exports.booklet.pen.inks import INK, INK_SOFT
from app.exports.booklet.pen.lettering import LEADING, POINT, Style, wrap

HEADING: Final = Style(8, "semibold")
TEXT: Final = Style(7)
SMALL: Final = Style(6.25)
HEADING_HEIGHT: Final = 5.0
BLOCK_GAP: Final = 3.0
WORTH_WHOLE: Final = 9.0
"""Millimetres that the panel may be higher so that no block is parted between columns."""
_ROUNDING: Final = 1e-6

Draw = Callable[[Canvas, float, float], None]
"""Draws a row whose upper left corner is given, millimetres."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a block: its height (millimetres), and what draws it."""

    height: float
    draw: Draw


@dataclass(frozen=True, slots=True)
class Block:
    """Rows under a heading; the heading stays with the first row."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    row: Row
    column: int
    y: float


def flow(blocks: Sequence[Block], columns: int, height: float) -> list[_Placed] | None:
    """Place every row in columns of a height, blocks whole if may be; None when they do not fit."""
    whole = _flowed(blocks, columns, height, parted=False)
    return whole if whole is not None else _flowed(blocks, columns, height, parted=True)


def _flowed(
    blocks: Sequence[Block], columns: int, height: float, *, parted: bool
) -> list[_Placed] | None:
    placed: list[_Placed] = []
    column, y = 0, 0.0
    for block in blocks:
        rows = _with_heading(block)
        whole = sum(row.height for row in rows)
        if y:
            y += BLOCK_GAP
        if not parted and y and y + whole > height + _ROUNDING and whole <= height:
            column, y = column + 1, 0.0
        for row in rows:
            if y + row.height > height + _ROUNDING:
                column, y = column + 1, 0.0
            if column >= columns or row.height > height + _ROUNDING:
                return None
            placed.append(_Placed(row, column, y))
            y += row.height
    return placed


def lowest_height(blocks: Sequence[Block], columns: int, most: float) -> float | None:
    """Return the least height in which the blocks fit into columns, None above ``most``.

    A block is parted between columns only where much more height were needed else; first those
    that are higher than the column.
    """
    heights = [sum(row.height for row in _with_heading(block)) for block in blocks]
    least = sum(heights) / columns
    parted = _first_fit(blocks, columns, (least, most), parted=True)
    if parted is None:
        return None
    for start in (max([least, *heights]), least):
        whole = _first_fit(blocks, columns, (start, most), parted=False)
        if whole is not None and whole <= parted + WORTH_WHOLE:
            return whole
    return parted


def _first_fit(
    blocks: Sequence[Block], columns: int, heights: tuple[float, float], *, parted: bool
) -> float | None:
    height, most = heights
    while height <= most:
        if _flowed(blocks, columns, height, parted=parted) is not None:
            return height
        height += 1.0
    return None


def draw_panel(canvas: Canvas, blocks: Sequence[Block], columns: Sequence[Rect]) -> bool:
    """Draw the blocks into columns of one height; False when they do not fit."""
    placed = flow(blocks, len(columns), columns[0].height)
    if placed is None:
        return False
    for one in placed:
        rect = columns[one.column]
        one.row.draw(canvas, rect.x, rect.y + one.y)
    return True


def _with_heading(block: Block) -> tuple[Row, ...]:
    """Return the rows, the heading and the first one as one."""
    if not block.title or not block.rows:
        return block.rows
    first = block.rows[0]

    def draw(canvas: Canvas, x: float, y: float) -> None:
        canvas.write(x, y + 3.1, block.title, HEADING, role="h2")
        first.draw(canvas, x, y + HEADING_HEIGHT)

    return (Row(HEADING_HEIGHT + first.height, draw), *block.rows[1:])


def text_rows(
    text: str, width: float, style: Style = TEXT, colour: str = INK, indent: float = 0.0
) -> tuple[Row, ...]:
    """Return the lines of a text as rows."""
    pitch = style.size * POINT * (LEADING + 0.1)

    def row(line: str) -> Row:
        def draw(canvas: Canvas, x: float, y: float) -> None:
            canvas.write(x + indent, y + pitch * 0.78, line, style, colour=colour, role="p")

        return Row(pitch, draw)

    return tuple(row(line) for line in wrap(text, style, width - indent))


def with_note(rows: Sequence[Row], note: str, width: float) -> tuple[Row, ...]:
    """Return rows with a small note under the last one, from which it is never parted."""
    lines = text_rows(note, width, SMALL, INK_SOFT)
    return (*rows[:-1], joined([*rows[-1:], *lines]))


def joined(rows: Sequence[Row]) -> Row:
    """Return rows that must not be parted as one."""

    def draw(canvas: Canvas, x: float, y: float) -> None:
        for row in rows:
            row.draw(canvas, x, y)
            y += row.height

    return Row(sum(row.height for row in rows), draw)


def signed_row(
    text: str, width: float, sign: Draw, *, indent: float = 9.0, least: float = 4.4
) -> Row:
    """Return a row of the legend: a sign at the left, a text beside it.

    Parameters
    ----------
    sign
        Draws the sign around the point given: the middle of the left column.
    """
    lines = wrap(text, TEXT, width - indent)
    pitch = TEXT.size * POINT * LEADING
    height = max(least, pitch * len(lines) + 1.2)

    def draw(canvas: Canvas, x: float, y: float) -> None:
        middle = y + height / 2
        sign(canvas, x + (indent - 2.4) / 2, middle)
        first = middle - pitch * (len(lines) - 1) / 2 + TEXT.size * POINT * 0.33
        canvas.write_lines(x + indent, first, lines, TEXT, role="p")

    return Row(height, draw)
