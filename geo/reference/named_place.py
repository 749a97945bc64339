"""Finding: the place that a text from outside means, and what must be said of the reading."""

from geo.perimeter import (
    DEPARTEMENT,
    DEPARTEMENT_NAME,
    Level,
    Perimeter,
    UnknownPlaceError,
    shorten,
)
from geo.reference.places import Reference

LONGEST_GUESS = 100
"""Characters of a text that are compared with names."""


def find_place(reference: Reference, text: str) -> tuple[Perimeter, str | None]:
    """Return the place that a text means, and a French remark where it is not exactly that.

    Parameters
    ----------
    reference
        Places.
    text
        From outside, so anything: the written form of a perimeter (a former commune's too), the
        word ``departement`` alone, or the name of a place.

    Raises
    ------
    UnknownPlaceError
        Nothing is called that.
    """
    if text.strip() == Level.DEPARTEMENT:
        return DEPARTEMENT, None
    try:
        asked = Perimeter.parse(text)
    except UnknownPlaceError:
        if text.partition(":")[0].strip() in frozenset(Level):
            raise
        return _guess(reference, text)
    if reference.exists(asked):
        return asked, None
    if asked.level == Level.COMMUNE:
        code, remark = reference.resolve_code(asked.code)
        return Perimeter(Level.COMMUNE, code), remark
    raise UnknownPlaceError(f"Territoire « {asked} » inconnu dans le {DEPARTEMENT_NAME}.")


def _guess(reference: Reference, text: str) -> tuple[Perimeter, str | None]:
    found = reference.find(text[:LONGEST_GUESS], 1)
    if not found:
        raise UnknownPlaceError(
            f"Territoire « {shorten(text)} » inconnu dans le {DEPARTEMENT_NAME}."
        )
    name = reference.name_of(found[0])
    return found[0], f"Territoire « {shorten(text)} » lu comme : {name}."
