"""Operations supported by the Fonds d’innovation territorial (FIT): what, where, for how much."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geo.reference.places import Reference
from layers.documents.register import DOCUMENT, DOCUMENTS, LINE, OPERATION_ACTS
from layers.facts import contracts
from layers.facts.operation_brief import say_amounts
from layers.facts.operation_districts import stated_districts
from layers.french.semester import say_period
from layers.model.layer import Field, Layer
from layers.model.points import GEOCODED, PLACE, place_at_town_halls
from layers.stations import GARES

TOWN_HALL_NOTE: Final = "Le document dit le lieu en mots seulement : opération placée"


def _read(reference: Reference, data: Path) -> gpd.GeoDataFrame:
    frame = contracts.OPERATIONS.texts(data)
    frame["commune_code"] = frame["communes"].str.split(";").str[0]
    frame["line"] = frame["title_line"]
    acts = DOCUMENTS.read(data).set_index("id")
    frame = frame.assign(
        vote_date=frame["document"].map(acts["date"]),
        deliberation=frame["document"].map(acts["number"]),
        **_steps(frame["id"], data),
        pacts=_pacts(frame["id"], data),
        stated_district=_districts(frame["id"], data),
    )
    return place_at_town_halls(
        frame, reference, f"Fichier {contracts.OPERATIONS.file}", TOWN_HALL_NOTE
    )


def _steps(ids: pd.Series, data: Path) -> dict[str, pd.Series]:
    """Say when works are to begin and to end, with the precision of the plan."""
    calendar = contracts.CALENDAR.read(data).drop_duplicates(["operation", "step"])
    columns = {"works_start": "Début des travaux", "works_end": "Fin des travaux"}
    return {
        name: ids.map(
            calendar[calendar["step"] == step].set_index("operation")["date"].map(say_period)
        )
        for name, step in columns.items()
    }


def _pacts(ids: pd.Series, data: Path) -> pd.Series:
    pacts = contracts.PACTS.read(data).groupby("operation", sort=False)["pact"].unique().map(tuple)
    return ids.map(lambda operation: pacts.get(operation, ()))


def _districts(ids: pd.Series, data: Path) -> pd.Series:
    sentences = {code: one.sentence for code, one in stated_districts(data).items()}
    return ids.map(sentences).astype(object)


def _summary(row: Mapping[str, Any]) -> str:
    return f"{say_amounts(row['fit'], row['total_cost'])} ; maîtrise d’ouvrage : {row['owner']}."


OPERATIONS: Final = Layer(
    id="operations",
    title="Opérations FIT",
    geometry="point",
    key="id",
    fields=(
        *contracts.OPERATIONS.pick(
            "id", "number", "title", "contract", "owner", "delegate", "place"
        ),
        *contracts.OPERATIONS.pick("fit", "total_cost", "total_receipts"),
        Field(
            "works_start",
            "Début des travaux",
            "Prévu par la fiche, à la précision qu’elle donne.",
            nullable=True,
        ),
        Field(
            "works_end",
            "Fin des travaux",
            "Prévue par la fiche, à la précision qu’elle donne.",
            nullable=True,
        ),
        Field("pacts", "Pactes", "Pactes départementaux que l’opération sert.", "list"),
        *contracts.OPERATIONS.pick("axes"),
        Field("vote_date", "Vote", "Jour du vote qui attribue le FIT.", "date"),
        Field("deliberation", "Délibération", "Son numéro.", nullable=True),
        *contracts.OPERATIONS.pick("article", "budget_code"),
        *PLACE,
        *GEOCODED,
        Field(
            "stated_district",
            "Quartier prioritaire selon le document",
            "Ce que le document dit du quartier prioritaire de l’opération, avec ses lignes.",
            nullable=True,
        ),
        *contracts.OPERATIONS.pick("remark"),
        DOCUMENT,
        LINE,
    ),
    sources=(OPERATION_ACTS, *GARES.sources),
    read=_read,
    title_of=lambda row: str(row["title"]),
    summary_of=_summary,
    remark=(
        "Opérations des délibérations recueillies ; d’autres ont pu être votées depuis. Le code "
        "budgétaire est déduit : c’est la seule répartition qui retrouve les lignes du budget."
    ),
)
