"""Publics of a question: whose way to a service is asked about, and how many they are where."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.travel.homes import Homes
from geo.travel.times import Floats
from layers.model.layer import Source
from layers.population.ages import (
    AGES_SOURCE,
    FROM_15_TO_29,
    FROM_60,
    FROM_75,
    UNDER_15,
    people_of,
    read_ages,
)
from layers.population.cars import CARS_SOURCE, read_households
from layers.priority_districts import QPV

if TYPE_CHECKING:
    from layers.catalogue.layers import Catalogue


class Public(StrEnum):
    """Who is counted; the value is that of addresses and of commands."""

    EVERYBODY = "population"
    UNDER_15 = "moins-de-15"
    FROM_15_TO_29 = "15-29"
    FROM_60 = "60-plus"
    FROM_75 = "75-plus"
    WITHOUT_CAR = "sans-voiture"
    DISTRICTS = "qpv"


AGES: Final[Mapping[Public, tuple[str, ...]]] = {
    Public.UNDER_15: UNDER_15,
    Public.FROM_15_TO_29: FROM_15_TO_29,
    Public.FROM_60: FROM_60,
    Public.FROM_75: FROM_75,
}
"""Public → the groups of the census that it is made of."""


def count_people(public: Public, homes: Homes, catalogue: "Catalogue") -> Floats:
    """Return how many of a public live in each home, shape (h,).

    Whole numbers for everybody; parts of people or of households where a commune's estimate is
    divided among its homes in proportion to all inhabitants.

    Raises
    ------
    LayerError
        The table that they are counted in is damaged or missing.
    """
    if public == Public.EVERYBODY:
        return homes.people
    if public == Public.DISTRICTS:
        return homes.quarter_people
    reference, data = catalogue.reference, catalogue.data
    if public == Public.WITHOUT_CAR:
        counts = read_households(reference, data)["without_car"]
    else:
        counts = people_of(read_ages(reference, data), AGES[public])
    totals = counts.loc[list(reference.communes)].to_numpy(dtype=np.float64)
    return totals[homes.commune] * _shares(homes)


def _shares(homes: Homes) -> Floats:
    """Return the share of its commune's people that lives in each home."""
    everyone = np.bincount(homes.commune, homes.people)
    # A commune without inhabitants this year may have had some in that of the census.
    empty = everyone[homes.commune] == 0
    alone = np.bincount(homes.commune)[homes.commune]
    return np.where(empty, 1 / alone, homes.people / np.where(empty, 1, everyone[homes.commune]))


def public_sources(public: Public) -> tuple[Source, ...]:
    """Return what is cited beside the population."""
    if public in AGES:
        return (AGES_SOURCE,)
    if public == Public.WITHOUT_CAR:
        return (CARS_SOURCE,)
    return QPV.sources if public == Public.DISTRICTS else ()
