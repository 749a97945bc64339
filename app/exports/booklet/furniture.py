"""Page furniture: header, logos, locator, scale bar, north, sources."""

import base64
import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Final, NamedTuple
from xml.etree import ElementTree as ET

import numpy as np
import shapely
from PIL import Image, ImageFile

from app.exports.booklet.panel import Block, Row
from app.exports.booklet.pen import inks
from app.exports.booklet.pen.canvas import Canvas, Picture, line, outline, rectangle
from app.exports.booklet.pen.frame import BAR_HEIGHT, Frame, Rect, centred
from app.exports.booklet.pen.lettering import LEADING, POINT, Style, measure, wrap
from app.exports.booklet.scene.request import PageError
from layers.french.wording import format_number

TITLE_SIZES: Final = (20.0, 18.0, 16.0, 14.0, 12.0)
SUBTITLE: Final = Style(9.5)
SOURCE: Final = Style(6)
FOOT: Final = Style(7)
LOGO: Final = (26.0, 14.0)
LOGO_GAP: Final = 4.0
_CONVERGENCE: Final = 0.7256077650
"""Sine of the cone of Lambert-93: a degree of longitude turns the meridian by so many degrees."""
_MERIDIAN_X: Final = 700_000.0
_LOGO_KINDS: Final = {".svg": "svg+xml", ".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg"}
LARGEST_LOGO: Final = 2_000_000
MOST_PIXELS: Final = 25_000_000
"""Of a logo, which 2 MB of one colour would exceed by far."""


MOST_SUBTITLE_LINES: Final = 2


class Logos(NamedTuple):
    """The image files at the right of the header.

    Parameters
    ----------
    frames
        Whether one that is not given leaves an empty frame.
    """

    partner: Path | None
    departement: Path | None
    frames: bool

    @property
    def slots(self) -> int:
        """How many places they take of the header."""
        return 2 if self.frames or self.partner or self.departement else 0


def draw_header(canvas: Canvas, rect: Rect, title: str, subtitle: str, logos: Logos) -> None:
    """Draw title and subtitle at the left, the logos at the right."""
    width = rect.width - logos.slots * (LOGO[0] + LOGO_GAP)
    lines, style = _fitted_title(title, width)
    if lines[-1].endswith("…") and not title.endswith("…"):
        canvas.cut.append(title)
    y = rect.y + style.size * POINT * 0.75
    canvas.write_lines(rect.x, y, lines, style, role="h1")
    y += style.size * POINT * LEADING * (len(lines) - 1) + 5.2
    under = wrap(subtitle, SUBTITLE, width)
    if len(under) > MOST_SUBTITLE_LINES:
        canvas.cut.append(subtitle)
        under = [*under[: MOST_SUBTITLE_LINES - 1], _ended(under[MOST_SUBTITLE_LINES - 1], width)]
    canvas.write_lines(rect.x, y, under, SUBTITLE, colour=inks.INK_SOFT, role="p")
    for place, (logo, words) in enumerate(
        zip(logos[:2], ("Logo du partenaire", "Logo du Département"), strict=True)
    ):
        x = rect.right - (2 - place) * LOGO[0] - (1 - place) * LOGO_GAP
        if logo is None and logos.frames:
            path = rectangle(x, rect.y, *LOGO)
            canvas.draw(path, stroke=inks.RULE, width=0.15)
        elif logo is not None:
            canvas.items.append(Picture(x, rect.y, *LOGO, logo_address(logo), words))


def _fitted_title(title: str, width: float) -> tuple[list[str], Style]:
    """Return a title on one line as large as may be, else on two."""
    for most in (1, 2):
        for size in TITLE_SIZES:
            style = Style(size if most == 1 else min(size, 14.0), "semibold")
            lines = wrap(title, style, width)
            if len(lines) <= most:
                return lines, style
    style = Style(TITLE_SIZES[-1], "semibold")
    lines = wrap(title, style, width)
    return [lines[0], lines[1].rstrip() + "…"], style


