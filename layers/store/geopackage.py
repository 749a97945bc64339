"""The store: layers that people brought and that were adopted, kept over time.

:class:`Store` is all that the rest of the program asks of it, so that a database server could
stand beside the one file that is used here, which any program that reads GeoPackages opens as it
is.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final, Protocol

import geopandas as gpd
from filelock import FileLock, Timeout

from layers.model.layer import Layer, Source
from layers.model.schema import LayerError
from layers.store.description import KEY, Description
from layers.store.sqlite import bring_in, copy_database, remove_database, rename_database
from layers.store.tables import (
    UnavailableError,
    check_file,
    check_whole,
    read_descriptions,
    read_rows,
    remove_table,
    write_table,
)

BACKUPS_KEPT: Final = 20
LOCK_SECONDS: Final = 30
DAMAGED: Final = ".endommage"
"""Ending of a file that was set aside: no backup."""
BROKEN: Final = "magasin"
"""Identifier of the layer that stands for a store that cannot be read, and says why."""


class StoreError(Exception):
    """The store cannot do what was asked; the message is a French sentence."""


class Store(Protocol):
    """Where adopted layers are kept."""

    def layers(self) -> tuple[Layer, ...]:
        """Return the layers, in the order of their adoption."""

    def version(self) -> int:
        """Return a number that changes whenever the layers do."""

    def adopt(self, description: Description, rows: gpd.GeoDataFrame, *, replace: bool) -> None:
        """Keep a layer, all of it or nothing; raises StoreError."""

    def remove(self, layer_id: str) -> None:
        """Forget a layer; raises StoreError when there is none of that identifier."""


class GeoPackageStore:
    """A store that is one GeoPackage file.

    Each change is made in a copy, checked there, then brought into the file in one transaction:
    whoever reads meanwhile sees the layers of before or those of after. The file is in WAL mode.
    It is opened by Python's SQLite only (:mod:`layers.store.rows` says why); GDAL writes into the
    copy, which nobody reads.

    Parameters
    ----------
    path
        The file; it is made at the first adoption.
    backups
        Folder of the copies that are made before each change; None makes none.
    """

    def __init__(self, path: Path, backups: Path | None = None) -> None:
        self.path = path
        self._backups = backups

    def layers(self) -> tuple[Layer, ...]:
        """Return the layers, in the order of their adoption.

        A file that is damaged gives one layer, which says so when it is loaded.
        """
        if not self.path.exists():
            return ()
        try:
            check_file(self.path)
            descriptions = read_descriptions(self.path)
        except LayerError as error:
            return (_broken(LayerError(f"Magasin « {self.path.name} » : {error}")),)
        return tuple(each.declare(partial(read_rows, self.path, each)) for each in descriptions)

    def version(self) -> int:
        """Return a number that changes whenever the layers do."""
        newest = 0
        for path in (self.path, self.path.with_name(f"{self.path.name}-wal")):
            try:
                newest = max(newest, path.stat().st_mtime_ns)
            except OSError:
                continue
        return newest

    def adopt(
        self, description: Description, rows: gpd.GeoDataFrame, *, replace: bool = False
    ) -> None:
        """Keep a layer, all of it or nothing; what was there before is backed up.

        Raises
        ------
        StoreError
            A layer of that identifier is there and is not to be replaced, or the file is damaged,
            closed to writing or in use for too long.
        """
        with self._changing() as copy:
            known = {each.id for each in read_descriptions(copy)}
            if description.id in known and not replace:
                raise StoreError(
                    f"La couche « {description.id} » est déjà dans le magasin ; ajoutez "
                    "--remplacer pour la remplacer."
                )
            write_table(copy, description, rows)

    def remove(self, layer_id: str) -> None:
        """Forget a layer; what was there before is backed up.

        Raises
        ------
        StoreError
            There is no layer of that identifier, or as for :meth:`adopt`.
        """
        if not self.path.exists():
            raise StoreError("Le magasin est vide.")
        with self._changing() as copy:
            known = [each.id for each in read_descriptions(copy)]
            if layer_id not in known:
                raise StoreError(
                    f"Couche « {layer_id} » absente du magasin ; il contient : "
                    f"{', '.join(known) or 'rien'}."
                )
            remove_table(copy, layer_id)

    def backups(self) -> tuple[Path, ...]:
        """Return the backups, the newest first."""
        if self._backups is None or not self._backups.is_dir():
            return ()
        return tuple(sorted(self._backups.glob(f"{self.path.stem}-*.gpkg"), reverse=True))

    def restore(self, backup: Path) -> Path | None:
        """Put the layers of a backup in place of those of today, which are backed up first.

        Returns
        -------
        Path or None
            Where the store of today is kept as it was found, when it is damaged.

        Raises
        ------
        StoreError
            The backup is missing or damaged, or as for :meth:`adopt`.
        """
        try:
            check_file(backup)
        except LayerError as error:
            raise StoreError(f"Sauvegarde « {backup.name} » : {error}") from error
        with self._lock(), self._unchanged():
            aside = self._set_aside() if self._is_damaged() else None
            self._back_up()  # nothing to keep where the file was set aside
            bring_in(backup, self.path)
        return aside

    @contextmanager
    def _changing(self) -> Iterator[Path]:
        """Give a copy of the file to change; it is brought into the file when all went well."""
        with self._lock(), self._unchanged():
            copy = self.path.with_name(f".{self.path.stem}.part.gpkg")
            remove_database(copy)  # of a change that was killed
            try:
                if self.path.exists():
                    check_file(self.path)
                    copy_database(self.path, copy, "DELETE", lasting=False)
                yield copy
                check_file(copy)
                self._back_up()
                bring_in(copy, self.path)
            finally:
                remove_database(copy)

    @contextmanager
    def _unchanged(self) -> Iterator[None]:
        """Say of what goes wrong that nothing is changed."""
        try:
            yield
        except (sqlite3.Error, OSError, LayerError) as error:
            raise StoreError(f"Magasin « {self.path} » : rien n’est changé ({error}).") from error

    @contextmanager
    def _lock(self) -> Iterator[None]:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(f"{self.path}.lock", timeout=LOCK_SECONDS):
                yield
        except Timeout as error:
            raise StoreError(f"Magasin « {self.path} » : occupé par un autre programme.") from error
        except PermissionError as error:
            raise StoreError(f"Magasin « {self.path} » : écriture refusée.") from error

    def _back_up(self) -> None:
        """Keep a copy that was read back to its last row; refuse the change when it cannot be."""
        if self._backups is None or not self.path.exists():
            return
        self._backups.mkdir(parents=True, exist_ok=True)
        part = self._backups / f".{self.path.stem}.part"
        remove_database(part)
        try:
            copy_database(self.path, part, "DELETE")
            check_whole(part)
            part.replace(self._backups / f"{self.path.stem}-{_moment()}.gpkg")
        except LayerError as error:
            raise LayerError(f"sa sauvegarde ne peut être relue : {error}") from error
        finally:
            remove_database(part)
        for old in self.backups()[BACKUPS_KEPT:]:
            old.unlink(missing_ok=True)

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
        folder = self._backups or self.path.parent
        folder.mkdir(parents=True, exist_ok=True)
        aside = folder / f"{self.path.stem}-{_moment()}.gpkg{DAMAGED}"
        rename_database(self.path, aside)
        return aside


def _moment() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H%M%S.%fZ")


def _broken(error: LayerError) -> Layer:
    def read() -> gpd.GeoDataFrame:
        raise error

    return Description(
        BROKEN, "Couches apportées", "polygon", (KEY,), (Source("Magasin", "", "", ""),)
    ).declare(read)
