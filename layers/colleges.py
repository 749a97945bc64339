"""Collèges, public and private under contract."""

from typing import Final

from layers.model.layer import Field, Layer, Source
from layers.model.points import GEOCODED, OUTSIDE, PLACE, POSITION
from layers.model.tables import Table
from layers.services import (
    COMMUNE,
    COMMUNE_CODE,
    NAME,
    POSTCODE,
    coded,
    read_sites,
    site_summary,
    site_title,
)

SECTORS: Final = {"public": "public", "private": "privé sous contrat"}

TABLE: Final = Table(
    "colleges/colleges.csv",
    (
        Field("uai", "UAI", "Numéro national de l’établissement."),
        NAME,
        Field("former_name", "Ancien nom", "Nom porté auparavant.", nullable=True),
        coded("sector", SECTORS, "Secteur", "Public, ou privé sous contrat."),
        COMMUNE_CODE,
        COMMUNE,
        POSTCODE,
        Field(
            "pupils",
            "Élèves",
            "Nombre d’élèves à la rentrée 2022.",
            "int",
            unit="élèves",
            aggregate="sum",
        ),
        Field(
            "ips",
            "IPS",
            "Indice de position sociale moyen des élèves, rentrée 2022.",
            "float",
            aggregate="mean",
        ),
        *POSITION,
        OUTSIDE,
    ),
    key="uai",
)

COLLEGES: Final[Layer] = Layer(
    id="colleges",
    title="Collèges",
    geometry="point",
    key="uai",
    fields=(
        *TABLE.pick("uai", "name", "former_name"),
        Field(
            "sector", "Secteur", "Public, ou privé sous contrat.", allowed=tuple(SECTORS.values())
        ),
        *TABLE.pick("pupils", "ips", "postcode"),
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
    read=read_sites(TABLE, sector=SECTORS),
    title_of=site_title,
    summary_of=site_summary,
    known_total=157,
    remark="Trois collèges hors contrat, sans indice de position sociale, n’y sont pas.",
)
