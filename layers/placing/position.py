"""Where each row of a layer is: by hand, by its source, by the geocoder, or at the town hall."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd

from geo.crs import EXCHANGE
from geo.geocoder.location import REFERENCE
from geo.geocoder.online import believe
from geo.geocoder.place import Place
from geo.geocoder.table import CONFIDENCE_DECIMALS
from geo.precision import Precision
from geo.reference.places import Reference
from layers.model.layer import Layer
from layers.model.points import CONFIDENCE, DISTRICT
from layers.model.schema import LayerError
from layers.placing.answers import answer
from layers.placing.corrections import Correction, read_corrections
from layers.placing.districts import relate
from layers.placing.given import Given
from layers.placing.words import OPERATIONS, words_of

SHARPER: Final = frozenset(
    (Precision.ADDRESS, Precision.STREET, Precision.SITE, Precision.DISTRICT)
)
"""How exactly a point must be known to be better than the town hall."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a row is; the columns that it fills in, and the point.

    Parameters
    ----------
    lon, lat
        Degrees, WGS 84.
    confidence
        Probability that the commune is right; not a number where it is not known.
    position_source
        Who says where the point is.
    """

    lon: float
    lat: float
    commune_code: str
    commune: str
    precision: str
    confidence: float
    position_source: str
    position_note: str | None


COLUMNS: Final = (
    "commune_code", "commune", "precision", "confidence", "position_source", "position_note",
)  # fmt: skip


def position_rows(given: Given, layer: Layer, rows: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the rows of a layer where they are best known to be, with confidence.

    Parameters
    ----------
    rows
        Where the layer's source puts them; a layer that declares no confidence stays as it is.

    Raises
    ------
    LayerError
        The answers kept or the corrections are damaged.
    """
    if CONFIDENCE not in layer.fields or rows.empty:
        return rows
    try:
        places = answer(given, asked := words_of(given, layer, rows))
        corrections = given.derive(_corrections)
    except LayerError as error:
        raise LayerError(f"Couche « {layer.title} » – {error}") from error
    points = zip(rows.geometry.x, rows.geometry.y, strict=True)
    positions = [
        _choose(
            {**row, "lon": lon, "lat": lat},
            places.get(one),
            corrections.get((layer.id, row[layer.key])),
            layer,
            given.reference,
        )
        for row, (lon, lat), one in zip(rows.to_dict("records"), points, asked, strict=True)
    ]
    settled = rows.assign(
        **{name: [getattr(position, name) for position in positions] for name in COLUMNS}
    ).set_geometry(
        gpd.GeoSeries.from_xy(
            [p.lon for p in positions], [p.lat for p in positions], index=rows.index, crs=EXCHANGE
        )
    )
    if DISTRICT in layer.fields:
        settled[DISTRICT.name] = relate(given, settled)
    return settled.astype({name: rows[name].dtype for name in COLUMNS})


def chance_of(place: Place, commune_code: str) -> float:
    """Return the probability that the geocoder gives to a commune."""
    if place.commune_code == commune_code:
        return place.confidence
    return sum(o.confidence for o in place.alternatives if o.commune_code == commune_code)


def _confidence(row: Mapping[Any, Any], place: Place | None, layer: Layer) -> float:
    """Return the probability of a row's commune, by its words and by what its source says.

    It is not a number where the words were not read.

    The commune that a source writes, and its point where it lies in that commune, are witnesses
    beside the words; the commune of an operation is read from those words and is none.
    """
    if place is None:
        return math.nan
    confidence = chance_of(place, row["commune_code"])
    if layer.id == OPERATIONS:
        return confidence
    exact = row["precision"] != Precision.COMMUNE
    return believe(believe(confidence) if exact else confidence)


def _choose(
    row: Mapping[Any, Any],
    place: Place | None,
    correction: Correction | None,
    layer: Layer,
    reference: Reference,
) -> Position:
    """Return the position of a row: by hand, then as its source has it, then as geocoded."""
    if correction is not None:
        return _by_hand(correction, reference)
    code, confidence = row["commune_code"], _confidence(row, place, layer)
    here = (code, row["commune"])
    place = place or Place("")
    if row["precision"] != Precision.COMMUNE:
        note, producer = row["position_note"], layer.sources[0].producer
        point = (row["lon"], row["lat"], *here, row["precision"])
    elif place.commune_code == code and place.precision in SHARPER:
        note, producer = _found(place), place.source
        point = (place.lon, place.lat, *here, str(place.precision))
    else:
        note, producer = _vague(row, place, layer), REFERENCE
        point = (row["lon"], row["lat"], *here, row["precision"])
    sure = round(confidence, CONFIDENCE_DECIMALS)
    return Position(*point, sure, producer, note if isinstance(note, str) and note else None)


def _by_hand(correction: Correction, reference: Reference) -> Position:
    code, remark = reference.resolve_code(correction.commune_code)
    note = f"Position donnée par {correction.said_by} : {correction.reason.rstrip('.')}."
    return Position(
        correction.longitude,
        correction.latitude,
        code,
        reference.communes[code].name,
        correction.precision,
        1.0,
        correction.said_by,
        f"{note} {remark or ''}".strip(),
    )


def _found(place: Place) -> str:
    """Say where the geocoder puts a row, and what must be known of that point."""
    if place.precision is Precision.SITE:
        return f"Placé d’après ses mots : {place.label}. {place.point_remark}".strip()
    if place.precision is Precision.DISTRICT:
        where = "le point est dans ce quartier, non au site"
        return f"Ses mots citent un quartier ; {where} : {place.label}."
    return place.point_remark or f"Adresse trouvée : {place.label}."


def _vague(row: Mapping[Any, Any], place: Place, layer: Layer) -> str:
    """Return the remark on a row at its town hall, with what its words name of no known point."""
    own = layer.title_of(row) in place.text
    named = "" if own or place.commune_code != row["commune_code"] else place.point_remark
    return f"{row['position_note'] or ''} {named}".strip()


def _corrections(given: Given) -> dict[tuple[str, str], Correction]:
    return read_corrections(given.data)
