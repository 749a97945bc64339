"""Matrices of minutes written by hand: ``inf`` for what is out of reach."""

import numpy as np

from geo.travel.times import to_minutes


def sparse(dense):
    rows, columns = np.nonzero(np.isfinite(dense))
    return to_minutes(rows, columns, [dense[rows, columns]], dense.shape)[0]
