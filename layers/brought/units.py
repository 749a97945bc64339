"""What one row of a table is: a place to put on the map, or a whole perimeter to paint."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from geo.perimeter import Level
from geo.reference.places import Reference
from layers.brought.headings import roles_of, words_of
from layers.brought.measured import NUMERIC, guess_measures
from layers.brought.perimeters import LEVELS, NamedPerimeters
from layers.brought.roles import POSITION, Role
from layers.brought.values.dates import YEARS
from layers.model.measures import DISTRICT, Measure

MOST: Final = 0.8
"""Share of the rows that a column must tell apart for each row to be a perimeter of its own."""
LONGEST_YEAR: Final = 4

WORDS: Final[Mapping[str, str]] = {
    "": "un lieu, à placer",
    Level.COMMUNE: "une commune",
    Level.EPCI: "un EPCI",
    Level.CANTON: "un canton",
    Level.TERRITORY: "un territoire de la MDADT",
    Level.MDS: "un secteur de la MDS",
    DISTRICT: "un quartier prioritaire (QPV)",
}
"""What a row may be, French."""


def guess_rows(
    frame: pd.DataFrame, roles: Mapping[str, Role], reference: Reference, *, placed: bool
) -> tuple[str, tuple[Measure, ...]]:
    """Return what each row seems to be, as :func:`guess_level`, and how its numbers are mapped."""
    level = "" if placed else guess_level(frame, roles, reference)
    year = year_column(frame, roles)
    measures = guess_measures(frame, roles)
    return level, tuple(measure for measure in measures if measure.column != year)


def guess_level(frame: pd.DataFrame, roles: Mapping[str, Role], reference: Reference) -> str:
    """Return the level of which each row is a perimeter; empty where each row is a place.

    Rows are perimeters where nothing says a place inside them (an address, a point, a name of
    something else), a column tells nearly all of them apart by their perimeter, with the year
    where there is one, and a number is there to be mapped. Where several columns do, as that of
    the communes and that of their EPCIs in a short table, the first of the file is believed.
    """
    played = set(roles.values())
    if played & (POSITION | {Role.ADDRESS}) or not played & set(NUMERIC):
        return ""
    known = NamedPerimeters(reference)
    year = year_column(frame, roles)
    # a table of districts names their communes too
    columns = sorted(roles.items(), key=lambda column: column[1] is not Role.DISTRICT)
    for heading, role in columns:
        if role in LEVELS and _tells_apart(frame, heading, LEVELS[role], year, known):
            level = LEVELS[role]
            return "" if _names_others(frame, roles, level, known) else str(level)
    return ""


def year_column(frame: pd.DataFrame, roles: Mapping[str, Role]) -> str:
    """Return the column that holds years alone, empty where there is none or it holds one year."""
    for heading, role in roles.items():
        texts = frame[heading].dropna().str.strip()
        if (
            role in {Role.DATE, Role.NUMBER, Role.TEXT}
            and len(set(texts)) > 1
            and _are_years(texts)
        ):
            return heading
    return ""


def _are_years(texts: pd.Series) -> bool:
    different = texts.unique().tolist()
    if len(different) > len(YEARS):
        return False
    return all(
        len(text) == LONGEST_YEAR and text.isdecimal() and int(text) in YEARS for text in different
    )


def _tells_apart(
    frame: pd.DataFrame, heading: str, level: str, year: str, known: NamedPerimeters
) -> bool:
    texts = frame[heading].dropna()
    if texts.empty or len(texts) < MOST * len(frame):
        return False
    # a table of all France has few rows of here
    if not any(known.find(text, level) is not None for text in texts.unique()):
        return False
    rows = frame.loc[texts.index, [heading, *([year] if year else [])]]
    return len(rows.drop_duplicates()) >= MOST * len(rows)


def _names_others(
    frame: pd.DataFrame, roles: Mapping[str, Role], level: str, known: NamedPerimeters
) -> bool:
    """Tell whether a column that names the rows names something else than their perimeters."""
    for heading, role in roles.items():
        if role is not Role.NAME or Role.NAME not in roles_of(words_of(heading)):
            continue
        texts = frame[heading].dropna().unique()
        own = sum(known.find(text, level) is not None for text in texts)
        if own < (1 - MOST) * len(texts):
            return True
    return False
