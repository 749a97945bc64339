"""The frame: a rectangle of the page, at a round scale, and the ground that it shows."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely

SCALES: Final = tuple(
    round(step * 10**power)
    for power in (3, 4, 5, 6)
    for step in (1, 1.25, 1.5, 1.75, 2, 2.25, 2.5, 2.75, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 9)
)
"""Denominators that a page may have."""

BAR_HEIGHT: Final = 1.2
"""Of the scale bar, millimetres: the preflight knows it by that."""

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle of the page, millimetres from its top left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the map is on the page, and which ground it shows.

    Parameters
    ----------
    rect
        On the page.
    scale
        Denominator: one millimetre is ``scale`` millimetres of the projection (EPSG:2154).
    left, top
        Ground at the upper left corner, metres, EPSG:2154.
    """

    rect: Rect
    scale: int
    left: float
    top: float

    @property
    def metres(self) -> float:
        """Metres of ground in a millimetre of the page."""
        return self.scale / 1000

    @property
    def ground(self) -> Bounds:
        """West, south, east, north of what is shown, metres, EPSG:2154."""
        return (
            self.left,
            self.top - self.rect.height * self.metres,
            self.left + self.rect.width * self.metres,
            self.top,
        )

    def to_page(self, points: np.ndarray) -> np.ndarray:
        """Turn ground (n × 2, metres) into page (n × 2, millimetres)."""
        x = self.rect.x + (points[:, 0] - self.left) / self.metres
        y = self.rect.y + (self.top - points[:, 1]) / self.metres
        return np.column_stack([x, y])

    def shapes_to_page(self, shapes: np.ndarray) -> np.ndarray:
        """Cut shapes (metres) at the frame and turn them into millimetres of the page."""
        turned: np.ndarray = shapely.transform(
            shapely.clip_by_rect(shapes, *self.ground), self.to_page
        )
        return turned


def fitting_scale(bounds: Bounds, width: float, height: float) -> int:
    """Return the largest round scale at which some ground fits into a box of the page.

    Parameters
    ----------
    bounds
        West, south, east, north, metres.
    width, height
        Millimetres, margins taken off.
    """
    west, south, east, north = bounds
    wanted = max((east - west) / width, (north - south) / height) * 1000
    return next((scale for scale in SCALES if scale >= wanted), SCALES[-1])


def centred(bounds: Bounds, rect: Rect, scale: int) -> Frame:
    """Return the frame that shows some ground in the middle of a rectangle."""
    west, south, east, north = bounds
    metres = scale / 1000
    return Frame(
        rect,
        scale,
        (west + east - rect.width * metres) / 2,
        (south + north + rect.height * metres) / 2,
    )
