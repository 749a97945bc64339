"""Inequality before a service: by EPCI, by territory, communes that have a QPV and the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from geo.access.inequality import by_group
from geo.reference.places import Reference
from layers.gaps.measure import Gaps

WITH_DISTRICT: Final = "Communes qui ont un QPV"
WITHOUT_DISTRICT: Final = "Autres communes"
WHOLE: Final = "Pas-de-Calais"


@dataclass(frozen=True, slots=True)
class Inequality:
    """How far the public of a group of communes is from a service.

    Parameters
    ----------
    people, beyond
        How many they are, and those beyond the threshold by their own way.
    share_beyond
        From 0 to 1.
    mean, median
        Minutes or kilometres; the mean is that of those who have a service in reach.
    d9_d1
        What the tenth who live farthest have at least, over what the tenth who live nearest have
        at most.
    gini
        0 where all are equally far.

    All are weighted by people; ``nan`` where a figure has no meaning.
    """

    name: str
    people: int
    beyond: int
    share_beyond: float
    mean: float
    median: float
    d9_d1: float
    gini: float


@dataclass(frozen=True, slots=True)
class Inequalities:
    """The same figures for the whole, and for its parts in three ways of cutting it."""

    whole: Inequality
    districts: tuple[Inequality, ...]
    territories: tuple[Inequality, ...]
    epcis: tuple[Inequality, ...]


def compare_groups(gaps: Gaps, reference: Reference) -> Inequalities:
    """Compare who is far from a service; the group with the largest share beyond comes first."""
    homes = gaps.homes
    names = {code: territory.name for code, territory in reference.territories.items()}
    districts = homes["has_district"].map({True: WITH_DISTRICT, False: WITHOUT_DISTRICT})
    return Inequalities(
        _compare(gaps, [WHOLE] * len(homes))[0],
        _compare(gaps, districts),
        _farthest_first(_compare(gaps, homes["territory"].map(names))),
        _farthest_first(_compare(gaps, homes["epci"])),
    )


def _compare(gaps: Gaps, groups: Sequence[str] | pd.Series) -> tuple[Inequality, ...]:
    homes = gaps.homes
    table = by_group(homes["minutes"], homes["people"], list(groups), gaps.threshold)
    counts = table[["people", "beyond"]].round().astype(int).to_numpy().tolist()
    measures = table[["share_beyond", "mean", "median", "d9_d1", "gini"]].to_numpy().tolist()
    rows = zip(table.index, counts, measures, strict=True)
    return tuple(Inequality(str(name), *count, *measure) for name, count, measure in rows)


def _farthest_first(groups: tuple[Inequality, ...]) -> tuple[Inequality, ...]:
    return tuple(sorted(groups, key=lambda g: (-g.beyond, -g.mean, g.name)))
