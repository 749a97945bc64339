"""The background of the maps, once an extract of OpenStreetMap was taken."""

from dataclasses import dataclass
from typing import Final

from geo.background.features import CREDIT, FILE, Background, BackgroundError, read_background
from layers.catalogue.layers import Catalogue
from layers.model.layer import LayerError, Source
from layers.model.taken import cited_source

FOND: Final = "fond"
"""As it is asked for among the layers of a view, a page or a file."""
TITLE: Final = "Routes, cours d’eau, voies ferrées, zones bâties (OpenStreetMap)"
MAP_CREDIT: Final = f"Fond : {CREDIT}"
NOT_TAKEN: Final = Source(
    "OpenStreetMap",
    "les contributeurs d’OpenStreetMap",
    "ODbL 1.0",
    "sans date",
    "https://www.openstreetmap.org/copyright",
)
"""How a background is cited that nothing is told of."""


@dataclass(frozen=True, slots=True, eq=False)
class MapBackground:
    """What is drawn under the subjects of a map."""

    features: Background
    source: Source


def background_of(catalogue: Catalogue) -> MapBackground | None:
    """Return the background, read once; None where none was taken.

    Raises
    ------
    LayerError
        The file is damaged.
    """
    return catalogue.derive(_read)


def asked_background(catalogue: Catalogue) -> MapBackground:
    """Return the background; raises LayerError where none was taken or it is damaged."""
    background = background_of(catalogue)
    if background is None:
        raise LayerError(
            f"Couche « {FOND} » : aucun extrait d’OpenStreetMap n’a été pris ; « atlas62 "
            "actualiser fond » en prend un."
        )
    return background


def has_background(catalogue: Catalogue) -> bool:
    """Tell whether there is a background that can be drawn."""
    try:
        return background_of(catalogue) is not None
    except LayerError:
        return False


def _read(catalogue: Catalogue) -> MapBackground | None:
    try:
        features = read_background(catalogue.data)
    except BackgroundError as error:
        raise LayerError(str(error)) from error
    if features is None:
        return None
    return MapBackground(features, cited_source(catalogue.data, FILE, NOT_TAKEN))
