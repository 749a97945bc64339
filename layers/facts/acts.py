"""The acts that rows come from: each cited by its own number, assembly and date of vote."""

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

import pandas as pd

from layers.documents.register import (
    CONTRACT_ACTS,
    DOCUMENTS,
    OPERATION_ACTS,
    PUBLIC,
    REPORT,
    TOWN_CONTRACT_ACTS,
)
from layers.facts.contracts import CONTRACTS, OPERATIONS
from layers.french.wording import enumerate_words, format_date
from layers.model.layer import Layer, LayerError, Source
from layers.model.tables import Table

VOTES: Final = "votes des délibérations recueillies"
"""The vintage of what is voted, before the rows are read: :func:`tell_votes` puts the days."""

_SUBJECTS: Final[Mapping[str, str]] = {
    "cd62-2023-534": "contrats de territoire 2023-2026",
    "cd62-2024-90": "cadre des contrats de ville 2024-2030",
}
"""What an act is about, where that is told more shortly than by its title."""

_ROWS: Final[Mapping[Source, tuple[Table, str]]] = {
    OPERATION_ACTS: (OPERATIONS, ""),
    CONTRACT_ACTS: (CONTRACTS, "territoire"),
    TOWN_CONTRACT_ACTS: (CONTRACTS, "ville"),
}
"""Table whose rows name their acts, and the kind of the rows that do; empty for all of them."""


@dataclass(frozen=True, slots=True)
class Act(Source):
    """A document of the register that rows name; ``address`` is its identifier there."""


def cite_documents(data: Path, documents: Iterable[str]) -> tuple[Source, ...]:
    """Return how documents are cited, each once, the oldest first.

    Parameters
    ----------
    documents
        Identifiers; one that the register does not hold is cited by it, without a date.

    Raises
    ------
    LayerError
        The register cannot be read.
    """
    wanted = frozenset(documents)
    known = [row for row in DOCUMENTS.read(data).to_dict("records") if row["id"] in wanted]
    lost = sorted(wanted.difference(row["id"] for row in known))
    return (
        *(_cite(row) for row in sorted(known, key=itemgetter("date"))),
        *(
            Act(f"Document « {one} »", "producteur inconnu", PUBLIC, "date inconnue", one)
            for one in lost
        ),
    )


def settle_sources(sources: Iterable[Source], data: Path) -> tuple[Source, ...]:
    """Return sources with the acts that the rows name where « délibérations » stand for them.

    Where the rows cannot be read those stay: they name no act and no day.
    """
    return tuple(dict.fromkeys(one for source in sources for one in _settle(source, data)))


def with_acts(layer: Layer, data: Path) -> Layer:
    """Return a layer that cites the acts of its own rows."""
    if _ROWS.keys().isdisjoint(layer.sources):
        return layer
    return replace(layer, sources=settle_sources(layer.sources, data))


def tell_votes(words: str, data: Path) -> str:
    """Put the days on which the operations were voted where words say :data:`VOTES`.

    ``vote du 4 décembre 2023``, ``votes du 4 décembre 2023 et du 8 mars 2025``.
    """
    if VOTES not in words:
        return words
    acts = [act for act in settle_sources([OPERATION_ACTS], data) if isinstance(act, Act)]
    days = list(dict.fromkeys(f"du {act.vintage}" for act in acts))
    if not days:
        return words
    noun = "votes" if len(days) > 1 else "vote"
    return words.replace(VOTES, f"{noun} {enumerate_words(days)}")


def narrow_sources(sources: tuple[Source, ...], documents: Collection[str]) -> tuple[Source, ...]:
    """Return the sources of rows that name these documents: the acts of other rows are left out."""
    if not any(isinstance(one, Act) and one.address in documents for one in sources):
        return sources
    return tuple(one for one in sources if not isinstance(one, Act) or one.address in documents)


def sources_of_rows(layer: Layer, rows: pd.DataFrame) -> tuple[Source, ...]:
    """Return the sources of some rows of a layer."""
    return narrow_sources(layer.sources, set(rows["document"]) if "document" in rows else ())


def _settle(source: Source, data: Path) -> tuple[Source, ...]:
    if source not in _ROWS:
        return (source,)
    table, kind = _ROWS[source]
    try:
        rows = table.texts(data)
        if kind:
            rows = rows[rows["kind"] == kind]
        return cite_documents(data, rows["document"]) or (source,)
    except (LayerError, KeyError):  # the layer says at its load what is wrong with its file
        return (source,)


def _cite(row: Mapping[Hashable, Any]) -> Source:
    document, day = row["id"], row["date"]
    if document == REPORT.address:
        return REPORT
    when = format_date(date.fromisoformat(day)) if len(day) == len("2023-12-04") else day
    about = _SUBJECTS.get(document, row["title"])
    numbered = isinstance(row["number"], str)
    title = f"Délibération n° {row['number']}, {about}" if numbered else about
    return Act(title, row["assembly"], PUBLIC, when, document)
