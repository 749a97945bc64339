"""What is asked of a store of layers, whatever it is: a file, a folder, a database server."""

from collections.abc import Collection, Mapping
from typing import Protocol

import geopandas as gpd

from layers.model.layer import Layer
from layers.store.adoptions import Adoption
from layers.store.description import Description


class StoreError(Exception):
    """The store cannot do what was asked; the message is a French sentence."""


class Store(Protocol):
    """Where adopted layers are kept."""

    def layers(self) -> tuple[Layer, ...]:
        """Return the layers, in the order of their adoption."""

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

    def adoptions(self) -> Mapping[str, Adoption]:
        """Return what is noted of each layer; raises StoreError."""

    def troubles(self) -> tuple[str, ...]:
        """Return what keeps it from being changed as it should, as French sentences."""

    def remove(self, layer_id: str) -> None:
        """Forget a layer; raises StoreError when there is none of that identifier."""
