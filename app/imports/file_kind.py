"""Which kind of file it is, from its first bytes and never from its name; then its reader."""

import shutil
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Final

from app.imports.archive import open_archive, refuse_entities, unpack
from app.imports.csv_table import read_csv
from app.imports.limits import MOST_BYTES, BroughtFileError, where
from app.imports.table import Table, tell_parts

FORMATS: Final = "CSV, XLSX, ODS, GeoJSON, GeoPackage ou Shapefile en ZIP"
SQLITE: Final = b"SQLite format 3\0"
ZIP: Final = b"PK"
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

SHAPEFILE: Final = frozenset((".shp", ".shx", ".dbf", ".prj", ".cpg"))
LONE: Final = frozenset((".csv", ".txt", ".tsv", ".xlsx", ".ods", ".geojson", ".json", ".gpkg"))
"""Endings of a file that may be alone in an archive."""


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
        from app.imports.geojson import read_geojson  # noqa: PLC0415 - where it is some

        return read_geojson(path.read_bytes(), name)
    for sign, kind in FOREIGN.items():
        if start.startswith(sign):
            raise BroughtFileError(f"{where(name)} : trouvé {kind}, attendu {FORMATS}.")
    return read_csv(path.read_bytes(), name, heading)


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
        return _read_members(archive, name, part, heading)


def _read_members(archive: zipfile.ZipFile, name: str, part: str, heading: int | None) -> Table:
    """Read the Shapefile of an archive, or the one file of another kind that it holds."""
    files = [m for m in archive.infolist() if not m.is_dir() and not _is_litter(m.filename)]
    shapes = _shapefiles(files)
    with TemporaryDirectory(prefix="atlas62-") as temporary:
        folder = Path(temporary)
        if shapes:
            return _read_shapefile(archive, shapes, name, part, folder)
        lone = [member for member in files if _ending(member) in LONE]
        if len(lone) != 1:
            found = ", ".join(PurePosixPath(m.filename).name for m in files[:5])
            raise BroughtFileError(
                f"{where(name)} : trouvé {found[:200] or 'une archive vide'}, attendu un "
                "Shapefile (.shp, .dbf, .prj) ou un seul tableau."
            )
        (path,) = unpack(archive, lone, folder)
        with path.open("rb") as file:
            nested = file.read(2) == ZIP and _ending(lone[0]) not in {".xlsx", ".ods"}
        if nested:
            raise BroughtFileError(f"{where(name)} : une archive dans l’archive n’est pas lue.")
        return read_table(path, name, part, heading)


def _shapefiles(files: Sequence[zipfile.ZipInfo]) -> dict[str, list[zipfile.ZipInfo]]:
    """Return the Shapefiles of an archive and the files of each, whatever the case of names."""
    parts: dict[str, list[zipfile.ZipInfo]] = {}
    for member in files:
        if _ending(member) == ".shp":
            stem = PurePosixPath(member.filename).with_suffix("")
            beside = [
                m
                for m in files
                if _ending(m) in SHAPEFILE
                and str(PurePosixPath(m.filename).with_suffix("")).lower() == str(stem).lower()
            ]
            parts[stem.name if stem.name not in parts else str(stem)] = beside
    return parts


def _read_shapefile(
    archive: zipfile.ZipFile,
    shapes: Mapping[str, list[zipfile.ZipInfo]],
    name: str,
    part: str,
    folder: Path,
) -> Table:
    """Read the Shapefile that is named, by default the largest; the others are told."""
    if part and part not in shapes:
        raise BroughtFileError(
            f"{where(name)} : couche « {part[:80]} » absente, trouvé : {', '.join(shapes)[:200]}."
        )
    largest = max(shapes, key=lambda stem: max(m.file_size for m in shapes[stem]))
    chosen = part or largest
    for path in unpack(archive, shapes[chosen], folder):
        path.rename(folder / f"couche{path.suffix.lower()}")
    table = _geofile(folder / "couche.shp", name, part="")
    told = tell_parts(chosen, tuple(shapes), (), "couche")
    return replace(table, part=chosen, parts=tuple(shapes), problems=(*told, *table.problems))


def _ending(member: zipfile.ZipInfo) -> str:
    return PurePosixPath(member.filename).suffix.lower()


def _is_litter(filename: str) -> bool:
    """Tell what systems leave in archives from what people put there."""
    path = PurePosixPath(filename)
    return path.parts[:1] == ("__MACOSX",) or path.name.startswith(".")


def _read_geofile(path: Path, name: str, part: str, ending: str) -> Table:
    with TemporaryDirectory(prefix="atlas62-") as temporary:
        named = Path(temporary) / f"fichier{ending}"
        shutil.copyfile(path, named)
        return _geofile(named, name, part)


def _geofile(path: Path, name: str, part: str) -> Table:
    from app.imports.geofile import read_geofile  # noqa: PLC0415 - GDAL takes its time

    return read_geofile(path, name, part)


def _read_workbook(path: Path, name: str, part: str, ending: str, heading: int | None) -> Table:
    from app.imports.workbook import read_workbook  # noqa: PLC0415 - only where it is one

    with TemporaryDirectory(prefix="atlas62-") as temporary:
        named = Path(temporary) / f"classeur{ending}"
        shutil.copyfile(path, named)
        return read_workbook(named, name, part, heading)
