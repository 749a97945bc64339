"""Inhabitants of each commune by age: seven groups of the census."""

from pathlib import Path
from typing import Final

import pandas as pd

from geo.reference.places import Reference
from layers.model.layer import Source
from layers.model.schema import Field, LayerError
from layers.model.tables import Table
from layers.model.taken import cited_source
from layers.population.commune_rows import CODE, NAME, read_every_commune


def _group(name: str, label: str) -> Field:
    return Field(
        name,
        label,
        f"Habitants de {label}, recensement ; estimation, au dixième comme le producteur la donne.",
        "float",
        unit="habitants",
        aggregate="sum",
    )


AGES: Final = Table(
    "population/ages.csv",
    (
        CODE,
        NAME,
        _group("age_0_14", "0 à 14 ans"),
        _group("age_15_29", "15 à 29 ans"),
        _group("age_30_44", "30 à 44 ans"),
        _group("age_45_59", "45 à 59 ans"),
        _group("age_60_74", "60 à 74 ans"),
        _group("age_75_89", "75 à 89 ans"),
        _group("age_90_plus", "90 ans et plus"),
        Field(
            "population",
            "Population",
            "Population municipale du même recensement, d’un autre an que celle du reste.",
            "int",
            unit="habitants",
            aggregate="sum",
        ),
    ),
    key=CODE.name,
)
GROUPS: Final = AGES.columns[2:-1]
"""The seven groups; together they are everyone."""

UNDER_15: Final = ("age_0_14",)
FROM_15_TO_29: Final = ("age_15_29",)
FROM_60_TO_74: Final = ("age_60_74",)
FROM_75: Final = ("age_75_89", "age_90_plus")
FROM_60: Final = FROM_60_TO_74 + FROM_75

AGES_SOURCE: Final = Source(
    "Recensement de la population 2022, dossier complet : population par grandes tranches d’âge",
    "Insee",
    "Licence Ouverte, pour autant qu’on le sache",
    "2022 (enquêtes de 2020 à 2024)",
    "https://www.insee.fr",
)
FEW_INHABITANTS: Final = 200
"""Inhabitants under which the census says that its estimates are to be read with care."""

_ROUNDING: Final = 1
"""Inhabitants by which the seven rounded groups may miss the population."""


def read_ages(reference: Reference, data: Path) -> pd.DataFrame:
    """Return the inhabitants of each commune by age group.

    Returns
    -------
    pandas.DataFrame
        float64, one column for each of :data:`GROUPS`, indexed by code of commune. The numbers are
        estimates with one decimal: none is written with it.

    Raises
    ------
    LayerError
        The table is damaged, or the groups of a commune are not its population.
    """
    rows = read_every_commune(AGES, reference, data)
    groups = rows[[*GROUPS]]
    wrong = (groups < 0).any(axis=1) | ((groups.sum(axis=1) - rows["population"]).abs() > _ROUNDING)
    if wrong.any():
        code = str(wrong.idxmax())
        raise LayerError(
            f"Fichier {AGES.file} : {reference.communes[code].name} ({code}), trouvé "
            f"{groups.loc[code].sum():.0f} habitants dans les sept tranches d’âge, attendu : "
            f"{int(rows['population'][code])}, aucune tranche sous zéro."
        )
    return groups


def ages_source(data: Path) -> Source:
    """Return what the table in use is cited by; raises LayerError."""
    return cited_source(data, AGES.file, AGES_SOURCE)


def people_of(ages: pd.DataFrame, groups: tuple[str, ...]) -> pd.Series:
    """Return the inhabitants of some groups together, float64, by code of commune."""
    people: pd.Series = ages[[*groups]].sum(axis=1).round(1)
    return people
