"""The register of documents: what « document, ligne » means for every fact that carries them."""

from pathlib import Path
from typing import Final

import pandas as pd

from layers.base import Field, Source
from layers.tables import Table

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

DELIBERATION_2023: Final = Source(
    "Délibération n° 2023-534, contrats de territoire 2023-2026",
    "Conseil départemental du Pas-de-Calais",
    "document administratif public",
    "4 décembre 2023",
    "cd62-2023-534",
)

DELIBERATION_2024: Final = Source(
    "Délibération n° 2024-90, cadre des contrats de ville 2024-2030",
    "Conseil départemental du Pas-de-Calais",
    "document administratif public",
    "25 mars 2024",
    "cd62-2024-90",
)


def document_titles(data: Path) -> pd.Series:
    """Return the title of each document, indexed by its identifier."""
    return DOCUMENTS.read(data).set_index("id")["title"]
