"""Places that resemble each other: nearest in what they are, whatever they are given.

The distance is the root mean square of the differences between two places, each difference counted
in standard deviations of its feature among the places of the level (Euclidean distance between
z-scores, divided by the root of their number, the two ages counting half each): 0 for twins, about
1 for two places at random.
"""

from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
import pandas as pd

from geo.perimeter import Level, Perimeter
from layers.catalogue.layers import Catalogue
from layers.indicators.counted import indicator
from layers.indicators.every import find_indicator

METHOD: Final = (
    "Les plus proches par la population et la densité (en logarithmes), par la part de communes "
    "touchées par un quartier prioritaire, par les parts des 0 à 14 ans, des 75 ans et plus et des "
    "ménages sans voiture et, entre communes où il est publié, par le revenu médian\u202f; l’écart "
    "est leur différence moyenne (quadratique) en écarts-types, les deux âges comptant pour un, "
    "parmi tous les territoires de même nature."
)
"""What :func:`resembling` does, for the reader."""
WITHHELD: Final = "income"
"""Feature that some places have and others may not tell: compared where both have it."""
MOST: Final = 3

_PEOPLE: Final = {
    "young": "part_0_14_ans",
    "old": "part_75_ans_et_plus",
    "without_car": "part_sans_voiture",
}
_WEIGHTS: Final = {"young": 0.5, "old": 0.5}
"""Of the features that count less than one: the two ages are one thing."""
_INCOME: Final = "revenu_median"


@dataclass(frozen=True, slots=True)
class Resembling:
    """A place and how far it is from another in what it is: standard deviations."""

    perimeter: Perimeter
    distance: float


def resembling(
    catalogue: Catalogue, perimeter: Perimeter, most: int = MOST
) -> tuple[Resembling, ...]:
    """Return the places of the same level that are most like a place, the nearest first.

    Returns
    -------
    tuple
        Empty for the département and for a canton that shares a commune: its population is unknown.

    Raises
    ------
    layers.model.layer.LayerError
        A table cannot be read.
    """
    scores = standard_scores(catalogue, perimeter.level)
    if perimeter.code not in scores.index:
        return ()
    squares = (scores - scores.loc[perimeter.code]) ** 2
    weights = pd.Series(_WEIGHTS).reindex(scores.columns, fill_value=1.0)
    counted = (squares.notna() * weights).sum(axis=1)
    distances = ((squares * weights).sum(axis=1) / counted) ** 0.5
    nearest = distances.drop(perimeter.code).sort_values(kind="stable").head(most)
    return tuple(
        Resembling(Perimeter(perimeter.level, str(code)), float(distance))
        for code, distance in nearest.items()
    )


def standard_scores(catalogue: Catalogue, level: Level) -> pd.DataFrame:
    """Return the features of the places of a level as z-scores.

    Returns
    -------
    pandas.DataFrame
        float64, indexed by code, one column per feature that differs among the places; a place of
        which a feature is unknown is absent, but for :data:`WITHHELD`, which is NaN there and has
        a column at the level of communes alone.

    Raises
    ------
    layers.model.layer.LayerError
        A table cannot be read.
    """
    return catalogue.derive(_SCORES[level])


def _scores(level: Level, catalogue: Catalogue) -> pd.DataFrame:
    features = pd.DataFrame(
        {
            "population": np.log(indicator("population").values(catalogue, level)),
            "density": np.log(indicator("densite").values(catalogue, level)),
            "districts": _share_with_district(catalogue, level),
            **{
                name: find_indicator(catalogue, one).values(catalogue, level)
                for name, one in _PEOPLE.items()
            },
        }
    ).dropna()
    income = find_indicator(catalogue, _INCOME)
    if level in income.levels:
        features = features.assign(**{WITHHELD: income.values(catalogue, level)})
    spread = features.std(ddof=0)
    return ((features - features.mean()) / spread).loc[:, spread > 0]


def _share_with_district(catalogue: Catalogue, level: Level) -> pd.Series:
    """Return the share of communes that a district touches, by code."""
    reference = catalogue.reference
    touched = {code for codes in catalogue.load("qpv")["commune_codes"] for code in codes}
    members = {place.code: reference.members(place) for place in reference.perimeters(level)}
    shares = {code: len(touched & set(inside)) / len(inside) for code, inside in members.items()}
    return pd.Series(shares, dtype="float64")


_SCORES: Final = {level: partial(_scores, level) for level in Level}
