"""The page of an operation: what its template needs beside the sheet."""

from typing import Any

from app.documents.charts import funder_kind, stack, timeline
from app.documents.notes import collect_notes, name_beside, read_register
from app.parts.typography import shown_name
from geo.names import normalise
from layers.catalogue.layers import Catalogue
from layers.documents.convention import CONTRADICTIONS
from layers.documents.framework import CONVENTION, read_framework
from layers.documents.particulars import read_particulars
from layers.french.semester import say_period
from layers.french.wording import format_euros
from layers.operation.calendar import read_spans
from layers.operation.deadline import compare_deadline
from layers.operation.fiche import Ambition
from layers.operation.funding import say_share
from layers.operation.plan import Line
from layers.operation.sheet import OperationSheet, operation_sheet
from layers.reconciliation.confrontation import Status
from layers.sheets.contract import contract_sheet
from layers.sheets.sentences import named


def operation_page(catalogue: Catalogue, operation: str) -> dict[str, Any]:
    """Return what the template of an operation speaks of.

    Raises
    ------
    layers.operation.sheet.UnknownRowError
        There is no such operation.
    layers.model.layer.LayerError
        A table cannot be read.
    """
    sheet = operation_sheet(catalogue, operation)
    plan = sheet.plan
    partner = contract_sheet(catalogue, sheet.contract).perimeter
    register = read_register(catalogue.data)
    rules = CONTRADICTIONS if sheet.terms else ()
    provisions = read_framework(catalogue.data)[CONVENTION] if sheet.terms else ()
    particulars = read_particulars(catalogue.data, operation)
    told = [one for part in particulars.values() for one in part]
    beside = [
        *(rule.source for rule in rules),
        *(source for one in (*provisions, *told) for source in one.sources),
    ]
    notes = collect_notes([*sheet.sources, *beside], register)
    return {
        "sheet": sheet,
        "commune": shown_name(catalogue.reference, sheet.commune),
        "partner": named(partner, catalogue.reference),
        "sentence": money_sentence(sheet),
        "receipts": [(line_kind(line), class_beside(line), line) for line in plan.by_funder],
        "bars": stack(
            ((line_kind(line), line.amount) for line in plan.by_funder), plan.expenses.total
        ),
        "timeline": timeline(sheet.steps, sheet.vote),
        "say_period": say_period,
        "pacts": _by_pact(sheet.ambitions),
        "contradictions": rules,
        "rules": provisions,
        "particulars": particulars,
        "deadline": _deadline(catalogue, sheet),
        "wrong": [finding for finding in sheet.findings if finding.status != Status.OK],
        "register": register,
        "notes": notes,
        "document_names": name_beside(notes, catalogue.data),
    }


def _deadline(catalogue: Catalogue, sheet: OperationSheet) -> str:
    if sheet.terms is None:
        return ""
    works_end = read_spans(catalogue)[sheet.id].works()[1]
    return compare_deadline(sheet.terms.completion, works_end, sheet.vote)


def money_sentence(sheet: OperationSheet) -> str:
    """Say the money of an operation in a sentence to be read aloud."""
    money = sheet.funding
    text = (
        f"Le FIT apporte {format_euros(money.fit)} à une opération de {format_euros(money.cost)} HT"
    )
    return f"{text}\u00a0: il {share}." if (share := say_share(money)) else f"{text}."


def line_kind(line: Line) -> str:
    """Return the class of a receipt in the style sheet."""
    return funder_kind(line.funder, is_fit=line.is_fit)


def class_beside(line: Line) -> str:
    """Return what the label of a receipt leaves unsaid of its funder, empty when it says all."""
    said = f" {normalise(line.label)} "
    parts = [str(line.funder or ""), line.programme]
    return ", ".join(part for part in parts if part and f" {normalise(part)} " not in said)


def _by_pact(ambitions: tuple[Ambition, ...]) -> dict[str, list[Ambition]]:
    grouped: dict[str, list[Ambition]] = {}
    for ambition in ambitions:
        grouped.setdefault(ambition.pact, []).append(ambition)
    return grouped
