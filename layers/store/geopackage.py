"""The store: layers that people brought and that were adopted, kept over time.

:class:`~layers.store.protocol.Store` is all that the rest of the program asks of it, so that a
database server could stand beside the one file that is used here, which any program that reads
GeoPackages opens as it is.
"""

from collections.abc import Collection, Iterable, Mapping
from functools import partial
from pathlib import Path

import geopandas as gpd

from layers.model.layer import Layer
from layers.model.schema import LayerError
from layers.store.adoptions import Adoption, read_adoptions
from layers.store.backups import OPERATOR, Backup, Backups
from layers.store.changing import Changes
from layers.store.comparison import check_same
from layers.store.condition import store_troubles
from layers.store.description import Description, broken
from layers.store.protocol import StoreError
from layers.store.refusals import check_adopting, check_removing, with_free_id
from layers.store.tables import check_file, read_rows, remove_table, write_table
from layers.store.waiting import Patience


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
    patience
        How long a change waits for another program that holds the file.
    """

    def __init__(
        self,
        path: Path,
        backups: Path | None = None,
        patience: Patience = Patience(),  # noqa: B008 - immutable
    ) -> None:
        self.path = path
        self.kept = Backups(backups, path.stem)
        self._changes = Changes(path, self.kept, patience)

    @property
    def name(self) -> str:
        """What the store is called in messages."""
        return self._changes.name

    def layers(self) -> tuple[Layer, ...]:
        """Return the layers, in the order of their adoption.

        A file that is damaged gives one layer, which says so when it is loaded.
        """
        if not self.path.exists():
            return ()
        try:
            check_file(self.path)
            descriptions = [each.description for each in read_adoptions(self.path).values()]
        except LayerError as error:
            return (broken(LayerError(f"{self.name} : {error}")),)
        return tuple(each.declare(partial(read_rows, self.path, each)) for each in descriptions)

    def version(self) -> int:
        """Return a number that changes whenever the layers do."""
        newest = 0
        for path in (self.path, self.path.with_name(f"{self.path.name}-wal")):
            try:
                told = path.stat()
            except OSError:
                continue
            if told.st_size:  # a journal without a page is that of somebody who reads
                newest = max(newest, told.st_mtime_ns)
        return newest

    def adopt(
        self,
        description: Description,
        rows: gpd.GeoDataFrame,
        *,
        replace: bool = False,
        source: str = OPERATOR,
    ) -> Adoption | None:
        """Keep a layer, all of it or nothing; what was there before is backed up.

        Parameters
        ----------
        replace
            Whether a layer of that identifier may be replaced. Whoever is not the operator
            replaces only what they have adopted themselves.

        Returns
        -------
        Adoption or None
            What is replaced.

        Raises
        ------
        StoreError
            A layer of that identifier is there and is not to be replaced, or the file is damaged,
            closed to writing or in use for too long.
        """
        with self._changes.begin(source) as copy:
            held = read_adoptions(copy).get(description.id)
            check_adopting(description.id, held, source, replacing=replace)
            write_table(copy, description, rows, source)
        return held

    def add(
        self,
        description: Description,
        rows: gpd.GeoDataFrame,
        *,
        source: str = OPERATOR,
        taken: Collection[str] = (),
    ) -> Description:
        """Keep one more layer, under an identifier of its own; raises as :meth:`adopt`.

        Parameters
        ----------
        taken
            Identifiers that it may not have, beside those of the store.
        """
        with self._changes.begin(source) as copy:
            description = with_free_id(description, {*read_adoptions(copy), *taken})
            write_table(copy, description, rows, source)
        return description

    def adoptions(self) -> Mapping[str, Adoption]:
        """Return what is noted of each layer, by identifier.

        Raises
        ------
        StoreError
            The file is damaged, or cannot be read now.
        """
        try:
            return read_adoptions(self.path)
        except LayerError as error:
            raise StoreError(f"{self.name} : {error}") from error

    def remove(self, layer_id: str) -> None:
        """Forget a layer; what was there before is backed up.

        Raises
        ------
        StoreError
            There is no layer of that identifier, or as for :meth:`adopt`.
        """
        if not self.path.exists():
            raise StoreError("Le magasin est vide.")
        with self._changes.begin(OPERATOR) as copy:
            check_removing(layer_id, read_adoptions(copy))
            remove_table(copy, layer_id)

    def read(self, description: Description) -> gpd.GeoDataFrame:
        """Return the rows of a layer, with the values that its columns declare.

        Raises
        ------
        LayerError
            The table is missing or damaged.
        """
        return read_rows(self.path, description)

    def backups(self) -> tuple[Backup, ...]:
        """Return the backups, the newest first; those that lie ahead of the clock come last."""
        return self.kept.all()

    def is_ahead(self, backup: Backup) -> bool:
        """Tell whether a backup lies ahead of the clock."""
        return self.kept.is_ahead(backup)

    def open_backup(self, backup: Backup) -> "GeoPackageStore":
        """Return what a backup holds."""
        return GeoPackageStore(self.kept.path_of(backup))

    def restore(self, backup: Backup) -> str:
        """Put the layers of a backup in place of those of today, which are backed up first.

        Returns
        -------
        str
            Under which name the store of today is kept as it was found, when it is damaged.

        Raises
        ------
        StoreError
            The backup is missing or damaged, or as for :meth:`adopt`.
        """
        path = self.kept.path_of(backup)
        try:
            check_file(path)
        except LayerError as error:
            raise StoreError(f"Sauvegarde « {backup.name} » : {error}") from error
        aside = self._changes.put_in_place(path)
        return aside.name if aside else ""

    def fill(self, layers: Iterable[tuple[Adoption, gpd.GeoDataFrame]]) -> None:
        """Put other layers, as they were adopted, in place of all; in one change, read back.

        Raises
        ------
        StoreError
            One of them is not kept as it is, or as for :meth:`adopt`.
        """
        with self._changes.begin(OPERATOR) as copy:
            for layer_id in read_adoptions(copy):
                remove_table(copy, layer_id)
            for adoption, rows in layers:
                write_table(copy, adoption.description, rows, adoption.source, adoption.moment)
                held = read_adoptions(copy).get(adoption.description.id)
                check_same(adoption, rows, held, read_rows(copy, adoption.description))

    def troubles(self) -> tuple[str, ...]:
        """Return what keeps it from being changed as it should, as French sentences."""
        return store_troubles(self.path, self.kept)
