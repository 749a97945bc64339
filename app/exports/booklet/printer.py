"""The printer's file: bleed, crop marks, inks, black that overprints, output intent, PDF/X-4.

How far PDF/X-4 goes here: the standard wants the ICC profile of the printing condition inside the
file. The project ships none, so without ``profile`` the file names a registered condition (FOGRA51)
and nothing more, which the preflight says.
"""

from copy import copy
from pathlib import Path
from typing import Final

import pydyf

from app.exports.booklet.canvas import Canvas, line
from app.exports.booklet.inks import REGISTRATION, ink
from app.exports.booklet.lettering import POINT
from app.exports.booklet.request import PageError
from app.exports.booklet.writing import Told, to_html
from app.exports.paper import Pdf, to_pdf

BLEED: Final = 3.0
SLUG: Final = 10.0
"""Millimetres around the trimmed page: bleed and crop marks."""
CONDITION: Final = "FOGRA51"
CONDITION_NAME: Final = "PSO Coated v3"
LARGEST_PROFILE: Final = 4_000_000

_OVER: Final = "AtlasOver"
_UNDER: Final = "AtlasUnder"
_BLACK: Final = b"0 0 0 1 scn"


def to_printer_pdf(canvas: Canvas, told: Told, profile: Path | None = None) -> bytes:
    """Return the file for a printer.

    Parameters
    ----------
    profile
        ICC profile of the printing condition (CMYK), put into the file.

    Raises
    ------
    PageError
        The profile is missing or is none of four inks.
    app.exports.paper.PaperError
        WeasyPrint cannot work on this machine.
    """
    icc = _read_profile(profile) if profile else None
    sheet = copy(canvas)
    sheet.items = [*canvas.items]
    _draw_crop_marks(sheet)

    def finish(_document: object, pdf: Pdf) -> None:
        _set_boxes(pdf, canvas)
        _set_overprint(pdf)
        _set_intent(pdf, icc)

    return to_pdf(to_html(sheet, told, ink, SLUG), variant="pdf/x-4", finisher=finish)


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


def _set_intent(pdf: Pdf, icc: bytes | None) -> None:
    intent = pydyf.Dictionary(
        {
            "Type": "/OutputIntent",
            "S": "/GTS_PDFX",
            "OutputConditionIdentifier": pydyf.String(CONDITION if icc is None else "Custom"),
            "Info": pydyf.String(CONDITION_NAME if icc is None else "Profil de l’imprimeur"),
        }
    )
    if icc is None:
        intent["RegistryName"] = pydyf.String("http://www.color.org")
    else:
        profile = pydyf.Stream([icc], pydyf.Dictionary({"N": 4}), compress=True)
        pdf.add_object(profile)
        intent["DestOutputProfile"] = profile.reference
    pdf.catalog["OutputIntents"] = pydyf.Array([intent])


def _read_profile(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise PageError(f"Profil « {path} » : le fichier ne peut pas être lu.") from error
    if len(content) > LARGEST_PROFILE or content[36:40] != b"acsp" or content[16:20] != b"CMYK":
        raise PageError(f"Profil « {path} » : un profil ICC en quatre couleurs est attendu.")
    return content
