"""The rows whose position is uncertain: why, and where else they may be."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import geopandas as gpd

from geo.geocoder.place import Place
from geo.geocoder.remarks import SURE
from geo.perimeter import shorten
from geo.precision import Precision
from layers.catalogue.layers import Catalogue
from layers.french.wording import format_km, format_percent
from layers.model.layer import Layer
from layers.model.points import CONFIDENCE, REFUSED
from layers.model.schema import LayerError
from layers.placing.answers import answer
from layers.placing.corrections import Correction, read_corrections, today
from layers.placing.position import SHARPER
from layers.placing.words import OPERATIONS, words_of
from layers.review.candidates import Candidate, list_candidates, metres_between

FAR: Final = 1_000
"""Metres from which the geocoder's point speaks against the source's."""


class Doubt(StrEnum):
    """What is wrong with a position, the gravest first."""

    COMMUNE = "commune"
    FAR = "écart"
    REFUSED = "point"
    VAGUE = "imprécise"


DOUBTS: Final[Mapping[Doubt, str]] = {
    Doubt.COMMUNE: "Commune incertaine",
    Doubt.FAR: "Point loin de celui que dit l’adresse",
    Doubt.REFUSED: "Point de la source écarté",
    Doubt.VAGUE: "Lieu connu en mots, point à la commune près",
}
"""What each doubt is called."""


@dataclass(frozen=True, slots=True)
class Review:
    """A row of a layer and what is uncertain of its position.

    Parameters
    ----------
    layer, key, title
        Which row.
    text
        The words that the geocoder was asked.
    context
        Where it was expected, as ``epci:200090751``; empty for anywhere.
    reason
        French sentence.
    candidates
        The first is where it is drawn.
    correction
        What a person said of it since, if anything.
    """

    layer: Layer
    key: str
    title: str
    text: str
    context: str
    doubt: Doubt
    reason: str
    candidates: tuple[Candidate, ...]
    correction: Correction | None

    def choose(self, number: int) -> Candidate:
        """Return the candidate of a number, from 1.

        Raises
        ------
        LayerError
            There is none of that number.
        """
        if not 1 <= number <= len(self.candidates):
            raise LayerError(
                f"{self.title} : choix {number}, attendu un nombre de 1 à {len(self.candidates)}."
            )
        return self.candidates[number - 1]

    def correct(self, where: Candidate, who: str, reason: str) -> Correction:
        """Return the correction that puts the row at a point, today."""
        return Correction(
            self.layer.id, self.key, self.title, where.lon, where.lat, where.commune_code,
            str(where.precision), who.strip(), reason.strip(), today(),
        )  # fmt: skip


def review(catalogue: Catalogue, layer_id: str | None = None) -> list[Review]:
    """Return the uncertain positions of the layers, the gravest first.

    A layer that cannot be read has none; its state tells why.

    Raises
    ------
    LayerError
        The layer asked for is unknown, or the corrections are damaged.
    """
    corrections = read_corrections(catalogue.data)
    layers = [catalogue.layer(layer_id)] if layer_id else list(catalogue.layers.values())
    found: list[Review] = []
    for layer in layers:
        if CONFIDENCE not in layer.fields:
            continue
        try:
            found += _of_layer(catalogue, layer, catalogue.load(layer.id), corrections)
        except LayerError:
            if layer_id:
                raise
    order = list(Doubt)
    return sorted(found, key=lambda one: (one.correction is not None, order.index(one.doubt)))


def find_review(catalogue: Catalogue, layer_id: str, key: str) -> Review:
    """Return what is known of the position of one row, uncertain or not.

    Raises
    ------
    LayerError
        There is no such layer or row.
    """
    layer, corrections = catalogue.layer(layer_id), read_corrections(catalogue.data)
    rows = catalogue.load(layer.id)
    if CONFIDENCE not in layer.fields or key not in set(rows[layer.key]):
        raise LayerError(
            f"Couche « {layer.title} » : « {shorten(key)} » est inconnu ; attendu : une valeur de "
            f"la colonne « {layer.key} » d’une couche de points."
        )
    return next(
        one
        for one in _of_layer(
            catalogue, layer, rows[rows[layer.key] == key], corrections, every=True
        )
    )


def _of_layer(
    catalogue: Catalogue,
    layer: Layer,
    rows: gpd.GeoDataFrame,
    corrections: Mapping[tuple[str, str], Correction],
    *,
    every: bool = False,
) -> Iterator[Review]:
    asked = words_of(catalogue, layer, rows)
    places = answer(catalogue, asked)
    for row, one in zip(_records(rows), asked, strict=True):
        correction = corrections.get((layer.id, row[layer.key]))
        place = places.get(one, Place(one.text))
        doubt = _doubt(layer, row, place)
        if doubt is None and not every and correction is None:
            continue
        yield Review(
            layer,
            row[layer.key],
            layer.title_of(row),
            one.text,
            one.context,
            doubt or Doubt.VAGUE,
            _reason(row, place, doubt),
            tuple(list_candidates(row, place, catalogue.reference)),
            correction,
        )


def _records(rows: gpd.GeoDataFrame) -> Iterator[dict[Any, Any]]:
    points = zip(rows.geometry.x, rows.geometry.y, strict=True)
    records = rows.drop(columns="geometry").to_dict("records")
    for row, (lon, lat) in zip(records, points, strict=True):
        yield {**row, "lon": lon, "lat": lat}


def _doubt(layer: Layer, row: Mapping[Any, Any], place: Place) -> Doubt | None:
    if not row["confidence"] >= SURE:  # nor where it is not known
        return Doubt.COMMUNE
    drawn = row["precision"] != Precision.COMMUNE
    if drawn and place.precision in SHARPER and metres_between(row, place) >= FAR:
        return Doubt.FAR
    note = row["position_note"]
    if isinstance(note, str) and REFUSED in note:
        return Doubt.REFUSED
    finer = isinstance(row.get("address"), str) or layer.id == OPERATIONS
    if row["precision"] == Precision.COMMUNE and finer:
        return Doubt.VAGUE
    return None


def _reason(row: Mapping[Any, Any], place: Place, doubt: Doubt | None) -> str:
    note = row["position_note"] if isinstance(row["position_note"], str) else ""
    if doubt is Doubt.FAR:
        away = format_km(metres_between(row, place) / 1000)
        return f"Les mots sont à {away} du point : {place.label}. {note}".strip()
    if doubt is not Doubt.COMMUNE:
        return note
    chance = format_percent(row["confidence"])
    other = place.commune_code not in {None, row["commune_code"]}
    told = " Le géocodeur en lit une autre." if other else ""
    return f"{row['commune']} : {chance} de confiance.{told} {note}".strip()
