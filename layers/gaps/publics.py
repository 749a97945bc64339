"""Publics of a question: whose way to a service is asked about, and how many they are where."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.travel.homes import Homes
from geo.travel.times import Floats
from layers.model.layer import Source
from layers.model.taken import cited_source
from layers.population.ages import (
    FROM_15_TO_29,
    FROM_60,
    FROM_75,
    UNDER_15,
    ages_source,
    people_of,
    read_ages,
)
from layers.population.cars import CARS_SOURCE, read_households
from layers.population.grid import AGE_GROUPS, FILE, GRID_SOURCE, HOUSEHOLDS
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


AGED: Final[Mapping[Public, tuple[str, ...]]] = {
    Public.UNDER_15: UNDER_15,
    Public.FROM_15_TO_29: FROM_15_TO_29,
    Public.FROM_60: FROM_60,
    Public.FROM_75: FROM_75,
}
"""Public → the groups of the census that it is made of."""
YEARS: Final[Mapping[Public, tuple[int, int]]] = {
    Public.UNDER_15: (0, 15),
    Public.FROM_15_TO_29: (15, 30),
    Public.FROM_60: (60, 95),
    Public.FROM_75: (75, 95),
}
"""Public → ages from and before, as those of the groups of the grid."""
LEAST_INSIDE: Final = 0.5
"""Share of the years of a public that whole groups of the grid must be of: else the grid says too
little of where it lives in a commune."""


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
        counts = people_of(read_ages(reference, data), AGED[public])
    totals = counts.loc[list(reference.communes)].to_numpy(dtype=np.float64)
    return totals[homes.commune] * _shares(homes, public)


def years_on_grid(public: Public) -> Mapping[str, float]:
    """Return the share of each group of the grid that is of a public of an age, none for zero.

    Empty where whole groups are of too few of its years.
    """
    first, end = YEARS[public]
    shared = {
        name: max(0, min(end, above) - max(first, low)) / (above - low)
        for name, (low, above) in AGE_GROUPS.items()
    }
    whole = sum(above - low for name, (low, above) in AGE_GROUPS.items() if shared[name] == 1)
    enough = whole >= LEAST_INSIDE * (end - first)
    return {name: share for name, share in shared.items() if share} if enough else {}


def _shares(homes: Homes, public: Public) -> Floats:
    """Return the share of its commune's public that lives in each home.

    As the grid counts them; where it has none of them in a commune, or there is none, as all
    inhabitants; where those are none either, in all homes alike.
    """
    counted = np.zeros(len(homes))
    if homes.on_grid:
        weights = {HOUSEHOLDS: 1.0} if public == Public.WITHOUT_CAR else years_on_grid(public)
        counted += sum(share * homes.groups[name] for name, share in weights.items())
    alike = 1 / np.bincount(homes.commune)[homes.commune]
    return _parts(counted, homes, _parts(homes.people, homes, alike))


def _parts(amounts: Floats, homes: Homes, otherwise: Floats) -> Floats:
    """Return what share of its commune's sum each home has, something else where that is zero."""
    total = np.bincount(homes.commune, amounts)[homes.commune]
    return np.where(total > 0, amounts / np.where(total > 0, total, 1), otherwise)


def public_sources(public: Public, catalogue: "Catalogue") -> tuple[Source, ...]:
    """Return what is cited beside the population: who they are, then the grid if there is one.

    Raises
    ------
    LayerError
        What was taken from sources is not told as it should be.
    """
    data = catalogue.data
    grid = (cited_source(data, FILE, GRID_SOURCE),) if (data / FILE).is_file() else ()
    if public in AGED:
        return (ages_source(data), *grid)
    if public == Public.WITHOUT_CAR:
        return (CARS_SOURCE, *grid)
    return (*QPV.sources, *grid) if public == Public.DISTRICTS else grid
