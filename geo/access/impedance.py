"""Impedance: how much a service still counts after so many minutes.

For :mod:`geo.access.catchment`. The map uses the zones, for room, and :class:`Power` in the example
of :mod:`layers.proofs.access_cases`; the other decays are a library.
"""

from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from geo.travel.times import Floats


class Impedance(Protocol):
    """Anything that turns minutes into weights, zero or more."""

    def __call__(self, minutes: Floats) -> Floats:
        """Return the weight of each of the minutes, of the same shape."""


def _check(*positive: float) -> None:
    if not all(0 < value < np.inf for value in positive):
        raise ValueError(f"impedance: {positive}, expected positive numbers")


@dataclass(frozen=True, slots=True)
class Step:
    """A weight by zone, nothing beyond the last (Luo & Qi 2009).

    Parameters
    ----------
    bounds
        Minutes at which each zone ends, included; rising.
    weights
        One per zone, zero or more.

    Raises
    ------
    ValueError
        The bounds do not rise, or are not as many as the weights.
    """

    bounds: tuple[float, ...]
    weights: tuple[float, ...]

    def __post_init__(self) -> None:
        rising = list(self.bounds) == sorted(set(self.bounds)) and self.bounds[:1] >= (0,)
        if not rising or len(self.bounds) != len(self.weights) or min(self.weights) < 0:
            raise ValueError(f"impedance: bounds {self.bounds}, weights {self.weights}")

    def __call__(self, minutes: Floats) -> Floats:
        """Return the weight of each of the minutes, of the same shape."""
        zone = np.searchsorted(self.bounds, minutes, side="left")
        return np.asarray(np.array([*self.weights, 0.0])[zone])


def within(minutes: float) -> Step:
    """Return the plain catchment: all counts up to so many minutes, nothing beyond."""
    return Step((minutes,), (1.0,))


LUO_QI_ZONES: Final = Step((10.0, 20.0, 30.0), (1.0, 0.68, 0.22))
"""The three zones of Luo & Qi 2009 with their slower decay."""


@dataclass(frozen=True, slots=True)
class Gaussian:
    """exp(-t² / 2σ²), one at zero minutes; not cut off.

    Parameters
    ----------
    sigma
        Minutes.
    """

    sigma: float

    def __post_init__(self) -> None:
        _check(self.sigma)

    def __call__(self, minutes: Floats) -> Floats:
        """Return the weight of each of the minutes, of the same shape."""
        return np.asarray(np.exp(-(minutes**2) / (2 * self.sigma**2)))


@dataclass(frozen=True, slots=True)
class Exponential:
    """exp(-t / scale), one at zero minutes; not cut off.

    Parameters
    ----------
    scale
        Minutes after which the weight is 1/e.
    """

    scale: float

    def __post_init__(self) -> None:
        _check(self.scale)

    def __call__(self, minutes: Floats) -> Floats:
        """Return the weight of each of the minutes, of the same shape."""
        return np.asarray(np.exp(-minutes / self.scale))


@dataclass(frozen=True, slots=True)
class Power:
    """(t / scale) to the power of -exponent, as in the gravity model (Hansen 1959); not cut off.

    Parameters
    ----------
    exponent
        Friction, above zero.
    scale
        Minutes at which the weight is one.
    least
        Minutes below which all counts as this near, so that the weight stays finite.
    """

    exponent: float
    scale: float = 1.0
    least: float = 1.0

    def __post_init__(self) -> None:
        _check(self.exponent, self.scale, self.least)

    def __call__(self, minutes: Floats) -> Floats:
        """Return the weight of each of the minutes, of the same shape."""
        return np.asarray((np.maximum(minutes, self.least) / self.scale) ** -self.exponent)
