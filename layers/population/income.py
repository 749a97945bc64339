"""Incomes of each commune, Filosofi 2021: what is withheld is missing, never zero."""

from pathlib import Path
from typing import Final

import pandas as pd

from geo.reference.places import Reference
from layers.model.layer import Source
from layers.model.schema import Field
from layers.model.tables import Table
from layers.model.taken import cited_source
from layers.population.commune_rows import CODE, NAME, read_every_commune

_PER_UNIT: Final = "du revenu disponible annuel par unité de consommation"

INCOME: Final = Table(
    "population/income.csv",
    (
        CODE,
        NAME,
        Field("median", "Revenu médian", f"Médiane {_PER_UNIT}.", "int", unit="€", nullable=True),
        Field(
            "poverty_rate",
            "Taux de pauvreté",
            "Part des personnes sous 60 % du revenu médian national.",
            "float",
            unit="%",
            nullable=True,
        ),
        Field(
            "first_decile", "Premier décile", f"Premier décile {_PER_UNIT}.", "int", unit="€",
            nullable=True,
        ),
        Field(
            "ninth_decile", "Neuvième décile", f"Neuvième décile {_PER_UNIT}.", "int", unit="€",
            nullable=True,
        ),
    ),
    key=CODE.name,
)  # fmt: skip
INCOME_SOURCE: Final = Source(
    "Fichier localisé social et fiscal (Filosofi) 2021, base des communes",
    "Insee, DGFiP, Cnaf, Cnav et CCMSA",
    "Licence Ouverte, pour autant qu’on le sache",
    "revenus de 2021",
    "https://www.insee.fr",
)


def income_source(data: Path) -> Source:
    """Return what the table in use is cited by; raises LayerError."""
    return cited_source(data, INCOME.file, INCOME_SOURCE)


def read_income(reference: Reference, data: Path) -> pd.DataFrame:
    """Return the incomes of each commune, missing where the producer withholds them.

    Returns
    -------
    pandas.DataFrame
        ``median``, ``first_decile`` and ``ninth_decile`` Int64 euros, ``poverty_rate`` float64 per
        cent, indexed by code of commune.

    Raises
    ------
    LayerError
        The table is damaged.
    """
    return read_every_commune(INCOME, reference, data)
