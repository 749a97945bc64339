"""What the address of a view may speak of, over one catalogue."""

from functools import partial
from typing import Final

from app.view.levels import MAPPED_LEVELS
from app.view.vocabulary import Vocabulary
from geo.perimeter import Perimeter
from geo.reference.named_place import find_place
from layers.background import FOND, has_background
from layers.catalogue.layers import Catalogue
from layers.indicators.every import list_indicators
from layers.model.layer import LayerError
from layers.operation.ambitions import list_ambitions
from layers.sheets.subject import Subject, places_of

PERIMETER_LAYERS: Final = ("contrats", "contrats_ville")
"""Polygon layers that are drawn as outlines of perimeters."""


def make_vocabulary(catalogue: Catalogue) -> Vocabulary:
    """Return what addresses may speak of."""
    return Vocabulary(
        partial(find_place, catalogue.reference),
        {
            one.id: tuple(level for level in MAPPED_LEVELS if level in one.levels)
            for one in catalogue.derive_own(list_indicators).values()
        },
        (
            *(
                layer.id
                for layer in catalogue.layers.values()
                if layer.local or layer.id in PERIMETER_LAYERS
            ),
            *((FOND,) if has_background(catalogue) else ()),
        ),
        ambitions=_ambitions(catalogue),
        find_subject=partial(_find_subject, catalogue),
    )


def _find_subject(catalogue: Catalogue, text: str) -> tuple[Subject, Perimeter] | None:
    subject = Subject.parse(text)
    return (subject, places_of(catalogue, subject)[0]) if subject else None


def _ambitions(catalogue: Catalogue) -> tuple[str, ...]:
    try:
        return (*catalogue.derive(list_ambitions),)
    except LayerError:
        return ()
