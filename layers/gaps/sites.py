"""Sites of a question by their words: a commune where one opens, or a row of a layer."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from geo.perimeter import shorten
from layers.catalogue.layers import Catalogue
from layers.gaps.services import Service, ServiceError

PLAIN: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,39}", re.ASCII)
"""Keys of rows that an address may hold as they are."""
BETWEEN: Final = ":"
DIGITS: Final = 10


@dataclass(frozen=True, slots=True)
class Place:
    """A row of a layer of points.

    Parameters
    ----------
    word
        How addresses and commands call it: ``colleges:0620004T``.
    title, commune, commune_code
        What it is, and where.
    lon, lat
        Degrees, WGS 84.
    """

    word: str
    title: str
    commune: str
    commune_code: str
    lon: float
    lat: float


def word_of(layer_id: str, key: str) -> str:
    """Return the word of a row: its key, or a digest of it where an address could not hold that."""
    if not PLAIN.fullmatch(key):
        key = hashlib.sha256(key.encode()).hexdigest()[:DIGITS]
    return f"{layer_id}{BETWEEN}{key}"


def places_of(catalogue: Catalogue, service: Service) -> Mapping[str, Place]:
    """Return the places of a service by their words, in their order.

    Raises
    ------
    LayerError, ServiceError
        They cannot be had.
    """
    rows = service.places(catalogue)
    found = zip(
        rows["layer"], rows["key"], rows["title"], rows["commune"], rows["commune_code"],
        rows.geometry.x, rows.geometry.y, strict=True,
    )  # fmt: skip
    places = {}
    for layer, key, title, commune, code, lon, lat in found:
        word = word_of(layer, key)
        places[word] = Place(word, title, commune, code, float(lon), float(lat))
    return places


def find_place(places: Mapping[str, Place], word: str) -> Place:
    """Return the place that a word means, in another case too.

    Raises
    ------
    ServiceError
        None of the places is called so.
    """
    if word in places:
        return places[word]
    for known, place in places.items():
        if known.lower() == word.lower():
            return place
    raise ServiceError(
        f"Lieu « {shorten(word)} » inconnu ; attendu la couche et l’identifiant d’un lieu, comme "
        f"« {next(iter(places))} »."
    )
