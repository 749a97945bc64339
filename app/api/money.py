"""What contracts are and who pays for what, as tables: a row each, without geometry."""

from collections.abc import Iterator
from functools import partial
from typing import Final, NamedTuple

import pandas as pd

from app.api.collection import Collection
from layers.catalogue.layers import Catalogue
from layers.documents.register import CONTRACT_ACTS, OPERATION_ACTS
from layers.facts import contracts
from layers.facts.acts import settle_sources
from layers.model.layer import Source
from layers.model.schema import Field
from layers.model.tables import Table

BEGIN: Final = "table"
"""Begins the identifier of such a collection."""
ROW: Final = Field(
    "rang_table", "Ligne de la table", "Identifie la ligne : son numéro dans le fichier."
)
"""The key of a table that has none of its own."""


class _Told(NamedTuple):
    table: Table
    name: str
    title: str
    description: str
    source: Source


TABLES: Final = (
    _Told(
        contracts.CONTRACTS,
        "contrats",
        "Contrats de territoire et contrats de ville, sans leur dessin",
        "Un contrat par ligne : partenaire, années, axes, vote.",
        CONTRACT_ACTS,
    ),
    _Told(
        contracts.OPERATIONS,
        "operations",
        "Opérations FIT et leurs montants, sans leur position",
        "Une opération par ligne, avec la ligne du document où chaque montant est imprimé.",
        OPERATION_ACTS,
    ),
    _Told(
        contracts.FINANCING,
        "financements",
        "Plans de financement des opérations",
        "Une ligne de plan par ligne : dépense ou recette. Une ligne qui en détaille une autre la "
        "nomme : elle ne s’y ajoute pas.",
        OPERATION_ACTS,
    ),
    _Told(
        contracts.CALENDAR,
        "calendriers",
        "Calendriers des opérations",
        "Une étape par ligne, sa date telle que la fiche l’écrit.",
        OPERATION_ACTS,
    ),
    _Told(
        contracts.PACTS,
        "pactes",
        "Pactes et ambitions que servent les opérations",
        "Une ambition d’une opération par ligne.",
        OPERATION_ACTS,
    ),
    _Told(
        contracts.BUDGET,
        "budget",
        "Lignes du budget qui portent le FIT",
        "Une opération budgétaire par ligne : autorisation, disponible, proposé, solde.",
        OPERATION_ACTS,
    ),
)


def money_tables(catalogue: Catalogue) -> Iterator[Collection]:
    """Yield the tables of contracts and money as collections."""
    for told in TABLES:
        table = told.table
        yield Collection(
            id=f"{BEGIN}.{told.name}",
            title=told.title,
            description=told.description,
            kind="table",
            fields=table.fields if table.key else (ROW, *table.fields),
            key=table.key or ROW.name,
            geometry=None,
            sources=settle_sources([told.source], catalogue.data),
            load=partial(_rows, catalogue, table),
        )


def _rows(catalogue: Catalogue, table: Table) -> pd.DataFrame:
    rows = table.read(catalogue.data)
    if table.key is None:
        rows.insert(0, ROW.name, [str(line) for line in rows.index])
    return rows.reset_index(drop=True)
