"""Outlines that the operator brought: kept whole or not at all, beside those of before.

A version is a folder named after the moment at which it was kept; its three GeoParquet files are
those of ``data/communes``, and ``origine.json`` says whence they come and their SHA-256.
"""

import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import orjson
import structlog

FILES: Final = ("communes.parquet", "land.parquet", "neighbours.parquet")
DESCRIPTION: Final = "origine.json"
KEPT: Final = 5
"""Versions, the one that is shown included."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Whence outlines come; French words, as a source has them."""

    title: str
    producer: str
    licence: str
    vintage: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class KeptOutlines:
    """A version that is whole."""

    folder: Path
    origin: Origin


def keep_outlines(
    folder: Path, frames: Mapping[str, gpd.GeoDataFrame], origin: Origin
) -> KeptOutlines:
    """Write a version, which is shown from then on; those of before stay beside it.

    Parameters
    ----------
    frames
        By name of :data:`FILES`.

    Raises
    ------
    OSError
        The folder cannot be written; nothing of the version is left.
    """
    moment = datetime.now(UTC).strftime("%Y-%m-%dT%H%M%S.%fZ")
    part = folder / f".{moment}.part"
    part.mkdir(parents=True)
    try:
        for name in FILES:
            frames[name].to_parquet(part / name, compression="zstd")
        described = {
            "origin": asdict(origin),
            "codes": sorted(frames["communes.parquet"]["code"]),
            "sha256": {name: _digest(part / name) for name in FILES},
        }
        (part / DESCRIPTION).write_bytes(orjson.dumps(described, option=orjson.OPT_INDENT_2))
        part.rename(folder / moment)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    for old in list_versions(folder)[KEPT:]:
        shutil.rmtree(old, ignore_errors=True)
    return KeptOutlines(folder / moment, origin)


def list_versions(folder: Path) -> list[Path]:
    """Return the versions, the newest first, whole or not."""
    return sorted(folder.glob("[0-9]*Z"), reverse=True)


def drop_newest(folder: Path) -> bool:
    """Forget the version that is shown, so that the one before is; False where there is none."""
    versions = list_versions(folder)
    if not versions:
        return False
    gone = versions[0].rename(folder / f".{versions[0].name}.part")
    shutil.rmtree(gone)
    return True


def find_kept(folder: Path, codes: frozenset[str]) -> KeptOutlines | None:
    """Return the newest version; None, and a sentence in the log, where it is not whole.

    Parameters
    ----------
    codes
        The communes of today, which the version must hold.
    """
    versions = list_versions(folder)
    if not versions:
        return None
    try:
        described = orjson.loads((versions[0] / DESCRIPTION).read_bytes())
        problem = _problem(versions[0], described, codes)
        if not problem:
            return KeptOutlines(versions[0], Origin(**described["origin"]))
    except (OSError, ValueError, KeyError, TypeError):
        problem = "fichier absent ou illisible"
    structlog.get_logger("geo").warning(
        "finer_outlines_refused",
        sentence=f"Contours « {versions[0]} » écartés ({problem}) : ceux du projet sont montrés.",
    )
    return None


def _problem(version: Path, described: Any, codes: frozenset[str]) -> str:  # noqa: ANN401 - JSON
    if any(_digest(version / name) != described["sha256"][name] for name in FILES):
        return "fichier modifié ou tronqué"
    if set(described["codes"]) != codes:
        return "ce ne sont plus les communes de la référence"
    return ""


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
