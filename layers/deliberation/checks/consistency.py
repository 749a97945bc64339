"""Check a draft against itself; the same checks serve the reader and the adoption."""

from collections.abc import Iterator
from datetime import date

from rapidfuzz import fuzz, process

from geo.names import normalise
from layers.deliberation.booklet.parties import find_same
from layers.deliberation.checks.comparison import Reconciliation, lines_of
from layers.deliberation.checks.expected import check_expected
from layers.deliberation.checks.grants import (
    pair_rows,
    reconcile_articles,
    reconcile_fit,
    reconcile_totals,
)
from layers.deliberation.checks.order import check_order
from layers.deliberation.checks.sums import name_of, reconcile_plan
from layers.deliberation.draft.model import CHECK, Contract, Draft, Operation, Remark
from layers.deliberation.draft.values import Level
from layers.documents.funders import Funder, public_aid
from layers.french.wording import enumerate_words, format_euros, format_percent

SAME_AXIS = 70
"""Axes alike at least so much (0 to 100) are one axis."""


def check(draft: Draft) -> list[Remark]:
    """Return every remark that the draft itself gives."""
    vote = _date(draft.deliberation.date)
    remarks = [each.as_remark() for each in reconcile(draft) if not each.holds]
    for operation in draft.operations:
        remarks += check_order(operation, vote)
        remarks += _check_aid(operation)
        remarks += _check_axes(operation, draft.contrats)
    remarks += check_expected(draft)
    remarks += _check_rows(draft)
    remarks += _check_spellings(draft)
    own = (remark.model_copy(update={"origine": CHECK}) for remark in remarks)
    return list({(remark.regle, remark.message): remark for remark in own}.values())


def reconcile(draft: Draft) -> list[Reconciliation]:
    """Return every pair of figures that must be the same, whether they are or not."""
    plans = [each for operation in draft.operations for each in reconcile_plan(operation)]
    return [
        *plans,
        *reconcile_fit(draft),
        *reconcile_articles(draft),
        *reconcile_totals(draft),
        *_reconcile_counts(draft),
    ]


def _reconcile_counts(draft: Draft) -> Iterator[Reconciliation]:
    fiches = len(draft.operations)
    contracts = sum(1 for contract in draft.contrats if contract.joint)
    if draft.rapport:
        report = draft.rapport
        announced = (
            ("contrats-annoncés", "Contrats joints", contracts, report.contrats_annonces),
            ("fiches-annoncées", "Fiches opération", fiches, report.fiches_annoncees),
        )
        where = lines_of(report, only=["contrats_annonces", "fiches_annoncees"])
        for rule, subject, found, expected in announced:
            if expected is not None:
                left, right = ("lus", found), ("annoncés au rapport", expected)
                yield Reconciliation(rule, subject, left, right, where, Level.WARNING)
    if draft.tableau and draft.tableau.lignes:
        rows = len(draft.tableau.lignes)
        left, right = ("fiches lues", fiches), ("lignes du tableau récapitulatif", rows)
        yield Reconciliation("fiches-tableau", "Opérations", left, right, lines_of(draft.tableau))


def _check_aid(operation: Operation) -> Iterator[Remark]:
    """Hold the public aid of a plan against the ceiling of 80 % of its cost."""
    cost = operation.cout_total_ht
    own = [line for line in operation.recettes if line.parent is None]
    if cost is None or cost <= 0 or any(line.montant is None for line in own):
        return
    lines = [(Funder(line.financeur), line.montant) for line in own if line.montant is not None]
    aid = public_aid(cost, lines)
    where = list(lines_of(*own, only=["montant"]))
    if aid.excess > 0:
        yield Remark(
            niveau=Level.WARNING,
            regle="plafond-aides-publiques",
            message=f"{name_of(operation)} : les aides publiques font "
            f"{format_euros(aid.amount, cents=True)}, {format_percent(aid.rate, 3)} du coût ; le "
            f"plafond de 80 % est dépassé de {format_euros(aid.excess, cents=True)}.",
            lignes=where,
        )
    if aid.uncertain > 0:
        yield Remark(
            niveau=Level.NOTE,
            regle="financeur-incertain",
            message=f"{name_of(operation)} : {format_euros(aid.uncertain, cents=True)} viennent de "
            "financeurs dont on ne sait s’ils sont publics ; ils ne sont pas comptés.",
            lignes=where,
        )


def _check_axes(operation: Operation, contracts: list[Contract]) -> Iterator[Remark]:
    """Find the axes of a fiche that its contract does not have, or spells otherwise."""
    contract = next((c for c in contracts if c.partenaire == operation.contrat), None)
    if contract is None or not contract.axes:
        return
    for index, axis in enumerate(operation.axes):
        best = process.extractOne(
            normalise(axis),
            [normalise(each) for each in contract.axes],
            scorer=fuzz.token_set_ratio,
        )
        if best is None or best[1] < SAME_AXIS:
            yield Remark(
                niveau=Level.NOTE,
                regle="axe-inconnu",
                message=f"{name_of(operation)} : l’axe « {axis} » n’est pas parmi ceux de "
                "l’essentiel du contrat.",
                lignes=list(lines_of(operation, only=[f"axes.{index}"])),
            )


def _check_rows(draft: Draft) -> Iterator[Remark]:
    """Find the rows of the summary table that no fiche details."""
    rows = draft.tableau.lignes if draft.tableau else []
    held = [id(row) for _, row in pair_rows(draft)]
    for row in rows:
        if id(row) not in held:
            yield Remark(
                niveau=Level.ERROR,
                regle="opération-sans-fiche",
                message=f"Tableau récapitulatif : l’opération « {row.titre} » n’a pas de fiche.",
                lignes=list(lines_of(row)),
            )


def _check_spellings(draft: Draft) -> Iterator[Remark]:
    """Say which partners are spelt in several ways."""
    act, report = draft.deliberation, draft.rapport
    printed = [name for article in act.articles for name in article.partenaires]
    printed += [article.beneficiaire for article in act.articles if article.beneficiaire]
    printed += [op.maitre_ouvrage for op in draft.operations if op.maitre_ouvrage]
    printed += report.partenaires if report else []
    for contract in draft.contrats:
        same = [name for name in printed if find_same(name, [contract.partenaire])]
        names = dict.fromkeys([contract.partenaire, *contract.graphies, *same])
        spellings = {_fold(name): name for name in names}
        if len(spellings) > 1:
            yield Remark(
                niveau=Level.NOTE,
                regle="graphies",
                message=f"Le partenaire « {contract.partenaire} » est écrit de plusieurs façons : "
                f"{enumerate_words(f'« {name} »' for name in spellings.values())}.",
                lignes=list(lines_of(contract, only=["partenaire"])),
            )


def _fold(name: str) -> str:
    """Fold a name but keep the differences that a reader would see in its own words."""
    kind = ("communaute", "d", "de", "du", "des", "agglomeration", "communes", "commune", "ville")
    bare = normalise(name.partition("(")[0])
    return " ".join(word for word in bare.split() if word not in kind)


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
