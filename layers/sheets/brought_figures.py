"""The numbers that people brought about a perimeter, beside its peers and the département."""

from typing import Final

from geo.perimeter import Perimeter
from layers.catalogue.layers import Catalogue
from layers.indicators.definition import Indicator
from layers.indicators.every import list_indicators
from layers.sheets.key_figures import KeyFigure, figure_beside_peers

BROUGHT: Final = "Chiffres apportés"
"""What the figures are, as a title."""
MOST: Final = 24
"""Shown beside the others; the map has all."""


def brought_beside(catalogue: Catalogue) -> tuple[Indicator, ...]:
    """Return the brought indicators that sheets, comparisons and tables hold: the last ones."""
    brought = [one for one in catalogue.derive_own(list_indicators).values() if one.brought]
    return tuple(brought[-MOST:])


def brought_figures(catalogue: Catalogue, perimeter: Perimeter) -> tuple[KeyFigure, ...]:
    """Return the brought numbers of a perimeter, where they are told at its level."""
    return tuple(
        figure_beside_peers(catalogue, perimeter, one)
        for one in brought_beside(catalogue)
        if perimeter.level in one.levels
    )
