"""The models of siting as HiGHS solves them, through SciPy."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import coo_array, csr_array, eye_array, hstack, vstack

from geo.travel.times import Floats, Integers

SCALE = 1e6
"""What all gains are scaled to sum up to, so that HiGHS's absolute tolerances are small."""


@dataclass(frozen=True, slots=True)
class GainModel:
    """Choose at most k columns so that the sum over rows of the largest chosen gain is greatest.

    One variable x_j a column, and for each row i one y_l a distinct gain v_1 > v_2 > … > 0,
    counted when some chosen column gives at least that much: y_l <= y_{l-1} + Σ_{gain = v_l} x_j,
    which adds v_l - v_{l+1}. This is the radius formulation of the p-median (García, Labbé &
    Marín 2011, "Solving large p-median problems with a radius formulation"), and with one level a
    row it is the maximal covering model of Church & ReVelle 1974.

    Parameters
    ----------
    columns
        Numbers of the columns that may be chosen.
    worth
        Coefficients of x (all zero) and y.
    rows
        The constraints on x and y, each at most zero; the last is Σ x <= k.
    k
        Most columns to choose.
    """

    columns: Integers
    worth: Floats
    rows: csr_array
    k: int

    @classmethod
    def of(cls, gains: Floats, k: int, columns: Integers) -> "GainModel":
        """Make the model for some of the columns of a matrix of gains (n, m)."""
        # Every gain above zero, by row, the largest first.
        some = gains[:, columns]
        i, j = np.nonzero(some)
        value = some[i, j]
        order = np.lexsort((-value, i))
        i, j, value = i[order], j[order], value[order]
        # A level is a distinct gain of a row; `level` says of each gain which one it belongs to.
        top = np.ones(len(i), dtype=bool)
        top[1:] = i[1:] != i[:-1]
        new = top.copy()
        new[1:] |= value[1:] != value[:-1]
        level = np.cumsum(new) - 1
        count, m = int(new.sum()), len(columns)
        # What a level is worth: its gain less that of the level below it in its row, if any.
        first = top[new]
        below = np.where(np.append(first[1:], True), 0, np.append(value[new][1:], 0))
        # y_l - y_{l-1} - Σ x_j <= 0; the first level of a row has none before it.
        chained = np.flatnonzero(~first)
        chain = coo_array((np.ones(len(chained)), (chained, chained - 1)), shape=(count, count))
        giving = coo_array((np.ones(len(j)), (level, j)), shape=(count, m))
        most = hstack([coo_array(np.ones((1, m))), coo_array((1, count))])
        rows = vstack([hstack([-giving, eye_array(count) - chain]), most], format="csr")
        return cls(columns, np.concatenate([np.zeros(m), value[new] - below]), rows, k)

    def relax(self, seconds: float) -> tuple[float, Floats, Floats] | None:
        """Solve with fractions of sites.

        Returns
        -------
        tuple or None
            The bound on the value; the fraction of each column; what the bound loses if the
            column is chosen. ``None`` when the time is over.
        """
        # The floor keeps a model that gains nothing from dividing by zero.
        scale = SCALE / max(self.worth.sum(), 1e-300)
        found = linprog(
            -self.worth * scale,
            A_ub=self.rows,
            b_ub=self._limits(),
            bounds=(0, 1),
            method="highs-ipm",
            options={"time_limit": seconds},
        )
        if found.status != 0:
            return None
        m = len(self.columns)
        # Reduced costs: what each unit of a column that is left at zero costs the optimum.
        loss = np.maximum(found.lower.marginals[:m], 0) / scale
        return float(-found.fun / scale), np.asarray(found.x[:m]), np.asarray(loss)

    def solve(self, seconds: float) -> tuple[tuple[int, ...], float] | None:
        """Solve exactly, or as far as the time goes.

        Returns
        -------
        tuple or None
            The columns chosen, and the bound on the value; ``None`` when nothing was found.
        """
        scale = SCALE / max(self.worth.sum(), 1e-300)
        m = len(self.columns)
        whole = np.concatenate([np.ones(m), np.zeros(len(self.worth) - m)])
        found = milp(
            -self.worth * scale,
            constraints=LinearConstraint(self.rows, -np.inf, self._limits()),
            integrality=whole,
            bounds=Bounds(0, 1),
            options={"mip_rel_gap": 0, "time_limit": seconds},
        )
        if found.x is None:
            return None
        chosen = self.columns[found.x[:m] > 0.5]  # noqa: PLR2004 - zero or one
        return tuple(int(c) for c in chosen), float(-found.mip_dual_bound / scale)

    def _limits(self) -> Floats:
        return np.concatenate([np.zeros(self.rows.shape[0] - 1), [self.k]])
