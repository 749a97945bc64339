"""A plan de financement as its fiche prints it: two sides, their lines, details and totals."""

from dataclasses import dataclass
from decimal import Decimal

from layers.documents.convention import Quotation
from layers.documents.funders import FIT, Funder, PublicAid, public_aid
from layers.reconciliation.evidence import Evidence, PlanLine
from layers.reconciliation.plans import EXPENSE, RECEIPT


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a plan.

    Parameters
    ----------
    label
        As printed.
    amount
        Euros, before tax.
    share
        Part of the printed total of the expenses, None when that is zero.
    funder, programme
        Who pays a receipt; None and empty for an expense.
    details
        Lines that make up this one; they are not added again.
    """

    label: str
    amount: Decimal
    share: Decimal | None
    funder: Funder | None
    programme: str
    source: Quotation
    details: tuple["Line", ...] = ()

    @property
    def is_fit(self) -> bool:
        """Whether this is the Fonds d’innovation territorial of the Département."""
        return self.funder is Funder.DEPARTEMENT and self.programme == FIT


@dataclass(frozen=True, slots=True)
class Side:
    """The expenses or the receipts of a plan.

    Parameters
    ----------
    total
        As printed at ``source``, euros before tax.
    """

    lines: tuple[Line, ...]
    total: Decimal
    source: Quotation

    @property
    def sum(self) -> Decimal:
        """What the lines add up to."""
        return sum((line.amount for line in self.lines), Decimal(0))

    @property
    def difference(self) -> Decimal:
        """The printed total less the sum of the lines."""
        return self.total - self.sum


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan de financement and its public aid."""

    expenses: Side
    receipts: Side
    aid: PublicAid

    @property
    def by_funder(self) -> tuple[Line, ...]:
        """The receipts, public aid first, the owner's own money last, lines of a funder together.

        Else they stand as printed.
        """
        publicness = {True: 0, None: 1, False: 2}
        found = list(dict.fromkeys(line.funder for line in self.receipts.lines))
        return tuple(
            sorted(
                self.receipts.lines,
                key=lambda line: (
                    publicness[line.funder.is_public if line.funder else None],
                    found.index(line.funder),
                ),
            )
        )

    @property
    def sources(self) -> tuple[Quotation, ...]:
        """Every line of the document that it is made from."""
        lines = (*self.expenses.lines, *self.receipts.lines)
        details = (detail for line in lines for detail in line.details)
        return (
            *(line.source for line in lines),
            *(detail.source for detail in details),
            self.expenses.source,
            self.receipts.source,
        )


def read_plan(evidence: Evidence, operation: str) -> Plan:
    """Return the plan of an operation that exists."""
    facts = evidence.operations[operation]
    source = evidence.source(evidence.documents[operation], facts.total_line)
    expenses = Side(_lines(evidence, operation, EXPENSE), facts.total_cost, source)
    receipts = Side(_lines(evidence, operation, RECEIPT), facts.total_receipts, source)
    paid = ((line.funder or Funder.OTHER, line.amount) for line in receipts.lines)
    return Plan(expenses, receipts, public_aid(facts.total_cost, paid))


def _lines(evidence: Evidence, operation: str, side: str) -> tuple[Line, ...]:
    cost = evidence.operations[operation].total_cost
    details: dict[str, list[Line]] = {}
    for row in evidence.plans:
        if (row.operation, row.side) == (operation, side) and row.parent is not None:
            details.setdefault(row.parent, []).append(_line(evidence, row, cost))
    return tuple(
        _line(evidence, row, cost, tuple(details.get(row.label, ())))
        for row in evidence.plan(operation, side)
    )


def _line(evidence: Evidence, row: PlanLine, cost: Decimal, details: tuple[Line, ...] = ()) -> Line:
    return Line(
        label=row.label,
        amount=row.amount,
        share=row.amount / cost if cost else None,
        funder=Funder(row.funder) if row.funder else None,
        programme=row.programme or "",
        source=evidence.source(row.document, row.line),
        details=details,
    )
