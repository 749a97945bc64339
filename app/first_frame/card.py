"""The picture of a view for who gets its link in a message: map, name and what it says, PNG."""

import io
import textwrap
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from PIL import Image, ImageDraw, ImageFont

from app.drawing.tokens import colour
from app.exports.paper import face_file
from app.first_frame.drawing import Draughtsman
from app.first_frame.ground import Shape
from app.first_frame.picture import Doubtful, Picture
from app.first_frame.signs import radius
from geo.perimeter import Level
from layers.indicators.states import State

SIZE: Final = (1200, 630)
"""Pixels, as those want it who show links: Open Graph, 1.91 to 1."""
FINER: Final = 2
"""How many times larger it is drawn, to be made smooth."""
WORDS: Final = 470
"""Width of the column of words, pixels."""
MARGIN: Final = 40
ROOM: Final = 24
"""Pixels left free around what is framed."""
AMONG: Final = 0.6
"""Of the room is what the open place takes."""
Lettering = tuple[int, int, int, str, str]
"""Size of the letters, letters in a line, most lines, face, ink."""
TITLE: Final[Lettering] = (54, 16, 3, "semibold", "ink")
SENTENCE: Final[Lettering] = (27, 32, 7, "regular", "ink")
THEME: Final[Lettering] = (25, 34, 2, "semibold", "plain")
SIGNED: Final[Lettering] = (20, 40, 1, "regular", "ink-2")
LEADING: Final = 1.3
HATCH: Final = 14
SELECTED: Final = 5
CREDIT: Final = "Atlas 62 · limites IGN"


def draw_card(
    draughtsman: Draughtsman, picture: Picture, selected: Sequence[Shape], name: str, sentence: str
) -> bytes:
    """Return the picture of a view.

    Parameters
    ----------
    selected
        Outlines of what is open.
    name, sentence
        What the view is about, plain text.
    """
    large = (SIZE[0] * FINER, SIZE[1] * FINER)
    image = Image.new("RGB", large, colour("sea"))
    _Map(image, picture, draughtsman, around=bool(selected)).draw(selected)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WORDS * FINER, large[1]), fill=colour("paper"))
    pen.line((WORDS * FINER, 0, WORDS * FINER, large[1]), fill=colour("ink"), width=FINER)
    down = _write(pen, name, MARGIN, TITLE)
    down = _write(pen, sentence, down + 12, SENTENCE)
    _write(pen, picture.title, max(down + 16, 470), THEME)
    _write(pen, CREDIT, SIZE[1] - 52, SIGNED)
    held = io.BytesIO()
    small = image.resize(SIZE, Image.Resampling.LANCZOS)
    small.quantize(128).save(held, "PNG", optimize=True)
    return held.getvalue()


class _Map:
    """The right of the picture."""

    def __init__(
        self, image: Image.Image, picture: Picture, draughtsman: Draughtsman, *, around: bool
    ) -> None:
        self._image, self._picture, self._draughtsman = image, picture, draughtsman
        self._pen = ImageDraw.Draw(image)
        frame = picture.frame
        wide, high = SIZE[0] - WORDS - 2 * ROOM, SIZE[1] - 2 * ROOM
        scale = min(wide / frame.width, high / frame.height)
        # what is open is seen among what lies around it
        self._scale = scale * AMONG if around else scale
        x, y = frame.middle
        self._left = x - (WORDS + SIZE[0]) / 2 / self._scale
        self._top = y - SIZE[1] / 2 / self._scale

    def draw(self, selected: Sequence[Shape]) -> None:
        """Draw the land, what it carries, what is selected."""
        for shape in self._draughtsman.outlines("around"):
            if shape.kind != "outside":
                self._fill(shape, colour("land-abroad"))
        level = self._picture.level
        for shape in self._draughtsman.outlines(f"{level}-far"):
            self._carry(shape)
        for shape in self._draughtsman.outlines(f"{self._picture.limits}-far"):
            self._line(shape, "rule-strong", 1)
        for shape in self._draughtsman.outlines("departement-far"):
            self._line(shape, "ink", 2)
        for shape in selected:
            self._line(shape, "paper", SELECTED + 3)
            self._line(shape, "selection", SELECTED)
        self._circles(level)

    def _carry(self, shape: Shape) -> None:
        fill = self._picture.fills.get(shape.code)
        if not isinstance(fill, State):
            plain = fill.colour if isinstance(fill, Doubtful) else fill
            self._fill(shape, plain or colour("land"))
            return
        mask = Image.new("1", self._image.size)
        pen = ImageDraw.Draw(mask)
        for points in self._rings(shape):
            pen.polygon(points, fill=1)
        self._image.paste(_hatching(self._image.size, fill), mask=mask)

    def _fill(self, shape: Shape, fill: str) -> None:
        for points in self._rings(shape):
            self._pen.polygon(points, fill=fill)

    def _line(self, shape: Shape, ink: str, wide: int) -> None:
        for points in self._rings(shape):
            self._pen.line(
                [*points, points[0]], fill=colour(ink), width=wide * FINER, joint="curve"
            )

    def _rings(self, shape: Shape) -> list[list[tuple[float, float]]]:
        return [
            [self._point(x, y) for x, y in ring.tolist()]
            for ring, hole in zip(shape.rings, shape.holes, strict=True)
            if not hole
        ]

    def _point(self, x: float, y: float) -> tuple[float, float]:
        scale = self._scale * FINER
        return (x - self._left) * scale, (y - self._top) * scale

    def _circles(self, level: Level) -> None:
        values = self._picture.circles
        largest = max(values.values(), default=0.0)
        if largest <= 0:
            return
        ink = colour("money" if self._picture.ink == "money" else "plain")
        middles = self._draughtsman.middles(level)
        for code, value in sorted(values.items(), key=lambda item: -item[1]):
            if code in middles:
                x, y = self._point(*middles[code])
                size = radius(value, largest) * FINER
                around = (x - size, y - size, x + size, y + size)
                self._pen.ellipse(around, outline=ink, width=2 * FINER)


@cache
def _hatching(size: tuple[int, int], state: State) -> Image.Image:
    """Return a sheet of the hatching of a state, from which what has it is cut."""
    sheet = Image.new("RGB", size, colour("land"))
    pen = ImageDraw.Draw(sheet)
    ink = colour("money" if state is State.PARTIAL else "rule-strong")
    rising = 1 if state is State.PARTIAL else -1
    for start in range(-size[1], size[0] + size[1], HATCH):
        pen.line((start, 0, start - rising * size[1], size[1]), fill=ink, width=FINER)
    return sheet


def _write(pen: ImageDraw.ImageDraw, text: str, down: float, how: Lettering) -> float:
    """Write a text into the column of words; return where what follows begins."""
    size, long, most, face, ink = how
    lines = textwrap.wrap(text.replace("\u202f", "\u00a0"), long, break_on_hyphens=False)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1][: long - 1].rstrip(' ,;')}…"]
    font = _font(face, size * FINER)
    for line in lines:
        pen.text((MARGIN * FINER, down * FINER), line, font=font, fill=colour(ink))
        down += size * LEADING
    return down


@cache
def _font(face: str, size: int) -> Any:  # noqa: ANN401 - Pillow has two kinds
    return ImageFont.truetype(str(face_file(face)), size)
