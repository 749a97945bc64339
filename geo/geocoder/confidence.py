"""Confidence: weights of the evidence and a calibration, fitted so that probabilities come true."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Final, Self

from geo.tables import Column, Table

WEIGHTS: Final = Table(
    "gazetteer/weights.csv",
    (
        Column("evidence", "Sorte d’indice."),
        Column("weight", "Logarithme du rapport des chances qu’il ajoute.", "number"),
    ),
)
CALIBRATION: Final = Table(
    "gazetteer/calibration.csv",
    (
        Column("ground", "Ce sur quoi la réponse repose."),
        Column("raw", "Probabilité que donne le classement.", "number"),
        Column("true", "Part de réponses justes à cette probabilité.", "number"),
    ),
)


def read_weights(folder: Path) -> Mapping[str, float]:
    """Read ``data/gazetteer/weights.csv``.

    Returns
    -------
    Mapping
        Kind of evidence → log-odds that one unit of it adds.

    Raises
    ------
    geo.tables.DamagedReferenceError
        The table is missing or damaged.
    """
    rows = WEIGHTS.read(folder)
    return MappingProxyType({row.text("evidence"): row.number("weight") for row in rows})


@dataclass(frozen=True, slots=True)
class Calibration:
    """From the probability that the ranking gives to the share of answers that are right.

    Parameters
    ----------
    raw, true
        The same number of probabilities, both growing; between two of them on a straight line.
    """

    raw: tuple[float, ...] = (0.0, 1.0)
    true: tuple[float, ...] = (0.0, 1.0)

    def calibrate(self, probability: float) -> float:
        """Return the share of answers of this probability that are right."""
        above = bisect_left(self.raw, probability)
        if above == 0 or above == len(self.raw):
            return self.true[min(above, len(self.true) - 1)]
        low, high = self.raw[above - 1], self.raw[above]
        share = (probability - low) / (high - low)
        return self.true[above - 1] + share * (self.true[above] - self.true[above - 1])

    def at_most(self, most: float) -> Self:
        """Return a calibration that is never surer than ``most``."""
        return replace(self, true=tuple(min(share, most) for share in self.true))


AS_RANKED: Final = Calibration()
"""Leaves probabilities as the ranking gives them."""


def read_calibrations(folder: Path) -> Mapping[str, Calibration]:
    """Read ``data/gazetteer/calibration.csv``.

    Returns
    -------
    Mapping
        Ground of an answer, as :class:`geo.geocoder.answer.Ground` names it → its calibration.

    Raises
    ------
    geo.tables.DamagedReferenceError
        The table is missing or damaged.
    """
    pairs: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for row in CALIBRATION.read(folder):
        pairs[row.text("ground")].append((row.number("raw"), row.number("true")))
    curves = {
        ground: Calibration(*map(tuple, zip(*sorted(curve), strict=True)))
        for ground, curve in pairs.items()
    }
    return MappingProxyType(curves)


@dataclass(frozen=True, slots=True)
class Decile:
    """A tenth of the answers, in the order of their confidence.

    Parameters
    ----------
    low, high, mean
        Least, greatest and mean confidence.
    right
        Share of right answers.
    count
        Number of answers.
    """

    low: float
    high: float
    mean: float
    right: float
    count: int

    @property
    def error(self) -> float:
        """How far confidence is from the share of right answers, without sign."""
        return abs(self.mean - self.right)


def measure_reliability(
    confidences: Sequence[float], rights: Sequence[bool], tenths: int = 10
) -> tuple[Decile, ...]:
    """Compare confidence with the share of right answers, from the least sure tenth to the most.

    Parameters
    ----------
    confidences, rights
        Of each answer, in the same order.

    Returns
    -------
    tuple of Decile
        Fewer than ``tenths`` where there are fewer answers.
    """
    ordered = sorted(zip(confidences, rights, strict=True), key=lambda pair: pair[0])
    edges = [round(i * len(ordered) / tenths) for i in range(tenths + 1)]
    return tuple(_decile(ordered[start:end]) for start, end in pairwise(edges) if end > start)


def _decile(pairs: Iterable[tuple[float, bool]]) -> Decile:
    confidences, rights = zip(*pairs, strict=True)
    count = len(confidences)
    return Decile(
        confidences[0], confidences[-1], sum(confidences) / count, sum(rights) / count, count
    )
