"""The tables against the adopted deliberations: each row that a vote gives is there, unchanged."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from layers.deliberation.adoption.held_tables import (
    CONTRACTS,
    DOCUMENTS,
    OPERATIONS,
    added,
    read_rows,
)
from layers.deliberation.adoption.projection import project
from layers.deliberation.adoption.transaction import list_adopted, name_draft
from layers.deliberation.draft.error import DeliberationError
from layers.documents.convention import Quotation
from layers.french.wording import plural
from layers.reconciliation.confrontation import Confrontation
from layers.reconciliation.evidence import Evidence

MOST_TOLD: Final = 3


def confront_rows(evidence: Evidence) -> Iterator[Confrontation]:
    """Hold the rows that each adopted deliberation gives against those of the tables.

    A deliberation that cannot be read, or says too little for the tables, is a difference.
    """
    try:
        drafts = list_adopted(evidence.data)
    except DeliberationError as error:
        yield _fail("deliberations", "Délibérations adoptées", error)
        return
    voted: dict[str, set[str]] = {}
    for draft in drafts:
        origin = draft.document.fichier
        try:
            name = name_draft(draft)
            tables = project(draft, name, evidence.reference, evidence.data)
        except DeliberationError as error:
            yield _fail(origin, origin, error)
            continue
        (act,) = tables[DOCUMENTS]
        named = (row["id"] for file in (CONTRACTS, OPERATIONS) for row in tables.get(file, []))
        voted.setdefault(act["id"], set()).update(named)
        for file, rows in tables.items():
            table = file.rpartition("/")[2].removesuffix(".csv")
            lacking, differences = added(read_rows(evidence.data, file), rows, file)
            gaps = [*differences, *(f"absente : {row.get('id', row)}" for row in lacking)]
            yield Confrontation(
                f"{name}.{table}",
                f"{name} – {file}",
                plural(len(rows), "ligne"),
                plural(len(gaps), "écart") if gaps else "aucun écart",
                Decimal(-len(gaps)),
                "lignes",
                Quotation("", 0, origin),
                note=" ; ".join(gaps[:MOST_TOLD]),
            )
    yield from _confront_words(evidence, voted)


def _confront_words(evidence: Evidence, voted: Mapping[str, set[str]]) -> Iterator[Confrontation]:
    """Tell the rows that name an adopted act which says nothing of them: their pages are emptier.

    Parameters
    ----------
    voted
        By document, the identifiers of its contracts and operations.
    """
    for file in (CONTRACTS, OPERATIONS):
        for row in read_rows(evidence.data, file):
            name, document = row["id"], row["document"]
            if document in voted and name not in voted[document]:
                yield Confrontation(
                    f"{name}.acte",
                    f"{name} – {file}",
                    "aucune ligne",
                    "une ligne",
                    Decimal(-1),
                    "lignes",
                    Quotation("", 0, document),
                    note="La délibération adoptée ne dit rien sous cet identifiant.",
                )


def _fail(key: str, subject: str, error: DeliberationError) -> Confrontation:
    source = Quotation("", 0, subject)
    return Confrontation(key, subject, "adoptée", "illisible", None, "", source, note=str(error))
