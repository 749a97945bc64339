"""What a state of the store holds: that of today, that of a backup, that of a change being made."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager

import geopandas as gpd
from psycopg import Connection

from layers.model.schema import LayerError
from layers.store.adoptions import Adoption
from layers.store.description import Description
from layers.store.postgis.layout import is_laid_out
from layers.store.postgis.server import ServerError
from layers.store.postgis.states import Kept, layers_of
from layers.store.postgis.tables import read_table
from layers.store.protocol import StoreError


class StateContent:
    """The layers of one state.

    Parameters
    ----------
    connect
        Gives a connection in a transaction.
    name
        What the store is called in messages.
    state
        Its number; None for that of today.
    """

    def __init__(
        self,
        connect: Callable[[], AbstractContextManager[Connection]],
        name: str,
        state: int | None = None,
    ) -> None:
        self._connect, self._name, self._state = connect, name, state

    def kept(self) -> dict[str, Kept]:
        """Return the layers by identifier.

        Raises
        ------
        LayerError
            They cannot be read now, or are damaged.
        """
        try:
            with self._connect() as connection:
                return layers_of(connection, self._state) if is_laid_out(connection) else {}
        except (ServerError, LayerError) as error:
            raise LayerError(f"{self._name} : {str(error).rstrip('.')}.") from error

    def adoptions(self) -> Mapping[str, Adoption]:
        """Return what is noted of each layer, in the order of adoption; raises StoreError."""
        try:
            return {layer_id: each.adoption for layer_id, each in self.kept().items()}
        except LayerError as error:
            raise StoreError(str(error)) from error

    def read(self, description: Description) -> gpd.GeoDataFrame:
        """Return the rows of a layer; raises LayerError where it has none or cannot be read."""
        kept = self.kept().get(description.id)
        if kept is None:
            raise LayerError(f"{self._name} : couche « {description.id} » absente.")
        return self.read_kept(kept)

    def read_kept(self, kept: Kept) -> gpd.GeoDataFrame:
        """Return the rows of a layer that was found before; raises LayerError."""
        description = kept.adoption.description
        try:
            with self._connect() as connection:
                return read_table(connection, kept.table, description)
        except ServerError as error:
            raise LayerError(f"{self._name}, couche « {description.id} » : {error}.") from error
