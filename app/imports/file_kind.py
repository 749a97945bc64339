"""Which kind of file it is, from its first bytes and never from its name; then its reader."""

import shutil
import struct
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import orjson

from app.imports.formats.archive import open_archive, refuse_entities
from app.imports.formats.csv_table import read_csv
from app.imports.formats.members import FORMATS, ZIP, read_geofile_late, read_members
from app.imports.limits import MOST_BYTES, BroughtFileError, where
from app.imports.table import Table

SQLITE: Final = b"SQLite format 3\0"
OLE: Final = b"\xd0\xcf\x11\xe0"
FOREIGN: Final = {
    b"%PDF": "un PDF",
    b"<": "du HTML ou du XML",
    b"\x89PNG": "une image",
    b"\xff\xd8\xff": "une image",
    b"\x1f\x8b": "une archive gzip",
    b"7z\xbc\xaf": "une archive 7z",
    b"Rar!": "une archive RAR",
    b"PAR1": "du Parquet",
}
"""What other files begin with."""

BINARY: Final = {
    b"\0\0\x27\x0a": "un .shp sans les autres fichiers de son Shapefile",
    b"fgb\x03": "du FlatGeobuf",
}
"""What begins with signs that a text could lose at its start."""
DBF_HEADER: Final = 32


def read_table(path: Path, name: str, part: str = "", heading: int | None = None) -> Table:
    """Read a file that somebody brings.

    Parameters
    ----------
    path
        Where it is.
    name
        What it is called for people.
    part
        Sheet or layer to read; by default the first that holds something.
    heading
        Line of the names of the columns, 0 for none; by default it is found.

    Raises
    ------
    BroughtFileError
        It is missing, too large, damaged, hostile, or of no kind that is read here.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(512)
    except OSError as error:
        raise BroughtFileError(f"{where(name)} : fichier absent ou illisible.") from error
    if size > MOST_BYTES:
        raise BroughtFileError(f"{where(name)} : plus de {MOST_BYTES // 1_000_000} Mo.")
    if head.startswith(SQLITE):
        return _read_geofile(path, name, part, ".gpkg")
    if head.startswith(ZIP):
        return _read_zip(path, name, part, heading)
    if head.startswith(OLE):
        return _read_workbook(path, name, part, ".xls", heading)
    # zeros are the other half of each sign of UTF-16
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe\0").replace(b"\0", b"").lstrip()
    if start.startswith(b"{"):
        from app.imports.formats.geojson import read_geojson  # noqa: PLC0415 - where it is some

        return read_geojson(path.read_bytes(), name)
    if _is_dbf(head, size):
        return _read_geofile(path, name, part, ".dbf")
    if kind := _foreign(path, head, start):
        raise BroughtFileError(f"{where(name)} : trouvé {kind}, attendu {FORMATS}.")
    return read_csv(path.read_bytes(), name, heading)


def _foreign(path: Path, head: bytes, start: bytes) -> str:
    """Return what a file of no kind that is read here is, empty where it may be a table."""
    for signs, content in ((BINARY, head), (FOREIGN, start)):
        for sign, kind in signs.items():
            if content.startswith(sign):
                return kind
    if start.startswith(b"[") and _is_json(path):
        return "une liste JSON"
    return ""


def _is_dbf(head: bytes, size: int) -> bool:
    """Tell whether a file is a dBase table: its header tells how long it and its rows are."""
    if len(head) < DBF_HEADER or head[0] not in {0x03, 0x30, 0x83, 0x8B, 0xF5}:
        return False
    rows, header, row = struct.unpack("<IHH", head[4:12])
    return bool(header >= DBF_HEADER and row and 0 <= size - header - rows * row <= 1)


def _is_json(path: Path) -> bool:
    try:
        orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError:
        return False
    return True


def is_workbook(content: bytes) -> bool:
    """Tell whether a file begins as workbooks do, which no text does."""
    return content.startswith((ZIP + b"\x03\x04", OLE))


def _read_zip(path: Path, name: str, part: str, heading: int | None) -> Table:
    with open_archive(path, name) as archive:
        names = {member.filename for member in archive.infolist()}
        if "xl/workbook.xml" in names or {"content.xml", "mimetype"} <= names:
            refuse_entities(archive, name)
            ending = ".xlsx" if "content.xml" not in names else ".ods"
            return _read_workbook(path, name, part, ending, heading)
        return read_members(archive, name, part, heading, read_table)


def _read_geofile(path: Path, name: str, part: str, ending: str) -> Table:
    with TemporaryDirectory(prefix="atlas62-") as temporary:
        named = Path(temporary) / f"fichier{ending}"
        shutil.copyfile(path, named)
        return read_geofile_late(named, name, part)


def _read_workbook(path: Path, name: str, part: str, ending: str, heading: int | None) -> Table:
    from app.imports.formats.workbook import read_workbook  # noqa: PLC0415 - only where it is one

    with TemporaryDirectory(prefix="atlas62-") as temporary:
        named = Path(temporary) / f"classeur{ending}"
        shutil.copyfile(path, named)
        return read_workbook(named, name, part, heading)
