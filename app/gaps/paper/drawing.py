"""What an SVG map is made of: a frame from metres to units of the drawing, paths, texts."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from app.drawing.tokens import colour

Shape = TypeVar("Shape", BaseGeometry, np.ndarray)

WIDTH: Final = 760.0
MARGIN: Final = 14.0
"""Units of the drawing, of which there are 96 to an inch."""
SIZE: Final = 11.0
"""Of the names of towns."""
BETWEEN_HATCHES: Final = 5.0
"""Units of the drawing."""
LETTER: Final = 0.52
"""Mean width of a letter, as a share of its size."""


@dataclass(frozen=True, slots=True)
class Frame:
    """From metres to units of the drawing."""

    west: float
    north: float
    scale: float
    height: float

    @classmethod
    def around(cls, outline: BaseGeometry) -> "Frame":
        """Make the frame that holds an outline in EPSG:2154."""
        west, south, east, north = outline.bounds
        scale = (WIDTH - 2 * MARGIN) / (east - west)
        return cls(
            west - MARGIN / scale, north + MARGIN / scale, scale,
            (north - south) * scale + 2 * MARGIN,
        )  # fmt: skip

    def draw(self, shape: Shape) -> Shape:
        """Return a shape, or an array of them, in units of the drawing."""
        origin = np.array([self.west, self.north])
        return shapely.transform(shape, lambda xy: (xy - origin) * [self.scale, -self.scale])


def document(inner: str, width: float, height: float, title: str) -> str:
    """Return an SVG document; its title is read aloud in the picture's place."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:.1f}" '
        f'width="{width:g}" height="{height:.1f}" role="img" lang="fr" '
        'font-family="Atlas Sans, Source Sans 3, Liberation Sans, sans-serif" '
        f'fill="{colour("ink")}"><title>{html.escape(title)}</title>{inner}</svg>'
    )


def text(words: str, x: float, y: float, attributes: str) -> str:
    """Return a text, escaped."""
    return f'<text x="{x:.1f}" y="{y:.1f}" {attributes}>{html.escape(words)}</text>'


def path(shape: BaseGeometry, attributes: str) -> str:
    """Return a shape, drawn as its attributes say."""
    return f'<path d="{path_data(shape)}" {attributes}/>'


def path_data(shape: BaseGeometry) -> str:
    """Return the ``d`` of a path: every ring and line of a shape, to a tenth of a unit."""
    parts = shapely.get_parts(shape)
    areas = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    lines = [*shapely.get_rings(parts[areas]), *parts[~areas]]
    return "".join(_line(shapely.get_coordinates(line)) for line in lines)


def _line(xy: np.ndarray) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in xy.tolist())


def names(
    towns: Sequence[tuple[str, float, float]], taken: list[shapely.Polygon], larger: float = 1.0
) -> list[str]:
    """Return the names of towns, none over another nor over what is taken; the first ones first.

    Parameters
    ----------
    towns
        Name and place, in units of the drawing.
    taken
        Boxes where nothing may be written; those of the names are added.
    larger
        Than :data:`SIZE`.
    """
    written, size = list[str](), SIZE * larger
    for name, x, y in towns:
        width = LETTER * size * len(name)
        for anchor, left in (("start", x + size / 2), ("end", x - size / 2 - width)):
            room = shapely.box(left, y - 0.65 * size, left + width, y + 0.55 * size)
            inside = left >= 0 and left + width <= WIDTH
            if inside and not any(room.intersects(other) for other in taken):
                taken.append(room)
                at = left if anchor == "start" else left + width
                written += _name(name, (at, y + 0.36 * size), f'font-size="{size:g}"', anchor)
                break
    return written


def _name(name: str, at: tuple[float, float], size: str, anchor: str) -> list[str]:
    """Write a name over its own halo, for not every program knows how to paint the stroke first."""
    place = f'{size} text-anchor="{anchor}"'
    halo = f'stroke="{colour("paper")}" stroke-width="2.6" stroke-linejoin="round"'
    return [text(name, *at, f"{place} {halo}"), text(name, *at, place)]


def hatches(wide: float, high: float) -> shapely.MultiLineString:
    """Return slanted lines over a rectangle."""
    starts = np.arange(-high, wide, BETWEEN_HATCHES).tolist()
    return shapely.MultiLineString([[(at, high), (at + high, 0)] for at in starts])
