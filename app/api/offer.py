"""What one reader is offered: the collections of their catalogue, with rows made ready once."""

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from functools import cached_property, partial
from threading import Lock
from typing import Any, Final
from weakref import WeakKeyDictionary

from app.api.collection import Bounds, Collection, of_layer
from app.api.indicators import indicator_collections
from app.api.money import money_tables
from app.api.refusals import ApiError, unknown_collection
from app.api.rows import Rows
from app.api.times import Interval
from app.readers.context import Readers
from layers.catalogue.layers import Catalogue
from layers.model.layer import LayerError

MOST_READY: Final = 64
"""Collections whose rows are held ready, whoever sees them; the others are made when asked for."""


class Ready:
    """Rows made ready, the last ones that were asked for; whoever sees the same shares them."""

    def __init__(self) -> None:
        self._rows: OrderedDict[int, tuple[Any, Rows]] = OrderedDict()
        self._lock = Lock()

    def rows(self, collection: Collection) -> Rows:
        """Return the rows of a collection.

        Raises
        ------
        LayerError
            They cannot be read.
        """
        # readers share the frames of layers, and the collections of all else
        source: Any = collection.load() if collection.layer else collection
        with self._lock:
            kept = self._rows.get(id(source))
            if kept is not None:  # it is held, so nothing else has its number
                self._rows.move_to_end(id(source))
                return kept[1]
        rows = Rows(collection, source if collection.layer else collection.load())
        with self._lock:
            self._rows[id(source)] = (source, rows)
            while len(self._rows) > MOST_READY:
                self._rows.popitem(last=False)
        return rows


class Offer:
    """The collections of one catalogue.

    Parameters
    ----------
    catalogue
        Its layers, indicators and tables.
    private
        Identifiers of the layers that one reader alone sees.
    ready
        Of all readers.
    """

    def __init__(self, catalogue: Catalogue, private: frozenset[str], ready: Ready) -> None:
        self.catalogue = catalogue
        self.private = private
        self._ready = ready
        self.written: dict[str, bytes] = {}
        """All collections as JSON, by what their addresses begin with."""

    @cached_property
    def collections(self) -> Mapping[str, Collection]:
        """By identifier: layers, then tables, then indicators; a layer has the first say."""
        layers = {
            layer.id: of_layer(
                layer, partial(self.catalogue.load, layer.id), private=layer.id in self.private
            )
            for layer in self.catalogue.layers.values()
        }
        made = self.catalogue.derive(made_collections)
        return layers | {id_: one for id_, one in made.items() if id_ not in layers}

    def collection(self, collection_id: str) -> Collection:
        """Return a collection.

        Parameters
        ----------
        collection_id
            From outside, so anything.

        Raises
        ------
        ApiError
            There is none.
        """
        if collection_id not in self.collections:
            raise unknown_collection(collection_id)
        return self.collections[collection_id]

    def rows(self, collection: Collection) -> Rows:
        """Return the rows of a collection.

        Raises
        ------
        ApiError
            They cannot be read.
        """
        try:
            return self._ready.rows(collection)
        except LayerError as error:
            english = "The data of this collection cannot be read."
            raise ApiError(str(error), english, 503) from error

    def bounds(self, collection: Collection) -> Bounds | None:
        """Return what all objects lie in; None where there are none or they cannot be read."""
        if collection.geometry is None:
            return None
        if collection.bounds is not None:
            return collection.bounds()
        try:
            return self.rows(collection).bounds
        except ApiError:
            return None

    def period(self, collection: Collection) -> Interval | None:
        """Return the time of all objects; None where they have none or cannot be read."""
        if collection.dated is None:
            return None
        try:
            return self.rows(collection).period
        except ApiError:
            return None


def made_collections(catalogue: Catalogue) -> Mapping[str, Collection]:
    """Return the collections that are made from several layers, for :meth:`Catalogue.derive`."""

    def made() -> Iterator[Collection]:
        yield from money_tables(catalogue)
        yield from indicator_collections(catalogue)

    return {one.id: one for one in made()}


class Offers:
    """What each reader is offered.

    Parameters
    ----------
    readers
        Who sees what.
    """

    def __init__(self, readers: Readers) -> None:
        self._readers = readers
        self._ready = Ready()
        self._offers: WeakKeyDictionary[Catalogue, Offer] = WeakKeyDictionary()

    def of_reader(self) -> Offer:
        """Return what the reader of this request is offered."""
        catalogue = self._readers.catalogue
        if catalogue not in self._offers:
            self._offers[catalogue] = Offer(catalogue, self._readers.private(), self._ready)
        return self._offers[catalogue]
