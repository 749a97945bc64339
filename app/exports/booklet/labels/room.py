"""Room: which squares of the map are taken, and whose land each is; labels ask it for a place.

The map is cut into squares of a quarter of a millimetre. How many squares of a kind lie in a box is
read from sums over the rows and columns above it, for all positions of the box at once.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from PIL import Image, ImageDraw

from app.exports.booklet.pen.frame import Rect

CELL: Final = 0.25
"""Side of a square, millimetres."""

_ROUNDING: Final = 1e-9
_OVERHANG_COST: Final = 12.0
"""Millimetres that a box goes to lie wholly on its land."""
_MOST_PLACES: Final = 600
_FIRST_STEPS: Final = 0.8
"""Millimetres: a leader touches the label that it leaves."""

Window = tuple[slice, slice]


@dataclass(frozen=True)
class Patch:
    """Some squares: the part of the map to look at, and for each square there whether it counts."""

    window: Window
    squares: np.ndarray


@dataclass(frozen=True, slots=True)
class Spot:
    """A place for a box, millimetres of the page.

    Parameters
    ----------
    x, y
        Upper left corner.
    share
        Part of the box that lies on the land asked for.
    """

    x: float
    y: float
    share: float


class Room:
    """The squares of a map.

    Parameters
    ----------
    rect
        The map on the page.
    shapes
        Land, millimetres of the page; a later one covers an earlier one.
    """

    def __init__(self, rect: Rect, shapes: np.ndarray) -> None:
        self.rect = rect
        self.columns = int(rect.width / CELL)
        self.rows = int(rect.height / CELL)
        self.owner = self._drawn(shapes)
        self.taken = np.zeros(self.owner.shape, dtype=bool)
        self._windows: dict[int, Window | None] = {}

    def _drawn(self, shapes: np.ndarray) -> np.ndarray:
        """Return for each square the number of the shape that covers it, -1 at sea."""
        picture = Image.new("I", (self.columns, self.rows), -1)
        pen = ImageDraw.Draw(picture)
        for index, shape in enumerate(shapes):
            for part in shapely.get_parts(shape):
                if part.geom_type == "Polygon" and not part.is_empty:
                    pen.polygon(self._cells(part.exterior), fill=index)
        return np.asarray(picture, dtype=np.int32)

    def _cells(self, ring: shapely.LinearRing) -> list[tuple[float, float]]:
        points = (shapely.get_coordinates(ring) - (self.rect.x, self.rect.y)) / CELL - 0.5
        return [(x, y) for x, y in points.tolist()]

    def take(self, x: float, y: float, width: float, height: float) -> None:
        """Mark a box as taken."""
        self.taken[self.under(x, y, width, height)] = True

    def free(self, x: float, y: float, width: float, height: float) -> bool:
        """Tell whether a box lies on the map and on nothing that is taken."""
        rect = self.rect
        within = (
            x >= rect.x
            and y >= rect.y
            and x + width <= rect.x + self.columns * CELL
            and y + height <= rect.y + self.rows * CELL
        )
        return within and not self.taken[self.under(x, y, width, height)].any()

    def under(self, x: float, y: float, width: float, height: float) -> Window:
        """Return the squares that a box touches."""
        left, top = (x - self.rect.x) / CELL, (y - self.rect.y) / CELL
        right, bottom = left + width / CELL, top + height / CELL
        return (
            slice(max(0, math.floor(top)), max(0, math.ceil(bottom))),
            slice(max(0, math.floor(left)), max(0, math.ceil(right))),
        )

    def take_line(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Mark the squares along a line as taken."""
        rows, columns = self._along(np.array([start]), np.array([end]))
        self.taken[rows, columns] = True

    def crossed(self, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
        """Return for each line whether it runs over taken squares; its start does not count."""
        rows, columns = self._along(starts, ends)
        lengths = np.hypot(*(ends - starts).T)
        steps = np.linspace(0, 1, rows.shape[1])[None, :] * lengths[:, None]
        crossed: np.ndarray = (self.taken[rows, columns] & (steps > _FIRST_STEPS)).any(axis=1)
        return crossed

    def _along(self, starts: np.ndarray, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        count = int(np.hypot(*(ends - starts).T).max(initial=0) / CELL * 1.5) + 2
        steps = np.linspace(0, 1, count)[None, :, None]
        points = starts[:, None, :] * (1 - steps) + ends[:, None, :] * steps
        cells = ((points - (self.rect.x, self.rect.y)) / CELL).astype(int)
        columns = np.clip(cells[..., 0], 0, self.columns - 1)
        return np.clip(cells[..., 1], 0, self.rows - 1), columns

    def patch(self, shape: int, margin: float = 0.0) -> Patch | None:
        """Return where a shape is, looked at with a margin (millimetres); None where it is not."""
        if shape not in self._windows:
            own = self.owner == shape
            rows, columns = np.flatnonzero(own.any(axis=1)), np.flatnonzero(own.any(axis=0))
            self._windows[shape] = (
                (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
                if len(rows)
                else None
            )
        found = self._windows[shape]
        if found is None:
            return None
        extra = math.ceil(margin / CELL)
        rows_, columns_ = found
        window = (
            slice(max(0, rows_.start - extra), min(self.rows, rows_.stop + extra)),
            slice(max(0, columns_.start - extra), min(self.columns, columns_.stop + extra)),
        )
        return Patch(window, self.owner[window] == shape)

    def whole(self, squares: np.ndarray) -> Patch:
        """Return a patch that looks at the whole map, for squares of its shape."""
        return Patch((slice(0, self.rows), slice(0, self.columns)), squares)

    def around(self, x: float, y: float, reach: float) -> Patch:
        """Return every square within a reach (millimetres) of a point."""
        window = self.under(x - reach, y - reach, 2 * reach, 2 * reach)
        return Patch(window, np.ones(self.owner[window].shape, dtype=bool))

    def place(
        self,
        size: tuple[float, float],
        near: tuple[float, float],
        patch: Patch,
        share: float = 1.0,
        avoided: np.ndarray | None = None,
    ) -> Spot | None:
        """Return the free place for a box whose middle is nearest to a point.

        Parameters
        ----------
        size
            Width and height, millimetres.
        near
            Where its middle had best be, millimetres of the page.
        patch
            The squares on which it should lie.
        share
            Smallest part of the box that must lie on them; its middle always does.
        avoided
            Squares of the map on which no part of the box may lie, besides those that are taken.
        """
        found, cost = self._fitting(size, near, patch, share, avoided)
        return Spot(*found[int(np.argmin(cost))].tolist()) if len(found) else None

    def places(
        self,
        size: tuple[float, float],
        near: tuple[float, float],
        patch: Patch,
        share: float = 1.0,
    ) -> list[Spot]:
        """Return, as :meth:`place`, the best free places, the best one first."""
        found, cost = self._fitting(size, near, patch, share)
        best = np.argsort(cost, kind="stable")[:_MOST_PLACES]
        return [Spot(*spot) for spot in found[best].tolist()]

    def _fitting(
        self,
        size: tuple[float, float],
        near: tuple[float, float],
        patch: Patch,
        share: float,
        avoided: np.ndarray | None = None,
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return all free places as rows of x, y and share, and how bad each is."""
        wide, high = (math.ceil(side / CELL) for side in size)
        window, squares = patch.window, patch.squares
        if squares.shape[0] < high or squares.shape[1] < wide:
            return np.empty((0, 3)), np.empty(0)
        own = _sums(squares, wide, high)
        fits = own >= share * wide * high - _ROUNDING
        fits &= squares[high // 2 :, wide // 2 :][: fits.shape[0], : fits.shape[1]]
        if fits.any():
            taken = self.taken[window]
            taken = taken if avoided is None else taken | avoided[window]
            fits &= _sums(taken, wide, high) == 0
        rows, columns = np.nonzero(fits)
        x = self.rect.x + (columns + window[1].start) * CELL
        y = self.rect.y + (rows + window[0].start) * CELL
        shares = own[rows, columns] / (wide * high)
        away = np.hypot(x + size[0] / 2 - near[0], y + size[1] / 2 - near[1])
        return np.column_stack([x, y, shares]), away + (1 - shares) * _OVERHANG_COST


def grown(squares: np.ndarray, millimetres: float) -> np.ndarray:
    """Return squares and those beside them, as far as some millimetres."""
    wider = squares.copy()
    for axis in (0, 1):
        start = wider.copy()
        for step in range(1, math.ceil(millimetres / CELL) + 1):
            wider |= np.roll(start, step, axis) | np.roll(start, -step, axis)
    return wider


def edge(squares: np.ndarray, others: np.ndarray, millimetres: float) -> np.ndarray:
    """Return the squares along which two areas meet, so wide to either side."""
    meet: np.ndarray = grown(squares, millimetres) & grown(others, millimetres)
    return meet


def _sums(squares: np.ndarray, wide: int, high: int) -> np.ndarray:
    """Count the true squares in a box at each of its positions."""
    table = np.zeros((squares.shape[0] + 1, squares.shape[1] + 1), dtype=np.int32)
    np.cumsum(squares, axis=0, dtype=np.int32, out=table[1:, 1:])
    np.cumsum(table[1:, 1:], axis=1, out=table[1:, 1:])
    found: np.ndarray = (
        table[high:, wide:] - table[:-high, wide:] - table[high:, :-wide] + table[:-high, :-wide]
    )
    return found
