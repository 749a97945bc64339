"""CSV: any usual separator and encoding, quotes that are closed, rows that keep their lines."""

import csv
import io
from collections import Counter
from itertools import islice
from typing import Final

from app.imports.encoding import decode_file, tell_encoding
from app.imports.entities import END, read_codes, shield, tell_codes
from app.imports.heading_row import Row
from app.imports.limits import MOST_ROWS, BroughtFileError, where
from app.imports.table import Rows, Table
from geo.cells import bare_text
from layers.brought.headings import roles_of, words_of
from layers.french.encoding import Decoded

Line = tuple[int, list[str]]
"""The number of the line that a row begins at, and its cells."""

SEPARATORS: Final = ";,\t|"
SAMPLE_ROWS: Final = 50
SHORTEST: Final = 2
"""Rows of a table, its names among them."""


def read_csv(content: bytes, name: str, heading: int | None = None) -> Table:
    """Read a CSV file; the line of its names may be told.

    Raises
    ------
    BroughtFileError
        It is no text or no table; a quote is never closed; it is too large.
    """
    cells, separator, decoded, written = _read(content, name)
    rows = Rows(name, [Row(line, texts) for line, texts in cells], heading)
    rows.problems += [*tell_encoding(decoded), *tell_codes(written)]
    frame = rows.to_frame()
    return Table(
        name,
        frame,
        tuple(rows.problems),
        separator,
        encoding=decoded.encoding,
        heading=rows.heading,
    )


def read_cells(content: bytes, name: str) -> tuple[list[Line], str, Decoded]:
    """Return the cells of a CSV file, the sign between them, how its text was decoded.

    Cells are as they are, but for the apostrophe that keeps a text from running as a formula.

    Raises
    ------
    BroughtFileError
        It is no text; a quote is never closed; it has too many rows.
    """
    cells, separator, decoded, _ = _read(content, name)
    return cells, separator, decoded


def _read(content: bytes, name: str) -> tuple[list[Line], str, Decoded, list[str]]:
    """Return what :func:`read_cells` does, and the cells that held codes of letters."""
    decoded = decode_file(content, name)
    text, separator = _announced(shield(decoded.text))
    separator = separator or _find_separator(text)
    cells = _unquoted(_read_rows(text, separator, name), name)
    if END not in text:
        return cells, separator, decoded, []
    written: list[str] = []
    for number, (line, texts) in enumerate(cells):
        read, coded = read_codes(texts)
        cells[number] = (line, read)
        written += coded
    return cells, separator, decoded, written


def _unquoted(cells: list[Line], name: str) -> list[Line]:
    """Part once more the rows that a program put between quotes as a whole: ``"Nom;Ville"``."""
    held = [(line, texts[0]) for line, texts in cells if any(texts)]
    if len(held) < SHORTEST or any(len(texts) > 1 for _, texts in cells):
        return cells
    separator = _find_separator("\n".join(text for _, text in held[:SAMPLE_ROWS]))
    if not all(separator in text for _, text in held):
        return cells
    parted = [(line, row) for line, text in held for _, row in _read_rows(text, separator, name)]
    alike = len({len(row) for _, row in parted}) == 1
    named = separator != "," or all(roles_of(words_of(cell)) for cell in parted[0][1])
    return parted if alike and named else cells


def _announced(text: str) -> tuple[str, str]:
    """Take away the line by which Excel names its separator: ``sep=;``."""
    first, _, rest = text.partition("\n")
    first = first.strip().strip('"').lower()
    announced = first.removeprefix("sep=")
    if first.startswith("sep=") and announced in set(SEPARATORS):
        return f"\n{rest}", announced
    return text, ""


def _find_separator(text: str) -> str:
    """Return the sign that parts most rows into the same number of cells, above one."""

    def score(separator: str) -> tuple[int, int]:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        try:
            widths = [len(row) for row in islice(lines, SAMPLE_ROWS) if any(row)]
        except csv.Error:
            return 0, 0
        usual = Counter(width for width in widths if width > 1).most_common(1)
        return (usual[0][1], usual[0][0]) if usual else (0, 0)

    return max(SEPARATORS, key=score)


def _read_rows(text: str, separator: str, name: str) -> list[Line]:
    # An old Mac ends its lines by a return alone.
    newline = None if "\r" in text and "\n" not in text else ""
    lines = csv.reader(io.StringIO(text, newline=newline), delimiter=separator, strict=True)
    rows: list[Line] = []
    start = 1
    try:
        for row in lines:
            if len(rows) > MOST_ROWS:
                raise BroughtFileError(f"{where(name)} : plus de {MOST_ROWS} lignes.")
            rows.append((start, [*map(bare_text, row)]))
            start = lines.line_num + 1
    except csv.Error as error:
        raise BroughtFileError(
            f"{where(name)}, ligne {start} : ce n’est pas du CSV, attendu des guillemets fermés "
            f"et doublés à l’intérieur d’une cellule."
        ) from error
    return rows
