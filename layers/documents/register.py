"""The register of documents: what « document, ligne » means for every fact that carries them."""

from collections.abc import Hashable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import pandas as pd

from layers.french.wording import format_date
from layers.model.layer import Field, Source
from layers.model.tables import Table

REPORT: Final = Source(
    "Rapport d’activité 2022 des services du Département",
    "Département du Pas-de-Calais",
    "document administratif public",
    "2022",
    "cd62-rapport-2022",
)

DOCUMENTS: Final = Table(
    "documents.csv",
    (
        Field("id", "Document", "Identifiant du document."),
        Field("title", "Titre", "Objet du document."),
        Field("assembly", "Assemblée", "Qui l’a adopté."),
        Field("date", "Date", "Date du vote ou année du rapport.", "date"),
        Field("number", "Numéro", "Numéro de la délibération.", nullable=True),
        Field("lines", "Lignes", "Nombre de lignes de la version texte.", "int"),
        Field("sha256", "Empreinte", "Empreinte de la version texte."),
    ),
    key="id",
)

DOCUMENT: Final = Field("document", "Document", "Document qui dit le fait.")
LINE: Final = Field("line", "Ligne", "Ligne de la version texte du document.", "int")

ASSEMBLY: Final = "Conseil départemental du Pas-de-Calais"
PUBLIC: Final = "document administratif public"
UNREAD: Final = "dates de vote non lues"

OPERATION_ACTS: Final = Source("Délibérations qui votent les opérations", ASSEMBLY, PUBLIC, UNREAD)
CONTRACT_ACTS: Final = Source(
    "Délibérations qui votent les contrats de territoire", ASSEMBLY, PUBLIC, UNREAD
)
TOWN_CONTRACT_ACTS: Final = Source(
    "Délibérations qui prévoient les contrats de ville", ASSEMBLY, PUBLIC, UNREAD
)
"""What a layer declares before its rows are read: :mod:`layers.facts.acts` puts theirs."""


def document_names(data: Path) -> Mapping[str, str]:
    """Return what each document is called in a citation: ``délibération n° 2023-534``.

    Raises
    ------
    layers.model.schema.LayerError
        The register is missing or damaged.
    """
    return {row["id"]: _name(row) for row in DOCUMENTS.read(data).to_dict("records")}


def _name(row: Mapping[Hashable, Any]) -> str:
    if isinstance(row["number"], str):
        return f"délibération n° {row['number']}"
    if len(row["date"]) == len("2023-12-12"):
        return f"délibération du {format_date(date.fromisoformat(row['date']))}"
    title, _, _ = str(row["title"]).partition(" des ")
    return title[:1].lower() + title[1:]


def document_titles(data: Path) -> pd.Series:
    """Return the title of each document, indexed by its identifier."""
    return DOCUMENTS.read(data).set_index("id")["title"]
