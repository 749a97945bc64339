"""Which operations a reader wants to see, as the address and the page's form write it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final

from geo.perimeter import shorten
from layers.french.semester import Semester

LONGEST_LIST: Final = 60
"""Ambitions that an address may name."""


@dataclass(frozen=True, slots=True)
class OperationChoice:
    """What operations are filtered by; the default keeps them all.

    Parameters
    ----------
    period
        First and last semester in which an operation may be under way.
    ambitions
        Pacts (``solidarites-humaines``) and ambitions (``solidarites-humaines.2``); an operation
        that serves one of them is kept.
    """

    period: tuple[Semester, Semester] | None = None
    ambitions: tuple[str, ...] = ()


ALL_OPERATIONS: Final = OperationChoice()


class OperationChoiceError(ValueError):
    """A part of the choice cannot be used; the message is a French sentence."""


def read_period(choice: OperationChoice, text: str) -> OperationChoice:
    """Return the choice with a period: ``2023-S2,2024-S1``, ``2023,2024`` or ``2023``.

    Raises
    ------
    OperationChoiceError
        Neither of these, or an end before its beginning.
    """
    first, comma, last = text.partition(",")
    try:
        period = Semester.parse(first, 1), Semester.parse(last if comma else first, 2)
    except ValueError:
        raise OperationChoiceError(
            f"Période « {shorten(text)} » illisible : ignorée ; attendu : « 2023-S2,2024-S1 »."
        ) from None
    if period[1] < period[0]:
        raise OperationChoiceError(
            f"Période « {shorten(text)} » ignorée : elle finit avant de commencer."
        )
    return replace(choice, period=period)


def read_ambitions(
    choice: OperationChoice, text: str, known: Collection[str]
) -> tuple[OperationChoice, str | None]:
    """Return the choice with the ambitions that are known, and a sentence about one that is not."""
    asked = {part.strip() for part in text.split(",")[:LONGEST_LIST]} - {""}
    strangers = sorted(asked - set(known))
    remark = f"Ambition « {shorten(strangers[0])} » inconnue : ignorée." if strangers else None
    return replace(choice, ambitions=tuple(one for one in known if one in asked)), remark


def write_choice(choice: OperationChoice) -> Mapping[str, str | None]:
    """Return what an address says of a choice, part by part; None for what goes without saying."""
    return {
        "period": ",".join(map(str, choice.period)) if choice.period else None,
        "ambitions": ",".join(choice.ambitions) or None,
    }
