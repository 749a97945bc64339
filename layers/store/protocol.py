"""What is asked of a store of layers, whatever it is: a file, a folder, a database server."""

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

import geopandas as gpd

from layers.model.layer import Layer
from layers.store.adoptions import Adoption
from layers.store.backups import Backup
from layers.store.description import Description


class StoreError(Exception):
    """The store cannot do what was asked; the message is a French sentence."""


class Content(Protocol):
    """Layers and what is noted of them: a store as it is, or as it was before a change."""

    def adoptions(self) -> Mapping[str, Adoption]:
        """Return what is noted of each layer, in the order of adoption; raises StoreError."""

    def read(self, description: Description) -> gpd.GeoDataFrame:
        """Return the rows of a layer, with the values that its columns declare.

        Every column is of dtype object and in the order of the fields, None where nothing is known.

        Raises
        ------
        LayerError
            There is no such layer, or it cannot be read.
        """


class Store(Content, Protocol):
    """Where adopted layers are kept."""

    @property
    def name(self) -> str:
        """What it is called in messages; says no password."""

    def layers(self) -> tuple[Layer, ...]:
        """Return the layers, in the order of their adoption.

        A store that cannot be read gives one layer, which says so when it is loaded.
        """

    def version(self) -> int:
        """Return a number that changes whenever the layers do."""

    def adopt(
        self, description: Description, rows: gpd.GeoDataFrame, *, replace: bool, source: str
    ) -> Adoption | None:
        """Keep a layer, all of it or nothing, and return what it replaces; raises StoreError."""

    def add(
        self,
        description: Description,
        rows: gpd.GeoDataFrame,
        *,
        source: str,
        taken: Collection[str],
    ) -> Description:
        """Keep one more layer, under an identifier of its own; raises StoreError."""

    def remove(self, layer_id: str) -> None:
        """Forget a layer; raises StoreError when there is none of that identifier."""

    def backups(self) -> tuple[Backup, ...]:
        """Return what the store was before its changes, the newest first; raises StoreError.

        Those that lie ahead of the clock come last.
        """

    def is_ahead(self, backup: Backup) -> bool:
        """Tell whether a backup lies ahead of the clock."""

    def open_backup(self, backup: Backup) -> Content:
        """Return what a backup holds."""

    def restore(self, backup: Backup) -> str:
        """Put the layers of a backup in place of those of today, which are backed up first.

        Returns
        -------
        str
            Under which name the store of today is kept as it was found, when it is damaged.

        Raises
        ------
        StoreError
            The backup is missing or damaged, or the store cannot be changed.
        """

    def fill(self, layers: Iterable[tuple[Adoption, gpd.GeoDataFrame]]) -> None:
        """Put other layers, as they were adopted, in place of all; in one change, read back.

        Raises
        ------
        StoreError
            One of them is not kept as it is, or the store cannot be changed; nothing is.
        """

    def troubles(self) -> tuple[str, ...]:
        """Return what keeps it from being changed as it should, as French sentences."""
