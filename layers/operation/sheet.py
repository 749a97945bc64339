"""The sheet of an operation as plain data: its fiche, the convention's rules, what was checked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Self

from geo.perimeter import Level, Perimeter, shorten
from layers.catalogue.layers import Catalogue
from layers.documents.convention import (
    DOCUMENT,
    Completion,
    Payment,
    Quotation,
    Rule,
    complete_by,
    list_obligations,
    schedule_payments,
)
from layers.documents.register import DOCUMENTS
from layers.facts.operation_districts import StatedDistrict, stated_districts
from layers.model.layer import LayerError
from layers.operation.fiche import (
    Ambition,
    DatedStep,
    Statement,
    read_ambitions,
    read_lines,
    read_steps,
)
from layers.operation.funding import Funding
from layers.operation.plan import Plan, read_plan
from layers.operation.statements import OperationWords, adopted
from layers.reconciliation.confrontation import Finding
from layers.reconciliation.evidence import BudgetLine
from layers.reconciliation.memory import read_evidence, verify_catalogue
from layers.reconciliation.verification import Verification


@dataclass(frozen=True, slots=True)
class Terms:
    """What the model convention says of a grant.

    Parameters
    ----------
    completion
        How long the works may last; the day of the signature is not known, so it holds no deadline
        that could be shown: only its years and its note.
    obligations, building_obligations
        What it asks for, and what it adds when the works are on a building.
    """

    payments: tuple[Payment, ...]
    completion: Completion
    obligations: tuple[Rule, ...]
    building_obligations: tuple[Rule, ...]

    @classmethod
    def of(cls, grant: Decimal, vote: date, document: str) -> Self | None:
        """Apply to a grant, euros, the convention of the act that votes it; None without one.

        Only the convention joined to :data:`layers.documents.convention.DOCUMENT` is known, and it
        says nothing of what another act votes.
        """
        if document != DOCUMENT:
            return None
        general = list_obligations(grant, building=False)
        return cls(
            schedule_payments(grant),
            complete_by(vote, grant),
            general,
            list_obligations(grant, building=True)[len(general) :],
        )

    @property
    def sources(self) -> tuple[Quotation, ...]:
        """Every line of the convention that it is made from."""
        rules = (*self.obligations, *self.building_obligations)
        return (
            *(payment.source for payment in self.payments),
            *(rule.source for rule in rules),
            self.completion.source,
        )


@dataclass(frozen=True, slots=True)
class OperationSheet:
    """What is known of one operation.

    Parameters
    ----------
    number
        Of its fiche in the contract.
    contract, partner
        Identifier of the contract, and with whom it is signed.
    commune, place
        Where it is: the commune, and the words of the fiche.
    position_note, district, remark
        What must be known of its position, how it stands to the quartiers prioritaires, what must
        be known of itself; empty for nothing.
    article, fit
        What grants the FIT, and where the plan prints it.
    stated_district
        What the document itself says of the quartier prioritaire that it is in.
    axes
        Axes of the contract that the fiche cites, from the line of the source on.
    terms
        None where the convention of its act is not known.
    words
        What its fiche says besides, as adopted.
    findings
        Everything that was checked about it.
    """

    id: str
    number: int
    title: Statement
    contract: str
    partner: str
    owner: Statement
    delegate: Statement | None
    commune: Perimeter
    place: Statement
    position_note: str
    district: str
    remark: str
    stated_district: StatedDistrict | None
    vote: date
    deliberation: str
    article: Statement
    funding: Funding
    fit_source: Quotation
    plan: Plan
    terms: Terms | None
    budget: BudgetLine
    budget_source: Quotation
    steps: tuple[DatedStep, ...]
    ambitions: tuple[Ambition, ...]
    axes: tuple[str, ...]
    axes_source: Quotation | None
    words: OperationWords
    findings: tuple[Finding, ...]

    @property
    def sources(self) -> tuple[Quotation, ...]:
        """Every line of the documents that it is made from."""
        return tuple(self._cite())

    def _cite(self) -> Iterator[Quotation]:
        for statement in (self.title, self.owner, self.delegate, self.place, self.article):
            if statement is not None:
                yield statement.source
        yield from (self.fit_source, self.budget_source)
        yield from self.plan.sources
        if self.terms is not None:
            yield from self.terms.sources
        yield from (step.source for step in self.steps)
        yield from (ambition.source for ambition in self.ambitions)
        yield from (statement.source for statement in self.words.statements)
        if self.axes_source is not None:
            yield self.axes_source
        if self.stated_district is not None:
            yield from self.stated_district.sources


class UnknownRowError(LayerError):
    """A layer has no row of that name; the message is a French sentence for a person."""


def operation_sheet(catalogue: Catalogue, operation: str) -> OperationSheet:
    """Return the sheet of an operation.

    Raises
    ------
    UnknownRowError
        There is no such operation.
    LayerError
        A table cannot be read.
    """
    row = find_row(catalogue, "operations", operation)
    contract = find_row(catalogue, "contrats", row["contract"])
    evidence, data = read_evidence(catalogue), catalogue.data
    document, lines = evidence.documents[operation], read_lines(data, operation)

    def source(fact: str) -> Quotation:
        return evidence.source(document, lines[fact])

    act = DOCUMENTS.read(data).set_index("id").loc[document].to_dict()
    vote = date.fromisoformat(act["date"])
    budget = next(
        line
        for line in evidence.budget
        if (line.document, line.code) == (document, row["budget_code"])
    )
    return OperationSheet(
        id=operation,
        number=row["number"],
        title=Statement(row["title"], source("title")),
        contract=row["contract"],
        partner=contract["partner"],
        owner=Statement(row["owner"], source("owner")),
        delegate=Statement(row["delegate"], source("delegate")) if row["delegate"] else None,
        commune=Perimeter(Level.COMMUNE, row["commune_code"]),
        place=Statement(row["place"], source("place")),
        position_note=row["position_note"] or "",
        district=row["district"] or "",
        remark=row["remark"] or "",
        stated_district=stated_districts(data).get(operation),
        vote=vote,
        deliberation=act["number"],
        article=Statement(f"article {row['article']}", source("article")),
        funding=Funding(1, row["fit"], row["total_cost"]),
        fit_source=source("fit"),
        plan=read_plan(evidence, operation),
        terms=Terms.of(row["fit"], vote, document),
        budget=budget,
        budget_source=evidence.source(budget.document, budget.line),
        steps=read_steps(data, evidence, operation),
        ambitions=read_ambitions(data, evidence, operation),
        axes=row["axes"] or (),
        axes_source=source("axes") if "axes" in lines else None,
        words=adopted(catalogue).operation(operation, document),
        findings=findings_about(verify_catalogue(catalogue), operation),
    )


def find_row(catalogue: Catalogue, layer: str, key: str) -> dict[str, Any]:
    """Return a row of a layer by its key, None where a value is unknown.

    Raises
    ------
    UnknownRowError
        There is no such row.
    LayerError
        The layer cannot be loaded.
    """
    frame = catalogue.load(layer)
    found = frame[frame[catalogue.layer(layer).key] == key].drop(columns="geometry").astype(object)
    if found.empty:
        title = catalogue.layer(layer).title
        raise UnknownRowError(f"{title} : « {shorten(key)} » est inconnu.")
    record: dict[str, Any] = found.where(found.notna(), None).to_dict("records")[0]
    return record


def findings_about(verification: Verification, operation: str) -> tuple[Finding, ...]:
    """Return the findings that concern an operation."""
    return tuple(
        finding
        for finding in verification.findings
        if finding.confrontation.key.partition(".")[0] == operation
    )
