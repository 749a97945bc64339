"""The texts of a Shapefile's table: what is announced of their encoding is a hint, no more."""

import re
from pathlib import Path
from typing import Any, Final

from layers.brought.problems import MENDED, NOT_READ, TO_CHECK, WHOLE_FILE, Problem
from layers.french.encoding import NAMES, NotTextError, decode_cells

WINDOWS_IDS: Final = frozenset((0x03, 0x57, 0x58, 0x59))
DOS_IDS: Final = frozenset((0x01, 0x02, 0x08, 0x09, 0x0A, 0x0B, 0x0D, 0x0E))
ID_BYTE: Final = 29
"""Of the header of a .dbf: the language driver, which names an encoding."""

Columns = dict[str, list[Any]]


def decode_table(columns: Columns, path: Path) -> tuple[Columns, str, list[Problem]]:
    """Return the columns with their names and texts decoded, the encoding, and what is told of it.

    Parameters
    ----------
    columns
        Each sign of a text is one byte of the file.
    path
        Of the .shp; the .cpg and .dbf stand beside it.
    """
    if not path.with_suffix(".dbf").exists():
        return columns, "", [_whole("pas de table (.dbf)", "des attributs", NOT_READ)]
    hint = _announced(path)
    places = [
        (name, rank)
        for name, values in columns.items()
        for rank, value in enumerate(values)
        if isinstance(value, str)
    ]
    raw = [name.encode("latin-1", "replace") for name in columns]
    raw += [columns[name][rank].encode("latin-1", "replace") for name, rank in places]
    try:
        texts, decoded = decode_cells(_whole_signs(raw), hint)
    except NotTextError:
        return columns, "", [_whole("table illisible", "du texte", TO_CHECK)]
    names = texts[: len(columns)]
    mended = {name: [*values] for name, values in columns.items()}
    for (name, rank), text in zip(places, texts[len(columns) :], strict=True):
        mended[name][rank] = text
    problems = []
    if hint and NAMES.get(hint, "") != decoded.encoding and any(not r.isascii() for r in raw):
        problems.append(
            _whole(
                f"table en {decoded.encoding}", f"{NAMES.get(hint, hint)}, qui est annoncé", MENDED
            )
        )
    for found, lines, outcome in (
        ("plusieurs encodages", decoded.mixed, MENDED),
        ("textes encodés deux fois", decoded.twice, MENDED),
        ("signes perdus", decoded.worn, TO_CHECK),
    ):
        if lines:
            problems.append(_whole(found, "un seul encodage dans la table", outcome))
    return dict(zip(names, mended.values(), strict=True)), decoded.encoding, problems


def _whole_signs(raw: list[bytes]) -> list[bytes]:
    """Take away the half of a sign that a full field has at its end, where the table is UTF-8."""
    several = sum(_is_utf8(cell) and not cell.isascii() for cell in raw)
    if not several:
        return raw
    half = re.compile(rb"[\xc2-\xf4][\x80-\xbf]{0,2}$")
    return [cell if _is_utf8(cell) else half.sub(b"", cell) for cell in raw]


def _is_utf8(cell: bytes) -> bool:
    try:
        cell.decode()
    except UnicodeDecodeError:
        return False
    return True


def _announced(path: Path) -> str:
    """Return Python's name of the encoding that the .cpg or the .dbf announces, empty for none."""
    try:
        told = path.with_suffix(".cpg").read_bytes()[:40].decode("ascii", "ignore").strip().lower()
    except OSError:
        told = ""
    if told:
        figures = re.sub(r"[^a-z0-9]", "", told)
        if "utf8" in figures or figures == "65001":
            return "utf-8"
        if "885915" in figures:
            return "iso8859_15"
        if "850" in figures or "437" in figures:
            return "cp850"
        return "cp1252" if any(n in figures for n in ("1252", "88591", "ansi")) else ""
    with path.with_suffix(".dbf").open("rb") as file:
        head = file.read(ID_BYTE + 1)
    driver = head[ID_BYTE] if len(head) > ID_BYTE else 0
    return "cp1252" if driver in WINDOWS_IDS else "cp850" if driver in DOS_IDS else ""


def _whole(found: str, expected: str, outcome: str) -> Problem:
    return Problem(WHOLE_FILE, "", found, expected, outcome)
