"""Projects that the documents name beside the FIT of today: what, when, with which money."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import geopandas as gpd

from geo.reference.places import Reference
from layers.documents.register import ASSEMBLY, DOCUMENT, LINE, PUBLIC, REPORT
from layers.french.wording import format_euros
from layers.model.layer import Field, Layer, Source
from layers.model.points import GEOCODED, PLACE, place_at_town_halls
from layers.model.tables import Table
from layers.services import coded, kind_field, site_title

KINDS: Final = {
    "achievement": "réalisation d’un contrat précédent",
    "contract_2019": "opération d’un contrat 2019-2022",
    "aided": "projet aidé",
    "college": "collège",
    "road": "route",
    "cycle": "itinéraire cyclable",
    "home": "places d’accueil",
}

MONEYS: Final = {
    "fit_before": "FIT avant 2023",
    "contract_before": "contractualisation avant 2023",
    "common_law": "droit commun",
    "farda": "FARDA",
    "farda_ea": "FARDA équipement et aménagement",
    "farda_bc": "FARDA bourg-centre",
    "farda_es": "FARDA équipement structurant",
    "fieet": "FIEET",
    "apit": "appel à projets innovation territoriale",
    "heritage": "préservation du patrimoine",
    "town_policy": "politique de la ville",
    "osmoc": "opération de sécurité à maîtrise d’ouvrage communale",
    "mmu": "maintenance en milieu urbain",
    "investment": "subvention d’investissement",
    "unsaid": "subvention, dispositif non dit",
}
"""Kinds of money of the Département, which are never added up with one another."""

_LINE_OF: Final = "Ligne du document, où le montant est imprimé."

TABLE: Final = Table(
    "projects/aided.csv",
    (
        Field("id", "Identifiant", "Document, ligne et rang."),
        Field("name", "Projet", "Ce qui est fait, en peu de mots."),
        coded("kind", KINDS, "Catégorie", "Ce dont il s’agit."),
        Field("period", "Période", "Année ou années selon le document."),
        Field("contract", "Contrat", "Contrat dont le livret cite le projet.", nullable=True),
        Field(
            "money",
            "Aide",
            "Argent du Département dont il s’agit, si le document le dit.",
            nullable=True,
            allowed=tuple(MONEYS),
        ),
        Field(
            "amount", "Montant de l’aide", "Aide du Département.", "money", unit="€", nullable=True
        ),
        Field("amount_line", "Ligne du chiffre", _LINE_OF, "int", nullable=True),
        Field(
            "other_money",
            "Autre aide",
            "Seconde aide du Département, d’une autre nature.",
            nullable=True,
            allowed=tuple(MONEYS),
        ),
        Field(
            "other_amount",
            "Montant de l’autre aide",
            "Seconde aide du Département, qui ne s’ajoute pas à la première.",
            "money",
            unit="€",
            nullable=True,
        ),
        Field("other_line", "Ligne de l’autre chiffre", _LINE_OF, "int", nullable=True),
        Field(
            "works",
            "Montant des travaux",
            "Coût de l’opération ou des travaux, quel que soit qui paie.",
            "money",
            unit="€",
            nullable=True,
        ),
        Field("works_line", "Ligne des travaux", _LINE_OF, "int", nullable=True),
        Field(
            "shared",
            "Montant commun",
            "Montant imprimé pour plusieurs lieux ensemble, en mots.",
            nullable=True,
        ),
        Field("places", "Places", "Places créées ou prévues.", "int", nullable=True),
        Field("place", "Lieu", "Le lieu selon le document, sans la commune.", nullable=True),
        Field("commune_code", "Code commune", "Code Insee, si elle est connue.", nullable=True),
        Field("words", "Citation", "Les mots du document, moins de 25."),
        DOCUMENT,
        LINE,
        Field("remark", "Remarque", "Doute ou précision sur la ligne.", nullable=True),
    ),
    key="id",
)

BOOKLETS: Final = Source(
    "Livrets des contrats de territoire 2023-2026 (délibération n° 2023-534)",
    ASSEMBLY,
    PUBLIC,
    "4 décembre 2023",
    "cd62-2023-534",
)


def _read(reference: Reference, data: Path) -> gpd.GeoDataFrame:
    """Place each project in its commune; those of no known commune stay in the table."""
    rows = TABLE.texts(data)
    rows = rows[rows["commune_code"] != ""]
    rows = rows.assign(
        kind=rows["kind"].map(lambda code: KINDS.get(code, code)),
        money=rows["money"].map(lambda code: MONEYS.get(code, code)),
        other_money=rows["other_money"].map(lambda code: MONEYS.get(code, code)),
    )
    return place_at_town_halls(
        rows, reference, f"Fichier {TABLE.file}", "Le document dit le lieu en mots : projet placé"
    )


def say_money(row: Mapping[str, Any]) -> str:
    """Say the money of a project in French, each kind apart; empty where no amount is printed.

    Parameters
    ----------
    row
        Of the layer: ``money``, ``amount``, ``other_money``, ``other_amount``, ``works``,
        ``shared``.
    """
    parts = []
    for money, amount in (("money", "amount"), ("other_money", "other_amount")):
        if isinstance(row[amount], Decimal):
            parts.append(f"{row[money]} : {format_euros(row[amount])}")
        elif isinstance(row[money], str):
            parts.append(f"{row[money]}, montant non dit")
    if isinstance(row["works"], Decimal):
        parts.append(f"travaux : {format_euros(row['works'])}")
    if isinstance(row["shared"], str):
        parts.append(row["shared"])
    return " ; ".join(parts)


def _summary(row: Mapping[str, Any]) -> str:
    said = f"{row['kind']}, {row['period']}"
    money = say_money(row)
    text = f"{said} ; {money}" if money else said
    return f"{text[:1].upper()}{text[1:]}."


def _named(words: tuple[str, ...], name: str) -> Field:
    """Return the column of a kind of money, which takes only the French words."""
    field = TABLE.pick(name)[0]
    return Field(field.name, field.label, field.meaning, nullable=True, allowed=words)


PROJETS_AIDES: Final[Layer] = Layer(
    id="projets_aides",
    title="Autres projets du Département",
    geometry="point",
    key="id",
    fields=(
        *TABLE.pick("id", "name"),
        kind_field(KINDS, "Ce dont il s’agit."),
        *TABLE.pick("period", "contract"),
        _named(tuple(MONEYS.values()), "money"),
        *TABLE.pick("amount", "amount_line"),
        _named(tuple(MONEYS.values()), "other_money"),
        *TABLE.pick("other_amount", "other_line", "works", "works_line"),
        *TABLE.pick("shared", "places", "place"),
        *PLACE,
        *GEOCODED,
        *TABLE.pick("words", "document", "line", "remark"),
    ),
    sources=(BOOKLETS, REPORT),
    read=_read,
    title_of=site_title,
    summary_of=_summary,
    remark=(
        "Hors FIT 2023-2026. Projets que les documents nomment en exemples : ni toutes les aides "
        "ni toutes les communes aidées. Les montants sont d’années et de natures différentes : "
        "ils ne s’additionnent pas. 11 projets sans commune connue ne sont pas sur la carte."
    ),
)
