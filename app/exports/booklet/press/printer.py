"""The printer's file: bleed, crop marks, inks, black that overprints, output intent, PDF/X-4.

Everything is in the four inks of one printing condition, logos too, and its profile is in the file.
"""

import base64
import re
from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import Final

import pydyf

from app.exports.booklet.pen.canvas import Canvas, Letters, Picture, Shape, line
from app.exports.booklet.pen.inks import REGISTRATION
from app.exports.booklet.pen.lettering import POINT
from app.exports.booklet.pen.writing import Told, to_html
from app.exports.booklet.press.condition import CUSTOM, Condition, read_condition, shipped_condition
from app.exports.paper import Pdf, to_pdf

BLEED: Final = 3.0
SLUG: Final = 10.0
"""Millimetres around the trimmed page: bleed and crop marks."""

SVG_ADDRESS: Final = "data:image/svg+xml"

_OVER: Final = "AtlasOver"
_UNDER: Final = "AtlasUnder"
_BLACK: Final = b"0 0 0 1 scn"
_LIGHT: Final = re.compile(rb"((?:[\d.]+ ){3})(rg|RG)")


def to_printer_pdf(canvas: Canvas, told: Told, profile: Path | None = None) -> bytes:
    """Return the file for a printer.

    Parameters
    ----------
    profile
        ICC profile of the printing condition (CMYK); by default offset on coated paper.

    Raises
    ------
    PageError
        The profile is missing or is none of four inks.
    app.exports.paper.PaperError
        WeasyPrint cannot work on this machine.
    """
    condition = read_condition(profile) if profile else shipped_condition()
    sheet = copy(canvas)
    sheet.items = [_inked(item, condition) for item in canvas.items]
    _draw_crop_marks(sheet)

    def finish(_document: object, pdf: Pdf) -> None:
        _set_boxes(pdf, canvas)
        _ink_logos(pdf, condition)
        _set_overprint(pdf)
        _set_intent(pdf, condition)

    html = to_html(sheet, told, condition.paint, SLUG)
    return to_pdf(html, variant="pdf/x-4", finisher=finish)


def _inked(item: Shape | Letters | Picture, condition: Condition) -> Shape | Letters | Picture:
    if not isinstance(item, Picture) or item.address.startswith(SVG_ADDRESS):
        return item
    content = base64.b64decode(item.address.partition(",")[2])
    inked = base64.b64encode(condition.print_picture(content)).decode()
    return replace(item, address=f"data:image/jpeg;base64,{inked}")


def _draw_crop_marks(sheet: Canvas) -> None:
    near, far = BLEED + 1, SLUG - 1
    for x, outward in ((0.0, -1), (sheet.width, 1)):
        for y, away in ((0.0, -1), (sheet.height, 1)):
            for ends in (
                [(x + outward * near, y), (x + outward * far, y)],
                [(x, y + away * near), (x, y + away * far)],
            ):
                sheet.draw(line(ends), stroke=REGISTRATION, width=0.09)


def _set_boxes(pdf: Pdf, canvas: Canvas) -> None:
    for reference in pdf.pages["Kids"][::3]:
        page = pdf.objects[int(reference)]
        for name, beyond in (("TrimBox", 0.0), ("BleedBox", BLEED)):
            low = (SLUG - beyond) / POINT
            width = (canvas.width + 2 * beyond) / POINT
            height = (canvas.height + 2 * beyond) / POINT
            page[name] = pydyf.Array([round(v, 3) for v in (low, low, low + width, low + height)])


def _ink_logos(pdf: Pdf, condition: Condition) -> None:
    """Give the colours of a logo that is drawn (SVG) their inks: it alone is in light."""
    for thing in pdf.objects:
        if isinstance(thing, pydyf.Stream):
            thing.stream = [_inked_command(command, condition) for command in thing.stream]


def _inked_command(command: object, condition: Condition) -> object:
    found = _LIGHT.fullmatch(command) if isinstance(command, bytes) else None
    if not found:
        return command
    parts = [round(255 * float(part)) for part in found[1].split()]
    inks = condition.plates("#" + "".join(f"{part:02x}" for part in parts))
    operator = "k" if found[2] == b"rg" else "K"
    return f"/{_UNDER} gs {' '.join(f'{part:g}' for part in inks)} {operator}".encode()


def _set_overprint(pdf: Pdf) -> None:
    """Let what is printed in black alone print over what lies under it, and nothing else."""
    for thing in pdf.objects:
        if isinstance(thing, pydyf.Stream) and _BLACK in thing.stream:
            lines = []
            for command in thing.stream:
                if isinstance(command, bytes) and command.endswith(b" scn"):
                    lines.append(f"/{_OVER if command == _BLACK else _UNDER} gs".encode())
                lines.append(command)
            thing.stream = lines
    for thing in pdf.objects:
        if isinstance(thing, pydyf.Dictionary) and "ExtGState" in thing:
            for name, over in ((_OVER, "true"), (_UNDER, "false")):
                thing["ExtGState"][name] = pydyf.Dictionary(
                    {"Type": "/ExtGState", "op": over, "OP": over, "OPM": 1}
                )


def _set_intent(pdf: Pdf, condition: Condition) -> None:
    profile = pydyf.Stream([condition.content], pydyf.Dictionary({"N": 4}), compress=True)
    pdf.add_object(profile)
    intent = {
        "Type": "/OutputIntent",
        "S": "/GTS_PDFX",
        "OutputConditionIdentifier": pydyf.String(condition.identifier),
        "Info": pydyf.String(condition.name),
        "DestOutputProfile": profile.reference,
    }
    if condition.identifier != CUSTOM:
        intent["RegistryName"] = pydyf.String("http://www.color.org")
    pdf.catalog["OutputIntents"] = pydyf.Array([pydyf.Dictionary(intent)])
