"""What the geocoder answered for the rows of the layers, kept as data; the rest is asked now.

Keeping the answers spares each start the making of the geocoder, and keeps what a network said;
``atlas62 positions calculer`` makes the file again.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import pandas as pd

from geo.geocoder.lookup import Geocoder
from geo.geocoder.place import Alternative, Place
from geo.geocoder.table import CONFIDENCE_DECIMALS, DEGREES_DECIMALS, GeocodesMany
from geo.perimeter import Perimeter
from geo.precision import Precision
from geo.tables import DamagedReferenceError
from layers.model.points import CONFIDENCE
from layers.model.schema import Field, LayerError
from layers.model.tables import Table
from layers.placing.given import Given
from layers.placing.sites import read_given_sites
from layers.placing.words import Asked, words_of

FILE: Final = "geocoded.csv"

TABLE: Final = Table(
    FILE,
    (
        Field("text", "Texte", "Les mots demandés."),
        Field("context", "Contexte", "Où le lieu est attendu.", nullable=True),
        Field("longitude", "Longitude", "WGS 84.", "float", unit="°", nullable=True),
        Field("latitude", "Latitude", "WGS 84.", "float", unit="°", nullable=True),
        Field("commune_code", "Code commune", "Code Insee.", nullable=True),
        Field("precision", "Précision", "Finesse du point.", allowed=tuple(Precision)),
        Field("confidence", "Confiance", "Probabilité.", "float"),
        Field("label", "Trouvé", "Ce qui est à ce point.", nullable=True),
        Field("source", "Source", "Qui le dit.", nullable=True),
        Field("remark", "Remarque", "Ce qu’il faut savoir du point.", nullable=True),
        Field("outside", "Dehors", "Lieu hors du département.", nullable=True),
        Field("alternatives", "Autres lieux", "Code, confiance, nom de chacun.", nullable=True),
    ),
)

Answers = Mapping[Asked, Place]


def answer(given: Given, asked: Iterable[Asked]) -> Answers:
    """Return the place of each text: as kept, or geocoded now where nothing is kept.

    A text that is not kept has no place where the gazetteer cannot be read.

    Raises
    ------
    LayerError
        The file of answers is damaged.
    """
    kept = given.derive(read_answers)
    wanted = dict.fromkeys(asked)
    missing = [one for one in wanted if one not in kept]
    if not missing:
        return kept
    try:
        geocoder = given.derive(given_geocoder)
    except DamagedReferenceError:
        return kept
    return {**kept, **geocode_asked(geocoder, missing)}


def geocode_asked(geocoder: GeocodesMany, asked: Iterable[Asked]) -> dict[Asked, Place]:
    """Ask a geocoder for texts, those of one context together."""
    by_context: dict[str, list[Asked]] = {}
    for one in asked:
        by_context.setdefault(one.context, []).append(one)
    places: dict[Asked, Place] = {}
    for context, group in by_context.items():
        where = Perimeter.parse(context) if context else None
        found = geocoder.geocode_many([one.text for one in group], where)
        places.update(zip(group, found, strict=True))
    return places


def given_geocoder(given: Given) -> Geocoder:
    """Make the geocoder that places the layers: it knows the points that their sources give.

    Raises
    ------
    geo.tables.DamagedReferenceError
        A table of the gazetteer is missing or damaged.
    """
    folder = given.data / "gazetteer"
    return Geocoder.load(given.reference, folder, read_given_sites(given))


def read_answers(given: Given) -> Answers:
    """Read the answers kept; none where there is no file.

    Raises
    ------
    LayerError
        The file is damaged.
    """
    if not (given.data / FILE).exists():
        return {}
    rows = TABLE.read(given.data).astype(object)
    records = rows.where(rows.notna(), None).to_dict("records")
    try:
        return {Asked(row["text"], row["context"] or ""): _place(row) for row in records}
    except ValueError as error:
        raise LayerError(f"Fichier {FILE} : « alternatives » illisible ({error}).") from error


def write_answers(answers: Answers) -> str:
    """Write answers as the text of the file, in the order of the texts."""
    rows = [_row(asked, place) for asked, place in answers.items()]
    frame = pd.DataFrame(rows, columns=[field.name for field in TABLE.fields])
    ordered = frame.sort_values(["context", "text"], kind="stable")
    return ordered.to_csv(index=False, lineterminator="\n")


def all_asked(given: Given) -> Iterator[Asked]:
    """Yield every text that the layers ask; a layer that cannot be read asks nothing."""
    for layer in given.layers.values():
        if CONFIDENCE not in layer.fields:
            continue
        try:
            yield from words_of(given, layer, given.given(layer.id))
        except LayerError:
            continue


def _place(row: Mapping[Any, Any]) -> Place:
    return Place(
        row["text"],
        precision=Precision(row["precision"]),
        confidence=row["confidence"],
        lon=row["longitude"],
        lat=row["latitude"],
        commune_code=row["commune_code"],
        label=row["label"] or "",
        source=row["source"] or "",
        point_remark=row["remark"] or "",
        outside=row["outside"],
        alternatives=tuple(_alternatives(row["alternatives"] or "")),
    )


def _alternatives(text: str) -> Iterator[Alternative]:
    for part in filter(None, text.split(" | ")):
        code, confidence, name = part.split(" ", 2)
        yield Alternative(name, None if code == "-" else code, float(confidence))


def _row(asked: Asked, place: Place) -> tuple[object, ...]:
    others = (
        f"{other.commune_code or '-'} {other.confidence:.{CONFIDENCE_DECIMALS}f} {other.name}"
        for other in place.alternatives
    )
    return (
        asked.text,
        asked.context,
        None if place.lon is None else round(place.lon, DEGREES_DECIMALS),
        None if place.lat is None else round(place.lat, DEGREES_DECIMALS),
        place.commune_code,
        str(place.precision),
        round(place.confidence, CONFIDENCE_DECIMALS),
        place.label,
        place.source,
        place.point_remark,
        place.outside,
        " | ".join(others),
    )
