"""French typography for texts that come from elsewhere: spaces that do not break, apostrophes."""

import re
from typing import Final

from geo.perimeter import Perimeter
from geo.reference import Reference
from layers import wording

_APOSTROPHE: Final = re.compile(r"(?<=\w)'(?=\w)")


def typeset(text: str) -> str:
    """Return a text as it is printed: ``l'Artois ; 3`` becomes ``l’Artois\u202f; 3``."""
    return _APOSTROPHE.sub("’", wording.typeset(text))


def shown_name(reference: Reference, place: Perimeter) -> str:
    """Return the name of a place as it is printed.

    Raises
    ------
    geo.perimeter.UnknownPlaceError
        There is no such place.
    """
    return typeset(reference.name_of(place))
