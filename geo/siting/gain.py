"""Choosing k columns of a matrix of gains: a good answer, a bound, and the proof where it pays.

Maximal covering and the p-median both ask for sites whose gains do not add up: an inhabitant is
served by the best of them only. The steps are those of Galvão & ReVelle 1996 ("A Lagrangean
heuristic for the maximal covering location problem"), with HiGHS for the proof:

1. a start by greedy choice, bettered by exchanges (Teitz & Bart 1968);
2. a bound, by linear programming, or where the model is too large for that by Lagrangian
   relaxation (Cornuéjols, Fisher & Nemhauser 1977);
3. candidates that the bound rules out are dropped;
4. the rest is solved exactly, where it is small enough.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geo.siting.milp import GainModel
from geo.travel.times import Floats

Sites = tuple[int, ...]

LP_LEVELS = 3_000
"""Distinct gains, summed over rows, up to which the bound is that of linear programming."""

MILP_LEVELS = 60_000
"""Distinct gains of the candidates that are left, up to which the problem is solved exactly."""

ROUNDS = 400
"""Steps of the Lagrangian relaxation."""

FIRST_STEP = 1.5
"""Share of the way to where the bound would meet the answer that a step goes at first. The method
converges for any between 0 and 2 (Held, Wolfe & Crowder 1974)."""

PATIENCE = 8
"""Steps without a better bound after which the step is halved."""

LAST_STEP = 0.002
"""Share below which steps move the prices by nothing that counts; the tenth halving is below it."""

BETTER = 1e-5
"""Relative gain below which a bound is no better, so that creeping does not keep the step."""

SAME = 1e-9
"""Relative difference below which two values are one."""

EQUAL = 1e-14
"""Relative difference below which a difference is one of rounding."""

SLACK = 1e-7
"""Relative error that a bound from a solver may have."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Columns, the gain of all together, and a bound on what any columns could gain."""

    sites: Sites
    total: float
    bound: float


@dataclass(frozen=True, slots=True)
class _Bound:
    """A bound, a hint which columns are good, and what the bound loses when one is chosen."""

    total: float
    hint: Sites
    loss: Floats


def choose(gains: Floats, k: int, seconds: float) -> Choice:
    """Choose at most k columns so that the sum over rows of the largest chosen gain is greatest.

    Parameters
    ----------
    gains
        Shape (n, m), zero or more, finite.
    k
        One or more.
    seconds
        For each call of a solver.

    Returns
    -------
    Choice
        Among equal answers the same each time, with lower columns where one can be put for
        another.
    """
    useful = gains[(gains > 0).any(axis=1)]
    if not len(useful):
        return Choice((), 0.0, 0.0)
    k = min(k, gains.shape[1])
    sites = exchange(useful, greedy(useful, k))
    bound = _bound(useful, k, sites, seconds)
    # A column whose choice would bring the bound below the answer in hand is in no better one.
    sites = max(sites, exchange(useful, bound.hint), key=lambda s: _total(useful, s))
    best, most = _total(useful, sites), bound.total
    left = np.flatnonzero(bound.total - bound.loss >= best * (1 - SLACK))
    if most > best * (1 + SAME) and _levels(useful[:, left]) <= MILP_LEVELS:
        solved = GainModel.of(useful, k, left).solve(seconds)
        if solved is not None:
            sites = max(sites, exchange(useful, solved[0]), key=lambda s: _total(useful, s))
            most = min(most, max(solved[1], best))
    sites = _lowest(useful, sites)
    best = _total(useful, sites)
    return Choice(sites, best, best if most <= best * (1 + SAME) else most)


def _total(gains: Floats, sites: Sequence[int]) -> float:
    """Return the sum over rows of the largest gain among some columns."""
    return float(gains[:, list(sites)].max(axis=1).sum()) if len(sites) else 0.0


def greedy(gains: Floats, k: int) -> Sites:
    """Choose columns one by one, each the one that adds most; the lower of two equals."""
    held, sites = np.zeros(len(gains)), list[int]()
    for _ in range(k):
        more = np.maximum(gains - held[:, None], 0).sum(axis=0)
        best = int(np.argmax(more))
        if more[best] <= 0:
            break
        sites.append(best)
        held = np.maximum(held, gains[:, best])
    return tuple(sites)


def exchange(gains: Floats, sites: Sites) -> Sites:
    """Put a column for another as long as that gains: the best exchange each time."""
    chosen = list(sites)
    while chosen:
        change = _changes(gains, chosen)
        out, best = divmod(int(np.argmax(change)), gains.shape[1])
        if change[out, best] <= SAME * _total(gains, chosen):
            break
        chosen[out] = best
    return tuple(sorted(chosen))


