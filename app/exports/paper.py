"""Paper: the text family that every PDF embeds, and the one door to WeasyPrint.

``to_pdf(html)`` is for any page of ours: give the HTML, use ``font-family: "Atlas Sans"`` (weights
400 and 600, italic 400); nothing is fetched but these fonts.
"""

import contextlib
import io
import re
import tempfile
import uuid
import warnings
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any, Final, Literal, TypeAlias

FONTS: Final = Path(__file__).parent / "fonts"
FAMILY: Final = "Atlas Sans"
FACES: Final = (
    ("regular", 400, "normal"),
    ("semibold", 600, "normal"),
    ("italic", 400, "italic"),
)
"""File, weight and style of each face."""

_DRAWN_BY_LOT: Final = re.compile(rb"xmp\.did:[0-9a-f-]{36}")

Pdf: TypeAlias = Any
"""WeasyPrint's pydyf document; neither has types."""

Variant = Literal["pdf/ua-1", "pdf/x-4"]


class PaperError(Exception):
    """A page cannot be put on paper; the message is a French sentence."""


def face_file(name: str) -> Path:
    """Return the TrueType file of a face of :data:`FACES`."""
    return FONTS / f"atlas-sans-{name}.ttf"


def font_faces() -> str:
    """Return the CSS that declares the text family."""
    return "".join(
        f'@font-face{{font-family:"{FAMILY}";src:url("{face_file(name).as_uri()}");'
        f"font-weight:{weight};font-style:{style}}}"
        for name, weight, style in FACES
    )


def weasyprint() -> ModuleType:
    """Return the module, which loads system libraries when it is first asked for.

    Raises
    ------
    PaperError
        One of them is missing; the sentence says what to type.
    """
    try:
        # On a machine without Pango it prints a page of English before it fails.
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            import weasyprint as module  # noqa: PLC0415 - the map must start without Pango
    except OSError as error:
        raise PaperError(
            "Le PDF ne peut pas être composé : la bibliothèque Pango manque sur cette machine ; "
            "tapez : sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0."
        ) from error
    return module


def to_pdf(
    html: str,
    *,
    variant: Variant | None = "pdf/ua-1",
    identifier: bytes = b"atlas62",
    finisher: Callable[[object, Pdf], None] | None = None,
) -> bytes:
    """Compose an HTML page as a PDF with our fonts embedded; the same page gives the same bytes.

    Parameters
    ----------
    html
        A whole document with ``lang`` and ``title``; its own styles need no ``@font-face``.
    variant
        What the file is for: ``pdf/ua-1`` is tagged, for screens; ``pdf/x-4`` goes to a printer.
    identifier
        Stands in the file as its identity.
    finisher
        Called with WeasyPrint's document and its pydyf PDF before they are written.

    Raises
    ------
    PaperError
        WeasyPrint cannot work on this machine, or cannot write its temporary files.
    """
    module = weasyprint()
    try:
        return _compose(module, html, variant, identifier, finisher)
    except OSError as error:
        raise PaperError(
            f"Le PDF ne peut pas être composé : le dossier temporaire « {tempfile.gettempdir()} » "
            "ne s’écrit pas, ou le disque est plein."
        ) from error


def _compose(
    module: ModuleType,
    html: str,
    variant: Variant | None,
    identifier: bytes,
    finisher: Callable[[object, Pdf], None] | None,
) -> bytes:
    fonts = module.text.fonts.FontConfiguration()
    fetcher = module.urls.URLFetcher(allowed_protocols=("file", "data"))
    page = module.HTML(string=html, url_fetcher=fetcher)
    faces = module.CSS(string=font_faces(), font_config=fonts, url_fetcher=fetcher)

    def finish(document: object, pdf: Pdf) -> None:
        if finisher:
            finisher(document, pdf)
        _name_by_content(pdf, html)

    content: bytes = page.write_pdf(
        stylesheets=[faces],
        font_config=fonts,
        pdf_variant=variant,
        pdf_identifier=identifier,
        finisher=finish,
    )
    return content


def _name_by_content(pdf: Pdf, html: str) -> None:
    """Replace the identity that WeasyPrint draws by lot: a page has the same bytes twice."""
    own = f"xmp.did:{uuid.uuid5(uuid.NAMESPACE_URL, html)}".encode()
    for thing in pdf.objects:
        if isinstance(getattr(thing, "stream", None), list):
            thing.stream = [
                _DRAWN_BY_LOT.sub(own, part) if isinstance(part, bytes) else part
                for part in thing.stream
            ]
