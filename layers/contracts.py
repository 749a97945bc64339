"""Contracts of the Département with an EPCI or a commune.

A contrat de territoire is drawn on the perimeter of its partner. The framework of the contrats de
ville names partners and no commune: they are drawn on the communes of the partner that a quartier
prioritaire touches, and say so.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geo.crs import EXCHANGE
from geo.perimeter import Level, Perimeter, UnknownPlaceError
from geo.reference.places import Reference
from layers.communes import OUTLINES
from layers.documents.register import CONTRACT_ACTS, TOWN_CONTRACT_ACTS
from layers.facts.contracts import CONTRACTS
from layers.french.wording import plural
from layers.model.layer import Layer, LayerError
from layers.model.schema import Field
from layers.priority_districts import TABLE as DISTRICTS

KINDS: Final = {"territoire": "contrat de territoire", "ville": "contrat de ville"}

_COLUMNS: Final = (
    "id", "kind", "perimeter", "partner", "start_year", "end_year", "axes", "vote_date",
    "deliberation", "remark", "document", "line",
)  # fmt: skip

_TOWNS: Final = Field(
    "commune_codes",
    "Communes à quartier prioritaire",
    "Codes Insee des communes du partenaire que touche un quartier prioritaire.",
    "list",
)


def partner_perimeter(text: str, reference: Reference) -> Perimeter:
    """Return the perimeter of a partner: an EPCI or a commune that exists.

    Raises
    ------
    LayerError
        It is neither.
    """
    try:
        perimeter = Perimeter.parse(text)
    except UnknownPlaceError as error:
        raise LayerError(f"{CONTRACTS.file} : {error}") from error
    if perimeter.level not in {Level.EPCI, Level.COMMUNE} or not reference.exists(perimeter):
        raise LayerError(
            f"Fichier {CONTRACTS.file} : colonne « perimeter » : trouvé « {perimeter} », "
            "attendu : un EPCI ou une commune du Pas-de-Calais."
        )
    return perimeter


def _read(reference: Reference, data: Path, kind: str) -> gpd.GeoDataFrame:
    table = CONTRACTS.read(data, *_COLUMNS)
    table = table[table["kind"] == kind]
    partners = [partner_perimeter(text, reference) for text in table["perimeter"]]
    # EPCI and communes never share a code: nine figures and five.
    frames = [reference.outlines(Level.EPCI), reference.coverage.communes(0)]
    outlines = pd.concat(frames).set_index("code").loc[[partner.code for partner in partners]]
    shapes = outlines.geometry.to_crs(EXCHANGE).to_numpy()
    return gpd.GeoDataFrame(table, geometry=shapes, crs=EXCHANGE)


def _read_territories(reference: Reference, data: Path) -> gpd.GeoDataFrame:
    return _read(reference, data, "territoire")


def _read_towns(reference: Reference, data: Path) -> gpd.GeoDataFrame:
    table = _read(reference, data, "ville")
    lists = DISTRICTS.texts(data)["commune_codes"].str.split(";")
    touched = frozenset(code for codes in lists for code in codes)
    table["commune_codes"] = [
        tuple(code for code in reference.members(Perimeter.parse(text)) if code in touched)
        for text in table["perimeter"]
    ]
    groups = dict(zip(table["id"], table["commune_codes"], strict=True))
    groups = {contract: codes for contract, codes in groups.items() if codes}
    united = reference.coverage.united(groups, 0)
    shapes = united.geometry.to_crs(EXCHANGE).set_axis(list(groups))
    # a partner without any district keeps its outline: an area has to be drawn somewhere
    drawn = [
        shapes.get(contract, outline)
        for contract, outline in zip(table["id"], table.geometry, strict=True)
    ]
    return table.set_geometry(gpd.GeoSeries(drawn, index=table.index, crs=EXCHANGE))


def _title(row: Mapping[str, Any]) -> str:
    kind = KINDS[row["kind"]]
    return f"{kind[0].upper()}{kind[1:]} {row['start_year']}-{row['end_year']} – {row['partner']}"


def _summary(row: Mapping[str, Any]) -> str:
    axes = f", {plural(len(row['axes']), 'axe')}" if row["axes"] else ""
    return (
        f"{KINDS[row['kind']].capitalize()} {row['start_year']}-{row['end_year']}{axes}, "
        f"délibération n° {row['deliberation']}."
    )


CONTRATS: Final = Layer(
    id="contrats",
    title="Contrats de territoire",
    geometry="polygon",
    key="id",
    fields=CONTRACTS.pick(*_COLUMNS),
    sources=(CONTRACT_ACTS, OUTLINES),
    read=_read_territories,
    title_of=_title,
    summary_of=_summary,
    remark=(
        "Contrats des délibérations recueillies : ailleurs, un contrat peut exister. Elles "
        "autorisent la signature et n’en donnent pas la date."
    ),
)

CONTRATS_VILLE: Final = Layer(
    id="contrats_ville",
    title="Contrats de ville à venir",
    geometry="polygon",
    key="id",
    fields=(*CONTRACTS.pick(*_COLUMNS), _TOWNS),
    sources=(TOWN_CONTRACT_ACTS, OUTLINES),
    read=_read_towns,
    title_of=_title,
    summary_of=_summary,
    remark=(
        "Un cadre a été voté, et la signature de futurs contrats autorisée : il nomme les "
        "partenaires, pas les communes. Le dessin montre, chez chacun, les communes que touche un "
        "quartier prioritaire ; les contrats d’avant 2024 en couvraient 49."
    ),
)
