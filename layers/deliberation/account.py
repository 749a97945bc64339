"""Give an account of a reading: found, missing, every reconciliation and remark."""

from collections.abc import Iterator
from typing import Final

from layers.deliberation.checks.consistency import reconcile
from layers.deliberation.draft.model import Draft, Remark
from layers.deliberation.draft.values import Level
from layers.french.wording import format_euros, format_iso_date, plural, typeset

_TITLES: Final = {
    Level.ERROR: "Erreurs",
    Level.WARNING: "Avertissements",
    Level.NOTE: "Informations",
}
_MISSING_RULES: Final = frozenset({
    "délibération-incomplète", "fiche-incomplète", "contrat-non-joint", "contrat-sans-partenaire",
    "axes-absents", "axe-absent", "fit-absent", "montant-absent", "total-absent", "date-absente",
    "opération-sans-fiche", "fiche-sans-contrat", "contrats-annoncés", "fiches-annoncées",
    "pas-une-délibération", "votes-absents", "articles-discontinus", "contrat-non-autorisé",
    "territoire-absent", "montant-non-trouvé", "conclusion-absente", "calendrier-incomplet",
    "étape-absente", "pacte-absent", "interlocuteurs-absents",
})  # fmt: skip


def write_account(draft: Draft) -> str:
    """Return the account, in French, as Markdown."""
    return "\n".join(typeset(line) for line in _lines(draft)) + "\n"


def _lines(draft: Draft) -> Iterator[str]:
    origin, act = draft.document, draft.deliberation
    yield f"# Lecture de {origin.fichier}"
    yield ""
    yield f"- Document : {plural(origin.lignes, 'ligne')}, SHA-256 {origin.sha256}"
    yield f"- Nature : {act.nature}"
    yield ""
    yield "## Trouvé"
    yield ""
    yield from _found(draft)
    yield ""
    yield "## Attendu et non trouvé"
    yield ""
    missing = [remark for remark in draft.remarques if remark.regle in _MISSING_RULES]
    yield from _bullets(missing)
    yield ""
    yield "## Rapprochements"
    yield ""
    pairs = reconcile(draft)
    for pair in pairs:
        yield f"- {'✓' if pair.holds else '✗'} {pair.describe()}{_where(list(pair.lines))}"
    if not pairs:
        yield "- Aucun : le document ne donne pas deux fois le même chiffre."
    for level, title in _TITLES.items():
        remarks = [remark for remark in draft.remarques if remark.niveau is level]
        yield ""
        yield f"## {title} ({len(remarks)})"
        yield ""
        yield from _bullets(remarks)


def _found(draft: Draft) -> Iterator[str]:
    act = draft.deliberation
    day = format_iso_date(act.date) if act.date else "date non trouvée"
    yield f"- Délibération : n° {act.numero or 'non trouvé'}, {day}"
    yield f"- Objet : {act.objet or 'non trouvé'}"
    votes = act.votes
    if votes.pour is not None:
        yield f"- Votes : {votes.pour} pour, {votes.contre} contre, {votes.abstention} abstention"
    elif votes.mention:
        yield f"- Votes : {votes.mention}"
    yield f"- {plural(len(draft.contrats), 'contrat')}"
    for contract in draft.contrats:
        axes = plural(len(contract.axes), "axe")
        joined = "" if contract.joint else ", contrat non joint"
        yield f"  - {contract.partenaire} ({contract.nature} {contract.periode}, {axes}{joined})"
    yield f"- {plural(len(draft.operations), 'opération')}"
    for operation in draft.operations:
        fit, cost = format_euros(operation.montant_fit), format_euros(operation.cout_total_ht)
        yield f"  - {operation.titre} : {fit} de FIT, {cost} HT ({operation.contrat})"
    yield f"- {plural(len(draft.budget), 'ligne budgétaire', 'lignes budgétaires')}"
    for line in draft.budget:
        yield f"  - {line.code} : {format_euros(line.proposition)} proposés"


def _bullets(remarks: list[Remark]) -> Iterator[str]:
    for remark in remarks:
        yield f"- {remark.message}{_where(remark.lignes)} [{remark.regle}]"
    if not remarks:
        yield "- Rien."


def _where(lines: list[int]) -> str:
    if not lines:
        return ""
    return f" (ligne{'s' if len(lines) > 1 else ''} {', '.join(str(line) for line in lines)})"
