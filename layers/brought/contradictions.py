"""What a row says of its place in one column against what it says in another."""

from collections.abc import Iterator
from typing import Final

import pandas as pd

from geo.perimeter import Level
from geo.reference.places import Reference
from layers.brought.choice import Choice
from layers.brought.named_commune import NamedCommunes
from layers.brought.perimeters import NamedPerimeters
from layers.brought.problems import TO_CHECK, Problem, tell
from layers.brought.roles import Role

OWN_EPCI: Final = "l’EPCI de la commune où la ligne est placée"
FOUND_ELSEWHERE: Final = "la commune de l’adresse, où la ligne est placée"


def is_found_elsewhere(
    frame: pd.DataFrame, choice: Choice, found: pd.Series, reference: Reference
) -> pd.Series:
    """Tell which rows were found in another commune than the one that their own column names.

    Parameters
    ----------
    found
        Code of the commune of each row, None where it is not known.
    """
    column = choice.column(Role.COMMUNE)
    if column is None:
        return pd.Series(data=False, index=frame.index)
    known = NamedCommunes(reference)
    codes = {text: known.find(text) for text in frame[column].dropna().unique()}
    named = frame[column].map(codes)
    return named.notna() & found.notna() & (named != found)


def tell_elsewhere(frame: pd.DataFrame, choice: Choice, elsewhere: pd.Series) -> Iterator[Problem]:
    """Yield the rows of :func:`is_found_elsewhere`."""
    if column := choice.column(Role.COMMUNE):
        yield from tell(frame[column], elsewhere, FOUND_ELSEWHERE, TO_CHECK)


def tell_other_epci(
    frame: pd.DataFrame, choice: Choice, found: pd.Series, reference: Reference
) -> Iterator[Problem]:
    """Yield the rows whose commune is in another EPCI than the one that they name."""
    column = choice.column(Role.EPCI)
    if column is None:
        return
    known = NamedPerimeters(reference)
    texts = frame[column]
    codes = {
        text: epci.perimeter.code
        for text in texts.dropna().unique()
        if (epci := known.find(text, Level.EPCI)) is not None
    }
    own = {code: commune.epci for code, commune in reference.communes.items()}
    named, ours = texts.map(codes), found.map(own)
    differ = named.notna() & ours.notna() & (named != ours)
    yield from tell(texts, differ, OWN_EPCI, TO_CHECK)
