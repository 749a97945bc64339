"""What the search box knows: every place, and the objects of the point layers, by kind."""

from typing import Any, Final

from app.components.typography import shown_name, typeset
from geo.names import sort_key
from geo.perimeter import Level, Perimeter
from geo.reference import Reference
from layers.base import LayerError
from layers.catalogue import Catalogue

LEVELS: Final = (
    (Level.COMMUNE, "Communes"),
    (Level.EPCI, "EPCI"),
    (Level.TERRITORY, "Territoires"),
    (Level.CANTON, "Cantons"),
    (Level.MDS, "Secteurs des MDS"),
)
OBJECTS: Final = (
    ("operations", "Opérations FIT"),
    ("qpv", "Quartiers prioritaires"),
    ("colleges", "Collèges"),
)

Entry = tuple[str, str, str]
"""Value, label, detail; the value is a place, or ``place#layer/key`` for an object in it."""


def search_groups(catalogue: Catalogue) -> list[dict[str, Any]]:
    """Return the entries by kind, each kind in French order; a layer that fails is left out."""
    reference = catalogue.reference
    groups = [(title, _places(reference, level)) for level, title in LEVELS]
    groups.append(("Anciennes communes", _former(reference)))
    for layer_id, title in OBJECTS:
        try:
            groups.append((title, _objects(catalogue, layer_id)))
        except LayerError:
            # the layer's place on the page says what is wrong
            continue
    return [
        {"group": title, "items": sorted(entries, key=lambda entry: sort_key(entry[1]))}
        for title, entries in groups
    ]


def _places(reference: Reference, level: Level) -> list[Entry]:
    return [
        (str(place), shown_name(reference, place), _detail(reference, place))
        for place in reference.perimeters(level)
    ]


def _detail(reference: Reference, place: Perimeter) -> str:
    if place.level == Level.COMMUNE:
        commune = reference.communes[place.code]
        return f"{', '.join(commune.postcodes)} · {typeset(reference.epcis[commune.epci].name)}"
    if place.level == Level.EPCI:
        return reference.territories[reference.epcis[place.code].territory].name
    return f"{len(reference.members(place))} communes"


def _former(reference: Reference) -> list[Entry]:
    today = reference.communes
    return [
        (
            f"commune:{former.current}#ancien/{former.code}-{index}",
            typeset(former.name),
            typeset(f"aujourd’hui {today[former.current].name}"),
        )
        for index, former in enumerate(reference.former_communes)
    ]


def _objects(catalogue: Catalogue, layer_id: str) -> list[Entry]:
    layer, frame = catalogue.layer(layer_id), catalogue.load(layer_id)
    return [
        (
            f"commune:{row['commune_code']}#{layer_id}/{row[layer.key]}",
            typeset(layer.title_of(row)),
            typeset(row["commune"]),
        )
        for row in frame.drop(columns="geometry").to_dict("records")
    ]
