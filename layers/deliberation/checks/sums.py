"""Check the sums of a plan de financement: lines, details, totals."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from layers.deliberation.checks.comparison import Reconciliation, lines_of
from layers.deliberation.draft.model import Expense, Operation, Receipt
from layers.deliberation.fiche.operation import name_operation

Lines = Sequence[Expense | Receipt]


def name_of(operation: Operation) -> str:
    """Name an operation in a message."""
    return name_operation(operation, operation.sources["numero_fiche"].ligne)


def reconcile_plan(operation: Operation) -> Iterator[Reconciliation]:
    """Hold the lines of a plan against their totals, details against their line, both totals."""
    name, totals = name_of(operation), operation.totaux
    for lines, total, key, words in (
        (operation.depenses, totals.depenses, "depenses", "dépenses"),
        (operation.recettes, totals.recettes, "recettes", "recettes"),
    ):
        labels = {line.libelle for line in lines}
        own = [line for line in lines if line.parent is None or line.parent not in labels]
        amount = _sum(own)
        if amount is not None and total is not None:
            where = (*lines_of(*own, only=["montant"]), *lines_of(totals, only=[key]))
            left, right = (f"somme des {words}", amount), ("total imprimé", total)
            yield Reconciliation(f"somme-{words}", name, left, right, where)
        yield from _reconcile_details(name, lines)
    if totals.depenses is not None and totals.recettes is not None:
        yield Reconciliation(
            "dépenses-recettes",
            name,
            ("total des dépenses", totals.depenses),
            ("total des recettes", totals.recettes),
            lines_of(totals),
        )
    elif totals.depenses is not None or totals.recettes is not None:
        yield from _reconcile_with_lone_total(operation, name)


def _reconcile_with_lone_total(operation: Operation, name: str) -> Iterator[Reconciliation]:
    """Hold the column without a printed total against the total of the other."""
    totals = operation.totaux
    lines: Lines = operation.recettes if totals.recettes is None else operation.depenses
    total = totals.depenses if totals.depenses is not None else totals.recettes
    amount = _sum([line for line in lines if line.parent is None])
    if amount is not None and total is not None and lines:
        words = "recettes" if totals.recettes is None else "dépenses"
        where = (*lines_of(*lines, only=["montant"]), *lines_of(totals))
        yield Reconciliation(
            "dépenses-recettes",
            name,
            (f"somme des {words}", amount),
            ("total imprimé", total),
            where,
        )


def _reconcile_details(name: str, lines: Lines) -> Iterator[Reconciliation]:
    """Hold each line against the run of lines that detail it."""
    for index, line in enumerate(lines):
        details = []
        for after in lines[index + 1 :]:
            if after.parent != line.libelle:
                break
            details.append(after)
        amount = _sum(details)
        if line.parent is None and details and amount is not None and line.montant is not None:
            yield Reconciliation(
                "somme-détail",
                name,
                (f"détail de « {line.libelle} »", amount),
                ("montant imprimé", line.montant),
                lines_of(line, *details, only=["montant"]),
            )


def _sum(lines: Lines) -> Decimal | None:
    """Add amounts; None when there is none, or when one could not be read."""
    amounts = [line.montant for line in lines]
    if not amounts or None in amounts:
        return None
    return sum((amount for amount in amounts if amount is not None), Decimal(0))
