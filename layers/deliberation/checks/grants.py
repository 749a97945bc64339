"""Check the subsidies: fiches, articles, summary table, report and budget must agree."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Final, TypeVar

from rapidfuzz import fuzz

from geo.names import normalise
from layers.deliberation.booklet.parties import find_same
from layers.deliberation.checks.comparison import Reconciliation, lines_of
from layers.deliberation.checks.sums import name_of
from layers.deliberation.draft.model import Article, Draft, Operation, Proposal, SummaryRow

SAME_TITLE: Final = 75
"""Titles alike at least so much (0 to 100) name one operation."""


def reconcile_fit(draft: Draft) -> Iterator[Reconciliation]:
    """Hold the FIT of each fiche against the summary table and the report."""
    proposals = draft.rapport.propositions if draft.rapport else []
    pairs = (
        ("fiche-tableau", "montant du tableau récapitulatif", pair_rows(draft)),
        ("fiche-rapport", "montant proposé au rapport", _pair_proposals(draft, proposals)),
    )
    for rule, name, paired in pairs:
        for operation, other in paired:
            if operation.montant_fit is not None and other.montant is not None:
                left = "FIT de la fiche", operation.montant_fit
                lines = lines_of(operation, only=["montant_fit"])
                where = (*lines, *lines_of(other, only=["montant"]))
                subject = name_of(operation)
                yield Reconciliation(rule, subject, left, (name, other.montant), where)


def pair_rows(draft: Draft) -> list[tuple[Operation, SummaryRow]]:
    """Pair each operation with its row of the summary table: by title, partner and number."""
    rows = draft.tableau.lignes if draft.tableau else []

    def likeness(operation: Operation, row: SummaryRow) -> float:
        party = operation.contrat or operation.maitre_ouvrage or ""
        same_party = bool(find_same(party, [row.maitre_ouvrage or ""]))
        same_number = row.numero_fiche is not None and row.numero_fiche == operation.numero_fiche
        score = _compare(operation.titre, row.titre)
        return score + 10 * same_party + same_number if score else 60 * same_party * same_number

    return _pair(draft.operations, rows, likeness)


def _pair_proposals(
    draft: Draft, proposals: Sequence[Proposal]
) -> list[tuple[Operation, Proposal]]:
    return _pair(draft.operations, proposals, lambda op, other: _compare(op.titre, other.titre))


def _compare(title: str | None, other: str | None) -> float:
    """Say how alike two titles are, 0 to 100; zero below :data:`SAME_TITLE`."""
    return fuzz.token_set_ratio(
        normalise(title or ""), normalise(other or ""), score_cutoff=SAME_TITLE
    )


Other = TypeVar("Other", SummaryRow, Proposal)


def _pair(
    operations: Sequence[Operation],
    others: Sequence[Other],
    likeness: Callable[[Operation, Other], float],
) -> list[tuple[Operation, Other]]:
    """Pair one to one, the most alike first; in doubt, in the order of the document."""
    scored = sorted(
        (-likeness(operation, other), i, j)
        for i, operation in enumerate(operations)
        for j, other in enumerate(others)
    )
    taken: dict[int, int] = {}
    for score, i, j in scored:
        if score < 0 and i not in taken and j not in taken.values():
            taken[i] = j
    return [(operations[i], others[j]) for i, j in sorted(taken.items())]


def reconcile_articles(draft: Draft) -> Iterator[Reconciliation]:
    """Hold the FIT of each partner's fiches against the articles that grant it."""
    names = [contract.partenaire for contract in draft.contrats]
    granted: dict[str, list[Article]] = {}
    for article in draft.deliberation.articles:
        if article.montants and article.beneficiaire:
            name = find_same(article.beneficiaire, names) or article.beneficiaire
            granted.setdefault(name, []).append(article)
    for name, articles in granted.items():
        amounts = sorted(amount for article in articles for amount in article.montants)
        mine = [op for op in draft.operations if op.contrat == name]
        fits = sorted(op.montant_fit for op in mine if op.montant_fit is not None)
        lines = (*lines_of(*articles), *lines_of(*mine, only=["montant_fit"]))
        if len(fits) == len(amounts):
            for fit, amount in zip(fits, amounts, strict=True):
                left, right = ("FIT de la fiche", fit), ("montant de l’article", amount)
                yield Reconciliation("fiche-article", f"Subvention à {name}", left, right, lines)
        elif mine and len(fits) == len(mine):
            left = "FIT des fiches", sum(fits, Decimal(0))
            right = "montants des articles", sum(amounts, Decimal(0))
            yield Reconciliation("fiche-article", f"Subventions à {name}", left, right, lines)


def reconcile_totals(draft: Draft) -> Iterator[Reconciliation]:
    """Hold the grand totals together: fiches, articles, summary table, report, budget."""
    totals = list(_grand_totals(draft))
    for name, amount, lines in totals[1:]:
        first, expected, places = totals[0]
        where = (*places, *lines)
        left, right = (first, expected), (name, amount)
        yield Reconciliation("total-fit", "Total des subventions", left, right, where)
    table = draft.tableau
    rows = [row.montant for row in table.lignes] if table else []
    if table and table.total is not None and rows and None not in rows:
        left = "somme des lignes", sum((row for row in rows if row is not None), Decimal(0))
        where = (*lines_of(*table.lignes, only=["montant"]), *lines_of(table))
        right = "total imprimé", table.total
        yield Reconciliation("total-tableau", "Tableau récapitulatif", left, right, where)
    for line in draft.budget:
        if line.disponible is None or line.proposition is None or line.solde is None:
            continue
        left = "disponible moins proposition", line.disponible - line.proposition
        yield Reconciliation(
            "solde-budget",
            f"Ligne budgétaire {line.code}",
            left,
            ("solde imprimé", line.solde),
            lines_of(line, only=["disponible", "proposition", "solde"]),
        )


GrandTotal = tuple[str, Decimal, tuple[int, ...]]


def _grand_totals(draft: Draft) -> Iterator[GrandTotal]:
    """Give each total of the subsidies that the document lets compute, with its lines."""
    articles = [article for article in draft.deliberation.articles if article.montants]
    report = draft.rapport
    proposals = report.propositions if report else []
    budget = draft.budget
    yield from _add(
        "FIT des fiches",
        [op.montant_fit for op in draft.operations],
        lines_of(*draft.operations, only=["montant_fit"]),
    )
    yield from _add(
        "montants des articles", [m for a in articles for m in a.montants], lines_of(*articles)
    )
    if draft.tableau:
        table = draft.tableau
        yield from _add("total du tableau récapitulatif", [table.total], lines_of(table))
    yield from _add(
        "propositions des lignes budgétaires",
        [line.proposition for line in budget],
        lines_of(*budget, only=["proposition"]),
    )
    yield from _add(
        "propositions du rapport",
        [proposal.montant for proposal in proposals],
        lines_of(*proposals, only=["montant"]),
    )
    if report:
        yield from _add(
            "montants de la conclusion du rapport",
            report.conclusions,
            lines_of(report, only=[f"conclusions.{i}" for i in range(len(report.conclusions))]),
        )


def _add(
    name: str, amounts: Sequence[Decimal | None], lines: tuple[int, ...]
) -> Iterator[GrandTotal]:
    if amounts and None not in amounts:
        yield name, sum((a for a in amounts if a is not None), Decimal(0)), lines
