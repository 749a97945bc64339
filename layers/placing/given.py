"""The layers as their sources give them: what places the rows may not wait for placed rows."""

from collections.abc import Callable, Iterable
from pathlib import Path
from threading import RLock
from typing import Any, Self, TypeVar

import geopandas as gpd

from geo.perimeter import shorten
from geo.reference.places import Reference
from layers.model.layer import Layer, LayerError

Derived = TypeVar("Derived")


class Given:
    """Layers over one reference and one data folder; a layer is read at its first use.

    Parameters
    ----------
    reference
        Places.
    data
        Folder of the facts.
    layers
        In the order in which people see them.
    """

    def __init__(self, reference: Reference, data: Path, layers: Iterable[Layer]) -> None:
        self.reference = reference
        self.data = data
        self.layers = {layer.id: layer for layer in layers}
        self._given: dict[str, gpd.GeoDataFrame] = {}
        self._derived: dict[Callable[[Any], Any], Any] = {}
        self._lock = RLock()

    def layer(self, layer_id: str) -> Layer:
        """Return a layer by its identifier.

        Raises
        ------
        LayerError
            There is no such layer; the message lists those there are.
        """
        try:
            return self.layers[layer_id]
        except KeyError:
            raise LayerError(
                f"Couche « {shorten(layer_id)} » inconnue ; couches connues : "
                f"{', '.join(self.layers)}."
            ) from None

    def given(self, layer_id: str) -> gpd.GeoDataFrame:
        """Return the rows of a layer where its source puts them, EPSG:4326; not to be changed.

        Raises
        ------
        LayerError
            The layer is unknown or its data are missing or damaged; a later call tries again.
        """
        layer = self.layer(layer_id)
        with self._lock:
            if layer_id not in self._given:
                self._given[layer_id] = layer.load(self.reference, self.data)
            return self._given[layer_id]

    def derive(self, make: Callable[[Self], Derived]) -> Derived:
        """Return what a function makes of these layers, made once; it is not to be changed.

        Parameters
        ----------
        make
            A function that gives the same result every time; it is remembered by itself.
        """
        with self._lock:
            if make not in self._derived:
                self._derived[make] = make(self)
            made: Derived = self._derived[make]
            return made
