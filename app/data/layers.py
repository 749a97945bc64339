"""The list of layers: what each holds, says, and can be taken away as."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.data.downloads import download_url
from app.exports.tables import shown_fields
from app.web.addresses import layer_file_url
from layers.catalogue.layers import Catalogue, LayerState
from layers.french.wording import plural
from layers.model.layer import Layer
from layers.model.schema import Dtype, Field

FORMATS: Final = {
    "csv": "CSV (Excel)",
    "xlsx": "XLSX",
    "gpkg": "GeoPackage",
    "geojson": "GeoJSON",
}
TYPES: Final[Mapping[Dtype, str]] = {
    "text": "texte",
    "int": "nombre entier",
    "float": "nombre",
    "money": "montant",
    "date": "date",
    "bool": "oui ou non",
    "list": "liste de textes",
}
KINDS: Final = {"point": "points", "polygon": "surfaces"}


@dataclass(frozen=True, slots=True)
class LayerView:
    """A layer as the page shows it.

    Parameters
    ----------
    fields
        Columns that may leave the house.
    downloads
        Address of each format.
    added
        Whether not all readers see it: QGIS, which has no cookie, cannot read it either.
    """

    layer: Layer
    state: LayerState
    kind: str
    fields: tuple[Field, ...]
    downloads: Mapping[str, str]
    added: bool

    @property
    def geojson(self) -> str:
        """Address that QGIS opens as a vector layer."""
        return self.downloads["GeoJSON"]


def layers_page(catalogue: Catalogue, added: frozenset[str]) -> dict[str, Any]:
    """Return what the template of the list speaks of; a layer that fails says so in its place.

    Parameters
    ----------
    added
        Identifiers of the layers that not all readers see.
    """
    views = [
        _view(catalogue.layer(state.id), state, added=state.id in added)
        for state in catalogue.states()
    ]
    rows = sum(view.state.rows or 0 for view in views)
    return {
        "layers": views,
        "sentence": f"{plural(len(views), 'couche')}, {plural(rows, 'ligne')}.",
        "types": TYPES,
    }


def _view(layer: Layer, state: LayerState, *, added: bool) -> LayerView:
    address = layer_file_url if added else download_url
    downloads = {words: address(layer.id, ending) for ending, words in FORMATS.items()}
    return LayerView(layer, state, KINDS[layer.geometry], shown_fields(layer), downloads, added)
