"""What the printer's press would meet in a finished PDF: inks, and the clauses of PDF/X-4."""

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import pypdf
from pypdf.generic import ContentStream

Thing: TypeAlias = Any
"""What pypdf reads from a file: it has no types of its own."""

_CMYK: Final = frozenset({"k", "K"})
_LIGHT: Final = {"rg": "RVB", "RG": "RVB", "g": "gris", "G": "gris"}
_SPACES: Final = {"/DeviceRGB": "RVB", "/CalRGB": "RVB", "/DeviceGray": "gris"}
_ALL_PLATES: Final = (1.0, 1.0, 1.0, 1.0)
"""Crop marks: they lie outside the page."""
_DEEPEST: Final = 6
_TOLD_IN_XMP: Final = ("CreateDate", "ModifyDate", "MetadataDate", "DocumentID", "VersionID",
                       "RenditionClass", "Trapped")  # fmt: skip
_FORBIDDEN: Final = ("/AA", "/OpenAction", "/JavaScript", "/EmbeddedFiles")


@dataclass
class Inks:
    """The colours of a page.

    Parameters
    ----------
    others
        Colour spaces other than the four inks.
    most
        Largest sum of inks of one colour, 4 at most.
    transparent
        Whether something lets through what lies under it.
    """

    others: set[str] = field(default_factory=set)
    most: float = 0.0
    transparent: bool = False


def read_inks(page: Thing, reader: pypdf.PdfReader) -> Inks:
    """Read the colours of a page, of the forms that it draws, and of its pictures."""
    found = Inks()
    _read_commands(ContentStream(page.get_contents(), reader), found)
    _read_resources(page["/Resources"], reader, found, 0)
    return found


def _read_commands(content: ContentStream, found: Inks) -> None:
    space = {"cs": "", "CS": ""}
    for operands, operator in content.operations:
        name = operator.decode("latin-1")
        if name in space:
            space[name] = str(operands[0]).removeprefix("/")
        elif name in _LIGHT:
            found.others.add(_LIGHT[name])
        elif name in {"scn", "SCN", *_CMYK}:
            used = "DeviceCMYK" if name in _CMYK else space["cs" if name == "scn" else "CS"]
            values = tuple(float(v) for v in operands if not isinstance(v, str))
            if used != "DeviceCMYK":
                found.others.add(used or "sans nom")
            elif values != _ALL_PLATES:
                found.most = max(found.most, sum(values))


def _read_resources(resources: Thing, reader: pypdf.PdfReader, found: Inks, depth: int) -> None:
    states = _values(resources, "/ExtGState")
    found.transparent |= any(
        state.get("/ca", 1) < 1
        or state.get("/CA", 1) < 1
        or state.get("/SMask", "/None") != "/None"
        for state in states
    )
    for shading in _values(resources, "/Shading"):
        _add_space(shading.get("/ColorSpace"), found)
    for thing in _values(resources, "/XObject"):
        if thing.get("/Subtype") == "/Image":
            _add_space(thing.get("/ColorSpace"), found)
            found.transparent |= "/SMask" in thing
        elif depth < _DEEPEST:
            _read_commands(ContentStream(thing, reader), found)
            _read_resources(thing.get("/Resources", {}), reader, found, depth + 1)


def _values(resources: Thing, kind: str) -> Iterator[Thing]:
    held = resources.get(kind, {}).get_object() if kind in resources else {}
    return (value.get_object() for value in held.values())


def _add_space(space: Thing, found: Inks) -> None:
    name = str(space[0] if isinstance(space, list) else space)
    if name in _SPACES:
        found.others.add(_SPACES[name])


def missing_clauses(reader: pypdf.PdfReader, page: Thing) -> list[str]:
    """Return what PDF/X-4 (ISO 15930-7) wants and the file lacks, in French.

    Fonts and colours have checks of their own. What is read: version, identification, dates,
    trapping, identity, boxes, output intent, and what must not be there.
    """
    catalog: Thing = reader.trailer["/Root"].get_object()
    told = catalog["/Metadata"].get_data().decode() if "/Metadata" in catalog else ""
    clauses: tuple[tuple[str, Callable[[], bool]], ...] = (
        ("version 1.6", lambda: reader.pdf_header == "%PDF-1.6"),
        ("« PDF/X-4 » annoncé", lambda: "<pdfxid:GTS_PDFXVersion>PDF/X-4<" in told),
        ("titre, dates et identité (XMP)", lambda: _is_told(told)),
        ("identifiant du fichier", lambda: "/ID" in reader.trailer),
        ("fichier non chiffré", lambda: not reader.is_encrypted),
        ("boîtes emboîtées", lambda: _are_nested(page)),
        ("ni action, ni script, ni annotation", lambda: _is_inert(catalog, page)),
        ("profil d’impression incorporé", lambda: bool(press_profile(catalog))),
        ("ni simili ni transfert propres", lambda: _has_plain_states(page)),
    )
    return [words for words, holds in clauses if not holds()]


def press_profile(catalog: Thing) -> bytes:
    """Return the ICC profile of the output intent, empty where there is none of four inks."""
    for reference in catalog.get("/OutputIntents", []):
        intent = reference.get_object()
        if intent.get("/S") == "/GTS_PDFX" and "/DestOutputProfile" in intent:
            content: bytes = intent["/DestOutputProfile"].get_object().get_data()
            if content[12:20] == b"prtrCMYK" and content[36:40] == b"acsp":
                return content
    return b""


def _is_told(xmp: str) -> bool:
    told = all(re.search(rf":{name}>[^<]+<", xmp) for name in _TOLD_IN_XMP)
    return told and bool(re.search(r"<dc:title>.*?<rdf:li[^>]*>[^<]+<", xmp, re.DOTALL))


def _are_nested(page: Thing) -> bool:
    if "/TrimBox" not in page or "/ArtBox" in page:
        return False
    boxes = [page[key] for key in ("/MediaBox", "/BleedBox", "/TrimBox") if key in page]
    return all(
        all(float(a) <= float(b) for a, b in zip(outer[:2], inner[:2], strict=True))
        and all(float(a) >= float(b) for a, b in zip(outer[2:], inner[2:], strict=True))
        for outer, inner in itertools.pairwise(boxes)
    )


def _is_inert(catalog: Thing, page: Thing) -> bool:
    names = catalog.get("/Names", {})
    return not (
        any(key in catalog or key in names for key in _FORBIDDEN)
        or "/AA" in page
        or page.get("/Annots")
    )


def _has_plain_states(page: Thing) -> bool:
    states = list(_values(page["/Resources"], "/ExtGState"))
    return not any(key in state for state in states for key in ("/TR", "/HTP", "/HT"))
