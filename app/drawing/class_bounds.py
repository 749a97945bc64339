"""Where values are cut, by each method; every bound is a number that a legend can print."""

import math
from collections.abc import Callable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from typing import Final

import jenkspy
import numpy as np

from app.view.class_choice import MOST_CLASSES, Method

Bounds = list[float]
"""Increasing; class *i* is [bounds[i], bounds[i+1][, the last one [a, b]."""

SIGNIFICANT_DIGITS: Final = 2
ROUND_STEPS: Final = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
"""What a round class is wide, times a power of ten."""


def cut_values(values: np.ndarray, method: Method, classes: int) -> Bounds:
    """Return bounds that hold all values, by a method other than the manual one.

    Parameters
    ----------
    values
        float64, at least one, without NaN.
    classes
        How many are wanted; fewer come out where values are too few or too much alike.
    """
    wanted = min(classes, len(np.unique(values)))
    if wanted == 1:
        return _close([_floor(values)], values)
    return _METHODS[method](values, wanted)


def extend_bounds(bounds: tuple[float, ...], values: np.ndarray) -> Bounds:
    """Return given bounds, with a class more on a side where values lie beyond them."""
    before = [_floor(values)] if values.min() < bounds[0] else []
    after = [_ceiling(values)] if values.max() > bounds[-1] else []
    return [*before, *bounds, *after]


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


def _quantiles(values: np.ndarray, classes: int) -> Bounds:
    high = _ceiling(values)
    bounds = [_floor(values)]
    inner = np.quantile(values, np.linspace(0, 1, classes + 1)[1:-1])
    # among whole numbers « moins de 8,6 » says « moins de 9 » in a roundabout way
    whole = bool((values == np.floor(values)).all())
    rounded = (round_to(value, SIGNIFICANT_DIGITS) for value in inner)
    for bound in (float(math.ceil(value)) if whole else value for value in rounded):
        # a class that rounding left empty would be a colour that is nowhere on the map
        if bounds[0] < bound < high and ((values >= bounds[-1]) & (values < bound)).any():
            bounds.append(bound)
    if len(bounds) > 1 and not (values >= bounds[-1]).any():
        bounds.pop()
    return _close(bounds, values)


def _natural(values: np.ndarray, classes: int) -> Bounds:
    """Cut as Jenks and Fisher do: least variance inside classes, each ending at a value."""
    breaks = jenkspy.jenks_breaks(values, n_classes=classes)
    # values that are close beside their size give the same break twice, or the largest value
    tops = sorted({top for top in breaks[1:-1] if top < values.max()})
    inner = [_roundest(top, values[values > top].min()) for top in tops]
    return _close([_floor(values), *inner], values)


def _equal(values: np.ndarray, classes: int) -> Bounds:
    width = (values.max() - values.min()) / classes
    digits = SIGNIFICANT_DIGITS - 1 - math.floor(math.log10(width))
    grid = Decimal(1).scaleb(-digits)
    low = Decimal(repr(float(values.min()))).quantize(grid, ROUND_FLOOR)
    high = Decimal(repr(float(values.max()))).quantize(grid, ROUND_CEILING)
    steps = (low + (high - low) * index / classes for index in range(classes))
    return _close([float(step.quantize(grid)) for step in steps], values, float(high))


def _rounded(values: np.ndarray, classes: int) -> Bounds:
    """Cut at multiples of a round number, the one that gives the number of classes best."""
    span = Decimal(repr(float(values.max() - values.min())))
    power = Decimal(1).scaleb((span / classes).adjusted())
    candidates = [_multiples(values, step * power) for step in ROUND_STEPS]
    fitting = [bounds for bounds in candidates if len(bounds) <= MOST_CLASSES + 1]
    return min(fitting, key=lambda bounds: abs(len(bounds) - 1 - classes))


_METHODS: Final[Mapping[Method, Callable[[np.ndarray, int], Bounds]]] = {
    Method.QUANTILES: _quantiles,
    Method.NATURAL: _natural,
    Method.EQUAL: _equal,
    Method.ROUNDED: _rounded,
}


def _multiples(values: np.ndarray, step: Decimal) -> Bounds:
    low = math.floor(Decimal(repr(float(values.min()))) / step)
    high = math.ceil(Decimal(repr(float(values.max()))) / step)
    return [float(step * index) for index in range(low, max(high, low + 1) + 1)]


def _roundest(above: float, at_most: float) -> float:
    """Return the number with the fewest digits that is above one and at most the other."""
    digits = range(1, 17)
    rounded = (round_to(at_most, count, ROUND_FLOOR) for count in digits)
    return next((number for number in rounded if number > above), at_most)


def _floor(values: np.ndarray) -> float:
    return round_to(values.min(), SIGNIFICANT_DIGITS, ROUND_FLOOR)


def _ceiling(values: np.ndarray) -> float:
    return round_to(values.max(), SIGNIFICANT_DIGITS, ROUND_CEILING)


def _close(bounds: Bounds, values: np.ndarray, high: float | None = None) -> Bounds:
    top = _ceiling(values) if high is None else high
    return [*bounds, top if top > bounds[-1] else bounds[-1] + 1]
