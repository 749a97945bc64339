"""Lettering: how wide and how high each printed text is, from the font files themselves.

Texts on the map are set letter by letter, without kerning: the sum of the advances is exact.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

from fontTools.ttLib import TTFont

from app.exports.paper import face_file

POINT: Final = 25.4 / 72
"""Millimetres in a typographic point."""
LEADING: Final = 1.08
"""Line pitch of a name on several lines, in type sizes."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set.

    Parameters
    ----------
    size
        Points.
    face
        ``regular``, ``semibold`` or ``italic``.
    spacing
        Added after each letter, in type sizes.
    """

    size: float
    face: str = "regular"
    spacing: float = 0.0


@dataclass(frozen=True, slots=True)
class Extent:
    """What a text covers around the left end of its (first) baseline, millimetres."""

    width: float
    above: float
    below: float

    @property
    def height(self) -> float:
        """From the top of the highest letter to the foot of the lowest."""
        return self.above + self.below


@dataclass(frozen=True)
class Face:
    """One font file, in fractions of the type size."""

    advances: dict[int, float]
    tops: dict[int, float]
    feet: dict[int, float]
    baseline: float
    """From the top of a line box of one type size down to the baseline."""


@cache
def face(name: str) -> Face:
    """Read a face."""
    with TTFont(face_file(name)) as font:
        em = font["head"].unitsPerEm
        cmap, widths, glyphs = font.getBestCmap(), font["hmtx"], font["glyf"]
        ascent, descent = font["hhea"].ascent / em, -font["hhea"].descent / em
        return Face(
            advances={sign: widths[glyph][0] / em for sign, glyph in cmap.items()},
            tops={sign: getattr(glyphs[glyph], "yMax", 0) / em for sign, glyph in cmap.items()},
            feet={sign: -getattr(glyphs[glyph], "yMin", 0) / em for sign, glyph in cmap.items()},
            baseline=(1 - ascent - descent) / 2 + ascent,
        )


def printable(text: str, name: str) -> str:
    """Return a text without the signs that a face does not have, on one line."""
    signs = face(name).advances
    return "".join(sign if ord(sign) in signs else ("·" if sign > " " else " ") for sign in text)


@cache
def measure(text: str, style: Style) -> Extent:
    """Measure a text on one line."""
    metrics = face(style.face)
    unit = style.size * POINT
    signs = [ord(sign) for sign in text]
    width = sum(metrics.advances.get(sign, 0.5) for sign in signs) + style.spacing * len(signs)
    return Extent(
        width * unit,
        max((metrics.tops.get(sign, 0.7) for sign in signs), default=0.0) * unit,
        max((metrics.feet.get(sign, 0.2) for sign in signs), default=0.0) * unit,
    )


def measure_lines(lines: tuple[str, ...], style: Style) -> Extent:
    """Measure a text on several lines, around the left end of its first baseline."""
    extents = [measure(line, style) for line in lines]
    pitch = style.size * POINT * LEADING
    return Extent(
        max(extent.width for extent in extents),
        extents[0].above,
        extents[-1].below + pitch * (len(lines) - 1),
    )


def wrap(text: str, style: Style, width: float) -> list[str]:
    """Break a text into lines no wider than ``width`` millimetres, at its spaces.

    A single word that is wider is cut where it must be.
    """
    lines: list[str] = []
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and measure(joined, style).width <= width:
            lines[-1] = joined
            continue
        pieces = _pieces(word, lambda piece: measure(piece, style).width <= width)
        lines.extend(pieces)
    return lines


def _pieces(word: str, fits: Callable[[str], bool]) -> list[str]:
    pieces = [""]
    for sign in word:
        if pieces[-1] and not fits(pieces[-1] + sign):
            pieces.append("")
        pieces[-1] += sign
    return pieces
