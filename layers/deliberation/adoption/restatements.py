"""What a deliberation says once more: summary table, report, conclusions, budget."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, TypeVar

from geo.names import normalise
from layers.deliberation.adoption.held_tables import Row
from layers.deliberation.draft.model import Draft, Operation, Proposal, Report, Summary, SummaryRow
from layers.deliberation.draft.values import Record

TABLE: Final = "tableau récapitulatif"
REPORT: Final = "rapport"
CONCLUSIONS: Final = "conclusions du rapport"

Named = Mapping[str, Operation]
Said = TypeVar("Said", SummaryRow, Proposal)


def restate(draft: Draft, operations: Named, *, all_contracts: bool) -> Iterator[Row]:
    """Yield what the document prints again of its operations, by their identifiers.

    Parameters
    ----------
    all_contracts
        Whether all the contracts of the document are new; the number of contracts that the report
        announces counts them only then.
    """
    if draft.tableau is not None:
        yield from _table(draft.tableau, operations)
    if draft.rapport is not None:
        yield from _report(draft.rapport, operations)
    yield from _budget_article(draft)
    yield from _counts(draft.rapport, all_contracts=all_contracts)


def _table(table: Summary, operations: Named) -> Iterator[Row]:
    rows = _match(table.lignes, operations)
    for operation, row in rows:
        yield _row(TABLE, operation, "fit", row, "montant")
    if table.total is not None:
        yield _row(TABLE, "total", "fit", table, "total")
    for operation, row in rows:
        if row.territoire:
            yield _row(TABLE, operation, "territoire", row, "territoire")


def _counts(report: Report | None, *, all_contracts: bool) -> Iterator[Row]:
    if report is not None and report.contrats_annonces is not None and all_contracts:
        yield _row(REPORT, "contrats", "nombre", report, "contrats_annonces")
    if report is not None and report.fiches_annoncees is not None:
        yield _row(REPORT, "operations", "nombre", report, "fiches_annoncees")


def _report(report: Report, operations: Named) -> Iterator[Row]:
    for operation, proposal in _match(report.propositions, operations):
        yield _row(REPORT, operation, "fit", proposal, "montant")
    for operation, rank in _rank(report.conclusions, operations):
        yield _row(CONCLUSIONS, operation, "fit", report, f"conclusions.{rank}")


def _row(place: str, subject: str, measure: str, record: Record, name: str) -> Row:
    """Return the row of a value of a record, or of a value in a list of it: « conclusions.2 »."""
    attribute, _, rank = name.partition(".")
    value = getattr(record, attribute)
    value = value[int(rank)] if rank else value
    source = record.sources.get(name)
    return {
        "place": place,
        "subject": subject,
        "measure": measure,
        "value": f"{value:.2f}" if isinstance(value, Decimal) else str(value),
        "line": str(source.ligne) if source else "1",
    }


def _match(said: Sequence[Said], operations: Named) -> list[tuple[str, Said]]:
    """Pair what is said with the operations: by title, then by amount where one only has it."""
    left = dict(operations)
    pairs: dict[int, str] = {}
    for by_title in (True, False):
        for index, one in enumerate(said):
            if index in pairs or one.montant is None:
                continue
            names = [name for name, each in left.items() if _same(one, each, by_title=by_title)]
            if len(names) == 1:
                pairs[index] = names[0]
                del left[names[0]]
    return [(pairs[index], one) for index, one in enumerate(said) if index in pairs]


def _same(one: SummaryRow | Proposal, operation: Operation, *, by_title: bool) -> bool:
    if by_title:
        return normalise(one.titre or "") == normalise(operation.titre or "")
    return one.montant == operation.montant_fit


def _rank(amounts: Sequence[Decimal], operations: Named) -> Iterator[tuple[str, int]]:
    """Pair the amounts of the conclusions: in order when all agree, else where one only has it."""
    grants = [operation.montant_fit for operation in operations.values()]
    in_order = list(amounts) == grants
    for rank, (name, grant) in enumerate(zip(operations, grants, strict=True)):
        if in_order:
            yield name, rank
        elif grant is not None and grants.count(grant) == list(amounts).count(grant) == 1:
            yield name, list(amounts).index(grant)


def _budget_article(draft: Draft) -> Iterator[Row]:
    """Yield the budget lines that an article prints besides the report."""
    articles = {
        source.ligne: article.numero
        for article in draft.deliberation.articles
        if (source := article.sources.get("numero") or article.sources.get("beneficiaire"))
    }
    for line in draft.budget:
        if "solde" not in line.sources:
            continue
        report = line.sources["solde"].ligne
        for name, measure in (("ap", "programme_authorisation"), ("proposition", "proposed")):
            source = line.sources.get(name)
            above = [start for start in articles if source and start <= source.ligne]
            if source and above and source.ligne != report:
                place = f"article {articles[max(above)]}"
                yield _row(place, line.code, measure, line, name)
