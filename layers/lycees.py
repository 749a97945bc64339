"""Public lycées; the private ones are missing."""

from typing import Final

from layers.model.layer import Field, Layer, Source
from layers.model.points import GEOCODED, OUTSIDE, PLACE, POSITION
from layers.model.tables import Table
from layers.services import (
    COMMUNE,
    COMMUNE_CODE,
    NAME,
    NAME_SOURCE,
    POSTCODE,
    coded,
    kind_field,
    read_sites,
    site_summary,
    site_title,
)

KINDS: Final = {
    "general": "lycée général et technologique",
    "agricultural": "lycée agricole",
    "polyvalent": "lycée polyvalent",
    "vocational": "lycée professionnel",
    "adapted": "établissement régional d’enseignement adapté (EREA)",
    "experimental": "établissement expérimental",
}
_KIND: Final = "Nature de l’établissement selon le ministère."

TABLE: Final = Table(
    "services/lycees.csv",
    (
        Field("uai", "UAI", "Numéro national de l’établissement."),
        NAME,
        NAME_SOURCE,
        coded("kind", KINDS, "Catégorie", _KIND),
        COMMUNE_CODE,
        COMMUNE,
        POSTCODE,
        *POSITION,
        OUTSIDE,
    ),
    key="uai",
)

LYCEES: Final[Layer] = Layer(
    id="lycees",
    title="Lycées publics",
    geometry="point",
    key="uai",
    fields=(
        *TABLE.pick("uai", "name"),
        kind_field(KINDS, _KIND),
        *TABLE.pick("postcode"),
        *PLACE,
        *GEOCODED,
    ),
    sources=(
        Source(
            "Adresse et géolocalisation des établissements d’enseignement",
            "Ministère de l’Éducation nationale (DEPP)",
            "Licence Ouverte, pour autant qu’on le sache",
            "non daté, 2022 ou 2023 environ",
            "https://data.education.gouv.fr",
        ),
    ),
    read=read_sites(TABLE, kind=KINDS),
    title_of=site_title,
    summary_of=site_summary,
    known_total=66,
    remark=(
        "Lycées publics seuls : les lycées privés n’y sont pas. Là où il y en a, le lycée le plus "
        "proche est plus près que cette couche ne le dit."
    ),
)
