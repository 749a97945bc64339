"""The formats that a layer can be taken away in, and how a file is written whole or not at all."""

import errno
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import geopandas as gpd

from app.exports.open_data import to_geojson, to_geopackage
from app.exports.tables import to_csv
from app.exports.workbook import to_xlsx
from geo.whole_file import write_whole
from layers.model.layer import Layer

Writer = Callable[[Layer, gpd.GeoDataFrame], bytes]

WRITERS: Final[Mapping[str, Writer]] = {
    "geojson": to_geojson,
    "gpkg": to_geopackage,
    "csv": to_csv,
    "xlsx": to_xlsx,
}
"""Format (also the ending of the file's name) → what makes its bytes."""

_REASONS: Final[Mapping[int | None, str]] = {
    errno.EACCES: "écriture refusée",
    errno.EPERM: "écriture refusée",
    errno.EROFS: "disque en lecture seule",
    errno.ENOSPC: "disque plein",
    errno.EDQUOT: "quota dépassé",
    errno.EFBIG: "fichier plus grand que permis",
    errno.ENAMETOOLONG: "nom trop long",
}


class SaveError(Exception):
    """A file could not be written; the message is a French sentence."""


def check_free(path: Path, *, replace: bool) -> None:
    """Check that a file may be written, before its content is made.

    Raises
    ------
    SaveError
        The file stands already, or its folder is missing.
    """
    if path.is_dir():
        raise SaveError(f"« {path} » est un dossier ; un nom de fichier est attendu.")
    if path.exists() and not replace:
        raise SaveError(f"« {path} » existe déjà ; ajoutez --remplacer pour l’écraser.")
    if not path.parent.is_dir():
        raise SaveError(f"Le dossier « {path.parent} » n’existe pas.")


def save(content: bytes, path: Path, *, replace: bool) -> None:
    """Write a file so that its name never stands before half a content.

    Parameters
    ----------
    content
        The whole file.
    path
        Where it goes; its folder must exist.
    replace
        Whether a file of that name may be replaced.

    Raises
    ------
    SaveError
        The file stands already, or the folder is missing, full or closed to writing.
    """
    check_free(path, replace=replace)
    try:
        write_whole(path, content)
    except OSError as error:
        reason = _REASONS.get(error.errno, f"erreur système {error.errno}")
        raise SaveError(f"« {path} » n’a pas été écrit : {reason}.") from error
