"""Answers of siting that cover as many: the one that saves people most, and its equals."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from geo.siting.case import SitingCase
from geo.travel.times import Floats, Integers

SAME: Final = 1e-9
"""Relative difference below which two sums are one."""
NEARLY: Final = 0.95
"""A convention: travel times are not known to a twentieth."""
ROUNDS: Final = 20
"""Each round betters what is saved; a few do."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Sites that cover as many as those before, and for each the candidates that also would.

    Parameters
    ----------
    sites
        Numbers of the candidates, rising.
    equals
        For each site the other candidates that cover as many in its place, most saved first.
    nearly
        Likewise those that cover fewer, but bring within the threshold at least
        :data:`NEARLY` of what the site brings.
    """

    sites: tuple[int, ...]
    equals: tuple[tuple[int, ...], ...]
    nearly: tuple[tuple[int, ...], ...]


def settle(case: SitingCase, sites: Sequence[int], threshold: float, sizes: ArrayLike) -> Settled:
    """Exchange sites for equals as long as people then save more time, or live in a larger place.

    Parameters
    ----------
    threshold
        Minutes; exactly the threshold is within it.
    sizes
        Shape (m,), inhabitants of the commune of each candidate: the larger of two that save as
        much comes first, then the lower number.
    """
    chosen, size = sorted(sites), np.asarray(sizes, dtype=np.float64)
    for _ in range(ROUNDS):
        before = list(chosen)
        for place in range(len(chosen)):
            chosen[place] = int(_equals(case, chosen, place, threshold, size)[0])
        if chosen == before:
            break
    chosen.sort()
    equals, nearly = list[tuple[int, ...]](), list[tuple[int, ...]]()
    for place in range(len(chosen)):
        same = _equals(case, chosen, place, threshold, size)
        more = _equals(case, chosen, place, threshold, size, share=NEARLY)
        equals.append(tuple(int(j) for j in same if j != chosen[place]))
        nearly.append(tuple(int(j) for j in more if j not in same))
    return Settled(tuple(chosen), tuple(equals), tuple(nearly))


def _equals(  # noqa: PLR0913 - a case and where in it
    case: SitingCase,
    chosen: list[int],
    place: int,
    threshold: float,
    size: Floats,
    *,
    share: float = 1 - SAME,
) -> Integers:
    """Return who brings such a share in one place of the chosen, the best first, itself too."""
    others = [site for number, site in enumerate(chosen) if number != place]
    held = case.with_sites(others)
    far = held > threshold
    brought = case.people[far] @ (case.minutes[far] <= threshold)
    brought[others] = -1
    equal = np.flatnonzero(brought >= brought[chosen[place]] * share)
    had = np.isfinite(held) & (case.people > 0)
    nearer = np.maximum(held[had, None] - case.minutes[np.ix_(had, equal)], 0)
    saved = case.people[had] @ nearer
    # Sums that differ by rounding are one: whole units of the largest's billionth are compared.
    unit = saved.max() * SAME or 1.0
    order = np.lexsort((equal, -size[equal], -np.round(saved / unit)))
    return np.asarray(equal[order])
