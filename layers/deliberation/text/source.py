"""Open a document: a text or PDF file becomes numbered lines, its typographic damage repaired."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pypdfium2 as pdfium

from layers.deliberation.draft.error import DeliberationError
from layers.french.encoding import Decoded, NotTextError, decode
from layers.french.money import SPACES

LARGEST_FILE: Final = 50 * 2**20
MOST_PAGES: Final = 2_000
MOST_LINES: Final = 300_000
LONGEST_LINE: Final = 10_000
NEW_PAGE: Final = "\f"

_LIGATURES = str.maketrans({
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
    "ĳ": "ij",
})  # fmt: skip
_APOSTROPHES = dict.fromkeys(map(ord, "'‘ʼ´`′"), "’")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"))
_PLAIN = {**SPACES, **_APOSTROPHES, **_INVISIBLE, **_LIGATURES}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
_MARKUP = re.compile(
    r"</?[a-zA-Z]{1,6} ?/?>|\*\*|^\s{0,3}#{1,6}\s|^\s*\|?(?:\s*:?-{3,}:?\s*\|)+.*$"
)
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])")
_EMPTY_CELLS = re.compile(r"^\s*\|(?:\s*\|)+")
_SOFT_HYPHEN = "\u00ad"


class DocumentError(DeliberationError):
    """A document cannot be read; the message is a French sentence for a person."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the document.

    Parameters
    ----------
    number
        Counted from 1 by line feeds, through the whole document.
    text
        Repaired text without spaces around; empty for a blank line.
    indent, trail
        Spaces before and after: in a table they tell an empty cell.
    page
        Page, counted from 1; None when the document does not say.
    """

    number: int
    text: str
    indent: int = 0
    trail: int = 0
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was opened.

    Parameters
    ----------
    name
        File name, without folder.
    digest
        SHA-256 of the file.
    lines
        All lines, blank ones too.
    decoded
        How the bytes of a text file became text; None for a PDF.
    """

    name: str
    digest: str
    lines: tuple[Line, ...]
    decoded: Decoded | None = None


def open_document(path: Path) -> Document:
    """Open a ``.txt`` or ``.pdf`` file.

    Raises
    ------
    DocumentError
        The file is missing, too large, of another kind, damaged or without text.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise DocumentError(f"{path.name} : plus de {LARGEST_FILE >> 20} Mo, c’est trop grand.")
        content = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{path.name} : fichier introuvable ou illisible.") from error
    kind = path.suffix.lower()
    if kind not in {".txt", ".pdf"}:
        raise DocumentError(f"{path.name} : un fichier .txt ou .pdf est attendu.")
    decoded = None if kind == ".pdf" else _decode(content)
    text = decoded.text if decoded else _read_pdf(content, path.name)
    if not text.strip():
        cause = " : ses pages sont sans doute des images" if kind == ".pdf" else ""
        raise DocumentError(f"{path.name} : le document ne contient aucun texte{cause}.")
    return Document(path.name, hashlib.sha256(content).hexdigest(), split_lines(text), decoded)


def split_lines(text: str) -> tuple[Line, ...]:
    """Cut a text into repaired lines; form feeds begin a page but not a line.

    Raises
    ------
    DocumentError
        There are more than :data:`MOST_LINES` lines.
    """
    rows = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
    if len(rows) > MOST_LINES:
        raise DocumentError(f"Le document compte plus de {MOST_LINES} lignes, c’est trop.")
    return tuple(_number_lines(rows, paged=NEW_PAGE in text))


def _number_lines(rows: list[str], *, paged: bool) -> Iterator[Line]:
    page = 1
    for number, row in enumerate(rows, start=1):
        page += row.count(NEW_PAGE)
        text = repair(row.replace(NEW_PAGE, ""))
        shown = text.strip()
        yield Line(
            number,
            re.sub(" {2,}", " ", shown),
            indent=len(text) - len(text.lstrip()) if shown else 0,
            trail=len(text) - len(text.rstrip()) if shown else 0,
            page=page if paged else None,
        )


def repair(text: str) -> str:
    """Return a line with composed accents, plain spaces, one kind of apostrophe and no markup."""
    line = _CONTROL.sub(" ", unicodedata.normalize("NFC", text[:LONGEST_LINE])).translate(_PLAIN)
    if line.endswith(_SOFT_HYPHEN):
        line = f"{line[:-1]}-"
    line = line.replace(_SOFT_HYPHEN, "")
    if "|" in line or "*" in line or "#" in line or "<" in line:
        line = _unmark(line)
    return line


def _unmark(line: str) -> str:
    """Take away the marks of Markdown; empty first cells of a table become spaces before."""
    line = _EMPHASIS.sub("", _MARKUP.sub("", line))
    empty = _EMPTY_CELLS.match(line)
    if empty:
        line = " " * empty[0].count("|") + line[empty.end() :]
    return line.replace("|", " ") if line.count("|") > 1 or empty else line


def _decode(content: bytes) -> Decoded:
    try:
        return decode(content)
    except NotTextError:
        return decode(content.replace(b"\0", b""))


def _read_pdf(content: bytes, name: str) -> str:
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise DocumentError(f"{name} : PDF endommagé ou protégé par un mot de passe.") from error
    try:
        if len(document) > MOST_PAGES:
            raise DocumentError(f"{name} : plus de {MOST_PAGES} pages, c’est trop.")
        return f"\n{NEW_PAGE}".join(_read_pages(document))
    except pdfium.PdfiumError as error:
        raise DocumentError(f"{name} : une page du PDF ne peut être lue.") from error
    finally:
        document.close()


def _read_pages(document: pdfium.PdfDocument) -> Iterator[str]:
    for page in document:
        text_page = page.get_textpage()
        # pdfium marks a hyphen at a line end with U+0002 or U+FFFE instead of the sign.
        yield re.sub("[\x02\ufffe]\r?\n?", "-\n", text_page.get_text_range())
        text_page.close()
        page.close()
