"""SQLite files that several processes read and change: opened, copied, brought up to date.

A file that others may have open is touched through :mod:`sqlite3` alone, or renamed. It is never
opened in another way, not even to be copied or hashed: closing that descriptor would take away
all locks that this process holds on the file (https://www.sqlite.org/howtocorrupt.html, 2.2).
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from shutil import disk_usage
from time import monotonic
from typing import Final, Literal

from layers.store.failure import HeldError

BUSY_SECONDS: Final = 3.0
"""For which whoever reads waits for a file that another program holds."""
STEP_SECONDS: Final = 0.5
"""For which whoever copies waits, before it is asked whether to go on waiting."""
SHARED: Final = 128 << 10
"""Bytes on the disk below which the index of the journal, 32 kB, may have no room there."""
BESIDE: Final = ("-wal", "-shm", "-journal")
"""Endings of the files that SQLite keeps beside a file in use."""


def open_database(
    path: Path,
    mode: Literal["rw", "rwc"] = "rw",
    *,
    seconds: float = BUSY_SECONDS,
    lasting: bool = True,
) -> sqlite3.Connection:
    """Open a file; the caller closes it.

    Parameters
    ----------
    mode
        ``rwc`` makes it where it is missing.
    seconds
        That a file held by another program is waited for.
    lasting
        Wait until the disk holds what is written. Not for a copy that is thrown away: those waits
        are most of the time that a change takes.
    """
    # a file in WAL mode can be read without writing beside it only where it is sure not to change
    still = "&immutable=1" if _is_still(path) else ""
    address = f"{path.absolute().as_uri()}?mode={mode}{still}"
    database = sqlite3.connect(address, uri=True, timeout=seconds)
    if not lasting:
        database.execute("PRAGMA synchronous = OFF")
    if _is_cramped(path):
        # the index of the journal is then in memory, and readers come one after another
        database.execute("PRAGMA locking_mode = EXCLUSIVE")
    return database


def _is_still(path: Path) -> bool:
    """Tell whether a file lies where nobody can write, with nothing left in its journal."""
    if not hasattr(os, "statvfs"):  # Windows
        return False
    try:
        closed = bool(os.statvfs(path).f_flag & os.ST_RDONLY)
    except OSError:
        return False
    journal = path.with_name(f"{path.name}-wal")
    return closed and not (journal.exists() and journal.stat().st_size)


def _is_cramped(path: Path) -> bool:
    """Tell whether the disk has no room for the file that those who read share."""
    try:
        return disk_usage(path.parent).free < SHARED
    except OSError:
        return False


def copy_database(
    source: Path, target: Path, journal: Literal["DELETE", "WAL"], *, lasting: bool = True
) -> None:
    """Make a new file of what another holds, there under its name only once it is whole.

    Parameters
    ----------
    target
        Is not there yet.
    journal
        ``WAL`` for a file that is read while it changes; with ``DELETE`` it is one file, which
        opens where nothing can be written too.
    lasting
        As for :func:`open_database`.

    Raises
    ------
    HeldError, sqlite3.Error, OSError
        It cannot be read or written, or another program holds it.
    """
    landing = target.with_name(f".{target.name}.new")
    remove_database(landing)
    try:
        with closing(open_database(landing, "rwc", lasting=lasting)) as new:
            _transfer(source, new)
            new.execute(f"PRAGMA journal_mode = {journal}")
        for beside in BESIDE:  # of a file of that name that is gone: it would be taken for ours
            target.with_name(f"{target.name}{beside}").unlink(missing_ok=True)
        landing.replace(target)
    finally:
        remove_database(landing)


def bring_in(source: Path, target: Path, hold_on: Callable[[], None] | None = None) -> None:
    """Make a file in use hold what another holds, in one transaction; make it where there is none.

    SQLite's own copying is used, not a new file under the old name, which could meet the journal
    that belonged to the other. When this returns the change is made; when it raises, none is.

    Parameters
    ----------
    hold_on
        Called again and again while another program holds the file; raises when it waits no
        longer. By default a few seconds.

    Raises
    ------
    HeldError, sqlite3.Error, OSError
        As for :func:`copy_database`.
    """
    if not target.exists():
        copy_database(source, target, "WAL")
        return
    with closing(open_database(target, seconds=STEP_SECONDS)) as held:
        held.execute("PRAGMA journal_mode = WAL")
        _transfer(source, held, hold_on)


def rename_database(path: Path, target: Path) -> None:
    """Give a file, and what stands beside it, another name; whoever has it open keeps it.

    SQLite sees that the file has moved and leaves the journal of its successor alone.
    """
    path.replace(target)
    for beside in BESIDE:
        companion = path.with_name(f"{path.name}{beside}")
        if companion.exists():
            companion.replace(target.with_name(f"{target.name}{beside}"))


def remove_database(path: Path) -> None:
    """Remove a file that nobody has open, and what stands beside it."""
    for name in (path.name, *(f"{path.name}{beside}" for beside in BESIDE)):
        path.with_name(name).unlink(missing_ok=True)


def _transfer(
    source: Path, target: sqlite3.Connection, hold_on: Callable[[], None] | None = None
) -> None:
    until = monotonic() + BUSY_SECONDS

    def look(status: int, _left: int, _total: int) -> None:
        # without this the copying would wait for ever for whoever holds a file
        if status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            if hold_on is not None:
                hold_on()
            elif monotonic() > until:
                raise HeldError

    with closing(open_database(source)) as held:
        held.backup(target, progress=look)
