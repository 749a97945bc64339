"""Quartiers prioritaires de la politique de la ville (QPV), placed at the communes they touch."""

from pathlib import Path
from typing import Final

import geopandas as gpd

from geo.reference.places import Reference
from layers.french.wording import enumerate_words
from layers.model.layer import Field, Layer, Source
from layers.model.points import CONFIDENCE, PLACE, POSITION_SOURCE, place_at_town_halls
from layers.model.tables import Table

TABLE: Final = Table(
    "districts/priority_districts.csv",
    (
        Field("code", "Code", "Code national du quartier."),
        Field("name", "Nom", "Nom du quartier."),
        Field("name_source", "Nom de la source", "Nom tel que la source l’écrit."),
        Field("commune_codes", "Codes communes", "Codes Insee de ces communes.", "list"),
        Field("communes", "Communes", "Communes que le quartier touche.", "list"),
    ),
    key="code",
)
NOTE: Final = (
    "La liste ne donne ni contour ni point : dans la première de ses communes, quartier placé"
)


def _read(reference: Reference, data: Path) -> gpd.GeoDataFrame:
    frame = TABLE.texts(data)
    frame["commune_code"] = frame["commune_codes"].str.split(";").str[0]
    frame["communes"] = frame["communes"].str.split(";").map(tuple)
    return place_at_town_halls(frame, reference, f"Fichier {TABLE.file}", NOTE)


QPV: Final = Layer(
    id="qpv",
    title="Quartiers prioritaires (QPV)",
    geometry="point",
    key="code",
    fields=(
        *TABLE.pick("code", "name", "communes", "commune_codes"),
        *PLACE,
        CONFIDENCE,
        POSITION_SOURCE,
    ),
    sources=(
        Source(
            "Quartiers prioritaires de la politique de la ville 2024",
            "Agence nationale de la cohésion des territoires (ANCT)",
            "Licence Ouverte",
            "en vigueur depuis le 1er janvier 2024 (décret n° 2023-1314)",
            "https://www.data.gouv.fr",
        ),
    ),
    read=_read,
    title_of=lambda row: str(row["name"]),
    summary_of=lambda row: f"Quartier prioritaire, {enumerate_words(row['communes'])}.",
    known_total=64,
    remark="Placés à la commune : ni contour, ni population, ni adresse dans la liste tenue.",
)
