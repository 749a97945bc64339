"""Tell which lines of a table detail another: the sums then agree with the printed total."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

MOST_CHILDREN: Final = 15
MOST_LINES: Final = 40
MOST_SUMS: Final = 800
_EXACT, _EXACT_ALONE, _INEXACT = 1, 3, 6

Parents = list[int | None]


@dataclass(frozen=True, slots=True)
class _Step:
    """The cheapest way to a sum: where it came from, and the last unit's range of lines."""

    cost: int
    start: int
    before: int


def nest(amounts: Sequence[int | None], total: int | None, marked: Collection[int] = ()) -> Parents:
    """Find the parent of each line.

    A line may detail the one before it that stands alone; the lines that detail nothing must sum
    to the total. Lines that sum as they stand are left flat; without a total, only exact details
    count. A single line details the one before it only where it is printed as its detail: that two
    amounts are the same proves nothing, and would explain a wrong total away.

    Parameters
    ----------
    amounts
        Cents, in the order of the table; None for an amount that could not be read.
    total
        Cents printed as the total; None when there is none.
    marked
        Indices of the lines that a dash or « dont » marks as a detail.

    Returns
    -------
    list of int or None
        For each line the index of the line that it details, None for a line of its own.
    """
    flat: Parents = [None] * len(amounts)
    values = [amount or 0 for amount in amounts]
    if len(values) > MOST_LINES or sum(values) == total:
        return flat
    found = _fit(values, total, marked) if total is not None else None
    if found is None:
        found = _group_exactly(values)
        closer = total is None or abs(_top(values, found) - total) < abs(sum(values) - total)
        return found if closer else flat
    return found


def sums_to(amounts: Sequence[int | None], total: int, marked: Collection[int] = ()) -> bool:
    """Return whether the lines, nested or not, give the total: :func:`nest`."""
    values = [amount or 0 for amount in amounts]
    if sum(values) == total:
        return True
    return len(values) <= MOST_LINES and _fit(values, total, marked) is not None


def _top(values: Sequence[int], parents: Parents) -> int:
    return sum(value for value, parent in zip(values, parents, strict=True) if parent is None)


def _fit(values: Sequence[int], total: int, marked: Collection[int]) -> Parents | None:
    """Find the least doubtful nesting whose own lines sum to the total."""
    count = len(values)
    bounded = all(value >= 0 for value in values)
    reached: list[dict[int, _Step]] = [{} for _ in range(count + 1)]
    reached[0][0] = _Step(0, 0, 0)
    rest = sum(values)
    for start in range(count):
        rest -= values[start]
        kept = sorted(reached[start].items(), key=lambda item: item[1].cost)[:MOST_SUMS]
        for before, step in kept:
            now = before + values[start]
            if bounded and not now <= total <= now + rest:
                continue
            for stop, cost in _units(values, start, marked):
                best = reached[stop].get(now)
                if best is None or step.cost + cost < best.cost:
                    reached[stop][now] = _Step(step.cost + cost, start, before)
    return _trace(reached, total) if total in reached[count] else None


def _units(
    values: Sequence[int], start: int, marked: Collection[int] = ()
) -> list[tuple[int, int]]:
    """List what may begin at a line: itself, or itself with the lines that detail it."""
    units = [(start + 1, 0)]
    detail = 0
    for stop in range(start + 2, min(len(values), start + 1 + MOST_CHILDREN) + 1):
        detail += values[stop - 1]
        alone = stop == start + 2
        if alone and start + 1 not in marked:
            continue
        if detail == values[start]:
            units.append((stop, _EXACT_ALONE if alone else _EXACT))
        elif not alone:
            units.append((stop, _INEXACT + stop - start))
    return units


def _trace(reached: Sequence[dict[int, _Step]], total: int) -> Parents:
    parents: Parents = [None] * (len(reached) - 1)
    stop, now = len(reached) - 1, total
    while stop:
        step = reached[stop][now]
        for child in range(step.start + 1, stop):
            parents[child] = step.start
        stop, now = step.start, step.before
    return parents


def _group_exactly(values: Sequence[int]) -> Parents:
    """Group the lines that are exactly detailed by two lines or more after them."""
    parents: Parents = [None] * len(values)
    start = 0
    while start < len(values):
        exact = [stop for stop, cost in _units(values, start) if cost == _EXACT and values[start]]
        for child in range(start + 1, exact[0] if exact else start + 1):
            parents[child] = start
        start = exact[0] if exact else start + 1
    return parents
