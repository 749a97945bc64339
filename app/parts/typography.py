"""French typography for texts that come from elsewhere: spaces that do not break, apostrophes."""

import re
from typing import Final

from app.parts import markup as html
from app.parts.markup import Child
from geo.perimeter import Perimeter
from geo.reference.places import Reference
from layers.french import wording
from layers.indicators.states import ABSENCES, SIGNS

_APOSTROPHE: Final = re.compile(r"(?<=\w)'(?=\w)")
_CELLS: Final = {SIGNS[state].word: SIGNS[state].cell for state in ABSENCES}
_SIGNS: Final = ("€", "%")
"""Units that a number never loses."""
_YEARS: Final = re.compile(r"(\b\d{4}-\d{4}\b)")


def typeset(text: str) -> str:
    """Return a text as it is printed: ``l'Artois ; 3`` becomes ``l’Artois\u202f; 3``."""
    return _APOSTROPHE.sub("’", wording.typeset(text))


def keep_years(text: str) -> tuple[Child, ...]:
    """Return a text whose spans of years do not break at their hyphen: ``2023-2026``.

    The hyphen stays the one that people search for and copy; only the line is told not to break.
    """
    return tuple(
        html.Span(part, className="together") if _YEARS.fullmatch(part) else part
        for part in _YEARS.split(text)
        if part
    )


def short(text: str, unit: str) -> str:
    """Return a value for a row whose head says its unit: only signs stay with it."""
    if text in _CELLS:
        return _CELLS[text]
    return text if unit in _SIGNS or "\u00a0" not in text else text.rpartition("\u00a0")[0]


def shown_name(reference: Reference, place: Perimeter) -> str:
    """Return the name of a place as it is printed.

    Raises
    ------
    geo.perimeter.UnknownPlaceError
        There is no such place.
    """
    return typeset(reference.name_of(place))