def _changes(gains: Floats, chosen: list[int]) -> Floats:
    """Return what putting each column for each chosen one changes, shape (k, m).

    A row loses what it had from the column put out, down to its second best, unless the new one
    gives more (Whitaker 1983).
    """
    held = gains[:, chosen]
    first, owner = held.max(axis=1), held.argmax(axis=1)
    second = np.partition(held, -2, axis=1)[:, -2] if len(chosen) > 1 else np.zeros(len(held))
    more = np.maximum(gains - first[:, None], 0)
    changes = np.empty((len(chosen), gains.shape[1]))
    for out in range(len(chosen)):
        rows = owner == out
        instead = np.maximum(gains[rows], second[rows, None]) - first[rows, None]
        changes[out] = more[~rows].sum(axis=0) + instead.sum(axis=0)
    return changes


def _lowest(gains: Floats, sites: Sites) -> Sites:
    """Put lower columns for higher ones where that costs nothing, so that ties fall one way."""
    chosen = sorted(sites)
    for out in range(len(chosen)):
        free = np.flatnonzero(_changes(gains, chosen)[out] >= -EQUAL * _total(gains, chosen))
        lower = [int(c) for c in free if c < chosen[out] and c not in chosen]
        chosen[out] = lower[0] if lower else chosen[out]
    for site in chosen[::-1]:
        others = [c for c in chosen if c != site]
        if _total(gains, others) >= _total(gains, chosen):
            chosen = others
    return tuple(sorted(chosen))


def _levels(gains: Floats) -> int:
    rising = np.sort(gains, axis=1)
    another = (rising[:, 1:] > rising[:, :-1]) & (rising[:, 1:] > 0)
    return int(another.sum() + (rising[:, 0] > 0).sum()) if rising.size else 0


def _bound(gains: Floats, k: int, sites: Sites, seconds: float) -> _Bound:
    columns = np.arange(gains.shape[1])
    if _levels(gains) <= LP_LEVELS:
        relaxed = GainModel.of(gains, k, columns).relax(seconds)
        if relaxed is not None:
            total, parts, loss = relaxed
            hint = np.argsort(-parts, kind="stable")[:k]
            return _Bound(total, tuple(sorted(int(c) for c in hint)), loss)
    return _lagrange(gains, k, sites)


def _lagrange(gains: Floats, k: int, sites: Sites) -> _Bound:
    """Bound the gain by letting each row be served in part by several columns, at a price.

    For prices p_i the bound is Σ p_i plus the k largest Σ_i max(0, gain_ij - p_i); prices go up
    where several columns serve a row and down where none does (deflected subgradient, Camerini,
    Fratta & Maffioli 1975). A column that is not among the k largest costs the difference.
    """
    # Prices start between what a row has from the answer and what its second best would give it.
    held = np.sort(gains[:, list(sites)], axis=1)
    price = (held[:, -1] + (held[:, -2] if len(sites) > 1 else 0)) / 2
    best = _Bound(np.inf, sites, np.zeros(gains.shape[1]))
    reached, held_price, step, stalled = _total(gains, sites), price, FIRST_STEP, 0
    way = np.zeros(len(gains))
    for _ in range(ROUNDS):
        over = np.maximum(gains - price[:, None], 0)
        worth = over.sum(axis=0)
        order = np.argsort(-worth, kind="stable")
        top = order[:k]
        total = float(price.sum() + worth[top].sum())
        hint = tuple(int(c) for c in top)
        if _total(gains, hint) > reached:
            reached, best = _total(gains, hint), _Bound(best.total, hint, best.loss)
        stalled = 0 if total < best.total * (1 - BETTER) else stalled + 1
        if total < best.total:
            loss = np.maximum(worth[top[-1]] - worth, 0)
            best, held_price = _Bound(total, best.hint, loss), price
        if stalled >= PATIENCE:  # back to the best prices, with smaller steps and no momentum
            step, stalled, price, way = step / 2, 0, held_price, np.zeros(len(gains))
        if best.total <= reached * (1 + SAME) or step < LAST_STEP:
            break
        # The subgradient: 1 for a row that no column serves, negative for one served more than
        # once; half of the way before is kept, which deflects it.
        way = 1.0 - (over[:, top] > 0).sum(axis=1) + way / 2
        # A price is never below zero, so that one at zero does not go further down.
        way = np.where((price <= 0) & (way > 0), 0, way)
        if not way.any():
            break
        # Polyak's length: the excess of the bound over the answer, over the square of the way.
        price = np.maximum(0, price - step * (total - reached) / (way @ way) * way)
    return best
