"""Households of each commune by number of cars, census of 2022."""

from pathlib import Path
from typing import Final

import pandas as pd

from geo.reference.places import Reference
from layers.model.layer import Source
from layers.model.schema import Field, LayerError
from layers.model.tables import Table
from layers.population.commune_rows import CODE, NAME, read_every_commune


def _households(name: str, label: str, meaning: str) -> Field:
    return Field(
        name, label, f"{meaning}, recensement de 2022.", "int", unit="ménages", aggregate="sum"
    )


CARS: Final = Table(
    "population/cars.csv",
    (
        CODE,
        NAME,
        _households("households", "Ménages", "Ménages, un par résidence principale"),
        _households("with_car", "Ménages motorisés", "Ménages qui ont au moins une voiture"),
        _households("one_car", "Ménages à une voiture", "Ménages qui ont une seule voiture"),
        _households(
            "two_cars_or_more",
            "Ménages à deux voitures ou plus",
            "Ménages qui ont au moins deux voitures",
        ),
    ),
    key=CODE.name,
)
CARS_SOURCE: Final = Source(
    "Recensement de la population 2022, base Logement : équipement automobile des ménages",
    "Insee",
    "Licence Ouverte, pour autant qu’on le sache",
    "2022 (enquêtes de 2020 à 2024)",
    "https://www.insee.fr",
)
FEW_HOUSEHOLDS: Final = 50
"""Households under which one more without a car moves the share by two points: it says little."""


def read_households(reference: Reference, data: Path) -> pd.DataFrame:
    """Return the households of each commune and those of them without a car.

    Returns
    -------
    pandas.DataFrame
        int64, columns ``households`` and ``without_car``, indexed by code of commune; estimates
        that were rounded to whole households.

    Raises
    ------
    LayerError
        The table is damaged, or a commune has more households with a car than households.
    """
    rows = read_every_commune(CARS, reference, data)
    without = rows["households"] - rows["with_car"]
    wrong = (rows < 0).any(axis=1) | (without < 0)
    if wrong.any():
        code = str(wrong.idxmax())
        row = rows.loc[code]
        raise LayerError(
            f"Fichier {CARS.file} : {reference.communes[code].name} ({code}), trouvé "
            f"{row['with_car']} ménages motorisés sur {row['households']}, attendu : entre zéro et "
            "tous."
        )
    return pd.DataFrame({"households": rows["households"], "without_car": without})
