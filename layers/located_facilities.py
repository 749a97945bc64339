"""Facilities of the Base permanente des équipements with their points: layers by category.

A category is a layer once it was asked for: none are embedded.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geo.reference.places import Reference
from layers.model.layer import Field, Layer, Source
from layers.model.points import GEOCODED, OUTSIDE, PLACE, place
from layers.model.tables import Table
from layers.model.taken import cited_source
from layers.services import WHERE

TITLES: Final = {
    "B105": "Supermarchés",
    "B201": "Supérettes",
    "C201": "Collèges",
    "C301": "Lycées généraux, technologiques ou polyvalents",
    "D307": "Pharmacies",
}
"""Of the categories that :mod:`layers.facilities` counts; the operator names the others."""
KEY: Final = Field("id", "Identifiant", "Catégorie, commune et rang dans la commune.")
NAME: Final = Field("name", "Nom", "Nom ou raison sociale, où la source l’a.", nullable=True)
CATEGORY: Final = Field("category", "Catégorie", "Code de la catégorie (TYPEQU).")
TABLE: Final = Table(
    "official/located_facilities.csv",
    (
        KEY,
        CATEGORY,
        Field("title", "Titre", "De la couche, au pluriel."),
        NAME,
        *WHERE,
        OUTSIDE,
    ),
    key="id",
)
SOURCE: Final = Source(
    "Base permanente des équipements, fichier géolocalisé",
    "Insee",
    "Licence Ouverte 2.0",
    "pas encore pris",
    "https://www.insee.fr/fr/statistiques/8217525",
)
REMARK: Final = (
    "Un équipement sans position, ou de position que la source dit mauvaise, est à la mairie."
)


def title_of(category: str) -> str:
    """Return how a category is called where nobody has said it."""
    return TITLES.get(category, f"Équipements de catégorie {category}")


def facility_layers(data: Path) -> tuple[Layer, ...]:
    """Return a layer for each category that was taken; raises LayerError for a damaged file."""
    if not (data / TABLE.file).is_file():
        return ()
    source = cited_source(data, TABLE.file, SOURCE)
    told = TABLE.texts(data).groupby("category", sort=False)["title"].agg(["first", "size"])
    return tuple(
        _layer(category, title, int(count), source) for category, title, count in told.itertuples()
    )


def _layer(category: str, title: str, count: int, source: Source) -> Layer:
    def read(reference: Reference, data: Path) -> gpd.GeoDataFrame:
        rows = TABLE.texts(data)
        ours = rows[rows["category"] == category]
        return place(ours, reference, f"Fichier {TABLE.file}")

    def say_title(row: Mapping[str, Any]) -> str:
        return row["name"] if isinstance(row["name"], str) else f"{title}, {row['commune']}"

    return Layer(
        id=f"bpe_{category.lower()}",
        title=f"{title} (BPE)",
        geometry="point",
        key="id",
        fields=(KEY, CATEGORY, NAME, *PLACE, *GEOCODED),
        sources=(source,),
        read=read,
        title_of=say_title,
        summary_of=lambda row: f"{title}\u00a0: catégorie {category}, {row['commune']}.",
        known_total=count,
        remark=REMARK,
    )


def categories_in(path: Path) -> Mapping[str, str]:
    """Return the titles of the categories that a table holds, by code; empty for no table."""
    if not path.is_file():
        return {}
    rows = pd.read_csv(path, dtype=str, usecols=["category", "title"], keep_default_na=False)
    return dict(zip(rows["category"], rows["title"], strict=True))
