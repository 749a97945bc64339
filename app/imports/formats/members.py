"""What an archive holds: Shapefiles in several parts, tables, and what is left beside them."""

import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Final

from app.imports.formats.archive import unpack
from app.imports.limits import BroughtFileError, where
from app.imports.table import Table, tell_parts
from layers.brought.problems import LONGEST_VALUE, NOT_READ, WHOLE_FILE, Problem

FORMATS: Final = "CSV, XLSX, ODS, GeoJSON, GeoPackage ou Shapefile en ZIP"
ZIP: Final = b"PK"
SHAPEFILE: Final = frozenset((".shp", ".shx", ".dbf", ".prj", ".cpg"))
LONE: Final = frozenset(
    (".csv", ".txt", ".tsv", ".xlsx", ".ods", ".geojson", ".json", ".gpkg", ".dbf")
)
"""Endings of a file that may be alone in an archive."""

Read = Callable[[Path, str, str, int | None], Table]
"""Reads one file: where it is, its name, its part, the line of its names."""


def read_members(
    archive: zipfile.ZipFile, name: str, part: str, heading: int | None, read: Read
) -> Table:
    """Read one file of an archive, the one that is named or the likeliest; the others are told.

    Raises
    ------
    BroughtFileError
        It holds nothing that is read, or not what is named.
    """
    files = [m for m in archive.infolist() if not m.is_dir() and not _is_litter(m.filename)]
    shapes = _shapefiles(files)
    taken = {m.filename for each in shapes.values() for m in each}
    lone = {m.filename: m for m in files if _ending(m) in LONE and m.filename not in taken}
    parts = (*shapes, *sorted(lone, key=lambda each: _rank(lone[each])))
    found = ", ".join(PurePosixPath(m.filename).name for m in files[:5])[:200]
    if not parts:
        raise BroughtFileError(
            f"{where(name)} : trouvé {found or 'une archive vide'}, attendu un Shapefile (.shp, "
            ".dbf, .prj) ou un tableau."
        )
    # of one file alone a part is a sheet or a layer of its own
    inner = part if len(parts) == 1 else ""
    if part and not inner and part not in parts:
        raise BroughtFileError(
            f"{where(name)} : couche « {part[:80]} » absente, trouvé : {', '.join(parts)[:200]}."
        )
    with TemporaryDirectory(prefix="atlas62-") as temporary:
        folder = Path(temporary)
        if len(lone) == len(parts) == 1:
            table = read(_unpacked(archive, parts[0], name, folder), name, inner, heading)
            return replace(table, problems=(*_tell_beside(files, lone, {}), *table.problems))
        largest = max(shapes, key=lambda s: max(m.file_size for m in shapes[s]), default=parts[0])
        chosen = part if part in parts else largest
        if chosen in shapes:
            table = read_geofile_late(_shapefile(archive, shapes[chosen], folder), name, "")
        else:
            table = read(_unpacked(archive, chosen, name, folder), name, "", heading)
    told = (*tell_parts(chosen, parts, (), "couche"), *_tell_beside(files, lone, shapes))
    return replace(table, part=chosen, parts=parts, problems=(*told, *table.problems))


def _rank(member: zipfile.ZipInfo) -> tuple[bool, int, str]:
    """Return the place of a file in an archive: notes last, then the largest first."""
    return _ending(member) == ".txt", -member.file_size, member.filename


def _tell_beside(
    files: Sequence[zipfile.ZipInfo],
    lone: Mapping[str, zipfile.ZipInfo],
    shapes: Mapping[str, Sequence[zipfile.ZipInfo]],
) -> tuple[Problem, ...]:
    """Name the files of an archive that hold nothing that is read here."""
    known = {m.filename for m in (*lone.values(), *(m for each in shapes.values() for m in each))}
    stems = {str(PurePosixPath(each).with_suffix("")).lower() for each in known}
    others = [
        PurePosixPath(m.filename).name
        for m in files
        if m.filename not in known
        and str(PurePosixPath(m.filename).with_suffix("")).lower() not in stems
    ]
    if not others:
        return ()
    return (Problem(WHOLE_FILE, "", ", ".join(others)[:LONGEST_VALUE], FORMATS, NOT_READ),)


def _unpacked(archive: zipfile.ZipFile, member: str, name: str, folder: Path) -> Path:
    (path,) = unpack(archive, [archive.getinfo(member)], folder)
    with path.open("rb") as file:
        nested = file.read(2) == ZIP and path.suffix.lower() not in {".xlsx", ".ods"}
    if nested:
        raise BroughtFileError(f"{where(name)} : une archive dans l’archive n’est pas lue.")
    return path


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


def _shapefile(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], folder: Path) -> Path:
    for path in unpack(archive, members, folder):
        path.rename(folder / f"couche{path.suffix.lower()}")
    return folder / "couche.shp"


def _ending(member: zipfile.ZipInfo) -> str:
    return PurePosixPath(member.filename).suffix.lower()


def _is_litter(filename: str) -> bool:
    """Tell what systems leave in archives from what people put there."""
    path = PurePosixPath(filename)
    return path.parts[:1] == ("__MACOSX",) or path.name.startswith(".")


def read_geofile_late(path: Path, name: str, part: str) -> Table:
    """Read a geographic file; GDAL is opened where there is one alone."""
    from app.imports.formats.geofile import read_geofile  # noqa: PLC0415 - GDAL takes its time

    return read_geofile(path, name, part)
