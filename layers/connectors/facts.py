"""The folder of the facts, as the program reads it: the embedded files, some of them exchanged.

Files are links to where they are, so that what a person corrects is written there.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from layers.connectors.declaration import Origin
from layers.connectors.kept import KeptSource, Version
from layers.connectors.registry import CONNECTORS
from layers.model.layer import Source
from layers.model.taken import FILE, TakenRows, write_taken
from layers.placing.answers import FILE as ANSWERS

OLDEST_KEPT: Final = 4
"""Folders of facts that are left for programs which have them open."""


def versions_in_use(sources: Path) -> Mapping[str, Version]:
    """Return what was taken and is in use, by connector."""
    found = {name: KeptSource(sources, one).current() for name, one in CONNECTORS.items()}
    return {name: version for name, version in found.items() if version is not None}


def compose_facts(data: Path, sources: Path, to: Path) -> Path:
    """Return a folder with the facts of ``data``, and in their place those that were taken.

    Parameters
    ----------
    data
        The embedded facts, or the operator's.
    sources
        Folder of what was taken; need not exist.
    to
        Folder for such folders.
    """
    taken = versions_in_use(sources)
    if not taken:
        return data
    exchanged = {file: path for version in taken.values() for file, path in version.files.items()}
    if (sources / ANSWERS).is_file():
        exchanged[ANSWERS] = sources / ANSWERS
    files = {path.relative_to(data).as_posix(): path for path in data.rglob("*") if path.is_file()}
    leads = {**files, **exchanged}
    told = "\0".join(f"{name}\0{path.resolve()}" for name, path in sorted(leads.items()))
    folder = to / hashlib.sha256(told.encode()).hexdigest()[:16]
    if not folder.is_dir():
        _make(folder, leads, write_taken(_taken_rows(taken)))
        _sweep(to, folder)
    return folder


def _make(folder: Path, leads: Mapping[str, Path], told: bytes) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(dir=folder.parent, prefix="."))
    try:
        for name, path in leads.items():
            link = making / name
            link.parent.mkdir(parents=True, exist_ok=True)
            _lead(link, path.resolve())
        (making / FILE).write_bytes(told)
        making.rename(folder)
    except OSError:
        shutil.rmtree(making, ignore_errors=True)
        if not folder.is_dir():  # else another program has made it meanwhile
            raise


def _lead(link: Path, path: Path) -> None:
    try:
        link.symlink_to(path)
    except OSError:  # Windows, without the right to make links
        shutil.copyfile(path, link)


def _sweep(to: Path, used: Path) -> None:
    old = sorted(to.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for folder in [path for path in old if path != used][OLDEST_KEPT:]:
        shutil.rmtree(folder, ignore_errors=True)


def _taken_rows(taken: Mapping[str, Version]) -> Mapping[str, TakenRows]:
    feeds = {name: CONNECTORS[name].feed for name in taken}
    return {
        feed.cited: TakenRows(
            source_of(taken[name].origin),
            taken[name].origin.rows,
            feed.remark,
            feed.replaces,
            feed.added,
        )
        for name, feed in feeds.items()
        if feed.cited
    }


def source_of(origin: Origin) -> Source:
    """Return how what was taken is cited."""
    return Source(origin.title, origin.producer, origin.licence, origin.vintage, origin.address)
