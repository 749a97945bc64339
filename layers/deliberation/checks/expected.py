"""Say what a document of the family has and this one lacks, or gives in an odd order."""

from collections.abc import Iterator
from itertools import pairwise

from geo.names import normalise
from layers.deliberation.booklet.parties import find_same
from layers.deliberation.checks.comparison import lines_of
from layers.deliberation.checks.grants import pair_rows
from layers.deliberation.checks.sums import name_of
from layers.deliberation.draft.model import Act, Draft, Operation, Remark, Report
from layers.deliberation.draft.values import Level


def check_expected(draft: Draft) -> Iterator[Remark]:
    """Give a remark for each thing that is expected and is not there."""
    yield from _check_votes(draft.deliberation)
    yield from _check_numbering(draft.deliberation)
    yield from _check_authorised(draft)
    yield from _check_rows(draft)
    if draft.rapport is not None:
        yield from _check_report(draft.rapport)
    for operation in draft.operations:
        yield from _check_calendar(operation)
        yield from _check_pacts(operation)
    yield from _check_labels_of_ambitions(draft)


def _warn(rule: str, message: str, lines: tuple[int, ...] = ()) -> Remark:
    return Remark(niveau=Level.WARNING, regle=rule, message=message, lignes=list(lines))


def _check_votes(act: Act) -> Iterator[Remark]:
    votes = act.votes
    counts = {"pour": votes.pour, "contre": votes.contre, "abstention": votes.abstention}
    missing = [f"« {name} »" for name, count in counts.items() if count is None]
    if missing and votes.pour is not None:
        yield _warn("votes-absents", f"Votes : non trouvé : {', '.join(missing)}.", lines_of(votes))


def _check_numbering(act: Act) -> Iterator[Remark]:
    """Find the articles that are missing between two others, or before the first."""
    numbers = [int(article.numero) for article in act.articles if article.numero.isdecimal()]
    for before, after in pairwise([0, *numbers]):
        if after > before + 1:
            missing = ", ".join(str(number) for number in range(before + 1, after))
            where = next(article for article in act.articles if article.numero == str(after))
            yield _warn(
                "articles-discontinus",
                f"Articles : l’article {after} suit le {before or 'début'}, il manque {missing}.",
                lines_of(where),
            )


def _check_authorised(draft: Draft) -> Iterator[Remark]:
    """Find the joined contracts that no article authorises."""
    articles = draft.deliberation.articles
    authorised = [name for article in articles for name in article.partenaires]
    for contract in draft.contrats:
        spellings = [contract.partenaire, *contract.graphies]
        found = any(find_same(name, authorised) for name in spellings)
        if articles and contract.joint and not found:
            yield _warn(
                "contrat-non-autorisé",
                f"Le contrat avec « {contract.partenaire} » est joint, aucun article n’en autorise "
                "la signature.",
                lines_of(contract, only=["partenaire"]),
            )


def _check_rows(draft: Draft) -> Iterator[Remark]:
    """Find the rows of the summary table whose partner or territory is missing or another."""
    rows = draft.tableau.lignes if draft.tableau else []
    placed = any(row.territoire for row in rows)
    for row in rows:
        if placed and not row.territoire:
            yield _warn(
                "territoire-absent",
                f"Tableau récapitulatif : l’opération « {row.titre} » n’a pas de territoire.",
                lines_of(row),
            )
    for operation, row in pair_rows(draft):
        names = [operation.contrat, operation.maitre_ouvrage, operation.mandataire]
        if row.maitre_ouvrage and not find_same(row.maitre_ouvrage, [n for n in names if n]):
            yield _warn(
                "tableau-partenaire",
                f"{name_of(operation)} : le tableau récapitulatif nomme « {row.maitre_ouvrage} », "
                f"la fiche « {operation.maitre_ouvrage} ».",
                (*lines_of(row), *lines_of(operation, only=["maitre_ouvrage"])),
            )


def _check_report(report: Report) -> Iterator[Remark]:
    for proposal in report.propositions:
        if proposal.montant is None:
            yield _warn(
                "montant-non-trouvé",
                f"Rapport : le montant proposé pour « {proposal.titre} » n’a pas été trouvé.",
                lines_of(proposal),
            )
    if report.propositions and not report.conclusions:
        yield _warn(
            "conclusion-absente",
            "Rapport : la liste finale des subventions à voter n’a pas été trouvée.",
            lines_of(report, only=["numero"]),
        )


def _check_calendar(operation: Operation) -> Iterator[Remark]:
    steps = [normalise(step.etape) for step in operation.calendrier]
    missing = [
        label
        for label, words in (("le début des travaux", "debut"), ("la fin des travaux", "fin"))
        if not any(step.startswith(words) and "travaux" in step for step in steps)
    ]
    if missing:
        yield _warn(
            "calendrier-incomplet",
            f"{name_of(operation)} : calendrier, non trouvé : {', '.join(missing)}.",
            lines_of(*operation.calendrier, only=["valeur"]),
        )
    for step in operation.calendrier:
        if not step.etape:
            yield _warn(
                "étape-absente",
                f"{name_of(operation)} : la date « {step.valeur} » n’a pas d’étape.",
                lines_of(step),
            )


def _check_pacts(operation: Operation) -> Iterator[Remark]:
    """Find ambitions that follow no pact, or whose numbers go back within one."""
    for link in operation.pactes:
        if not link.pacte:
            yield _warn(
                "pacte-absent",
                f"{name_of(operation)} : l’ambition {link.ambition} « {link.libelle} » n’a pas de "
                "pacte.",
                lines_of(link),
            )
    for before, after in pairwise(operation.pactes):
        back = (after.ambition or 0) <= (before.ambition or 0)
        if before.pacte == after.pacte and back:
            yield _warn(
                "pacte-douteux",
                f"{name_of(operation)} : l’ambition {after.ambition} suit la {before.ambition} "
                f"dans le même pacte ({after.pacte}) : le titre d’un pacte a pu se perdre.",
                (*lines_of(before), *lines_of(after)),
            )


def _check_labels_of_ambitions(draft: Draft) -> Iterator[Remark]:
    """Find an ambition that two fiches put in different pacts or under different numbers."""
    first: dict[str, tuple[str, int | None, tuple[int, ...]]] = {}
    for operation in draft.operations:
        for link in operation.pactes:
            label = normalise(link.libelle)
            pact, number, where = first.setdefault(
                label, (link.pacte, link.ambition, lines_of(link))
            )
            if label and (pact, number) != (link.pacte, link.ambition):
                here, there = link.pacte or "sans pacte", pact or "sans pacte"
                yield _warn(
                    "pacte-contradictoire",
                    f"{name_of(operation)} : « {link.libelle} » est l’ambition {link.ambition} "
                    f"({here}), ailleurs la {number} ({there}).",
                    (*where, *lines_of(link)),
                )
