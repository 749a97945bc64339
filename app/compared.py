"""The places that stand side by side: at most three, of one level, the chosen one first."""

from collections.abc import Callable, Iterable
from typing import Final

from geo.perimeter import DEPARTEMENT, Level, Perimeter, PlaceError

MOST_COMPARED: Final = 3
"""Columns that a sheet has room for."""

FindPlace = Callable[[str], tuple[Perimeter, str | None]]


def read_compared(
    place: Perimeter, text: str, find_place: FindPlace
) -> tuple[tuple[Perimeter, ...], str | None]:
    """Read the places to set beside a place.

    Parameters
    ----------
    place
        The département stands for none: the first place of the text takes its part.
    text
        Written forms of places, commas between them; from outside, so anything.
    find_place
        As in :class:`app.view_state.Vocabulary`.

    Returns
    -------
    places
        The place itself, then those beside it: at most :data:`MOST_COMPARED`, of its level.
    remark
        French sentence about the first of those that were left out.
    """
    remarks: list[str] = []
    found = [] if place == DEPARTEMENT else [place]
    for part in filter(None, (part.strip() for part in text.split(","))):
        try:
            other, remark = find_place(part)
        except PlaceError as error:
            remarks.append(f"{error} Laissé hors de la comparaison.")
            continue
        remarks += [remark] if remark else []
        if other in found:
            continue
        problem = _problem(found, other)
        if problem:
            remarks.append(problem)
        else:
            found.append(other)
    return tuple(found) or (place,), remarks[0] if remarks else None


def write_places(places: Iterable[object]) -> str:
    """Write places as one text, commas between them."""
    return ",".join(map(str, places))


def _problem(found: list[Perimeter], other: Perimeter) -> str:
    if other.level is Level.DEPARTEMENT:
        return "Le département est déjà à côté de chaque chiffre : laissé hors de la comparaison."
    if found and other.level is not found[0].level:
        return f"« {other} » n’est pas du même niveau que « {found[0]} » : laissé hors."
    if len(found) == MOST_COMPARED:
        return f"Comparaison limitée à {MOST_COMPARED} territoires : « {other} » laissé hors."
    return ""
