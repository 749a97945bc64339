"""The commune that a row names by its code, held against its name and its point."""

from collections.abc import Iterator
from typing import Final

import geopandas as gpd
import pandas as pd

from geo.perimeter import Level, PlaceError
from geo.reference.places import Reference
from layers.brought.choice import Choice
from layers.brought.named_commune import NamedCommunes, split_codes
from layers.brought.perimeters import NamedPerimeters
from layers.brought.problems import (
    EMPTIED,
    LEFT_OUT,
    MENDED,
    TO_CHECK,
    WHOLE_FILE,
    Problem,
    tell,
)
from layers.brought.roles import Role
from layers.brought.values.cells import parse_code, parse_each
from layers.french.wording import plural
from layers.model.points import FARTHEST_OUTSIDE, metres_outside

CONTRADICTED: Final = ""
"""Stands for the code of a row whose code and name are of two communes."""
FAR_FROM_NAMED: Final = "la commune du point, qui est gardé : il est loin de celle-ci"
OWN_EPCI: Final = "l’EPCI de la commune où la ligne est placée"
FOUND_ELSEWHERE: Final = "la commune de l’adresse, où la ligne est placée"
POSTCODE_FOR_CODE: Final = "un code Insee ; ce sont des codes postaux, le nom est suivi"


def tell_codes(
    frame: pd.DataFrame,
    choice: Choice,
    reference: Reference,
    sited: pd.Series,
    problems: list[Problem],
) -> pd.Series:
    """Return today's code of the commune that each row names by its code."""
    column = choice.column(Role.COMMUNE_CODE)
    if column is None:
        return pd.Series(None, index=frame.index, dtype=object)

    def today(text: str) -> str:
        try:
            return reference.resolve_code(parse_code((split_codes(text) or [text])[0]))[0]
        except PlaceError as error:
            raise ValueError(text) from error

    texts = frame[column]
    codes, wrong = parse_each(texts, today)
    several = texts.map(lambda text: isinstance(text, str) and bool(split_codes(text)))
    problems += tell(texts, several, "un seul code ; la ligne est au premier", TO_CHECK)
    named = choice.column(Role.COMMUNE)
    if named is not None:
        codes, wrong = _named_first(
            texts, codes, wrong, frame[named].where(~sited, None), reference, problems
        )
    problems += tell(texts, wrong, "le code Insee d’une commune du Pas-de-Calais", EMPTIED)
    return codes


def _named_first(  # noqa: PLR0913, PLR0917 - what a code is held against
    texts: pd.Series,
    codes: pd.Series,
    wrong: pd.Series,
    names: pd.Series,
    reference: Reference,
    problems: list[Problem],
) -> tuple[pd.Series, pd.Series]:
    """Hold codes against the names beside them: a postcode of the commune gives way to its name.

    A code that is another commune's than the name is believed no more than the name: it becomes
    :data:`CONTRADICTED`.
    """
    known = NamedCommunes(reference)
    named = names.map(lambda text: known.find(text) if isinstance(text, str) else None)
    named = named.astype(object).where(named.notna(), None)
    written = texts.map(lambda text: _five_figures(text) if isinstance(text, str) else "")
    postal = pd.Series(
        [
            commune is not None and known.is_postcode_of(code, commune)
            for code, commune in zip(written, named, strict=True)
        ],
        index=texts.index,
    )
    mistaken = postal & named.notna() & (codes != named)
    if mistaken.any():
        first = str(texts[mistaken].iloc[0])
        words = f"{first} ({plural(int(mistaken.sum()), 'ligne')})"
        problems.append(Problem(WHOLE_FILE, str(texts.name), words, POSTCODE_FOR_CODE, MENDED))
    differ = codes.notna() & named.notna() & (codes != named) & ~mistaken
    told = texts.astype(str) + ", " + names.astype(str)
    problems += tell(
        told, differ, "un code et un nom de la même commune", LEFT_OUT, str(texts.name)
    )
    codes = codes.where(~mistaken, named).where(~differ, CONTRADICTED)
    return codes, wrong & ~mistaken


def _five_figures(text: str) -> str:
    try:
        return parse_code(text)
    except ValueError:
        return ""


def strayed(
    points: gpd.GeoSeries, told: pd.Series, believed: pd.Series, reference: Reference
) -> pd.Series:
    """Tell which points lie far from the commune that their row names."""
    both = believed & told.notna()
    strayed = pd.Series(data=False, index=points.index)
    if both.any():
        strayed[both] = metres_outside(points[both], told[both], reference) > FARTHEST_OUTSIDE
    return strayed


def tell_other_commune(
    frame: pd.DataFrame, choice: Choice, points: gpd.GeoSeries, sited: pd.Series,
    reference: Reference,
) -> Iterator[Problem]:  # fmt: skip
    """Yield the rows whose point lies far from the commune that they name by its name alone."""
    column = choice.column(Role.COMMUNE)
    if column is None or not sited.any():
        return
    known = NamedCommunes(reference)
    names = frame[column]
    codes = names.map(known.find, na_action="ignore").astype(object)
    astray = strayed(points, codes.where(codes.notna(), None), sited, reference)
    yield from tell(names, astray, FAR_FROM_NAMED, TO_CHECK)


def is_beside(around: pd.Series, told: pd.Series) -> pd.Series:
    """Tell which points lie in another commune than the one that their row names by its code."""
    return told.notna() & around.notna() & (around != told)


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
