"""Archives: looked at before anything is unpacked; nothing leaves the folder that it is given."""

import shutil
import zipfile
from pathlib import Path, PurePosixPath
from typing import Final

from app.imports.limits import (
    MOST_MEMBERS,
    MOST_RATIO,
    MOST_UNPACKED,
    RATIO_COUNTS_FROM,
    BroughtFileError,
    where,
)

ENCRYPTED: Final = 0x1
LINK: Final = 0o120000
CHUNK: Final = 1 << 20
XML_ENDINGS: Final = (".xml", ".rels", ".vml")
DECLARATIONS: Final = (b"<!DOCTYPE", b"<!ENTITY")
HEAD: Final = 4096
"""Bytes at the start of an XML file in which a document type must stand."""


def open_archive(path: Path, name: str) -> zipfile.ZipFile:
    """Open an archive whose table of contents keeps to the limits.

    Raises
    ------
    BroughtFileError
        It is damaged, encrypted, too large when unpacked, or names a place outside itself.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise BroughtFileError(f"{where(name)} : archive illisible ou incomplète.") from error
    try:
        _check(archive.infolist(), name)
    except BroughtFileError:
        archive.close()
        raise
    return archive


def refuse_entities(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse a workbook whose XML declares entities: no spreadsheet program writes them.

    Raises
    ------
    BroughtFileError
        A member declares a document type.
    """
    for member in archive.infolist():
        if member.filename.lower().endswith(XML_ENDINGS):
            with archive.open(member) as file:
                head = file.read(HEAD).replace(b"\0", b"").upper()
            if any(declaration in head for declaration in DECLARATIONS):
                raise BroughtFileError(
                    f"{where(name)} : « {member.filename[:80]} » déclare des entités XML, "
                    "attendu un classeur sans elles."
                )


def unpack(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], folder: Path) -> list[Path]:
    """Write members into a folder under their last names, never more than they announce.

    Raises
    ------
    BroughtFileError
        A member is damaged.
    """
    paths = []
    for member in members:
        path = folder / PurePosixPath(member.filename).name
        try:
            with archive.open(member) as packed, path.open("wb") as file:
                shutil.copyfileobj(packed, file, CHUNK)  # stops at the size that was announced
        except (zipfile.BadZipFile, OSError, RuntimeError, EOFError, ValueError) as error:
            raise BroughtFileError(
                f"Archive : « {member.filename[:80]} » est endommagé."
            ) from error
        paths.append(path)
    return paths


def _check(members: list[zipfile.ZipInfo], name: str) -> None:
    if len(members) > MOST_MEMBERS:
        raise BroughtFileError(f"{where(name)} : plus de {MOST_MEMBERS} fichiers dans l’archive.")
    unpacked = sum(member.file_size for member in members)
    if unpacked > MOST_UNPACKED:
        raise BroughtFileError(
            f"{where(name)} : plus de {MOST_UNPACKED // 1_000_000} Mo une fois décompressé."
        )
    for member in members:
        shown = member.filename[:80]
        parts = PurePosixPath(member.filename.replace("\\", "/"))
        if parts.is_absolute() or ".." in parts.parts or ":" in member.filename:
            raise BroughtFileError(
                f"{where(name)} : « {shown} » sort de l’archive, attendu un chemin à l’intérieur."
            )
        if member.external_attr >> 16 & 0o170000 == LINK:
            raise BroughtFileError(f"{where(name)} : « {shown} » est un lien, attendu un fichier.")
        if member.flag_bits & ENCRYPTED:
            raise BroughtFileError(f"{where(name)} : archive protégée par un mot de passe.")
        large = member.file_size > RATIO_COUNTS_FROM
        if large and member.file_size > MOST_RATIO * max(member.compress_size, 1):
            raise BroughtFileError(
                f"{where(name)} : « {shown} » grossit plus de {MOST_RATIO} fois en se "
                "décompressant ; lecture refusée."
            )
