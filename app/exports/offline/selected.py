"""A catalogue of what lies in one perimeter, for the parts of the page that count and list."""

from dataclasses import replace

from app.view.words import PERIMETER_LAYERS
from geo.perimeter import Perimeter
from layers.catalogue.layers import Catalogue
from layers.catalogue.selection import select
from layers.model.layer import Layer, LayerError


def catalogue_of(catalogue: Catalogue, perimeter: Perimeter) -> Catalogue:
    """Return the layers that are drawn over the map, with their rows in a perimeter.

    A layer without a row there is left out; one that cannot be loaded is kept, and says so.
    """
    drawn = [
        layer for layer in catalogue.layers.values() if layer.local or layer.id in PERIMETER_LAYERS
    ]
    kept = [narrowed for layer in drawn if (narrowed := _narrow(catalogue, layer, perimeter))]
    return Catalogue(catalogue.reference, catalogue.data, kept)


def _narrow(catalogue: Catalogue, layer: Layer, perimeter: Perimeter) -> Layer | None:
    try:
        chosen, rows = select(layer, catalogue.load(layer.id), perimeter, catalogue.reference)
    except LayerError:
        return layer
    if rows.empty:
        return None
    return replace(
        layer, sources=chosen.sources, read=lambda _reference, _data: rows, known_total=None
    )
