"""Every check of the project, run in one go, and what is new in what it finds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

from geo.reference.places import Reference
from layers.documents.convention import Quotation
from layers.reconciliation.acceptance import (
    FIGURES,
    Acceptance,
    read_accepted,
    remarked_figures,
)
from layers.reconciliation.checks import CHECKS
from layers.reconciliation.confrontation import Check, Confrontation, Finding, Status
from layers.reconciliation.evidence import Evidence

LISTS_DISAGREEMENTS_ONLY: Final = frozenset({FIGURES})


@dataclass(frozen=True, slots=True)
class Verification:
    """What all the checks found, in their order."""

    findings: tuple[Finding, ...]

    def with_status(self, status: Status) -> tuple[Finding, ...]:
        """Return the findings of one status."""
        return tuple(finding for finding in self.findings if finding.status == status)

    def by_check(self) -> Mapping[Check, tuple[Finding, ...]]:
        """Return the findings of each check that has any, in the order of the checks."""
        grouped: dict[Check, list[Finding]] = {}
        for finding in self.findings:
            grouped.setdefault(finding.check, []).append(finding)
        return {check: tuple(findings) for check, findings in grouped.items()}

    @property
    def ok(self) -> bool:
        """Whether nothing new is wrong."""
        return not self.with_status(Status.NEW)


def verify(reference: Reference, data: Path, checks: tuple[Check, ...] = CHECKS) -> Verification:
    """Recompute everything that can be, and tell what is known from what is new.

    An accepted discrepancy that is found no more is new: a value has changed, or the acceptance
    has outlived its cause. So is a check that finds nothing to check.

    Raises
    ------
    layers.model.schema.LayerError
        A table is missing or damaged.
    """
    evidence = Evidence.read(reference, data)
    accepted = dict(read_accepted(data))
    findings: list[Finding] = []
    for check in checks:
        if check.id == FIGURES:
            accepted |= remarked_figures(evidence.figures)
        found = [_judge(check, c, accepted) for c in check.confront(evidence)]
        if not found and check.id not in LISTS_DISAGREEMENTS_ONLY:
            found = [Finding(check, _nothing_to_check(check), Status.NEW)]
        found += _gone(check, found, accepted)
        findings += found
    return Verification(tuple(findings))


def _judge(
    check: Check, confrontation: Confrontation, accepted: Mapping[str, Acceptance]
) -> Finding:
    if confrontation.agrees:
        return Finding(check, confrontation, Status.OK)
    finding = Finding(check, confrontation, Status.NEW)
    acceptance = accepted.get(finding.id)
    if acceptance and acceptance.covers(confrontation):
        return Finding(
            check, confrontation, Status.KNOWN, acceptance.reason, acceptance.accepted_on
        )
    return finding


def _gone(
    check: Check, found: list[Finding], accepted: Mapping[str, Acceptance]
) -> Iterator[Finding]:
    """Return the acceptances of a check that no discrepancy answers to any more."""
    wrong = {finding.id for finding in found if finding.status != Status.OK}
    for identifier, acceptance in accepted.items():
        name, _, key = identifier.partition(".")
        if name == check.id and identifier not in wrong:
            confrontation = Confrontation(
                key=f"{key}.disparu",
                subject=f"Écart accepté qui n’est plus trouvé : {identifier}",
                printed=acceptance.printed,
                computed=acceptance.computed,
                difference=None,
                unit="",
                source=Quotation("", 0, ""),
                note="Une valeur a changé, ou cette ligne des écarts acceptés est à retirer.",
            )
            yield Finding(check, confrontation, Status.NEW, acceptance.reason)


def _nothing_to_check(check: Check) -> Confrontation:
    return Confrontation(
        key="vide",
        subject=f"{check.title} : rien à confronter",
        printed=Decimal(0),
        computed=Decimal(0),
        difference=None,
        unit="",
        source=Quotation("", 0, ""),
    )
