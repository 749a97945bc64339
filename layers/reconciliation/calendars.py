"""The calendars of the operations: dates that can be read, in order, and after the vote."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Final

from layers.french.period import Period, parse_period
from layers.french.wording import format_date
from layers.reconciliation.confrontation import Confrontation
from layers.reconciliation.evidence import Evidence, Step

ORDER: Final = ("Début de l’opération", "Début des travaux", "Fin des travaux")
STARTS: Final = ORDER[:2]


def confront_readings(evidence: Evidence) -> Iterator[Confrontation]:
    """Hold each date against what can be read of it, with its precision."""
    for row in evidence.steps:
        period = parse_period(row.date)
        yield Confrontation(
            f"{row.operation}.{row.line}",
            _subject(evidence, row),
            row.date,
            _days(period) if period else "date illisible",
            Decimal(0) if period else None,
            "",
            evidence.source(row.document, row.line),
        )


def confront_starts(evidence: Evidence) -> Iterator[Confrontation]:
    """Hold each start against the vote; the days that separate the latest reading of it from it.

    A start that may or may not come before the vote is no difference, and says so.
    """
    for row in evidence.steps:
        period = parse_period(row.date)
        if row.step not in STARTS or period is None:
            continue
        vote = date.fromisoformat(evidence.vote_dates[row.document])
        early = (vote - period.end).days if period.is_before(vote) else 0
        yield Confrontation(
            f"{row.operation}.{row.line}",
            _subject(evidence, row),
            row.date,
            format_date(vote),
            Decimal(-early),
            "jours",
            evidence.source(row.document, row.line),
            note=(
                "La date imprimée ne dit pas si c’est avant ou après le vote."
                if not early and period.may_be_before(vote)
                else ""
            ),
        )


def confront_order(evidence: Evidence) -> Iterator[Confrontation]:
    """Hold each step against the ones that must come before it."""
    for operation in evidence.operations:
        rows = [row for row in evidence.steps if row.operation == operation and row.step in ORDER]
        rows.sort(key=lambda row: ORDER.index(row.step))
        for before, after in pairwise(rows):
            first, second = parse_period(before.date), parse_period(after.date)
            if first is None or second is None or before.step == after.step:
                continue
            days = (first.start - second.end).days if second.is_before(first) else 0
            yield Confrontation(
                f"{operation}.{after.line}",
                f"{_subject(evidence, after)} (après : {before.step})",
                after.date,
                before.date,
                Decimal(-days),
                "jours",
                evidence.source(after.document, after.line),
            )


def _subject(evidence: Evidence, row: Step) -> str:
    return f"{row.step} – {evidence.operations[row.operation].title}"


def _days(period: Period) -> str:
    if period.start == period.end:
        return format_date(period.start)
    return f"{format_date(period.start)} – {format_date(period.end)}"
