"""The register of documents: what « document, ligne » means for every fact that carries them."""

from pathlib import Path
from typing import Final

import pandas as pd

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


def document_titles(data: Path) -> pd.Series:
    """Return the title of each document, indexed by its identifier."""
    return DOCUMENTS.read(data).set_index("id")["title"]
