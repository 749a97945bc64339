"""Project a draft on the tables of the data: the rows that the map, the sheets and the checks read.

A row says only what the draft says. What a person words otherwise in a table stays there
(:data:`layers.deliberation.adoption.held_tables.KEPT`); what the draft leaves in doubt is asked
for.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from geo.reference.places import Reference
from layers.deliberation.adoption.contract_rows import project_contracts
from layers.deliberation.adoption.held_tables import (
    BUDGET,
    CALENDAR,
    CONTRACTS,
    DOCUMENTS,
    FINANCING,
    OPERATIONS,
    PACTS,
    QUOTATIONS,
    RESTATEMENTS,
    Row,
    read_rows,
)
from layers.deliberation.adoption.operation_rows import (
    project_calendar,
    project_operations,
    project_pacts,
    project_plan,
)
from layers.deliberation.adoption.restatements import restate
from layers.deliberation.draft.error import DeliberationError
from layers.deliberation.draft.model import Draft

ASSEMBLIES: Final[Mapping[str, str]] = {
    "Conseil départemental": "Conseil départemental du Pas-de-Calais",
    "Commission permanente": "Commission permanente du Conseil départemental du Pas-de-Calais",
}
"""Assemblies of the Département: only what they vote is a contract or an operation of the map."""

Projection = Mapping[str, list[Row]]
"""Rows by table."""


class ProjectionError(DeliberationError):
    """A draft does not say what the tables need; the message is a French sentence for a person."""


def project(draft: Draft, name: str, reference: Reference, data: Path) -> Projection:
    """Return the rows of a draft, in every table.

    Parameters
    ----------
    name
        Under which the deliberation is adopted.
    data
        Folder of the tables: a document and a contract that they hold keep their identifiers.

    Raises
    ------
    ProjectionError
        Values are missing or in doubt; names each as it is called in the draft.
    layers.model.schema.LayerError
        A table is damaged.
    """
    document = _document(draft, name, read_rows(data, DOCUMENTS))
    tables: dict[str, list[Row]] = {DOCUMENTS: [document]}
    if draft.deliberation.assemblee in ASSEMBLIES:
        tables |= _facts(draft, name, document["id"], reference, read_rows(data, CONTRACTS))
    tables[QUOTATIONS] = _quotations(draft, document["id"], tables)
    return tables


def _document(draft: Draft, name: str, held: list[Row]) -> Row:
    act, origin = draft.deliberation, draft.document
    known = next((row["id"] for row in held if row["sha256"] == origin.sha256), None)
    assembly = act.assemblee or "Assemblée non lue"
    prefix = "cd62-" if assembly in ASSEMBLIES else "acte-"
    return {
        "id": known or f"{prefix}{name}",
        "title": act.objet or "",
        "assembly": ASSEMBLIES.get(assembly, assembly),
        "date": act.date or "",
        "number": act.numero or "",
        "lines": str(origin.lignes),
        "sha256": origin.sha256,
    }


def _facts(
    draft: Draft, name: str, document: str, reference: Reference, held: list[Row]
) -> dict[str, list[Row]]:
    contracts, lacking = project_contracts(draft, document, reference, held)
    known = [*held, *(row for row in contracts if row["id"] not in {each["id"] for each in held})]
    operations, asked = project_operations(draft, name, reference, known)
    lacking += asked
    lacking += [
        f"budget.{index}.{field}"
        for index, line in enumerate(draft.budget)
        for field in ("ap", "disponible", "proposition", "solde")
        if getattr(line, field) is None
    ]
    if lacking:
        raise ProjectionError(
            "La carte demande ce que le brouillon ne dit pas :\n  "
            + "\n  ".join(lacking)
            + "\nComplétez ces champs d’après le document, puis adoptez le brouillon de nouveau."
        )
    pairs = dict(zip((row["id"] for row in operations), draft.operations, strict=True))
    tables = {
        CONTRACTS: contracts,
        OPERATIONS: operations,
        FINANCING: [row for key, each in pairs.items() for row in project_plan(key, each)],
        CALENDAR: [row for key, each in pairs.items() for row in project_calendar(key, each)],
        PACTS: [row for key, each in pairs.items() for row in project_pacts(key, each)],
        BUDGET: _budget(draft),
        RESTATEMENTS: list(
            restate(draft, pairs, all_contracts=len(contracts) == len(draft.contrats))
        ),
    }
    return {file: [{**row, "document": document} for row in rows] for file, rows in tables.items()}


def _budget(draft: Draft) -> list[Row]:
    rows = []
    for line in draft.budget:
        source = line.sources.get("solde") or line.sources.get("proposition")
        rows.append({
            "code": line.code,
            "imputation": line.imputation or "",
            "label": line.libelle or line.code,
            "programme_authorisation": f"{line.ap:.2f}",
            "available": f"{line.disponible:.2f}",
            "proposed": f"{line.proposition:.2f}",
            "balance": f"{line.solde:.2f}",
            "line": str(source.ligne if source else 1),
        })  # fmt: skip
    return rows


def _quotations(draft: Draft, document: str, tables: Projection) -> list[Row]:
    """Return the words of the lines that the rows name."""
    named = {
        value
        for rows in tables.values()
        for row in rows
        for column, value in row.items()
        if column == "line" or column.endswith("_line")
    }
    return [
        {"document": document, "line": str(each.ligne), "quotation": each.mots}
        for each in draft.citations
        if str(each.ligne) in named
    ]
