"""The FIT of the operations, everywhere that a document prints it."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from layers.french.money import find_amounts, tidy
from layers.reconciliation.confrontation import Confrontation, confront
from layers.reconciliation.evidence import BudgetLine, Evidence, Restatement

TABLE: Final = "tableau récapitulatif"
_RESTATED_BUDGET: Final[Mapping[str, str]] = {
    "programme_authorisation": "autorisation de programme",
    "proposed": "dépense",
}


def confront_total(evidence: Evidence) -> Iterator[Confrontation]:
    """Hold the sum of the FIT of a deliberation against the total of its summary table."""
    for total in _restated(evidence, "fit", "total"):
        computed = sum(
            (
                operation.fit
                for operation in evidence.operations.values()
                if evidence.documents[operation.id] == total.document
            ),
            Decimal(0),
        )
        yield _confront_restatement(evidence, total, "FIT des opérations", computed, total.document)


def confront_table(evidence: Evidence) -> Iterator[Confrontation]:
    """Hold the lines of the summary table against its total."""
    for total in _restated(evidence, "fit", "total"):
        computed = sum(
            (
                row.amount
                for row in evidence.restatements
                if (row.place, row.measure, row.document) == (TABLE, "fit", total.document)
                and row.subject != "total"
            ),
            Decimal(0),
        )
        yield _confront_restatement(evidence, total, "Lignes du tableau", computed, total.document)


def confront_articles(evidence: Evidence) -> Iterator[Confrontation]:
    """Hold the amounts that the articles print, read from their words, against the total."""
    for total in _restated(evidence, "fit", "total"):
        lines = {
            operation.article_line
            for operation in evidence.operations.values()
            if evidence.documents[operation.id] == total.document
        }
        amounts = (
            amount.value or Decimal(0)
            for line in lines
            for amount in find_amounts(tidy(evidence.source(total.document, line).text))
        )
        computed = sum(amounts, Decimal(0))
        yield _confront_restatement(
            evidence, total, "Montants des articles", computed, total.document
        )


def confront_restatements(evidence: Evidence) -> Iterator[Confrontation]:
    """Hold each place where the FIT of an operation is printed again against its fiche."""
    for row in evidence.restatements:
        operation = evidence.operations.get(row.subject)
        if row.measure == "fit" and operation is not None:
            subject = f"{operation.title} – {row.place}"
            key = f"{operation.id}.{row.place.replace(' ', '-')}"
            yield _confront_restatement(evidence, row, subject, operation.fit, key)


def confront_plans(evidence: Evidence) -> Iterator[Confrontation]:
    """Hold the FIT lines of each plan against the FIT of its operation."""
    for operation in evidence.operations.values():
        lines = [r for r in evidence.plan(operation.id, "recette") if r.programme == "FIT"]
        yield confront(
            operation.id,
            operation.title,
            (sum((row.amount for row in lines), Decimal(0)), operation.fit),
            "€",
            evidence.source(evidence.documents[operation.id], operation.fit_line),
        )


def confront_budget(evidence: Evidence) -> Iterator[Confrontation]:
    """Hold what each budget line proposes against the FIT of its operations."""
    for line in evidence.budget:
        borne = (
            operation.fit
            for operation in evidence.operations.values()
            if (evidence.documents[operation.id], operation.budget_code)
            == (line.document, line.code)
        )
        yield _confront_budget(evidence, line, line.proposed, sum(borne, Decimal(0)))


def confront_balances(evidence: Evidence) -> Iterator[Confrontation]:
    """Hold each balance of the budget against what was available less what is proposed."""
    for line in evidence.budget:
        yield _confront_budget(evidence, line, line.balance, line.available - line.proposed)


def confront_budget_article(evidence: Evidence) -> Iterator[Confrontation]:
    """Hold the budget as an article prints it again against the budget of the report."""
    budget = {(line.document, line.code): line for line in evidence.budget}
    for row in evidence.restatements:
        line = budget.get((row.document, row.subject))
        if line is not None and row.measure in _RESTATED_BUDGET:
            subject = f"{line.code} – {_RESTATED_BUDGET[row.measure]}, {row.place}"
            computed: Decimal = getattr(line, row.measure)
            yield _confront_restatement(
                evidence, row, subject, computed, f"{row.document}.{line.code}.{row.measure}"
            )


def _restated(evidence: Evidence, measure: str, subject: str) -> Iterator[Restatement]:
    for row in evidence.restatements:
        if (row.measure, row.subject) == (measure, subject):
            yield row


def _confront_restatement(
    evidence: Evidence, row: Restatement, subject: str, computed: Decimal, key: str
) -> Confrontation:
    source = evidence.source(row.document, row.line)
    return confront(key, subject, (row.amount, computed), "€", source)


def _confront_budget(
    evidence: Evidence, line: BudgetLine, printed: Decimal, computed: Decimal
) -> Confrontation:
    source = evidence.source(line.document, line.line)
    key = f"{line.document}.{line.code}"
    return confront(key, f"{line.code} – {line.label}", (printed, computed), "€", source)
