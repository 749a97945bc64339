"""Layers of sites whose rows come from an official list alone: there once the list was taken."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from layers.model.layer import Field, Layer, Source
from layers.model.points import GEOCODED, OUTSIDE, PLACE
from layers.model.tables import Table
from layers.services import (
    ADDRESS,
    NAME,
    POSTCODE,
    WHERE,
    coded,
    kind_field,
    read_sites,
    site_summary,
    site_title,
)

SITE_ID: Final = "site_id"
_KIND: Final = "Ce que c’est, selon la source."


@dataclass(frozen=True, slots=True)
class SiteList:
    """A layer and the table that it is made of, once there is one."""

    table: Table
    layer: Layer


def _list(name: str, title: str, kinds: Mapping[str, str], producer: str, remark: str) -> SiteList:
    key = Field(SITE_ID, "Identifiant", "Numéro du site dans la liste.")
    kind = coded("kind", kinds, "Catégorie", _KIND)
    table = Table(
        f"official/{name}.csv", (key, NAME, kind, ADDRESS, POSTCODE, *WHERE, OUTSIDE), key=SITE_ID
    )
    layer = Layer(
        id=name,
        title=title,
        geometry="point",
        key=SITE_ID,
        fields=(key, NAME, kind_field(kinds, _KIND), ADDRESS, POSTCODE, *PLACE, *GEOCODED),
        sources=(Source(title, producer, "Licence Ouverte 2.0", "pas encore pris"),),
        read=read_sites(table, kind=kinds),
        title_of=site_title,
        summary_of=site_summary,
        remark=remark,
    )
    return SiteList(table, layer)


EDUCATION: Final = "Ministère de l’Éducation nationale"
HEALTH: Final = "Agence du numérique en santé"

ECOLES: Final = _list(
    "ecoles",
    "Écoles",
    {
        "public_nursery": "école maternelle publique",
        "public_elementary": "école élémentaire publique",
        "public_primary": "école primaire publique",
        "private_nursery": "école maternelle privée",
        "private_elementary": "école élémentaire privée",
        "private_primary": "école primaire privée",
    },
    EDUCATION,
    "Une école d’un regroupement intercommunal n’accueille qu’une partie des niveaux.",
)
LYCEES_PRIVES: Final = _list(
    "lycees_prives",
    "Lycées privés",
    {
        "under_contract": "lycée privé sous contrat",
        "without_contract": "lycée privé hors contrat, ou de contrat inconnu",
    },
    EDUCATION,
    "",
)
EHPAD: Final = _list(
    "ehpad",
    "Ehpad",
    {"ehpad": "établissement d’hébergement pour personnes âgées dépendantes (Ehpad)"},
    HEALTH,
    "Les résidences autonomie et les accueils de jour seuls n’y sont pas.",
)
PHARMACIES: Final = _list(
    "pharmacies",
    "Pharmacies",
    {"pharmacy": "pharmacie d’officine", "mine_pharmacy": "pharmacie minière"},
    HEALTH,
    "",
)
ON_REQUEST: Final = (ECOLES, LYCEES_PRIVES, EHPAD, PHARMACIES)
"""Each is a layer as soon as its table is among the facts."""
