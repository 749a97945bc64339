"""Inequality between people, not between communes: each value weighs as many as live with it.

A commune's inhabitants are taken as one value each; inequality within a commune is not seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from geo.access.nearest import AccessError, amounts_of
from geo.travel.times import Floats, figure

NONE = float("nan")
"""An index that has no meaning here: nobody, or somebody whose value is infinite."""


def gini(values: ArrayLike, people: ArrayLike) -> float:
    """Return the Gini index: half the mean difference of two people, over the mean.

    From the Lorenz curve by trapezes, which with weights is Σ_i p_i (S_i + S_{i-1}) subtracted
    from one (Lerman & Yitzhaki 1989, "Improving the accuracy of estimates of Gini coefficients",
    Journal of Econometrics 42).

    Parameters
    ----------
    values
        Shape (n,), zero or more.
    people
        Shape (n,), zero or more.

    Returns
    -------
    float
        0 where all have the same, towards 1 where one has all; ``nan`` where nobody lives, all
        have nothing, or somebody's value is infinite.

    Raises
    ------
    AccessError
        A value is negative or missing, or the numbers are not as many.
    """
    level, weight = _sorted(values, people)
    total = float(level @ weight) if np.isfinite(level).all() else NONE
    if not total > 0:
        return NONE
    share = weight / weight.sum()
    held = np.cumsum(level * weight) / total
    before = np.concatenate([[0], held[:-1]])
    return max(0.0, float(1 - share @ (held + before)))


def quantile(values: ArrayLike, people: ArrayLike, share: float) -> float:
    """Return the smallest value that this share of the people does not exceed.

    The inverse of the weighted distribution function (definition 1 of Hyndman & Fan 1996), so
    that the answer is always somebody's value.

    Parameters
    ----------
    share
        Between 0 and 1.

    Returns
    -------
    float
        In units of the values, ``inf`` where that person has none in reach; ``nan`` where nobody
        lives.

    Raises
    ------
    AccessError
        A value is negative or missing, or the numbers are not as many.
    """
    level, weight = _sorted(values, people)
    if not len(level):
        return NONE
    reached = np.cumsum(weight)
    at = int(np.searchsorted(reached, share * reached[-1] * (1 - 1e-12), side="left"))
    return float(level[min(at, len(level) - 1)])


def decile_ratio(values: ArrayLike, people: ArrayLike) -> float:
    """Return D9/D1: what the tenth with most has at least, over what the tenth with least has.

    Returns
    -------
    float
        One or more; ``inf`` where D1 is zero or D9 infinite, ``nan`` where both are, or nobody
        lives.

    Raises
    ------
    AccessError
        A value is negative or missing, or the numbers are not as many.
    """
    high, low = quantile(values, people, 0.9), quantile(values, people, 0.1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(np.float64(high) / np.float64(low))


def by_group(
    minutes: ArrayLike, people: ArrayLike, groups: Sequence[str], threshold: float
) -> pd.DataFrame:
    """Compare groups of communes: EPCIs, territories, those with a QPV and the others.

    Parameters
    ----------
    minutes
        Shape (n,), ``inf`` for out of reach.
    people
        Shape (n,).
    groups
        Length n: the group of each commune.
    threshold
        Minutes; exactly the threshold is within it.

    Returns
    -------
    pandas.DataFrame
        Index: the groups, in the order in which they first come. Columns: ``people``;
        ``beyond``, people beyond the threshold; ``share_beyond``; ``mean`` of those who have a
        service in reach, ``median``, in minutes; ``d9_d1``; ``gini``. Everything weighted by
        people, ``nan`` where it has no meaning.

    Raises
    ------
    AccessError
        A number makes no sense, or the numbers are not as many.
    """
    time, weight = _values(minutes, people)
    number, names = pd.factorize(pd.Series(list(groups), dtype=object))
    if len(number) != len(time) or (number < 0).any():
        raise AccessError(f"Inégalités : {len(number)} groupes pour {len(time)} communes.")
    rows = [_summary(time[number == g], weight[number == g], threshold) for g in range(len(names))]
    return pd.DataFrame(rows, index=pd.Index(names, name="group"))


@dataclass(frozen=True, slots=True)
class _Summary:
    people: float
    beyond: float
    share_beyond: float
    mean: float
    median: float
    d9_d1: float
    gini: float


def _summary(time: Floats, weight: Floats, threshold: float) -> _Summary:
    total, beyond = float(weight.sum()), float(weight[time > threshold].sum())
    reached = np.isfinite(time)
    served = float(weight[reached].sum())
    return _Summary(
        people=total,
        beyond=beyond,
        share_beyond=beyond / total if total else NONE,
        mean=float(time[reached] @ weight[reached]) / served if served else NONE,
        median=quantile(time, weight, 0.5),
        d9_d1=decile_ratio(time, weight),
        gini=gini(time, weight),
    )


def _values(values: ArrayLike, people: ArrayLike) -> tuple[Floats, Floats]:
    level = np.asarray(values, dtype=np.float64)
    weight = amounts_of(people, level.size, "population")
    wrong = np.flatnonzero(~(level >= 0))
    if len(wrong):
        raise AccessError(
            f"Inégalités, valeur n° {wrong[0] + 1} : trouvé {figure(level[wrong[0]])}, "
            "attendu un nombre positif ou nul."
        )
    return level, weight


def _sorted(values: ArrayLike, people: ArrayLike) -> tuple[Floats, Floats]:
    """Return the values of those who exist, rising, with how many they are."""
    level, weight = _values(values, people)
    order = np.argsort(level, kind="stable")
    order = order[weight[order] > 0]
    return level[order], weight[order]
