"""The store that machines share: adopted layers in a PostgreSQL with PostGIS."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from functools import partial

import geopandas as gpd
from psycopg import Connection

from layers.model.layer import Layer
from layers.model.schema import LayerError
from layers.store.adoptions import Adoption
from layers.store.backups import OPERATOR, Backup
from layers.store.comparison import check_same
from layers.store.description import Description, broken
from layers.store.postgis.condition import check_condition
from layers.store.postgis.content import StateContent
from layers.store.postgis.layout import begin_pruning, hold, is_laid_out, lay_out
from layers.store.postgis.server import CHANGING, GONE, Server, ServerError
from layers.store.postgis.states import (
    Kept,
    backups,
    clock,
    follow,
    layers_of,
    make_layer,
    named,
    prune,
)
from layers.store.postgis.watch import Watch
from layers.store.protocol import StoreError
from layers.store.refusals import check_adopting, check_removing, with_free_id


class PostgisStore:
    """A store in a database that several machines reach.

    A change is one transaction: a new table, written by COPY and read back, then a new state that
    has it; whoever reads meanwhile sees the state of before or that of after. The state of before
    is the backup, and costs nothing.

    Parameters
    ----------
    address
        ``postgresql://…``, as libpq reads it.

    Raises
    ------
    StoreError
        It is no such address.
    """

    def __init__(self, address: str) -> None:
        self._server = Server(address)
        self._watch = Watch(self._server)
        self._today = StateContent(self._reading, self.name)

    @property
    def name(self) -> str:
        """What the store is called in messages."""
        return self._server.name

    def layers(self) -> tuple[Layer, ...]:
        """Return the layers, in the order of their adoption.

        A server that does not answer gives one layer, which says so when it is loaded.
        """
        try:
            kept = self._today.kept().values()
        except LayerError as error:
            return (broken(error, self._today.kept),)
        return tuple(
            each.adoption.description.declare(partial(self._today.read_kept, each)) for each in kept
        )

    def version(self) -> int:
        """Return a number that changes whenever the layers do, and after each silence."""
        return self._watch.version()

    def adoptions(self) -> Mapping[str, Adoption]:
        """Return what is noted of each layer, in the order of adoption; raises StoreError."""
        return self._today.adoptions()

    def read(self, description: Description) -> gpd.GeoDataFrame:
        """Return the rows of a layer; raises LayerError where it has none or cannot be read."""
        return self._today.read(description)

    def adopt(
        self,
        description: Description,
        rows: gpd.GeoDataFrame,
        *,
        replace: bool = False,
        source: str = OPERATOR,
    ) -> Adoption | None:
        """Keep a layer, all of it or nothing, and return what it replaces.

        Raises
        ------
        StoreError
            A layer of that identifier is there and is not to be replaced, or the server refuses.
        """
        with self._changing() as (connection, layers):
            held = layers.get(description.id)
            replaced = held.adoption if held else None
            check_adopting(description.id, replaced, source, replacing=replace)
            layers[description.id] = make_layer(connection, description, rows, source)
            follow(connection, layers.values(), source)
        return replaced

    def add(
        self,
        description: Description,
        rows: gpd.GeoDataFrame,
        *,
        source: str = OPERATOR,
        taken: Collection[str] = (),
    ) -> Description:
        """Keep one more layer, under an identifier of its own; raises as :meth:`adopt`."""
        with self._changing() as (connection, layers):
            description = with_free_id(description, {*layers, *taken})
            layers[description.id] = make_layer(connection, description, rows, source)
            follow(connection, layers.values(), source)
        return description

    def remove(self, layer_id: str) -> None:
        """Forget a layer; raises StoreError when there is none, or as :meth:`adopt`."""
        with self._changing(begun=True) as (connection, layers):
            check_removing(layer_id, layers)
            del layers[layer_id]
            follow(connection, layers.values(), OPERATOR)

    def backups(self) -> tuple[Backup, ...]:
        """Return what the store was before its changes, the newest first; raises StoreError."""
        try:
            with self._reading() as connection:
                return backups(connection) if is_laid_out(connection) else ()
        except ServerError as error:
            raise StoreError(f"{self.name} : {error}.") from error

    def is_ahead(self, backup: Backup) -> bool:
        """Tell whether a backup lies ahead of the clock of the server."""
        try:
            with self._reading() as connection:
                return backup.is_ahead(clock(connection))
        except ServerError as error:
            raise StoreError(f"{self.name} : {error}.") from error

    def open_backup(self, backup: Backup) -> StateContent:
        """Return what a backup holds; raises StoreError where there is none of that name."""
        try:
            with self._reading() as connection:
                state = named(connection, backup.name)
        except ServerError as error:
            raise StoreError(f"{self.name} : {error}.") from error
        return StateContent(self._reading, self.name, _there(state, backup))

    def restore(self, backup: Backup) -> str:
        """Put the layers of a backup in place of those of today, which are backed up first.

        Raises
        ------
        StoreError
            There is no such backup, or as :meth:`adopt`.
        """
        with self._changing() as (connection, _):
            state = _there(named(connection, backup.name), backup)
            follow(connection, layers_of(connection, state).values(), OPERATOR)
        return ""

    def fill(self, layers: Iterable[tuple[Adoption, gpd.GeoDataFrame]]) -> None:
        """Put other layers, as they were adopted, in place of all; in one change, read back.

        Raises
        ------
        StoreError
            One of them is not kept as it is, or as :meth:`adopt`.
        """
        with self._changing() as (connection, _):
            made, shown = {}, StateContent(lambda: nullcontext(connection), self.name)
            for adoption, rows in layers:
                noted = adoption.source, adoption.moment
                made[adoption.description.id] = kept = make_layer(
                    connection, adoption.description, rows, *noted
                )
                check_same(adoption, rows, kept.adoption, shown.read_kept(kept))
            follow(connection, made.values(), OPERATOR)

    def troubles(self) -> tuple[str, ...]:
        """Return what keeps it from being changed as it should, as French sentences."""
        try:
            with self._reading() as connection:
                check_condition(connection)
        except ServerError as error:
            return (f"{self.name} : {error} ; aucune couche ne peut être adoptée.",)
        return ()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """Give a connection; nobody waits for a server that did not answer just now."""
        if self._watch.is_silent():
            raise ServerError(GONE, away=True)
        try:
            with self._server.transaction() as connection:
                yield connection
        except ServerError as error:
            if error.away:
                self._watch.note_silence()
            raise

    @contextmanager
    def _changing(self, *, begun: bool = False) -> Iterator[tuple[Connection, dict[str, Kept]]]:
        """Give a connection that alone changes the store, and the layers of today.

        Parameters
        ----------
        begun
            Whether there has to be something in it.
        """
        done = False
        try:
            with self._server.transaction(CHANGING) as connection:
                hold(connection)
                if not is_laid_out(connection):
                    if begun:
                        raise StoreError("Le magasin est vide.")
                    lay_out(connection)
                yield connection, layers_of(connection)
                done = True
        except ServerError as error:
            end = "regardez si le changement est fait" if done else "rien n’est changé"
            raise StoreError(f"{self.name} : {error} ; {end}.") from error
        except LayerError as error:
            raise StoreError(f"{self.name} : rien n’est changé, {error}") from error
        with suppress(ServerError), self._server.transaction() as connection:
            if begin_pruning(connection):
                prune(connection)


def _there(state: int | None, backup: Backup) -> int:
    if state is None:
        raise StoreError(f"Sauvegarde « {backup.name} » : absente.")
    return state
