"""``atlas62 verifier``: everything recomputed, and whether something new is wrong."""

from typing import Any

import click
import orjson

from app.opening.data import open_facts, start
from geo.reference.places import Reference
from layers.french.wording import plural
from layers.reconciliation.confrontation import Finding, Status
from layers.reconciliation.sentences import write_finding
from layers.reconciliation.verification import Verification, verify


@click.command("verifier", short_help="Tout recalculer, confronter aux documents.")
@click.option("--json", "as_json", is_flag=True, help="Sortie JSON, pour un programme.")
@click.pass_context
def verify_data(context: click.Context, *, as_json: bool) -> None:
    """Tout recalculer et le confronter à ce que les documents impriment.

    Chaque écart dit les deux valeurs, leur différence, le document, la ligne et ses mots. Les
    écarts connus sont ceux d’accepted_discrepancies.csv et des remarques de figures/remarks.csv.

    Code de retour : 0 quand rien de nouveau n’est faux, 1 quand un écart est nouveau.
    """
    settings = start()
    data = open_facts(settings)
    verification = verify(Reference.load(data / "communes"), data)
    if as_json:
        click.echo(orjson.dumps(as_record(verification), option=orjson.OPT_INDENT_2))
    else:
        click.echo(_as_text(verification))
    if not verification.ok:
        context.exit(1)


def as_record(verification: Verification) -> dict[str, Any]:
    """Return the verification as JSON has it; numbers are texts, so that no cent is lost."""
    return {
        "ok": verification.ok,
        "totaux": {str(status): len(verification.with_status(status)) for status in Status},
        "constats": [_finding_record(finding) for finding in verification.findings],
    }


def _finding_record(finding: Finding) -> dict[str, Any]:
    found = finding.confrontation
    first, second = finding.check.labels
    return {
        "id": finding.id,
        "controle": finding.check.id,
        "titre": finding.check.title,
        "sujet": found.subject,
        "libelles": [first, second],
        "imprime": str(found.printed),
        "calcule": str(found.computed),
        "ecart": None if found.difference is None else str(found.difference),
        "unite": found.unit,
        "document": found.source.document,
        "ligne": found.source.line or None,
        "citation": found.source.text,
        "note": found.note,
        "statut": str(finding.status),
        "raison": finding.reason,
        "accepte_le": finding.accepted_on or None,
    }


def _as_text(verification: Verification) -> str:
    parts = []
    for check, findings in verification.by_check().items():
        wrong = [f for f in findings if f.status != Status.OK]
        exact = plural(len(findings) - len(wrong), "constat exact", "constats exacts")
        counts = [exact, *([plural(len(wrong), "écart")] if wrong else [])]
        parts.append(
            "\n".join([f"{check.title} : {', '.join(counts)}.", *map(write_finding, wrong)])
        )
    return "\n\n".join([*parts, _sum_up(verification)])


def _sum_up(verification: Verification) -> str:
    known = plural(len(verification.with_status(Status.KNOWN)), "écart connu", "écarts connus")
    new = plural(len(verification.with_status(Status.NEW)), "écart nouveau", "écarts nouveaux")
    return f"{plural(len(verification.findings), 'constat')} : {known}, {new}."
