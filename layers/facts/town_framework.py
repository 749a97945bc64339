"""What a framework says of all the contrats de ville that it announces, none of them apart."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from layers.documents.convention import Quotation
from layers.documents.quotations import read_quotations
from layers.documents.register import DOCUMENT, LINE
from layers.model.schema import Field
from layers.model.tables import Table

TOWN_FRAMEWORK: Final = Table(
    "contracts/town_framework.csv",
    (
        DOCUMENT,
        Field(
            "topic",
            "Sujet",
            "Ce dont la ligne parle.",
            allowed=("vote", "perimetre", "axe", "montant"),
        ),
        Field("text", "Texte", "Ce que la délibération en dit."),
        LINE,
    ),
)


@dataclass(frozen=True, slots=True)
class FrameworkFact:
    """A French sentence, or the name of an axis, and the line that it is from."""

    topic: str
    text: str
    source: Quotation


def read_framework(data: Path, document: str) -> tuple[FrameworkFact, ...]:
    """Return what a deliberation says of all its contrats de ville, in the order of the table.

    Parameters
    ----------
    document
        Identifier of the deliberation; nothing is known of one that the table does not hold.

    Raises
    ------
    layers.model.schema.LayerError
        A table is missing or damaged.
    """
    return tuple(_facts(data, document))


def _facts(data: Path, document: str) -> Iterator[FrameworkFact]:
    rows = TOWN_FRAMEWORK.read(data)
    quotations = read_quotations(data)
    for row in rows[rows["document"] == document].to_dict("records"):
        line = int(row["line"])
        source = Quotation(quotations.get((document, line), ""), line, document)
        yield FrameworkFact(row["topic"], row["text"], source)
