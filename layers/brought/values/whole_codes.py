"""Codes of communes that a table cuts in two: the département in a column, « 498 » in another."""

import re
from collections.abc import Mapping
from typing import Final

import pandas as pd

from layers.brought.problems import LONGEST_VALUE, MENDED, WHOLE_FILE, Problem
from layers.brought.roles import Role
from layers.french.wording import plural

EXPECTED: Final = "un code Insee entier ; celui du département est mis devant"

_COMMUNE: Final = re.compile(r"(\d{1,3})(?:[.,]0+)?")
_DEPARTEMENT: Final = re.compile(r"0?(\d{1,2}|2[AB])(?:[.,]0+)?", re.IGNORECASE)


def complete_codes(communes: pd.Series, departements: pd.Series) -> pd.Series:
    """Return the codes of communes with that of their département, others as they are.

    Parameters
    ----------
    communes, departements
        Texts, None where a cell is empty.
    """
    whole = [
        _complete(commune, departement)
        for commune, departement in zip(communes, departements, strict=True)
    ]
    return pd.Series(whole, index=communes.index, name=communes.name, dtype=object)


def with_whole_codes(
    frame: pd.DataFrame, roles: Mapping[str, Role]
) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """Return a table in which the codes of communes are whole, and what is told of those."""
    column, departements = (
        next((name for name, role in roles.items() if role is wanted), None)
        for wanted in (Role.COMMUNE_CODE, Role.DEPARTEMENT)
    )
    if column is None or departements is None:
        return frame, ()
    whole = complete_codes(frame[column], frame[departements])
    changed = frame[column][whole != frame[column]].dropna()
    if changed.empty:
        return frame, ()
    found = f"{str(changed.iloc[0])[: LONGEST_VALUE // 2]} ({plural(len(changed), 'ligne')})"
    return frame.assign(**{column: whole}), (Problem(WHOLE_FILE, column, found, EXPECTED, MENDED),)


def _complete(commune: object, departement: object) -> object:
    if not isinstance(commune, str) or not isinstance(departement, str):
        return commune
    number = _COMMUNE.fullmatch(commune.strip())
    before = _DEPARTEMENT.fullmatch(departement.strip())
    return f"{before[1].zfill(2).upper()}{number[1].zfill(3)}" if number and before else commune
