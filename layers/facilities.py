"""Shops and services of each commune, counted by the Base permanente des équipements 2024."""

from pathlib import Path
from typing import Final

import pandas as pd

from geo.reference.places import Reference
from layers.model.layer import Source
from layers.model.schema import Field
from layers.model.tables import Table
from layers.population.commune_rows import CODE, NAME, read_every_commune


def _count(name: str, label: str, code: str) -> Field:
    return Field(
        name, label, f"{label} de la commune, code {code} de la base.", "int", aggregate="sum"
    )


FACILITIES: Final = Table(
    "services/facilities.csv",
    (
        CODE,
        NAME,
        _count("supermarkets", "Supermarchés", "B105"),
        _count("superettes", "Supérettes", "B201"),
        _count("pharmacies", "Pharmacies", "D307"),
        _count("colleges", "Collèges", "C201"),
        _count("general_lycees", "Lycées généraux, technologiques ou polyvalents", "C301"),
    ),
    key=CODE.name,
)
FACILITIES_SOURCE: Final = Source(
    "Base permanente des équipements 2024, nombres par commune",
    "Insee",
    "Licence Ouverte, pour autant qu’on le sache",
    "2024",
    "https://www.insee.fr",
)


def read_facilities(reference: Reference, data: Path) -> pd.DataFrame:
    """Return how many of each kind a commune has; zero is what the source says, not an unknown.

    Returns
    -------
    pandas.DataFrame
        int64, columns ``supermarkets``, ``superettes``, ``pharmacies``, ``colleges`` and
        ``general_lycees`` (public and private), indexed by code of commune. No positions.

    Raises
    ------
    LayerError
        The table is damaged.
    """
    return read_every_commune(FACILITIES, reference, data)
