"""A change of the one file of the store: alone, in a copy, whole or not at all, after a backup."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import disk_usage
from typing import Final

from filelock import FileLock, Timeout
from pyogrio.errors import DataLayerError, DataSourceError

from layers.model.schema import LayerError
from layers.store.backups import OPERATOR, Backups
from layers.store.failure import FULL, UNREADABLE, HeldError, explain
from layers.store.protocol import StoreError
from layers.store.sqlite import bring_in, copy_database, remove_database, rename_database
from layers.store.tables import UnavailableError, check_file, check_whole
from layers.store.waiting import Patience, Wait

LOCK_SECONDS: Final = 60
"""For which other changes of ours are waited for."""
LEAST_ROOM: Final = 1 << 20
"""Free bytes below which a disk is full."""
DAMAGED: Final = ".endommage"
"""Ending of a file that was set aside: no backup."""


class Changes:
    """The changes of one file.

    Parameters
    ----------
    path
        The file; it is made by the first change.
    kept
        Its backups: one is made before each change.
    patience
        How long a change waits for another program that holds the file.
    """

    def __init__(self, path: Path, kept: Backups, patience: Patience) -> None:
        self.path = path
        self.kept = kept
        self.patience = patience

    @contextmanager
    def begin(self, source: str) -> Iterator[Path]:
        """Give a copy of the file to change; it is brought into the file when all went well.

        Raises
        ------
        StoreError
            The file is damaged, closed to writing or in use for too long; nothing is changed.
        """
        wait = Wait(self.patience, self.path.name)
        with self._unchanged(), self._lock(wait):
            copy = self.path.with_name(f".{self.path.stem}.part.gpkg")
            remove_database(copy)  # of a change that was killed
            try:
                if self.path.exists():
                    check_file(self.path)
                    copy_database(self.path, copy, "DELETE", lasting=False)
                yield copy
                check_file(copy)
                self._bring_in(copy, self.kept.make(self.path, source), wait)
            finally:
                with suppress(OSError):  # the change is made or not made by now
                    remove_database(copy)

    def put_in_place(self, backup: Path) -> Path | None:
        """Put a whole backup in place of the file, which is backed up first.

        Returns
        -------
        Path or None
            Where the file is kept as it was found, when it is damaged.

        Raises
        ------
        StoreError
            As for :meth:`begin`.
        """
        wait = Wait(self.patience, self.path.name)
        with self._unchanged(), self._lock(wait):
            aside = self._set_aside() if self._is_damaged() else None
            made = self.kept.make(self.path, OPERATOR)  # none where the file was set aside
            self._bring_in(backup, made, wait)
        return aside

    def _bring_in(self, file: Path, backup: Path | None, wait: Wait) -> None:
        """Make the change; one that is not made leaves no backup."""
        wait.restart()
        try:
            bring_in(file, self.path, wait.hold_on)
        except BaseException:
            if backup is not None:
                backup.unlink(missing_ok=True)
            raise
        self.kept.prune()

    @contextmanager
    def _unchanged(self) -> Iterator[None]:
        """Say of what goes wrong that nothing is changed."""
        try:
            yield
        except LayerError as error:
            raise StoreError(f"{self.name} : rien n’est changé, {error}") from error
        except (sqlite3.Error, OSError, HeldError, DataSourceError, DataLayerError) as error:
            raise StoreError(f"{self.name} : {self._why(error)} ; rien n’est changé.") from error

    def _why(self, error: Exception) -> str:
        """Return the cause of a failure; on a full disk the code of SQLite may say nothing of it.

        GDAL gives no code at all, and its words are English.
        """
        why = explain(error)
        full = why == UNREADABLE and disk_usage(self.path.parent).free < LEAST_ROOM
        return FULL if full else why

    @contextmanager
    def _lock(self, wait: Wait) -> Iterator[None]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(f"{self.path}.lock", timeout=LOCK_SECONDS):
                wait.restart()  # other changes of ours are no other program
                wait.until_free(self.path)
                yield
        except Timeout as error:
            raise HeldError from error

    @property
    def name(self) -> str:
        """What the file is called in messages."""
        return f"Magasin « {self.path.name} »"

    def _is_damaged(self) -> bool:
        if not self.path.exists():
            return False
        try:
            check_whole(self.path)
        except UnavailableError:
            raise
        except LayerError:
            return True
        return False

    def _set_aside(self) -> Path:
        """Keep a damaged file as it is, for whoever can mend it, under a name that says so."""
        aside = Path(f"{self.kept.aside(self.path)}.gpkg{DAMAGED}")
        rename_database(self.path, aside)
        return aside
