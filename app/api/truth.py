"""What a condition says of each row: true, false, or neither where a value is not known."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from app.api.rows import Mask


class Truth(NamedTuple):
    """Of each row, whether a condition is true, and whether that can be told."""

    true: Mask
    known: Mask


def everywhere(rows: int, *, true: bool) -> Truth:
    """Return the same for all rows."""
    return Truth(np.full(rows, true), np.ones(rows, dtype=bool))


def both(conditions: Iterable[Truth], rows: int) -> Truth:
    """Return where all are true; one that is false makes it known."""
    found = everywhere(rows, true=True)
    for one in conditions:
        false = (found.known & ~found.true) | (one.known & ~one.true)
        found = Truth(found.true & one.true, (found.known & one.known) | false)
    return found


def either(conditions: Iterable[Truth], rows: int) -> Truth:
    """Return where one is true; one that is makes it known."""
    found = everywhere(rows, true=False)
    for one in conditions:
        true = found.true | one.true
        found = Truth(true, (found.known & one.known) | true)
    return found


def negated(condition: Truth) -> Truth:
    """Return where it is false."""
    return Truth(condition.known & ~condition.true, condition.known)
