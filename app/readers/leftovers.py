"""What a server that was killed leaves of visitors' files, taken away at the next start."""

import re
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from app.imports.brought_file import FileImport
from app.imports.file_folder import HELD
from app.imports.held import held
from app.imports.sandbox import TEMPORARY
from app.imports.turns import Turns
from app.readers.secret_links import LAYERS
from app.readers.sessions import Sessions
from layers.store.leftovers import sweep_store

WRITTEN_IN: Final = 60
"""Seconds in which a turn, or any other small record, is surely written."""
HALF: Final = re.compile(r"\.[0-9a-f]{16}\.part")
"""Name of what :func:`geo.whole_file.whole_file` has begun."""


def sweep_leftovers(sessions: Sessions, turns: Turns, others: Path) -> None:
    """Take away copies and halves that no process is at; finished steps stay, and what waits.

    What a living process works on is known by its lock, which the system lets go when it ends.

    Parameters
    ----------
    sessions
        Folders of the visitors.
    turns
        The queue: an import without a turn and without a table was cut off while it came in.
    others
        Folder of the imports of the command line.
    """
    ours = () if sessions.shared else sessions.every_job(turns.reference)
    for job in ours:  # of those that are shared, another machine may be at one that is not read
        _sweep(job, whole=job.is_read or job.refusal != "" or bool(turns.step(job)))
    for folder in _folders(others):
        _sweep(FileImport(folder, turns.reference), whole=True)
    for folder in _folders(sessions.root):
        sweep_store(folder / LAYERS)


def sweep_halves(cache: Path, beside: Path) -> None:
    """Take away the records that a killed program had begun to write, whatever they are of.

    What lies in the folder of an import is left to :func:`sweep_leftovers`, which sees whether a
    process is at it.

    Parameters
    ----------
    cache
        Folder of what the server keeps for itself.
    beside
        Folder of what stands beside the store, there or a folder farther.
    """
    long_ago = time.time() - WRITTEN_IN
    begun = [*beside.glob(".*.part"), *beside.glob("*/.*.part")]
    for part in (*begun, *cache.rglob(".*.part")):
        of_import = any((folder / HELD).exists() for folder in part.parents[:2])
        if of_import or not HALF.fullmatch(part.name):
            continue
        with suppress(OSError):
            if part.stat().st_mtime < long_ago:
                part.unlink()


def _sweep(job: FileImport, *, whole: bool) -> None:
    with held(job.folder) as ours:
        if not ours:
            return
        shutil.rmtree(job.folder / TEMPORARY, ignore_errors=True)
        for part in job.folder.rglob(".*.part"):
            part.unlink(missing_ok=True)
        if not whole:
            job.forget()


def _folders(root: Path) -> Iterator[Path]:
    if root.is_dir():
        yield from (path for path in root.iterdir() if path.is_dir())
