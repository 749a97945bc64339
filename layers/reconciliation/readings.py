"""Each typed value against the words of its line: what the data say is what is printed there."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from geo.names import normalise
from layers.documents.convention import Quotation
from layers.french.money import find_amounts, tidy
from layers.reconciliation.confrontation import Confrontation, confront
from layers.reconciliation.evidence import Evidence

_BUDGET_COLUMNS: Final = ("programme_authorisation", "available", "proposed", "balance")
_COLUMN_NAMES: Final = ("autorisation de programme", "disponible", "proposition", "solde")
_MEASURES: Final = {"fit": "FIT", **dict(zip(_BUDGET_COLUMNS, _COLUMN_NAMES, strict=True))}


def confront_plan_lines(evidence: Evidence) -> Iterator[Confrontation]:
    """Hold the amount of each line of a plan against the amounts printed on its line."""
    for row in evidence.plans:
        yield _confront_amount(
            f"{row.operation}.{row.side}.{row.rank}",
            f"{row.label} – {evidence.operations[row.operation].title}",
            row.amount,
            evidence.source(row.document, row.line),
        )


def confront_operations(evidence: Evidence) -> Iterator[Confrontation]:
    """Hold the FIT of each operation and the totals of its plan against their lines."""
    for operation in evidence.operations.values():
        document = evidence.documents[operation.id]
        for name, what, amount, line in (
            ("fit", "FIT, plan", operation.fit, operation.fit_line),
            ("article", f"FIT, article {operation.article}", operation.fit, operation.article_line),
            ("depenses", "total des dépenses", operation.total_cost, operation.total_line),
            ("recettes", "total des recettes", operation.total_receipts, operation.total_line),
        ):
            subject = f"{operation.title} – {what}"
            source = evidence.source(document, line)
            yield _confront_amount(f"{operation.id}.{name}", subject, amount, source)


def confront_budget(evidence: Evidence) -> Iterator[Confrontation]:
    """Hold each amount of the budget against its line."""
    for row in evidence.budget:
        source = evidence.source(row.document, row.line)
        for column, name in zip(_BUDGET_COLUMNS, _COLUMN_NAMES, strict=True):
            amount: Decimal = getattr(row, column)
            key = f"{row.document}.{row.code}.{column}"
            yield _confront_amount(key, f"{row.code} – {name}", amount, source)


def confront_restatements(evidence: Evidence) -> Iterator[Confrontation]:
    """Hold each value that a document prints again against its line."""
    for row in evidence.restatements:
        source = evidence.source(row.document, row.line)
        operation = evidence.operations.get(row.subject)
        owner = row.subject if operation else f"{row.document}.{row.subject}"
        key = f"{owner}.{row.place.replace(' ', '-')}.{row.measure}"
        about = operation.title if operation else row.subject
        subject = f"{about} – {row.place}, {_MEASURES.get(row.measure, row.measure)}"
        if row.measure in {"territoire", "nombre"}:
            yield _confront_words(key, subject, row.value, source)
        else:
            yield _confront_amount(key, subject, row.amount, source)


def confront_dates(evidence: Evidence) -> Iterator[Confrontation]:
    """Hold each date of a calendar against the words of its line."""
    for row in evidence.steps:
        subject = f"{row.step} – {evidence.operations[row.operation].title}"
        source = evidence.source(row.document, row.line)
        yield _confront_words(f"{row.operation}.{row.line}", subject, row.date, source)


def _confront_amount(key: str, subject: str, typed: Decimal, source: Quotation) -> Confrontation:
    """Hold an amount against the nearest of those that its line prints."""
    found = find_amounts(tidy(source.text), bare=True)
    printed = [amount.value for amount in found if amount.value is not None]
    if not printed:
        return Confrontation(key, subject, "aucun montant", typed, None, "€", source)
    nearest = min(printed, key=lambda value: abs(value - typed))
    return confront(key, subject, (nearest, typed), "€", source)


def _confront_words(key: str, subject: str, typed: str, source: Quotation) -> Confrontation:
    found = f" {normalise(typed)} " in f" {normalise(source.text)} "
    return Confrontation(
        key, subject, source.text, typed, Decimal(0) if found else None, "", source
    )
