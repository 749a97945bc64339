"""Check the subsidies: fiches, articles, summary table, report and budget must agree."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from rapidfuzz import fuzz, process

from geo.names import normalise
from layers.deliberation.model import Article, Draft, Operation, SummaryRow
from layers.deliberation.parties import find_same
from layers.deliberation.reconciliation import Reconciliation, lines_of
from layers.deliberation.sums import name_of

SAME_TITLE: Final = 75
"""Titles alike at least so much (0 to 100) name one operation."""


def reconcile_fit(draft: Draft) -> Iterator[Reconciliation]:
    """Hold the FIT of each fiche against the summary table and the report."""
    rows = draft.tableau.lignes if draft.tableau else []
    proposals = draft.rapport.propositions if draft.rapport else []
    for operation in draft.operations:
        fit = operation.montant_fit
        if fit is None:
            continue
        row = find_row(operation, rows)
        if row and row.montant is not None:
            yield Reconciliation(
                "fiche-tableau",
                name_of(operation),
                ("FIT de la fiche", fit),
                ("montant du tableau récapitulatif", row.montant),
                (*lines_of(operation, only=["montant_fit"]), *lines_of(row, only=["montant"])),
            )
        place = _closest(operation.titre, [proposal.titre for proposal in proposals])
        proposal = proposals[place] if place is not None else None
        if proposal and proposal.montant is not None:
            yield Reconciliation(
                "fiche-rapport",
                name_of(operation),
                ("FIT de la fiche", fit),
                ("montant proposé au rapport", proposal.montant),
                (*lines_of(operation, only=["montant_fit"]), *lines_of(proposal, only=["montant"])),
            )


def find_row(operation: Operation, rows: Sequence[SummaryRow]) -> SummaryRow | None:
    """Find the row of an operation: the one whose title is closest, or its partner and number."""
    place = _closest(operation.titre, [row.titre for row in rows])
    if place is not None:
        return rows[place]
    partner = operation.contrat or operation.maitre_ouvrage or ""
    mine = [row for row in rows if find_same(partner, [row.maitre_ouvrage or ""])]
    return next((row for row in mine if row.numero_fiche == operation.numero_fiche), None)


def _closest(title: str | None, titles: Sequence[str | None]) -> int | None:
    if not title:
        return None
    folded = [normalise(other or "") for other in titles]
    best = process.extractOne(
        normalise(title), folded, scorer=fuzz.token_set_ratio, score_cutoff=SAME_TITLE
    )
    return best[2] if best else None


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
