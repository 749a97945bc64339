"""What a finished PDF holds, read back from its bytes: boxes, fonts, letters, inks."""

import io
import logging
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import pypdf
import pypdfium2
from pypdf.generic import ContentStream
from pypdfium2 import raw

from app.exports.booklet.furniture import BAR_HEIGHT
from app.exports.booklet.lettering import POINT

Thing: TypeAlias = Any
"""What pypdf reads from a file: it has no types of its own."""

Box = tuple[float, float, float, float]

_NEAR: Final = 0.02
_SLENDER: Final = 4
_CMYK: Final = frozenset({"k", "K"})
_LIGHT: Final = {"rg": "RVB", "RG": "RVB", "g": "gris", "G": "gris"}
_ALL_PLATES: Final = (1.0, 1.0, 1.0, 1.0)
"""Crop marks: they lie outside the page."""
logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong is a check, not a log
_SPACES: Final = str.maketrans("\u00a0\u202f", "  ")


@dataclass(frozen=True)
class Facts:
    """What the file holds.

    Parameters
    ----------
    trim, bleed
        Points.
    smallest_text
        Points; None without text.
    coarsest_picture
        Dots per inch; None without pictures.
    scale
        Denominator that is printed.
    bar_metres, bar_millimetres
        What the scale bar says, and how long it is on the page.
    dropped
        What the page itself says that it could not place.
    other_colours
        Colour spaces other than the four inks.
    most_ink
        Largest sum of inks of one colour, 4 at most.
    """

    for_printer: bool
    trim: Box
    bleed: Box
    fonts: dict[str, bool]
    text: str
    smallest_text: float | None
    coarsest_picture: float | None
    scale: int | None
    bar_metres: float | None
    bar_millimetres: float | None
    dropped: str
    tagged: bool
    title: str
    language: str
    bookmarked: bool
    intent: str | None
    profiled: bool
    other_colours: frozenset[str]
    most_ink: float
    overprint: bool
    transparent: bool


def read_facts(content: bytes) -> Facts:
    """Read the first page of a PDF.

    Raises
    ------
    pypdf.errors.PyPdfError, pypdfium2.PdfiumError
        The bytes are no PDF.
    """
    reader = pypdf.PdfReader(io.BytesIO(content))
    page = reader.pages[0]
    catalog = _catalog(reader)
    intents: list[Thing] = [intent.get_object() for intent in catalog.get("/OutputIntents", [])]
    press = [intent for intent in intents if intent.get("/S") == "/GTS_PDFX"]
    states = [state.get_object() for state in _resources(page).get("/ExtGState", {}).values()]
    colours, most_ink = _colours(page, reader)
    with pypdfium2.PdfDocument(content) as document:
        sheet = document[0]
        letters = sheet.get_textpage()
        text = letters.get_text_bounded().translate(_SPACES).replace("\r\n", "\n")
        sizes = list(_text_sizes(letters))
        bar = _bar_length(sheet)
        dpi = min(_resolutions(sheet), default=None)
        letters.close()
    scale = re.search(r"\b1:(\d[\d ]*)", text)
    metres = re.search(r"\b(\d+(?:,\d+)?) (km|m)\b", text)
    return Facts(
        for_printer=bool(press),
        trim=_box(page.trimbox),
        bleed=_box(page.bleedbox),
        fonts=_fonts(page),
        text=text,
        smallest_text=min(sizes, default=None),
        coarsest_picture=dpi,
        scale=int(scale[1].replace(" ", "")) if scale else None,
        bar_metres=_metres(metres) if metres else None,
        bar_millimetres=bar,
        dropped=_dropped(text),
        tagged="/StructTreeRoot" in catalog,
        title=reader.metadata.title or "" if reader.metadata else "",
        language=str(catalog.get("/Lang", "")),
        bookmarked=bool(reader.outline),
        intent=str(press[0].get("/OutputConditionIdentifier")) if press else None,
        profiled=any("/DestOutputProfile" in intent for intent in press),
        other_colours=colours,
        most_ink=most_ink,
        overprint=any(state.get("/op") for state in states),
        transparent=any(_see_through(state) for state in states),
    )


def _catalog(reader: pypdf.PdfReader) -> Thing:
    root: Thing = reader.trailer["/Root"].get_object()
    return root


def _resources(page: Thing) -> Thing:
    return page["/Resources"]


def _box(rectangle: Thing) -> Box:
    return tuple(float(value) for value in rectangle)  # type: ignore[return-value]


def _fonts(page: Thing) -> dict[str, bool]:
    """Return for each font whether its letters are in the file."""
    found = {}
    for font in _resources(page).get("/Font", {}).values():
        top = font.get_object()
        inner = top.get("/DescendantFonts", [top])[0].get_object()
        told = inner.get("/FontDescriptor", {})
        held = told.get_object() if hasattr(told, "get_object") else told
        name = str(top.get("/BaseFont", "?")).removeprefix("/")
        found[name] = any(key in held for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    return found


def _colours(page: Thing, reader: pypdf.PdfReader) -> tuple[frozenset[str], float]:
    """Return colour spaces that are not the four inks, and the largest sum of inks."""
    others: set[str] = set()
    most = 0.0
    space = {"cs": "", "CS": ""}
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        name = operator.decode("latin-1")
        if name in space:
            space[name] = str(operands[0]).removeprefix("/")
        elif name in _LIGHT:
            others.add(_LIGHT[name])
        elif name in {"scn", "SCN", *_CMYK}:
            used = "DeviceCMYK" if name in _CMYK else space["cs" if name == "scn" else "CS"]
            values = tuple(float(v) for v in operands if not isinstance(v, str))
            if used != "DeviceCMYK":
                others.add(used or "sans nom")
            elif values != _ALL_PLATES:
                most = max(most, sum(values))
    return frozenset(others), most


def _see_through(state: Thing) -> bool:
    return state.get("/ca", 1) < 1 or state.get("/CA", 1) < 1 or "/SMask" in state


def _text_sizes(letters: pypdfium2.PdfTextPage) -> Iterator[float]:
    matrix = raw.FS_MATRIX()
    for index in range(letters.count_chars()):
        sign = raw.FPDFText_GetUnicode(letters, index)
        size = raw.FPDFText_GetFontSize(letters, index)
        if sign > ord(" ") and raw.FPDFText_GetMatrix(letters, index, matrix):
            yield size * math.hypot(matrix.c, matrix.d)


def _resolutions(sheet: pypdfium2.PdfPage) -> Iterator[float]:
    for thing in sheet.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=8):
        told = thing.get_metadata()
        yield min(told.horizontal_dpi, told.vertical_dpi)


def _bar_length(sheet: pypdfium2.PdfPage) -> float | None:
    """Return the length of the scale bar: twice the longest filled box of its height."""
    lengths = []
    for thing in sheet.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=8):
        left, low, right, high = thing.get_bounds()
        height, width = (high - low) * POINT, (right - left) * POINT
        if abs(height - BAR_HEIGHT) < _NEAR and width > _SLENDER * height:
            lengths.append(2 * width)
    return max(lengths, default=None)


def _metres(found: re.Match[str]) -> float:
    return float(found[1].replace(",", ".")) * (1000 if found[2] == "km" else 1)


def _dropped(text: str) -> str:
    found = re.search(r"Sans place sur la carte\s?: (.*?\.)(?:\n|$)", text, re.DOTALL)
    return " ".join(found[1].split()) if found else ""
