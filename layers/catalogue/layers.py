"""The catalogue: every layer of the project, loaded once, each with its state."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import geopandas as gpd

from geo.reference.places import Reference
from layers.aided_projects import PROJETS_AIDES
from layers.areas import CANTONS, EPCIS, SECTEURS_MDS, TERRITOIRES
from layers.colleges import COLLEGES
from layers.communes import COMMUNES, with_outlines
from layers.contracts import CONTRATS, CONTRATS_VILLE
from layers.departmental_sites import SITES_DEPARTEMENTAUX
from layers.facts.acts import with_acts
from layers.figures.layer import figure_layers
from layers.fire_stations import CENTRES_INCENDIE, SIEGES_INCENDIE
from layers.france_services import FRANCE_SERVICES
from layers.hospitals import HOPITAUX
from layers.located_facilities import facility_layers
from layers.lycees import LYCEES
from layers.model.layer import Layer, LayerError
from layers.model.taken import read_taken, with_taken
from layers.official_sites import ON_REQUEST
from layers.operations import OPERATIONS
from layers.placing.given import Derived, Given
from layers.placing.position import position_rows
from layers.priority_districts import QPV
from layers.stations import GARES
from layers.store.protocol import Store
from layers.town_halls import MAIRIES

LAYERS: Final[tuple[Layer, ...]] = (
    COMMUNES,
    EPCIS,
    TERRITOIRES,
    SECTEURS_MDS,
    CANTONS,
    CONTRATS,
    CONTRATS_VILLE,
    OPERATIONS,
    PROJETS_AIDES,
    QPV,
    COLLEGES,
    LYCEES,
    FRANCE_SERVICES,
    CENTRES_INCENDIE,
    MAIRIES,
    SITES_DEPARTEMENTAUX,
    GARES,
    HOPITAUX,
    SIEGES_INCENDIE,
)
"""In the order in which people see them."""


@dataclass(frozen=True, slots=True)
class LayerState:
    """Whether a layer could be loaded.

    Parameters
    ----------
    id, title
        The layer.
    rows
        Number of rows, None when it could not be loaded.
    known_total
        Number of rows that there should be, where it is known.
    message
        French sentence that says what is wrong, empty when nothing is.
    """

    id: str
    title: str
    rows: int | None
    known_total: int | None
    message: str = ""

    @property
    def ok(self) -> bool:
        """Whether the rows can be shown."""
        return self.rows is not None


class Catalogue(Given):
    """The layers over one reference and one data folder; a layer is read at its first use.

    Parameters
    ----------
    reference
        Places.
    data
        Folder of the facts.
    layers
        Layers in order; by default all of the project's, the official lists that were taken, then
        the printed figures, whose columns
        are what the tables of ``data`` hold, then those of the store.
    store
        Layers that people brought, kept in :attr:`stored` too; None for none. Where one has the
        identifier of another layer, the other stands.
    """

    def __init__(
        self,
        reference: Reference,
        data: Path,
        layers: Sequence[Layer] | None = None,
        store: Store | None = None,
    ) -> None:
        if layers is None:
            taken_lists = [one.layer for one in ON_REQUEST if (data / one.table.file).is_file()]
            taken_lists += facility_layers(data)
            layers = (*LAYERS, *taken_lists, *figure_layers(data))
        taken = read_taken(data)
        shown = [with_acts(with_outlines(layer, reference), data) for layer in layers]
        shown = [with_taken(layer, taken) for layer in shown]
        stored = store.layers() if store else ()
        known = {layer.id: layer for layer in (*stored, *shown)}
        super().__init__(reference, data, (known[layer.id] for layer in (*shown, *stored)))
        self.stored = tuple(layer for layer in stored if self.layers[layer.id] is layer)
        self._frames: dict[str, gpd.GeoDataFrame] = {}

    def load(self, layer_id: str) -> gpd.GeoDataFrame:
        """Return the rows of a layer, EPSG:4326; one frame for all callers, not to be changed.

        Raises
        ------
        LayerError
            The layer is unknown or its data are missing or damaged; a later call tries again.
        """
        layer = self.layer(layer_id)
        with self._lock:
            if layer_id not in self._frames:
                self._frames[layer_id] = position_rows(self, layer, self.given(layer_id))
            return self._frames[layer_id]

    def derive_own(self, make: Callable[[Any], Derived]) -> Derived:
        """Return what a function makes of all the layers that are seen here, made once.

        Unlike :meth:`derive`, it is never shared with those who do not see the same layers: what
        tells of a layer that somebody brought is had by this.
        """
        return Given.derive(self, make)

    def with_layers(self, layers: Iterable[Layer]) -> "Catalogue":
        """Return a catalogue that has other layers too; what this one reads serves both.

        Where one of them has the identifier of a layer of the project, the latter stands.
        """
        return _Extended(self, layers)

    def state(self, layer_id: str) -> LayerState:
        """Load a layer if need be and say how it went."""
        layer = self.layer(layer_id)
        try:
            rows = len(self.load(layer_id))
        except LayerError as error:
            return LayerState(layer.id, layer.title, None, layer.known_total, str(error))
        message = ""
        if layer.known_total is not None and rows != layer.known_total:
            message = f"{rows} lignes lues sur {layer.known_total} connues."
        return LayerState(layer.id, layer.title, rows, layer.known_total, message)

    def states(self) -> tuple[LayerState, ...]:
        """Return the state of every layer, in the catalogue's order."""
        return tuple(self.state(layer_id) for layer_id in self.layers)


class _Extended(Catalogue):
    """A catalogue over another; what is derived is derived from the other alone."""

    def __init__(self, base: Catalogue, layers: Iterable[Layer]) -> None:
        stored = {layer.id: layer for layer in base.stored}
        fixed = {id_: layer for id_, layer in base.layers.items() if id_ not in stored}
        added = {layer.id: layer for layer in layers if layer.id not in fixed}
        super().__init__(base.reference, base.data, (*fixed.values(),))
        self.layers |= stored | added
        self.stored = (*(stored | added).values(),)
        self._base = base
        self._own = frozenset(added)

    def load(self, layer_id: str) -> gpd.GeoDataFrame:
        return super().load(layer_id) if layer_id in self._own else self._base.load(layer_id)

    def given(self, layer_id: str) -> gpd.GeoDataFrame:
        return super().given(layer_id) if layer_id in self._own else self._base.given(layer_id)

    def derive(self, make: Callable[[Any], Derived]) -> Derived:
        return self._base.derive(make)
