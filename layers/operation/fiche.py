"""What the fiche of an operation states beside its plan: facts in words, dates, ambitions."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from layers.documents.convention import Quotation
from layers.facts.contracts import CALENDAR, OPERATIONS, PACTS
from layers.french.period import Period, parse_period
from layers.reconciliation.evidence import Evidence

_COLUMNS: Final = (
    "title_line",
    "owner_line",
    "delegate_line",
    "place_line",
    "fit_line",
    "article_line",
    "axes_line",
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact in words, and where it is said."""

    text: str
    source: Quotation


@dataclass(frozen=True, slots=True)
class DatedStep:
    """A step of the calendar.

    Parameters
    ----------
    printed
        The date as printed.
    period
        The days that it can mean, None when it cannot be read.
    comment
        What the fiche says of it, empty for nothing.
    """

    step: str
    printed: str
    period: Period | None
    comment: str
    source: Quotation


@dataclass(frozen=True, slots=True)
class Ambition:
    """An ambition of a pact of the Département that the operation serves."""

    pact: str
    number: int
    label: str
    source: Quotation


def read_lines(data: Path, operation: str) -> Mapping[str, int]:
    """Return on which line the fiche says ``title``, ``owner``, ``fit``… where it says it."""
    row = OPERATIONS.read(data, "id", *_COLUMNS).set_index("id").loc[operation].dropna().to_dict()
    return {str(name).removesuffix("_line"): int(line) for name, line in row.items()}


def read_steps(data: Path, evidence: Evidence, operation: str) -> tuple[DatedStep, ...]:
    """Return the calendar of an operation, in the order of its fiche."""
    rows = CALENDAR.read(data)
    return tuple(
        DatedStep(
            row["step"],
            row["date"],
            parse_period(row["date"]),
            row["comment"] if isinstance(row["comment"], str) else "",
            evidence.source(row["document"], row["line"]),
        )
        for row in rows[rows["operation"] == operation].to_dict("records")
    )


def read_ambitions(data: Path, evidence: Evidence, operation: str) -> tuple[Ambition, ...]:
    """Return the ambitions that an operation serves, in the order of its fiche."""
    rows = PACTS.read(data)
    return tuple(
        Ambition(
            row["pact"],
            row["ambition"],
            row["label"],
            evidence.source(row["document"], row["line"]),
        )
        for row in rows[rows["operation"] == operation].to_dict("records")
    )
