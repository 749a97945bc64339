"""Town halls, from the directory of the administration (Explore v2.1, export of all rows)."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

import orjson
import pandas as pd

from geo.names import normalise
from geo.perimeter import UnknownPlaceError
from geo.reference.places import Reference
from geo.reference.records import Commune
from layers.connectors.declaration import Connector, ConnectorError, Direct, tell_left_out
from layers.connectors.layer_rows import LayerRows, SiteRows
from layers.connectors.positions import COMMUNE_ONLY, place_sites
from layers.french.opening_hours import say_hours
from layers.french.wording import format_percent, plural
from layers.town_halls import MAIRIES, TABLE

DIRECTORY: Final = "https://api-lannuaire.service-public.gouv.fr"
DATASET: Final = "api-lannuaire-administration"
HOME: Final = "62"
COLUMNS: Final = (
    *("nom", "code_insee_commune", "pivot", "adresse", "telephone", "site_internet"),
    *("plage_ouverture", "date_modification"),
)
KIND: Final = "mairie"
OTHERS: Final = ("delegue", "annexe", "associe")
"""Words in the name of a town hall that is not the one of its commune."""
MOST_ABSENT: Final = 0.3
"""Share of the communes without a town hall beyond which the file cannot be whole."""
LONGEST: Final = 300
"""Characters of a text that is shown."""
_SITE: Final = re.compile(r"https?://[\w.-]+(/\S*)?", re.ASCII)
WHERE: Final = f'pivot LIKE "{KIND}" and startswith(code_insee_commune,"{HOME}")'

Parts = Sequence[Mapping[str, Any]]


def take(rows: pd.DataFrame, reference: Reference) -> SiteRows:
    """Return a town hall for each commune: the directory's, else the one that is known.

    Of several in a commune that was several, the one of the commune of today is taken.
    """
    ours = rows[rows["code_insee_commune"].str.startswith(HOME)]
    halls = [
        _read_hall(line, row, reference)
        for line, row in ours.iterrows()
        if any(part.get("type_service_local") == KIND for part in _parts(line, row, "pivot"))
    ]
    found = pd.DataFrame(halls, columns=[*_read_columns()], dtype=object)
    found = found.sort_values("other", kind="stable")
    once = found.drop_duplicates("commune_code")
    addressed = once[once["address"] != ""]
    there = {*addressed["commune_code"]}
    absent = [one for code, one in reference.communes.items() if code not in there]
    if len(absent) > MOST_ABSENT * len(reference.communes):
        raise ConnectorError(
            f"Annuaire : pas de mairie pour {plural(len(absent), 'commune')} sur "
            f"{len(reference.communes)}, plus de {format_percent(MOST_ABSENT)} ; le fichier est "
            "sans doute incomplet."
        )
    placed = place_sites(addressed, reference, "source_unstated").assign(listed="yes")
    known = [_known_hall(one) for one in absent if one.town_hall.address is not None]
    made = pd.concat([placed, pd.DataFrame(known, columns=placed.columns, dtype=object)])
    return SiteRows(made[[*TABLE.columns]], _tell(found, once, placed, absent))


def _read_columns() -> tuple[str, ...]:
    words = ("address", "phone", "website", "opening_hours")
    return ("commune_code", "other", *words, "longitude", "latitude")


def _read_hall(line: object, row: pd.Series, reference: Reference) -> tuple[object, ...]:
    given = row["code_insee_commune"]
    try:
        code, _ = reference.resolve_code(given)
    except UnknownPlaceError as error:
        raise ConnectorError(f"Ligne {line} : {error}") from error
    words = normalise(row["nom"])
    other = 2 * any(word in words for word in OTHERS) + (code != given)
    places = _parts(line, row, "adresse")
    where = next((one for one in places if one.get("type_adresse") == "Adresse"), {})
    where = where or next(iter(places), {})
    street, town = _text(where, "numero_voie"), _text(where, "nom_commune")
    last = f"{_text(where, 'code_postal')} {town}".strip()
    return (
        code,
        other,
        ", ".join(part for part in (street, last) if part),
        _text(next(iter(_parts(line, row, "telephone")), {}), "valeur"),
        _site(_text(next(iter(_parts(line, row, "site_internet")), {}), "valeur")),
        say_hours(_parts(line, row, "plage_ouverture"))[:LONGEST],
        _text(where, "longitude"),
        _text(where, "latitude"),
    )


def _parts(line: object, row: pd.Series, column: str) -> Parts:
    """Return what a cell holds: a list of objects, written as JSON."""
    try:
        parts = orjson.loads(row[column] or "[]")
    except ValueError:
        parts = None
    if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
        raise ConnectorError(
            f"Annuaire : ligne {line}, colonne « {column} » : trouvé « {row[column][:40]} », "
            "attendu une liste en JSON."
        )
    return parts


def _text(part: Mapping[str, Any], name: str) -> str:
    return " ".join(str(part.get(name) or "").split())[:LONGEST]


def _site(text: str) -> str:
    """Return an address that a browser opens, empty where it is none."""
    return text if _SITE.fullmatch(text) else ""


def _known_hall(commune: Commune) -> dict[str, str]:
    hall = commune.town_hall
    return {
        "address": hall.address or "",
        "phone": hall.phone or "",
        "website": hall.website or "",
        "opening_hours": hall.opening_hours or "",
        "commune_code": commune.code,
        "commune": commune.name,
        "longitude": f"{hall.lon}",
        "latitude": f"{hall.lat}",
        "position_quality": "given_by_source" if hall.precision == "site" else "inside_commune",
        "metres_outside_commune": "0",
        "listed": "no",
    }


def _tell(
    found: pd.DataFrame, once: pd.DataFrame, placed: pd.DataFrame, absent: Sequence[Commune]
) -> tuple[str, ...]:
    told = []
    if absent:
        names = ", ".join(one.name for one in absent[:5])
        told.append(
            f"{plural(len(absent), 'commune')} sans mairie dans l’annuaire, telle que le projet "
            f"l’avait : {names}."
        )
    pointless = placed.loc[placed["position_quality"] == COMMUNE_ONLY, "commune"]
    if len(pointless):
        told.append(
            f"{plural(len(pointless), 'mairie')} sans point dans l’annuaire, à celui que le projet "
            f"avait : {', '.join(pointless[:5])}."
        )
    silent = once.loc[once["address"] == "", "commune_code"]
    told += tell_left_out(len(silent), "site", "sans adresse", silent)
    others = found.loc[~found.index.isin(once.index), "address"]
    why = "d’une commune dont une autre mairie est montrée"
    return (*told, *tell_left_out(len(others), "site", why, others))


CONNECTOR: Final = Connector(
    id="mairies",
    feed=LayerRows(
        MAIRIES,
        TABLE,
        take,
        remark="Une commune absente de l’annuaire garde la mairie que le projet avait. Les autres "
        "couches et le géocodeur placent « à la mairie » au point du projet.",
        about=886,
        added=True,
    ),
    title="Annuaire de l’administration",
    producer="Direction de l’information légale et administrative (DILA)",
    licence="Licence Ouverte 2.0",
    address="https://lannuaire.service-public.gouv.fr",
    where=Direct(
        f"{DIRECTORY}/api/explore/v2.1/catalog/datasets/{DATASET}/exports/csv"
        f"?select={quote(','.join(COLUMNS))}&where={quote(WHERE)}&delimiter=%3B&with_bom=false",
        (DIRECTORY,),
    ),
    columns=COLUMNS,
    dated="date_modification",
    rhythm=30,
)
