"""Rows that a column says to be in another département: a homonym here is no place of theirs."""

import re
from collections.abc import Mapping

import pandas as pd

from geo.names import normalise
from geo.perimeter import DEPARTEMENT_CODE, DEPARTEMENT_NAME
from layers.brought.named_commune import NamedCommunes
from layers.brought.roles import Role

_CODE = re.compile(r"0?(\d{1,2}|2[AB]|97\d)(?:[.,]0+)?", re.IGNORECASE)
_BEFORE = re.compile(r"0?(\d{2}|2[AB]|97\d)\s*[-–:]?\s+(?=\D)", re.IGNORECASE)


def are_departements(values: pd.Series) -> bool:
    """Tell whether values are départements: codes, or names of which one is that of here."""
    texts = [str(text).strip() for text in values]
    coded = [bool(_CODE.fullmatch(text) or _BEFORE.match(text)) for text in texts]
    named = any(_is_here(text) for text in texts)
    return bool(texts) and (all(coded) or (named and not any(_says_more(t) for t in texts)))


def departement_elsewhere(frame: pd.DataFrame, roles: Mapping[str, Role]) -> pd.Series:
    """Return what each row says of its département where that is another one, None elsewhere."""
    column = _column(roles, Role.DEPARTEMENT)
    if column is None:
        return pd.Series(None, index=frame.index, dtype=object)
    return pd.Series([_elsewhere(t) for t in frame[column]], index=frame.index, dtype=object)


def rows_elsewhere(
    frame: pd.DataFrame, roles: Mapping[str, Role], known: NamedCommunes
) -> pd.Series:
    """Return the département or the postcode by which each row is elsewhere, None where it is not.

    A postcode of the neighbours that serves communes of here says nothing.
    """
    said = departement_elsewhere(frame, roles)
    column = _column(roles, Role.POSTCODE)
    if column is None:
        return said
    postal = [
        text if isinstance(text, str) and known.is_postcode_elsewhere(text) else None
        for text in frame[column]
    ]
    return said.where(said.notna(), pd.Series(postal, index=frame.index, dtype=object))


def _column(roles: Mapping[str, Role], wanted: Role) -> str | None:
    return next((column for column, role in roles.items() if role is wanted), None)


def _elsewhere(text: object) -> str | None:
    if not isinstance(text, str) or not text.strip() or _is_here(text.strip()):
        return None
    bare = text.strip()
    found = _CODE.fullmatch(bare) or _BEFORE.match(bare)
    return found[1].zfill(2).upper() if found else bare


def _is_here(text: str) -> bool:
    found = _CODE.fullmatch(text) or _BEFORE.match(text)
    return found[1] == DEPARTEMENT_CODE if found else normalise(text) == normalise(DEPARTEMENT_NAME)


def _says_more(text: str) -> bool:
    return any(sign.isdigit() for sign in text) and not (
        _CODE.fullmatch(text) or _BEFORE.match(text)
    )
