"""What the search box knows: every place, and the objects of the point layers, by kind."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from app.map.gathered import LARGE
from app.parts.typography import shown_name, typeset
from geo.names import sort_key
from geo.perimeter import Level, Perimeter
from geo.reference.places import Reference
from layers.areas import KINDS as EPCI_KINDS
from layers.catalogue.layers import Catalogue
from layers.contracts import KINDS
from layers.french.wording import plural
from layers.model.layer import LayerError
from layers.sheets.contract import LAYERS as CONTRACT_LAYERS
from layers.sheets.subject import Subject, SubjectKind

LEVELS: Final = (
    (Level.DEPARTEMENT, "Département"),
    (Level.COMMUNE, "Communes"),
    (Level.EPCI, "EPCI"),
    (Level.TERRITORY, "Territoires"),
    (Level.CANTON, "Cantons"),
    (Level.MDS, "Secteurs des MDS"),
)
OBJECTS: Final = (
    ("operations", "Opérations FIT"),
    ("projets_aides", "Autres projets du Département"),
    ("colleges", "Collèges"),
    ("lycees", "Lycées publics"),
    ("france_services", "France services"),
    ("centres_incendie", "Centres d’incendie et de secours (pompiers)"),
    ("hopitaux", "Établissements de santé"),
    ("gares", "Gares"),
    ("sites_departementaux", "Sites départementaux"),
    ("sieges_incendie", "Sièges du SDIS"),
    ("mairies", "Mairies"),
)
"""Point layers whose rows are found by name, opened at their commune, and how each is called."""

DISTRICTS: Final = "qpv"
"""Point layer whose rows have a sheet of their own."""

DEPARTEMENT_NAMES: Final = "Département|CD62"
"""Other names of the département, with a bar between two."""

Entry = tuple[str, ...]
"""Value, label, detail and, for some, other names with a bar between two; the value is what to
open, or ``place#layer/key`` for an object in it. The words of all are searched."""


def search_groups(catalogue: Catalogue) -> list[dict[str, Any]]:
    """Return the entries by kind, each kind in French order; a layer that fails is left out.

    Returns
    -------
    list of dict
        ``group``: title of the kind; ``items``: its entries; ``weights``, for communes: their
        inhabitants, in the same order, for the larger comes first where names tell nothing.
    """
    reference = catalogue.reference
    groups = [(title, _places(reference, level)) for level, title in LEVELS]
    groups += [
        ("Anciennes communes", _former(reference)),
        ("Contrats", _contracts(catalogue)),
        ("Quartiers prioritaires", _districts(catalogue)),
        *((title, _objects(catalogue, layer_id)) for layer_id, title in _layers(catalogue)),
    ]
    return [_group(reference, title, entries) for title, entries in groups if entries]


def _layers(catalogue: Catalogue) -> list[tuple[str, str]]:
    """Return the point layers to search: those known here, then those that people added.

    The rows of a large one are looked for in its table: their names would be megabytes, of which
    each letter that is typed in the search box would be held against all.
    """
    named = dict(OBJECTS)
    others = [
        (layer.id, layer.title)
        for layer in catalogue.layers.values()
        if layer.geometry == "point" and layer.id not in {*named, DISTRICTS}
        and (catalogue.state(layer.id).rows or 0) <= LARGE
    ]  # fmt: skip
    return [*((id_, title) for id_, title in OBJECTS if id_ in catalogue.layers), *others]


def _group(reference: Reference, title: str, entries: list[Entry]) -> dict[str, Any]:
    items = sorted(entries, key=lambda entry: sort_key(entry[1]))
    group: dict[str, Any] = {"group": title, "items": items}
    if title == dict(LEVELS)[Level.COMMUNE]:
        codes = (value.partition(":")[2] for value, _, _ in items)
        group["weights"] = [reference.communes[code].population for code in codes]
    return group


def _places(reference: Reference, level: Level) -> list[Entry]:
    return [
        (
            str(place),
            shown_name(reference, place),
            _detail(reference, place),
            *_others(reference, place),
        )
        for place in reference.perimeters(level)
    ]


def _detail(reference: Reference, place: Perimeter) -> str:
    if place.level == Level.COMMUNE:
        commune = reference.communes[place.code]
        return f"{', '.join(commune.postcodes)} · {typeset(reference.epcis[commune.epci].name)}"
    if place.level == Level.EPCI:
        epci = reference.epcis[place.code]
        kind = _title(EPCI_KINDS[epci.kind])
        parts = (_acronym(epci.other_names), kind, reference.territories[epci.territory].name)
        return " · ".join(part for part in parts if part)
    return plural(len(reference.members(place)), "commune")


def _others(reference: Reference, place: Perimeter) -> tuple[str, ...]:
    """Return the other names of an EPCI: acronyms, official name, spellings of the documents."""
    if place.level == Level.DEPARTEMENT:
        return (DEPARTEMENT_NAMES,)
    if place.level != Level.EPCI:
        return ()
    return ("|".join(reference.epcis[place.code].other_names),)


def _acronym(names: Iterable[str]) -> str:
    """Return the first of several names that is an acronym, empty when none is."""
    return next((name for name in names if name.isupper() and " " not in name), "")


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


def _contracts(catalogue: Catalogue) -> list[Entry]:
    return [
        (
            str(Subject(SubjectKind.CONTRACT, row["id"])),
            _contract_title(catalogue.reference, row),
            typeset(f"délibération n° {row['deliberation']}"),
        )
        for layer_id in CONTRACT_LAYERS
        for row in _rows(catalogue, layer_id)
    ]


def _contract_title(reference: Reference, row: Mapping[str, Any]) -> str:
    partner = shown_name(reference, Perimeter.parse(row["perimeter"]))
    return f"{_title(KINDS[row['kind']])} {row['start_year']}-{row['end_year']}, {partner}"


def _districts(catalogue: Catalogue) -> list[Entry]:
    return [
        (
            str(Subject(SubjectKind.DISTRICT, row["code"])),
            typeset(row["name"]),
            f"QPV {row['code']} · {typeset(', '.join(row['communes']))}",
        )
        for row in _rows(catalogue, DISTRICTS)
    ]


def _objects(catalogue: Catalogue, layer_id: str) -> list[Entry]:
    layer = catalogue.layer(layer_id)
    return [
        (
            f"commune:{row['commune_code']}#{layer_id}/{row[layer.key]}",
            typeset(layer.title_of(row)),
            typeset(row["commune"]),
        )
        for row in _rows(catalogue, layer_id)
    ]


def _rows(catalogue: Catalogue, layer_id: str) -> list[dict[str, Any]]:
    try:
        frame = catalogue.load(layer_id)
    except LayerError:
        # the layer's place on the page says what is wrong
        return []
    rows = frame.drop(columns="geometry").to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]


def _title(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"
