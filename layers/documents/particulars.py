"""What the documents say in words of one contract or one operation, beyond what is read of them."""

from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any, Final

from layers.documents.convention import Quotation
from layers.documents.framework import Provision
from layers.documents.register import DOCUMENT, LINE
from layers.model.schema import Field
from layers.model.tables import Table

SECTIONS: Final[Mapping[str, str]] = {
    "signature": "Signataires",
    "axes": "Ce que les axes prévoient",
    "stakes": "Enjeux du partenaire",
    "engineering": "Ingénierie",
    "map": "Carte du livret",
    "second": "La délibération du partenaire et le livret",
    "context": "Contexte et description",
}

TABLE: Final = Table(
    "particulars.csv",
    (
        Field("subject", "De quoi", "Identifiant du contrat ou de l’opération."),
        Field("section", "Partie", "De quelle part il s’agit.", allowed=tuple(SECTIONS)),
        Field("topic", "Sujet", "Le sujet, en deux ou trois mots."),
        Field("text", "Fait", "Ce que le document dit, en nos mots."),
        DOCUMENT,
        LINE,
        Field("words", "Citation", "Les mots du document, moins de 25."),
        Field("other_document", "Autre document", "Document qui le dit autrement.", nullable=True),
        Field("other_line", "Autre ligne", "Ligne de cet autre document.", "int", nullable=True),
        Field("other_words", "Autre citation", "Ses mots, moins de 25.", nullable=True),
    ),
)


def read_particulars(data: Path, subject: str) -> Mapping[str, tuple[Provision, ...]]:
    """Return what is said of a contract or an operation, by French title of the part.

    Parts of which nothing is said are left out.

    Raises
    ------
    layers.model.schema.LayerError
        The table is missing or damaged.
    """
    rows = TABLE.read(data)
    told: dict[str, list[Provision]] = {}
    for row in rows[rows["subject"] == subject].to_dict("records"):
        source = Quotation(row["words"], row["line"], row["document"])
        part = told.setdefault(SECTIONS[row["section"]], [])
        part.append(Provision(row["topic"], row["text"], source, _beside(row)))
    return {title: tuple(part) for title, part in told.items()}


def _beside(row: Mapping[Hashable, Any]) -> Quotation | None:
    if not isinstance(row["other_document"], str):
        return None
    return Quotation(row["other_words"], int(row["other_line"]), row["other_document"])