def _ended(line: str, width: float) -> str:
    """Return a line that ends in « … », for want of place."""
    words = line.split(" ")
    while len(words) > 1 and measure(" ".join(words) + "…", SUBTITLE).width > width:
        words.pop()
    return " ".join(words).rstrip(" ,;:") + "…"


def logo_address(path: Path) -> str:
    """Return an image file as a data address.

    Raises
    ------
    PageError
        The file is missing, too large, or no image that can be printed.
    """
    if path.suffix.lower() not in _LOGO_KINDS:
        raise PageError(f"Logo « {path} » : une image SVG, PNG ou JPEG est attendue.")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise PageError(f"Logo « {path} » : le fichier ne peut pas être lu.") from error
    kind = check_logo(str(path), content)
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


def check_logo(name: str, content: bytes) -> str:
    """Return the kind of an image, as a media type names it.

    Parameters
    ----------
    name
        Of the file; its ending says what it should be.
    content
        At least one byte more than :data:`LARGEST_LOGO` where the file is too large.

    Raises
    ------
    PageError
        It is too large, or no image that can be printed.
    """
    ending = Path(name).suffix.lower()
    kind = _LOGO_KINDS.get(ending)
    if kind is None:
        raise PageError(f"Logo « {name} » : une image SVG, PNG ou JPEG est attendue.")
    if len(content) > LARGEST_LOGO:
        raise PageError(f"Logo « {name} » : plus de 2 Mo ; une image plus légère est attendue.")
    starts = {"png": b"\x89PNG", "jpeg": b"\xff\xd8", "svg+xml": b"<"}
    if not content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(starts[kind]):
        raise PageError(f"Logo « {name} » : le contenu n’est pas celui d’une image {ending}.")
    try:
        _read_to_its_end(kind, content)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise PageError(
            f"Logo « {name} » : image abîmée ou incomplète, elle manquerait sur la page ; une "
            f"image entière de {MOST_PIXELS // 1_000_000} millions de points au plus est attendue."
        ) from error
    return kind


def _read_to_its_end(kind: str, content: bytes) -> None:
    """Read an image as whoever draws it will, who would leave a broken one out without a word."""
    if kind == "svg+xml":  # the operator's own; a visitor may give none
        root = ET.fromstring(content)  # noqa: S314 - as WeasyPrint reads it
        if root.tag.rpartition("}")[2] != "svg":
            raise ValueError(root.tag)
        return
    with Image.open(BytesIO(content), formats=("PNG", "JPEG")) as image:
        if image.width * image.height > MOST_PIXELS:
            raise ValueError(image.size)
        with _truncated_refused():
            image.load()


