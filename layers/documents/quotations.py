"""The words of the documents behind the facts: one short quotation a line that a fact names."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from layers.documents.register import DOCUMENT, LINE
from layers.model.schema import Field, LayerError
from layers.model.tables import Table

MOST_WORDS: Final = 25
"""A quotation is no longer, so that it stays one."""

QUOTATIONS: Final = Table(
    "quotations.csv",
    (DOCUMENT, LINE, Field("quotation", "Citation", "Les mots de la ligne, 25 au plus.")),
)


def quote(line: str) -> str:
    """Return the words of a line of a document, spaces tidied, at most :data:`MOST_WORDS`."""
    words = line.split()
    return " ".join(words[:MOST_WORDS]) + (" […]" if len(words) > MOST_WORDS else "")


def read_quotations(data: Path) -> Mapping[tuple[str, int], str]:
    """Return the quotations by document and line.

    Raises
    ------
    LayerError
        The file is missing or damaged, or a quotation is too long.
    """
    rows = QUOTATIONS.read(data)
    for number, text in rows["quotation"].items():
        if len(text.removesuffix(" […]").split()) > MOST_WORDS:
            raise LayerError(
                f"Fichier {QUOTATIONS.file} : ligne {number}, citation trop longue, "
                f"attendu : {MOST_WORDS} mots au plus."
            )
    keys = zip(rows["document"], rows["line"], strict=True)
    return dict(zip(((str(d), int(n)) for d, n in keys), rows["quotation"], strict=True))
