"""What stands side by side: at most three of one nature, the chosen one first."""

from collections.abc import Callable, Iterable
from typing import Final

from geo.perimeter import DEPARTEMENT, Perimeter, PlaceError
from layers.sheets.subject import Subject

MOST_COMPARED: Final = 3
"""Columns that a sheet has room for."""

Opened = Perimeter | Subject
"""What has a sheet of its own: a territory, a contract, a quartier prioritaire."""
Find = Callable[[str], tuple[Opened, str | None]]
"""Gives what a text means and, where it is not exactly that, a French remark; raises
:class:`geo.perimeter.PlaceError` when there is none."""


def read_compared(first: Opened, text: str, find: Find) -> tuple[tuple[Opened, ...], str | None]:
    """Read what to set beside something.

    Parameters
    ----------
    first
        The département stands for none: the first of the text takes its part.
    text
        Written forms, commas between them; from outside, so anything.

    Returns
    -------
    compared
        The first itself, then those beside it: at most :data:`MOST_COMPARED`, of its nature.
    remark
        French sentence about the first of those that were left out.
    """
    remarks: list[str] = []
    found = [] if first == DEPARTEMENT else [first]
    for part in filter(None, (part.strip() for part in text.split(","))):
        try:
            other, remark = find(part)
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
    return tuple(found) or (first,), remarks[0] if remarks else None


def write_places(places: Iterable[object]) -> str:
    """Write what stands side by side as one text, commas between them."""
    return ",".join(map(str, places))


def _problem(found: list[Opened], other: Opened) -> str:
    if other == DEPARTEMENT:
        return "Le département est déjà à côté de chaque chiffre : laissé hors de la comparaison."
    if found and _nature(other) != _nature(found[0]):
        return f"« {other} » n’est pas du même niveau que « {found[0]} » : laissé hors."
    if len(found) == MOST_COMPARED:
        return f"Comparaison limitée à {MOST_COMPARED} : « {other} » laissé hors."
    return ""


def _nature(one: Opened) -> str:
    return str(one.level if isinstance(one, Perimeter) else one.kind)
