"""The plans de financement: lines and printed totals, details, ceiling of public aid, funders."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from layers.documents.convention import DOCUMENT
from layers.documents.funders import Funder, class_funder, public_aid
from layers.french.wording import format_percent
from layers.reconciliation.confrontation import Confrontation, confront
from layers.reconciliation.evidence import Evidence, Operation, PlanLine

EXPENSE: Final = "depense"
RECEIPT: Final = "recette"
OTHER_CEILING: Final = "Plafond d’une autre convention : celle de ce vote n’est pas connue."


def confront_expenses(evidence: Evidence) -> Iterator[Confrontation]:
    """Hold the printed total of the expenses of each plan against the sum of its lines."""
    for operation in evidence.operations.values():
        yield _confront_total(evidence, operation, EXPENSE, operation.total_cost)


def confront_receipts(evidence: Evidence) -> Iterator[Confrontation]:
    """Hold the printed total of the receipts of each plan against the sum of its lines."""
    for operation in evidence.operations.values():
        yield _confront_total(evidence, operation, RECEIPT, operation.total_receipts)


def confront_sides(evidence: Evidence) -> Iterator[Confrontation]:
    """Hold the two printed totals of each plan against each other."""
    for operation in evidence.operations.values():
        source = evidence.source(evidence.documents[operation.id], operation.total_line)
        totals = operation.total_receipts, operation.total_cost
        yield confront(operation.id, operation.title, totals, "€", source)


def confront_details(evidence: Evidence) -> Iterator[Confrontation]:
    """Hold each line that others detail against the sum of its details."""
    for parent in evidence.plans:
        details = [row for row in evidence.plans if _details(row, parent)]
        if details:
            yield confront(
                f"{parent.operation}.{parent.rank}",
                f"{parent.label} – {evidence.operations[parent.operation].title}",
                (parent.amount, sum((row.amount for row in details), Decimal(0))),
                "€",
                evidence.source(parent.document, parent.line),
            )


def confront_orphans(evidence: Evidence) -> Iterator[Confrontation]:
    """Hold each detail against the lines of its plan: the line that it details must exist."""
    for row in evidence.plans:
        if row.parent is not None:
            found = any(_details(row, line) for line in evidence.plans)
            yield Confrontation(
                f"{row.operation}.{row.side}.{row.rank}",
                f"{row.label} – {evidence.operations[row.operation].title}",
                row.parent,
                row.parent if found else "aucune ligne de ce nom",
                Decimal(0) if found else None,
                "",
                evidence.source(row.document, row.line),
            )


def confront_ceilings(evidence: Evidence) -> Iterator[Confrontation]:
    """Hold the public aid of each plan against 80 % of its cost; only an excess is a difference."""
    for operation in evidence.operations.values():
        receipts = evidence.plan(operation.id, RECEIPT)
        document = evidence.documents[operation.id]
        other = "" if document == DOCUMENT else f" {OTHER_CEILING}"
        aid = public_aid(
            operation.total_cost, ((Funder(row.funder or "Autre"), row.amount) for row in receipts)
        )
        yield Confrontation(
            operation.id,
            operation.title,
            aid.amount,
            aid.ceiling,
            aid.excess,
            "€",
            evidence.source(document, operation.total_line),
            note=f"Aides publiques : {format_percent(aid.rate, 3)} du coût HT.{other}",
        )


def confront_funders(evidence: Evidence) -> Iterator[Confrontation]:
    """Hold the funder of each receipt against the one that its label says."""
    for row in evidence.plans:
        if row.side == RECEIPT:
            said = str(class_funder(row.label).funder)
            yield Confrontation(
                f"{row.operation}.{row.rank}",
                f"{row.label} – {evidence.operations[row.operation].title}",
                said,
                row.funder or "",
                Decimal(0) if said == row.funder else None,
                "",
                evidence.source(row.document, row.line),
            )


def _confront_total(
    evidence: Evidence, operation: Operation, side: str, printed: Decimal
) -> Confrontation:
    computed = sum((row.amount for row in evidence.plan(operation.id, side)), Decimal(0))
    source = evidence.source(evidence.documents[operation.id], operation.total_line)
    return confront(operation.id, operation.title, (printed, computed), "€", source)


def _details(row: PlanLine, parent: PlanLine) -> bool:
    return (row.operation, row.side, row.parent) == (parent.operation, parent.side, parent.label)
