"""The sources of a page: each line of a document that it draws on, quoted once."""

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from layers.documents.convention import Quotation
from layers.documents.register import DOCUMENTS, document_names
from layers.french.wording import format_date

ISO_DAY = len("2023-12-04")


@dataclass(frozen=True, slots=True)
class Document:
    """A document of the register.

    Parameters
    ----------
    label
        What it is called in a line: ``Délibération n° 2023-534 du 4 décembre 2023``.
    title, assembly
        What it is about and who adopted it, empty where it is not in the register.
    """

    id: str
    label: str
    title: str = ""
    assembly: str = ""


@dataclass(frozen=True, slots=True)
class Notes:
    """The lines of one document that a page draws on, in their order."""

    document: Document
    quotations: tuple[Quotation, ...]


def read_register(data: Path) -> Mapping[str, Document]:
    """Return the documents by identifier.

    Raises
    ------
    layers.model.layer.LayerError
        The register is missing or damaged.
    """
    rows = DOCUMENTS.read(data).to_dict("records")
    return {
        row["id"]: Document(row["id"], _label(row), row["title"], row["assembly"]) for row in rows
    }


def collect_notes(
    sources: Iterable[Quotation], register: Mapping[str, Document]
) -> tuple[Notes, ...]:
    """Group the lines by document, each once, with the longest of its quotations."""
    found: dict[tuple[str, int], Quotation] = {}
    for source in sources:
        key = source.document, source.line
        if source.line and len(source.text) >= len(found.get(key, Quotation("", 0)).text):
            found[key] = source
    order = {name: rank for rank, name in enumerate(register)}
    names = sorted({name for name, _ in found}, key=lambda name: order.get(name, len(order)))
    return tuple(
        Notes(
            register.get(name, Document(name, name)),
            tuple(found[key] for key in sorted(found) if key[0] == name),
        )
        for name in names
    )


def name_beside(notes: Collection[Notes], data: Path) -> Mapping[str, str]:
    """Return what to call each document beside a line; nothing where a page has only one."""
    return document_names(data) if len(notes) > 1 else {}


def _label(row: Mapping[Hashable, Any]) -> str:
    day = row["date"]
    when = format_date(date.fromisoformat(day)) if len(day) == ISO_DAY else day
    if isinstance(row["number"], str):
        return f"Délibération n°\u00a0{row['number']} du {when}"
    return f"Délibération du {when}" if len(day) == ISO_DAY else row["title"]
