"""Health establishments: hospitals, clinics, and the units that report to the yearly statistics."""

from typing import Final

from layers.model.layer import Field, Layer, Source
from layers.model.points import GEOCODED, OUTSIDE, PLACE
from layers.model.tables import Table
from layers.services import (
    ADDRESS,
    NAME,
    NAME_SOURCE,
    POSTCODE,
    WHERE,
    coded,
    kind_field,
    read_sites,
    site_summary,
    site_title,
)

KINDS: Final = {
    "hospital": "hôpital",
    "clinic": "clinique",
    "psychiatric_hospital": "hôpital psychiatrique",
    "psychiatric_clinic": "clinique psychiatrique",
    "psychiatric_care_centre": "centre de soins psychiatriques",
    "aftercare_psychiatric": "postcure psychiatrique",
    "rehabilitation": "soins de suite et réadaptation",
    "long_stay": "soins de longue durée",
    "home_hospital": "hospitalisation à domicile",
    "dialysis": "dialyse",
    "other_care": "autre structure de soins",
    "head_office": "siège",
}

SECTORS: Final = {
    "public": "public",
    "private_non_profit": "privé non lucratif",
    "private_for_profit": "privé lucratif",
}

TABLE: Final = Table(
    "services/hospitals.csv",
    (
        Field("finess", "FINESS", "Numéro FINESS de l’établissement."),
        NAME,
        NAME_SOURCE,
        coded("kind", KINDS, "Catégorie", "Nature de l’établissement."),
        Field("category_code", "Code catégorie", "Catégorie FINESS."),
        coded("sector", SECTORS, "Statut", "Public, privé non lucratif ou privé lucratif."),
        ADDRESS,
        POSTCODE,
        *WHERE,
        Field("emergency_service", "Urgences", "Autorisé pour un service d’urgences.", "bool"),
        Field(
            "paediatric_emergency",
            "Urgences pédiatriques",
            "Autorisé pour des urgences pédiatriques.",
            "bool",
        ),
        OUTSIDE,
        Field("remark", "Remarque", "Doute ou correction sur la ligne.", nullable=True),
    ),
    key="finess",
)

HOPITAUX: Final[Layer] = Layer(
    id="hopitaux",
    title="Établissements de santé",
    geometry="point",
    key="finess",
    fields=(
        *TABLE.pick("finess", "name"),
        kind_field(KINDS, "Nature de l’établissement, d’après sa catégorie FINESS."),
        Field(
            "sector",
            "Statut",
            "Public, privé non lucratif ou privé lucratif.",
            allowed=tuple(SECTORS.values()),
        ),
        *TABLE.pick("address", "postcode"),
        *TABLE.pick("emergency_service", "paediatric_emergency", "remark"),
        *PLACE,
        *GEOCODED,
    ),
    sources=(
        Source(
            "Statistique annuelle des établissements de santé",
            "Direction de la recherche, des études, de l’évaluation et des statistiques (DREES)",
            "Licence Ouverte, pour autant qu’on le sache",
            "2023",
            "https://data.drees.solidarites-sante.gouv.fr",
        ),
    ),
    read=read_sites(TABLE, kind=KINDS, sector=SECTORS),
    title_of=site_title,
    summary_of=site_summary,
    known_total=78,
    remark=(
        "Tous les établissements qui répondent à la statistique, dialyse, hospitalisation à "
        "domicile et sièges compris ; les Ehpad, centres de santé et cabinets n’y sont pas. "
        "La plupart sont connus à la commune près."
    ),
)
