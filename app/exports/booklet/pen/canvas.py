"""The canvas: what is drawn on a page, in millimetres from its top left corner, y downwards.

One list of shapes and texts serves every format: PDF for screens, PDF for printers, SVG, PNG.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Final, Literal

import numpy as np
import shapely

from app.exports.booklet.pen.inks import INK, Paint
from app.exports.booklet.pen.lettering import LEADING, POINT, Style, measure, printable
from app.exports.paper import FAMILY

UNIT: Final = 1 / POINT
"""The SVG counts in points: more digits for WeasyPrint's text than millimetres would leave."""

Anchor = Literal["start", "middle", "end"]
Role = Literal["map", "h1", "h2", "p"]
MOST_TOLD: Final = 40
"""Signs that are named."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A path; without transparency, which printers dread and which swells files.

    Parameters
    ----------
    path
        SVG path data in points.
    width
        Of the stroke, millimetres.
    dash
        Lengths of dashes and gaps, millimetres.
    """

    path: str
    fill: str | None = None
    stroke: str | None = None
    width: float = 0.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Letters:
    """One line of text.

    Parameters
    ----------
    x, y
        End, middle or start of the baseline, millimetres.
    halo
        Colour of the rim around the letters, if any.
    role
        What the text is for whoever cannot see the page; ``map`` is part of the picture.
    """

    x: float
    y: float
    text: str
    style: Style
    colour: str = INK
    anchor: Anchor = "start"
    halo: str | None = None
    role: Role = "map"

    @property
    def left(self) -> float:
        """The left end of the baseline, millimetres."""
        width = measure(self.text, self.style).width
        return self.x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]


@dataclass(frozen=True, slots=True)
class Picture:
    """A logo: a file's content as a data address, fitted into a box."""

    x: float
    y: float
    width: float
    height: float
    address: str
    name: str


@dataclass
class Canvas:
    """What is drawn, in order.

    Parameters
    ----------
    unprinted
        Signs that a face lacks, in the order met.
    cut
        Texts of which the end is not drawn.
    """

    width: float
    height: float
    items: list[Shape | Letters | Picture] = field(default_factory=list)
    unprinted: dict[str, None] = field(default_factory=dict)
    cut: list[str] = field(default_factory=list)

    def tell(self) -> list[str]:
        """Return French sentences on what is not printed as it was asked: signs, ends of texts."""
        told = []
        if self.unprinted:
            signs = " ".join([*self.unprinted][:MOST_TOLD])
            more = " …" if len(self.unprinted) > MOST_TOLD else ""
            told.append(f"Signes que la police n’a pas, remplacés par « · » : {signs}{more}")
        told += [f"Texte coupé, trop long pour sa place : « {text} »." for text in self.cut]
        return told

    def draw(self, path: str, **style: object) -> None:
        """Add a shape, unless its path is empty."""
        if path:
            self.items.append(Shape(path, **style))  # type: ignore[arg-type]

    def write(self, x: float, y: float, text: str, style: Style, **how: object) -> None:
        """Add a line of text."""
        clean = printable(text, style.face)
        self.unprinted |= dict.fromkeys(
            sign for sign, kept in zip(text, clean, strict=True) if kept not in {sign, " "}
        )
        if clean.strip():
            self.items.append(Letters(x, y, clean, style, **how))  # type: ignore[arg-type]

    def write_lines(
        self, x: float, y: float, lines: Iterable[str], style: Style, **how: object
    ) -> None:
        """Add lines of text under one another, the first baseline at ``y``."""
        for row, line in enumerate(lines):
            self.write(x, y + row * style.size * POINT * LEADING, line, style, **how)


def number(millimetres: float) -> str:
    """Write a length in points, to a hundredth."""
    return f"{millimetres * UNIT:.2f}".rstrip("0").rstrip(".")


def rectangle(x: float, y: float, width: float, height: float) -> str:
    """Return the path of a rectangle."""
    corner, wide, high = f"{number(x)} {number(y)}", number(width), number(height)
    return f"M{corner}h{wide}v{high}h-{wide}z"


