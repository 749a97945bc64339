"""Contracts of the Département with an EPCI or a commune, on the perimeter of the partner."""

from collections.abc import Callable, Mapping
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

KINDS: Final = {"territoire": "contrat de territoire", "ville": "contrat de ville"}

_COLUMNS: Final = (
    "id", "kind", "perimeter", "partner", "start_year", "end_year", "axes", "vote_date",
    "deliberation", "remark", "document", "line",
)  # fmt: skip


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


def _reader(kind: str) -> Callable[[Reference, Path], gpd.GeoDataFrame]:
    def read(reference: Reference, data: Path) -> gpd.GeoDataFrame:
        table = CONTRACTS.read(data, *_COLUMNS)
        table = table[table["kind"] == kind]
        partners = [partner_perimeter(text, reference) for text in table["perimeter"]]
        # EPCI and communes never share a code: nine figures and five.
        frames = [reference.outlines(Level.EPCI), reference.coverage.communes(0)]
        outlines = pd.concat(frames).set_index("code").loc[[partner.code for partner in partners]]
        shapes = outlines.geometry.to_crs(EXCHANGE).to_numpy()
        return gpd.GeoDataFrame(table, geometry=shapes, crs=EXCHANGE)

    return read


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
    read=_reader("territoire"),
    title_of=_title,
    summary_of=_summary,
    remark=(
        "Contrats des délibérations tenues : ailleurs, un contrat peut exister. Elles autorisent "
        "la signature et n’en donnent pas la date."
    ),
)

CONTRATS_VILLE: Final = Layer(
    id="contrats_ville",
    title="Contrats de ville",
    geometry="polygon",
    key="id",
    fields=CONTRACTS.pick(*_COLUMNS),
    sources=(TOWN_CONTRACT_ACTS, OUTLINES),
    read=_reader("ville"),
    title_of=_title,
    summary_of=_summary,
    remark="La délibération cadre liste les partenaires ; elle ne donne ni axe ni montant.",
)