@contextmanager
def _truncated_refused() -> Iterator[None]:
    """Let Pillow refuse half an image: WeasyPrint, once it is there, allows it everywhere."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def draw_locator(
    canvas: Canvas, rect: Rect, departement: shapely.Geometry, shown: shapely.Geometry
) -> None:
    """Draw where the perimeter is in the département."""
    west, south, east, north = shapely.bounds(departement).tolist()
    metres = max((east - west) / rect.width, (north - south) / rect.height)
    frame = centred((west, south, east, north), rect, math.ceil(metres * 1000))
    simple = shapely.simplify(np.array([departement, shown]), metres * 0.3)
    whole, part = shapely.transform(simple, frame.to_page)
    canvas.draw(outline(whole), fill=inks.ABROAD, stroke=inks.EPCI_LINE, width=0.2)
    canvas.draw(outline(part), fill=inks.SELECTION, stroke=inks.SELECTION, width=0.3)


def draw_inset(
    canvas: Canvas, rect: Rect, departement: shapely.Geometry, shown: shapely.Geometry
) -> None:
    """Draw the locator in a corner of the map."""
    path = rectangle(rect.x, rect.y, rect.width, rect.height)
    canvas.draw(path, fill=inks.PAPER, stroke=inks.INK_SOFT, width=0.25)
    inner = Rect(rect.x + 2, rect.y + 2, rect.width - 4, rect.height - 4)
    draw_locator(canvas, inner, departement, shown)


def locator_block(
    departement: shapely.Geometry, shown: shapely.Geometry, width: float, height: float
) -> Block:
    """Return the locator as a part of the panel, where no corner of the map is free."""

    def draw(canvas: Canvas, x: float, y: float) -> None:
        draw_locator(canvas, Rect(x, y, width, height - 1), departement, shown)

    return Block("Dans le Pas-de-Calais", (Row(height + 1, draw),))


def bar_length(frame: Frame, widest: float) -> float:
    """Return the length of the scale bar in metres: the longest of 1, 2, 5 × 10ⁿ that fits."""
    most = widest * frame.metres
    power = 10 ** math.floor(math.log10(most))
    return float(max(step for step in (power, 2 * power, 5 * power) if step <= most))


def draw_foot(canvas: Canvas, rect: Rect, frame: Frame, notes: Iterable[str]) -> None:
    """Draw scale bar, scale, north and projection on one line, then the sources."""
    y = rect.y
    metres = bar_length(frame, 42)
    length = metres / frame.metres
    _scale_bar(canvas, rect.x, y + 3.4, length, metres)
    x = rect.x + length + 12
    text = f"1:{format_number(frame.scale)}"
    canvas.write(x, y + 4.6, text, Style(9, "semibold"), role="p")
    x += measure(text, Style(9, "semibold")).width + 7
    _north(canvas, x, y + 1.2, frame)
    canvas.write(x + 4.5, y + 4.6, "Projection Lambert-93 (EPSG:2154)", FOOT, role="p")
    y += 8.6
    pitch = SOURCE.size * POINT * 1.16
    for note in notes:
        for text_line in wrap(note, SOURCE, rect.width):
            canvas.write(rect.x, y, text_line, SOURCE, colour=inks.INK_SOFT, role="p")
            y += pitch


def foot_height(notes: Iterable[str], width: float) -> float:
    """Return the height that :func:`draw_foot` needs, millimetres."""
    count = sum(len(wrap(note, SOURCE, width)) for note in notes)
    return 6.6 + count * SOURCE.size * POINT * 1.16


def _scale_bar(canvas: Canvas, x: float, y: float, length: float, metres: float) -> None:
    unit, shown = ("km", metres / 1000) if metres >= 1000 else ("m", metres)  # noqa: PLR2004
    half = length / 2
    canvas.draw(rectangle(x, y, half, BAR_HEIGHT), fill=inks.INK)
    canvas.draw(rectangle(x, y, length, BAR_HEIGHT), stroke=inks.INK, width=0.2)
    for place, value in ((0.0, 0.0), (half, shown / 2), (length, shown)):
        label = format_number(value) + (f"\u00a0{unit}" if place == length else "")
        canvas.write(x + place, y - 0.9, label, Style(6.5), role="p",
                     anchor="start" if place == 0 else "middle")  # fmt: skip


def _north(canvas: Canvas, x: float, y: float, frame: Frame) -> None:
    """Draw true north, which Lambert-93 turns by up to a degree here."""
    west, _, east, _ = frame.ground
    longitude_off = ((west + east) / 2 - _MERIDIAN_X) / 71_000
    turn = math.radians(-_CONVERGENCE * longitude_off)

    def at(dx: float, dy: float) -> tuple[float, float]:
        return (
            x + dx * math.cos(turn) - dy * math.sin(turn),
            y + dx * math.sin(turn) + dy * math.cos(turn),
        )

    canvas.draw(line([at(0, -2.6), at(1.3, 2.2), at(0, 1.2)]) + "z", fill=inks.INK)
    canvas.draw(line([at(0, -2.6), at(-1.3, 2.2), at(0, 1.2)]) + "z", stroke=inks.INK, width=0.15)
    canvas.write(x, y + 5.0, "N", Style(6.5, "semibold"), anchor="middle", role="p")
