"""Collèges, public and private under contract."""

from typing import Final

from layers.base import Field, Layer, Source
from layers.points import GEOCODED, PLACE
from layers.services import NAME, POSTCODE, read_sites, site_summary, site_title

SECTORS: Final = {"public": "public", "private": "privé sous contrat"}

COLLEGES: Final[Layer] = Layer(
    id="colleges",
    title="Collèges",
    geometry="point",
    key="uai",
    fields=(
        Field("uai", "UAI", "Numéro national de l’établissement."),
        NAME,
        Field("former_name", "Ancien nom", "Nom porté auparavant.", nullable=True),
        Field(
            "sector", "Secteur", "Public, ou privé sous contrat.", allowed=tuple(SECTORS.values())
        ),
        Field(
            "pupils",
            "Élèves",
            "Nombre d’élèves à la rentrée 2022.",
            "int",
            unit="élèves",
            mapped=True,
            aggregate="sum",
        ),
        Field(
            "ips",
            "IPS",
            "Indice de position sociale moyen des élèves, rentrée 2022.",
            "float",
            mapped=True,
            aggregate="mean",
        ),
        POSTCODE,
        *PLACE,
        *GEOCODED,
    ),
    sources=(
        Source(
            "Indices de position sociale dans les collèges",
            "Ministère de l’Éducation nationale (DEPP)",
            "Licence Ouverte",
            "rentrée 2022",
            "https://data.education.gouv.fr",
        ),
        Source(
            "Adresse et géolocalisation des établissements d’enseignement",
            "Ministère de l’Éducation nationale (DEPP)",
            "Licence Ouverte",
            "2025",
            "https://data.education.gouv.fr",
        ),
    ),
    read=read_sites("colleges/colleges.csv", sector=SECTORS),
    title_of=site_title,
    summary_of=site_summary,
    known_total=157,
    remark="Trois collèges hors contrat, sans indice de position sociale, n’y sont pas.",
)
