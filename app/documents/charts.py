"""Bars and timelines as numbers for SVG, on a width of :data:`WIDTH` whatever the screen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from layers.documents.funders import Funder
from layers.operation.fiche import DatedStep

WIDTH: Final = 1000
GAP: Final = 2
"""Between two segments, so that they stay apart in grey and for the colour blind."""
SHORTEST: Final = 3
"""Of a bar, so that the smallest amount and the shortest time are still seen."""

KINDS: Final[Mapping[Funder | None, str]] = {
    None: "autre",
    Funder.DEPARTEMENT: "departement",
    Funder.ETAT: "etat",
    Funder.REGION: "region",
    Funder.EPCI: "epci",
    Funder.COMMUNE: "commune",
    Funder.AGENCE_DE_L_EAU: "eau",
    Funder.EUROPE: "europe",
    Funder.OWNER: "porteur",
    Funder.OTHER: "autre",
}
"""Class of each funder in the style sheet."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle on a line: its class in the style sheet, where it starts, how long it is."""

    kind: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """Steps on an axis of whole years.

    Parameters
    ----------
    years
        Those of the axis, from the first.
    bars
        One for each step, None where its date cannot be read.
    vote
        Where the day of the vote is.
    """

    years: tuple[int, ...]
    bars: tuple[Bar | None, ...]
    vote: float


def funder_kind(funder: Funder | None, *, is_fit: bool) -> str:
    """Return the class of a funder in the style sheet; the FIT has its own."""
    return "fit" if is_fit else KINDS[funder]


def stack(parts: Iterable[tuple[str, Decimal]], whole: Decimal) -> tuple[Bar, ...]:
    """Lay amounts end to end.

    Parameters
    ----------
    parts
        Class and amount of each, euros; less than nothing counts as nothing.
    whole
        Amount that is as long as the bar; parts that exceed it share the bar among them.
    """
    laid = [(kind, max(amount, Decimal(0))) for kind, amount in parts]
    full = max(whole, sum((amount for _, amount in laid), Decimal(0)))
    bars, start = [], Decimal(0)
    for kind, amount in laid:
        if amount:
            width = float(amount / full) * WIDTH
            bars.append(
                Bar(kind, round(float(start / full) * WIDTH, 2), round(max(width - GAP, 1), 2))
            )
        start += amount
    return tuple(bars)


def timeline(steps: Iterable[DatedStep], vote: date) -> Timeline:
    """Lay steps on an axis that holds them all and the vote; a bar is as long as the doubt."""
    periods = [step.period for step in steps]
    known = [period for period in periods if period is not None]
    first = min([vote.year, *(period.start.year for period in known)])
    last = max([vote.year, *(period.end.year for period in known)])
    start = date(first, 1, 1).toordinal()
    days = date(last, 12, 31).toordinal() + 1 - start

    def at(ordinal: int) -> float:
        return round((ordinal - start) / days * WIDTH, 2)

    bars: list[Bar | None] = []
    for period in periods:
        if period is None:
            bars.append(None)
            continue
        x, end = at(period.start.toordinal()), at(period.end.toordinal() + 1)
        bars.append(Bar("date", x, max(round(end - x, 2), SHORTEST)))
    return Timeline(tuple(range(first, last + 1)), tuple(bars), at(vote.toordinal()))
