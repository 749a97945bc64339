"""What a finished PDF holds, read back from its bytes: boxes, fonts, letters, inks."""

import io
import logging
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pypdf
import pypdfium2
from pypdfium2 import raw

from app.exports.booklet.pen.frame import BAR_HEIGHT
from app.exports.booklet.pen.lettering import POINT
from app.exports.booklet.press.pdf_x import Inks, Thing, missing_clauses, press_profile, read_inks

Box = tuple[float, float, float, float]

_NEAR: Final = 0.02
_SLENDER: Final = 4
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
    intent, condition
        Identifier and name of the printing condition.
    missing
        Clauses of PDF/X-4 that a file for a printer does not hold.
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
    condition: str
    profiled: bool
    inks: Inks
    missing: tuple[str, ...]
    overprint: bool


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
        condition=str(press[0].get("/Info", "")) if press else "",
        profiled=bool(press_profile(catalog)),
        inks=read_inks(page, reader),
        missing=tuple(missing_clauses(reader, page)) if press else (),
        overprint=any(state.get("/op") for state in states),
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
