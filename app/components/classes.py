"""Values cut into classes that a legend can be honest about: [a ; b[, the last one closed."""

import math
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from typing import Final

import numpy as np
import pandas as pd

from app.components.palette import MOST_CLASSES

SIGNIFICANT_DIGITS: Final = 2


@dataclass(frozen=True, slots=True)
class Classes:
    """How the values of an indicator are cut.

    Parameters
    ----------
    bounds
        Increasing, one more than there are classes; class *i* is [bounds[i], bounds[i+1][, the
        last one [a, b]; empty when no value is left to cut.
    counts
        Number of values in each class.
    zeros
        Number of values that are exactly zero, set apart from the classes where they are mixed
        with positive ones; None where zero is not apart.
    missing
        Number of perimeters without a value.
    """

    bounds: tuple[float, ...]
    counts: tuple[int, ...]
    zeros: int | None
    missing: int

    @property
    def method(self) -> str:
        """How the bounds were found, a French sentence."""
        if len(self.counts) <= 1:
            return "Une seule classe."
        return (
            f"{len(self.counts)} classes d’effectifs voisins (quantiles), "
            "bornes arrondies à deux chiffres."
        )


def classify(values: pd.Series) -> Classes:
    """Cut values into at most five classes of about equal size, on round bounds.

    The number of classes is the square root of the number of values, rounded up: six values do
    not make five classes.

    Parameters
    ----------
    values
        Floats, NaN where nothing is known; not negative.
    """
    known = values.dropna().to_numpy(dtype=float)
    missing = len(values) - len(known)
    apart = bool((known == 0).any())
    cut = known[known > 0] if apart else known
    zeros = int((known == 0).sum()) if apart else None
    if not len(cut):
        return Classes((), (), zeros, missing)
    bounds = _round_bounds(cut, min(MOST_CLASSES, math.ceil(math.sqrt(len(cut)))))
    counts = np.histogram(cut, bounds)[0]
    return Classes(tuple(bounds), tuple(int(count) for count in counts), zeros, missing)


def round_to(value: float, digits: int, how: str = ROUND_HALF_EVEN) -> float:
    """Round to so many significant digits, in decimal: 0.3 rounded down is 0.3.

    Parameters
    ----------
    how
        A rounding of :mod:`decimal`: ``ROUND_FLOOR``, ``ROUND_CEILING``…
    """
    written = Decimal(repr(float(value)))
    last_digit = Decimal(1).scaleb(written.adjusted() - digits + 1)
    return float(written.quantize(last_digit, how))


def _round_bounds(values: np.ndarray, classes: int) -> list[float]:
    low = round_to(values.min(), SIGNIFICANT_DIGITS, ROUND_FLOOR)
    high = round_to(values.max(), SIGNIFICANT_DIGITS, ROUND_CEILING)
    inner = np.quantile(values, np.linspace(0, 1, classes + 1)[1:-1])
    bounds = [low]
    for bound in (round_to(value, SIGNIFICANT_DIGITS) for value in inner):
        # a class that rounding left empty would be a colour that is nowhere on the map
        if low < bound < high and ((values >= bounds[-1]) & (values < bound)).any():
            bounds.append(bound)
    if len(bounds) > 1 and not (values >= bounds[-1]).any():
        bounds.pop()
    return [*bounds, high if high > bounds[-1] else bounds[-1] + 1]