def circle(x: float, y: float, radius: float) -> str:
    """Return the path of a circle, as four Bézier curves."""
    r, k = radius, radius * 0.5523
    points = [
        (0, -r), (k, -r), (r, -k), (r, 0), (r, k), (k, r), (0, r),
        (-k, r), (-r, k), (-r, 0), (-r, -k), (-k, -r), (0, -r),
    ]  # fmt: skip
    written = [f"{number(x + dx)} {number(y + dy)}" for dx, dy in points]
    return f"M{written[0]}" + "".join(
        f"C{' '.join(written[start : start + 3])}" for start in (1, 4, 7, 10)
    )


def line(points: Sequence[tuple[float, float]]) -> str:
    """Return the path of a broken line."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)


def outline(geometry: shapely.Geometry) -> str:
    """Return the path of polygons or lines whose coordinates are millimetres of the page."""
    parts = []
    for part in shapely.get_parts(shapely.get_parts(geometry)):
        if part.geom_type == "Polygon":
            rings = [part.exterior, *part.interiors]
            parts += [_ring(np.asarray(ring.coords)[:-1, :2]) + "z" for ring in rings]
        elif part.geom_type in {"LineString", "LinearRing"}:
            parts.append(_ring(np.asarray(part.coords)[:, :2]))
    return "".join(parts)


def _ring(points: np.ndarray) -> str:
    steps = np.rint(points * (UNIT * 100)).astype(np.int64)
    moved = np.ones(len(steps), dtype=bool)
    moved[1:] = (np.diff(steps, axis=0) != 0).any(axis=1)
    return "M" + "L".join(f"{x / 100:g} {y / 100:g}" for x, y in steps[moved].tolist())


def svg_items(canvas: Canvas, paint: Paint, *, everything: bool) -> str:
    """Write the items as SVG elements.

    Parameters
    ----------
    everything
        Whether texts that have a role of their own are written too; in a PDF they are HTML.
    """
    written = []
    for item in canvas.items:
        if isinstance(item, Shape):
            written.append(_shape(item, paint))
        elif isinstance(item, Picture):
            written.append(_picture(item))
        elif everything or item.role == "map":
            written.append(_letters(item, paint))
    return "".join(written)


def _shape(shape: Shape, paint: Paint) -> str:
    fill = paint(shape.fill) if shape.fill else "none"
    text = f'<path d="{shape.path}" fill="{fill}"'
    if shape.stroke:
        text += (
            f' stroke="{paint(shape.stroke)}" stroke-width="{number(shape.width)}"'
            ' stroke-linejoin="round" stroke-linecap="round"'
        )
    if shape.dash:
        text += f' stroke-dasharray="{" ".join(number(part) for part in shape.dash)}"'
    return text + "/>"


def _letters(letters: Letters, paint: Paint) -> str:
    style = letters.style
    # The rim is a text of its own: WeasyPrint does not know paint-order.
    text = (
        f'<text x="{number(letters.left)}" y="{number(letters.y)}" font-size="{style.size:g}"'
        f' font-weight="{600 if style.face == "semibold" else 400}"'
        + (' font-style="italic"' if style.face == "italic" else "")
        + (f' letter-spacing="{style.spacing * style.size:.2f}"' if style.spacing else "")
    )
    words = escape(letters.text)
    rim = ""
    if letters.halo:
        rim = (
            f'{text} fill="{paint(letters.halo)}" stroke="{paint(letters.halo)}"'
            f' stroke-width="{style.size * 0.24:.2f}" stroke-linejoin="round"'
            f' aria-hidden="true">{words}</text>'
        )
    return f'{rim}{text} fill="{paint(letters.colour)}">{words}</text>'


def _picture(picture: Picture) -> str:
    box = " ".join(
        f'{name}="{number(value)}"'
        for name, value in (
            ("x", picture.x),
            ("y", picture.y),
            ("width", picture.width),
            ("height", picture.height),
        )
    )
    return f'<image {box} preserveAspectRatio="xMidYMid meet" href="{escape(picture.address)}"/>'


FONT_FAMILY: Final = f"'{FAMILY}', 'Source Sans 3', 'Source Sans Pro', sans-serif"
