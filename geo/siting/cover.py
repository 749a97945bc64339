"""Set covering: the fewest columns that cover all rows, reduced first, then solved by HiGHS."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from geo.travel.times import Floats, Integers

Cover = NDArray[np.bool_]
Sites = tuple[int, ...]

ROUNDING = 1e-6
"""What a bound on a whole number may be above it by the solver's tolerance."""

INFEASIBLE = 2
"""SciPy's status of a problem that has no answer."""


def fewest(covers: Cover, most: int, seconds: float) -> tuple[Sites | None, int]:
    """Choose the fewest columns that cover all rows (Toregas, Swain, ReVelle & Bergman 1971).

    Parameters
    ----------
    covers
        Shape (n, m): whether a column covers a row; each row by one column at least.
    most
        More columns than this are no answer.
    seconds
        Time limit.

    Returns
    -------
    tuple
        The columns, rising, ``None`` where ``most`` are not enough or the time was over; and how
        many columns are proved to be needed.
    """
    rows, columns = reduce(covers)
    m = len(columns)
    found = milp(
        np.ones(m),
        constraints=[
            LinearConstraint(csr_array(covers[np.ix_(rows, columns)].astype(float)), 1, np.inf),
            LinearConstraint(np.ones((1, m)), 0, most),
        ],
        integrality=np.ones(m),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0, "time_limit": seconds},
    )
    if found.status == INFEASIBLE:
        return None, most + 1
    needed = 0 if found.mip_dual_bound is None else int(np.ceil(found.mip_dual_bound - ROUNDING))
    if found.x is None:
        return None, needed
    return _lowest(covers, columns[found.x > 0.5]), needed  # noqa: PLR2004 - zero or one


def is_covered_by_greedy(covers: Cover, most: int) -> bool:
    """Tell whether as many columns cover all rows, each the one that covers most of the rest."""
    left = np.ones(len(covers), dtype=bool)
    for _ in range(most):
        best = int(np.argmax(covers[left].sum(axis=0)))
        left &= ~covers[:, best]
        if not left.any():
            return True
    return False


def reduce(covers: Cover) -> tuple[Integers, Integers]:
    """Drop the rows and columns that decide nothing (Toregas & ReVelle 1973).

    A column that covers a part of what another does is never needed, of two equals the higher
    number; a row that is covered by all that cover another row follows from it.

    Returns
    -------
    tuple of numpy.ndarray
        Numbers of the rows and of the columns that stay.
    """
    rows, columns = np.arange(covers.shape[0]), np.arange(covers.shape[1])
    while True:
        left = covers[np.ix_(rows, columns)]
        useful = ~_is_part(left.T)
        needed = _is_least(left[:, useful])
        if useful.all() and needed.all():
            return rows, columns
        rows, columns = rows[needed], columns[useful]


def merge_rows(amounts: Floats, covers: Cover) -> tuple[Floats, Cover]:
    """Make one row of those that the same columns cover, with the sum of their amounts.

    Rows that no column covers are left out.
    """
    held = covers.any(axis=1)
    packed = np.packbits(covers[held], axis=1)
    _, first, place = np.unique(packed, axis=0, return_index=True, return_inverse=True)
    sums = np.bincount(place.ravel(), amounts[held], len(first))
    return np.asarray(sums, dtype=np.float64), covers[held][first]


def useful_columns(covers: Cover) -> Integers:
    """Return the columns that cover no mere part of what another does, the lower of two equals."""
    return np.flatnonzero(~_is_part(covers.T))


def _is_part(sets: Cover) -> Cover:
    """Tell which rows are a part of another row, or equal to one before."""
    # How many elements each two rows share; of a row with itself, its size. A row is a part of
    # another when they share all that it has.
    common = sets.astype(np.float32) @ sets.T.astype(np.float32)
    size = np.diagonal(common)
    number = np.arange(len(sets))
    wider = (size > size[:, None]) | ((size == size[:, None]) & (number < number[:, None]))
    return np.asarray(((common == size[:, None]) & wider).any(axis=1))


def _is_least(sets: Cover) -> Cover:
    """Tell which rows hold no other row, nor equal one before."""
    common = sets.astype(np.float32) @ sets.T.astype(np.float32)
    size = np.diagonal(common)
    number = np.arange(len(sets))
    within = (size < size[:, None]) | ((size == size[:, None]) & (number < number[:, None]))
    return np.asarray(~((common == size) & within).any(axis=1))


def _lowest(covers: Cover, columns: Integers) -> Sites:
    """Put lower columns for higher ones where they cover as well, so that ties fall one way."""
    chosen = sorted(int(c) for c in columns)
    for place, column in enumerate(chosen):
        others = [c for c in chosen if c != column]
        alone = ~covers[:, others].any(axis=1)
        free = np.flatnonzero(covers[alone].all(axis=0))
        lower = [int(c) for c in free if c not in others]
        chosen[place] = lower[0] if lower else column
    return tuple(sorted(chosen))
