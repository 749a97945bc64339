"""Operations supported by the Fonds d’innovation territorial (FIT): what, where, for how much."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geo.reference import Reference
from layers.base import Field, Layer
from layers.documents import DOCUMENT, DOCUMENTS, LINE, OPERATION_ACTS
from layers.points import GEOCODED, PLACE, place_at_town_halls
from layers.stations import GARES
from layers.tables import Table, read_text
from layers.wording import format_euros

FILE: Final = "contracts/operations.csv"
TOWN_HALL_NOTE: Final = "Le document dit le lieu en mots seulement : opération placée"

_OPERATION: Final = Field("operation", "Opération", "Identifiant de l’opération.")

FINANCING: Final = Table(
    "contracts/financing.csv",
    (
        _OPERATION,
        Field("side", "Côté", "Dépense ou recette.", allowed=("depense", "recette")),
        Field("rank", "Rang", "Rang dans le plan.", "int"),
        Field("label", "Libellé", "Libellé tel que le plan l’écrit."),
        Field("parent", "Ligne mère", "Ligne que celle-ci détaille.", nullable=True),
        Field("funder", "Financeur", "Qui paie la recette.", nullable=True),
        Field("programme", "Programme", "Programme du financeur.", nullable=True),
        Field("amount", "Montant HT", "Montant tel que le plan l’écrit.", "money", unit="€"),
        DOCUMENT,
        LINE,
    ),
)

CALENDAR: Final = Table(
    "contracts/calendar.csv",
    (
        _OPERATION,
        Field("step", "Étape", "Étape du calendrier prévisionnel."),
        Field("date", "Date", "Date telle que la fiche l’écrit."),
        Field("comment", "Commentaire", "Ce que la fiche dit de l’étape.", nullable=True),
        DOCUMENT,
        LINE,
    ),
)

PACTS: Final = Table(
    "contracts/pacts.csv",
    (
        _OPERATION,
        Field("pact", "Pacte", "Pacte départemental."),
        Field("ambition", "Ambition", "Numéro de l’ambition dans son pacte.", "int"),
        Field("label", "Libellé", "Libellé de l’ambition."),
        DOCUMENT,
        LINE,
    ),
)


def _read(reference: Reference, data: Path) -> gpd.GeoDataFrame:
    frame = read_text(data / FILE)
    frame["commune_code"] = frame["communes"].str.split(";").str[0]
    frame["line"] = frame["title_line"]
    acts = DOCUMENTS.read(data).set_index("id")
    frame = frame.assign(
        vote_date=frame["document"].map(acts["date"]),
        deliberation=frame["document"].map(acts["number"]),
        **_steps(frame["id"], data),
        pacts=_pacts(frame["id"], data),
    )
    return place_at_town_halls(frame, reference, f"Fichier {FILE}", TOWN_HALL_NOTE)


def _steps(ids: pd.Series, data: Path) -> dict[str, pd.Series]:
    """Return when works begin and end, as the plan writes it."""
    calendar = CALENDAR.read(data).drop_duplicates(["operation", "step"])
    columns = {"works_start": "Début des travaux", "works_end": "Fin des travaux"}
    return {
        name: ids.map(calendar[calendar["step"] == step].set_index("operation")["date"])
        for name, step in columns.items()
    }


def _pacts(ids: pd.Series, data: Path) -> pd.Series:
    pacts = PACTS.read(data).groupby("operation", sort=False)["pact"].unique().map(tuple)
    return ids.map(lambda operation: pacts.get(operation, ()))


def _summary(row: Mapping[str, Any]) -> str:
    return (
        f"{format_euros(row['fit'])} de FIT pour un coût de {format_euros(row['total_cost'])} HT ; "
        f"maîtrise d’ouvrage : {row['owner']}."
    )


OPERATIONS: Final = Layer(
    id="operations",
    title="Opérations FIT",
    geometry="point",
    key="id",
    fields=(
        Field("id", "Identifiant", "Délibération, contrat et numéro de fiche."),
        Field("number", "Fiche", "Numéro de la fiche opération dans son contrat.", "int"),
        Field("title", "Opération", "Intitulé de l’opération."),
        Field("contract", "Contrat", "Contrat auquel l’opération est rattachée."),
        Field("owner", "Maître d’ouvrage", "Pour qui l’opération est réalisée."),
        Field("delegate", "Mandataire", "Qui la réalise pour lui.", nullable=True),
        Field("place", "Lieu", "Lieu, dans les mots de la fiche."),
        Field(
            "fit",
            "FIT",
            "Subvention du Fonds d’innovation territorial, votée.",
            "money",
            unit="€",
            mapped=True,
            aggregate="sum",
        ),
        Field(
            "total_cost",
            "Coût total HT",
            "Total des dépenses du plan de financement.",
            "money",
            unit="€",
            mapped=True,
            aggregate="sum",
        ),
        Field(
            "total_receipts",
            "Total des recettes",
            "Total des recettes, tel qu’imprimé.",
            "money",
            unit="€",
            aggregate="sum",
        ),
        Field("works_start", "Début des travaux", "Tel que la fiche l’écrit.", nullable=True),
        Field("works_end", "Fin des travaux", "Telle que la fiche l’écrit.", nullable=True),
        Field("pacts", "Pactes", "Pactes départementaux que l’opération sert.", "list"),
        Field("axes", "Axes", "Axes du contrat que la fiche cite.", "list", nullable=True),
        Field("vote_date", "Vote", "Jour du vote qui attribue le FIT.", "date"),
        Field("deliberation", "Délibération", "Son numéro.", nullable=True),
        Field("article", "Article", "Article de la délibération qui attribue le FIT.", "int"),
        Field("budget_code", "Code budgétaire", "Ligne du budget qui porte la dépense."),
        *PLACE,
        *GEOCODED,
        Field("remark", "Remarque", "Ce qu’il faut savoir de l’opération.", nullable=True),
        DOCUMENT,
        LINE,
    ),
    sources=(OPERATION_ACTS, *GARES.sources),
    read=_read,
    title_of=lambda row: str(row["title"]),
    summary_of=_summary,
    remark=(
        "Opérations des délibérations tenues ; d’autres ont pu être votées depuis. Le code "
        "budgétaire est déduit : c’est la seule répartition qui retrouve les lignes du budget."
    ),
)
