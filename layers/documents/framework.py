"""What the documents say of the contracts as a whole: who, how, when, with which money."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from layers.documents.convention import Quotation
from layers.documents.register import DOCUMENT, LINE
from layers.model.schema import Field
from layers.model.tables import Table

SECTIONS: Final[Mapping[str, str]] = {
    "territory": "Contrats de territoire 2023-2026",
    "town": "Contrats de ville 2024-2030",
    "convention": "Convention d’une subvention : autres règles",
    "canal": "Canal Seine-Nord Europe, fin 2022",
    "engineering": "Ingénierie 62 en 2022",
    "homes": "Places d’accueil et d’habitat, 2022",
}
CONVENTION: Final = "convention"

TABLE: Final = Table(
    "framework.csv",
    (
        Field("section", "Partie", "De quoi il s’agit.", allowed=tuple(SECTIONS)),
        Field("topic", "Sujet", "Le sujet, en deux ou trois mots."),
        Field("text", "Règle", "Ce que le document dit, en nos mots."),
        DOCUMENT,
        LINE,
        Field("words", "Citation", "Les mots du document, moins de 25."),
    ),
)


@dataclass(frozen=True, slots=True)
class Provision:
    """What a document says of one subject, in our words, and its own words.

    Parameters
    ----------
    beside
        Where another document says it otherwise, None where nothing is compared.
    """

    topic: str
    text: str
    source: Quotation
    beside: Quotation | None = None

    @property
    def sources(self) -> tuple[Quotation, ...]:
        """Every line that it is made from."""
        return (self.source,) if self.beside is None else (self.source, self.beside)


def read_framework(data: Path) -> Mapping[str, tuple[Provision, ...]]:
    """Return the provisions of each section of :data:`SECTIONS`, in the order of the table.

    Raises
    ------
    layers.model.schema.LayerError
        The table is missing or damaged.
    """
    rows = TABLE.read(data).to_dict("records")
    return {
        section: tuple(
            Provision(
                row["topic"], row["text"], Quotation(row["words"], row["line"], row["document"])
            )
            for row in rows
            if row["section"] == section
        )
        for section in SECTIONS
    }
