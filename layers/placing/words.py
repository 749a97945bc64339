"""The words by which the geocoder is asked where each row of a layer is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd

from layers.model.layer import Layer
from layers.model.schema import LayerError
from layers.placing.given import Given

OPERATIONS: Final = "operations"
PARTS: Final = ("address", "postcode")
"""Columns of a row that say where it is, beside its title and its commune."""
PLACE_WORDS: Final = "place"
"""Column that says it in a document's words, where the title says what is done there."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A text to be placed.

    Parameters
    ----------
    context
        Where the place is expected, as ``epci:200090751``; empty for anywhere.
    """

    text: str
    context: str = ""


def words_of(given: Given, layer: Layer, rows: gpd.GeoDataFrame) -> list[Asked]:
    """Return what the geocoder is asked of each row.

    An operation is looked for by the words of its fiche, in the perimeter of its contract; a
    row that has the words of its place, by them and its commune; any other by its title, address,
    postcode and commune.

    Parameters
    ----------
    rows
        As the layer gives them, before the geocoder.
    """
    records = rows.drop(columns="geometry").to_dict("records")
    if layer.id == OPERATIONS:
        perimeters = _perimeters(given)
        return [Asked(row["place"], perimeters.get(row["contract"], "")) for row in records]
    if PLACE_WORDS in rows.columns:
        return [_by_words(row) for row in records]
    return [_by_address(layer, row) for row in records]


def _by_words(row: Mapping[Any, Any]) -> Asked:
    parts = (row[PLACE_WORDS], row["commune"])
    return Asked(" – ".join(part for part in parts if isinstance(part, str)))


def _by_address(layer: Layer, row: Mapping[Any, Any]) -> Asked:
    address, postcode = (row.get(part) for part in PARTS)
    commune = " ".join(part for part in (postcode, row["commune"]) if isinstance(part, str))
    parts = (layer.title_of(row), address, commune)
    return Asked(" – ".join(part for part in parts if isinstance(part, str)))


def _perimeters(given: Given) -> dict[str, str]:
    """Return the perimeter of each contract; none when they cannot be read."""
    try:
        contracts = given.given("contrats")
    except LayerError:
        return {}
    return dict(zip(contracts["id"], contracts["perimeter"], strict=True))
