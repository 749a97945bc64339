"""Communes that an operation elsewhere names: associated with it by the words of its fiche."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from layers.catalogue.layers import Catalogue
from layers.documents.quotations import read_quotations
from layers.documents.register import DOCUMENTS
from layers.facts.contracts import ASSOCIATIONS
from layers.french.wording import enumerate_words

WORDS: Final[Mapping[str, str]] = {
    "partenaire": "elle est nommée parmi les partenaires associés",
    "objectif": "l’un des objectifs la nomme",
}


@dataclass(frozen=True, slots=True)
class Association:
    """An operation that is elsewhere and names a commune.

    Parameters
    ----------
    operation, title, commune
        The operation, and the commune where it is.
    sentence
        French: what the document says of the commune, each with its line and its words.
    """

    operation: str
    title: str
    commune: str
    sentence: str


def associations(catalogue: Catalogue, commune: str) -> tuple[Association, ...]:
    """Return the operations that name a commune without being there.

    Raises
    ------
    layers.model.layer.LayerError
        A table cannot be read.
    """
    table = ASSOCIATIONS.read(catalogue.data)
    own = table[table["commune"] == commune]
    if own.empty:
        return ()
    operations = catalogue.load("operations").set_index("id")
    found = []
    for operation, rows in own.groupby("operation", sort=False):
        row = operations.loc[operation]
        sentence = _sentence(catalogue, rows.to_dict("records"))
        found.append(Association(str(operation), row["title"], row["commune"], sentence))
    return tuple(found)


def _sentence(catalogue: Catalogue, rows: Sequence[Mapping[Hashable, Any]]) -> str:
    numbers = DOCUMENTS.read(catalogue.data).set_index("id")["number"]
    words = read_quotations(catalogue.data)
    said = enumerate_words(
        f"{WORDS[row['role']]} (« {_bare(words[row['document'], row['line']])} », "
        f"ligne {row['line']})"
        for row in rows
    )
    return (
        f"D’après la fiche de l’opération (délibération n° {numbers[rows[0]['document']]}), {said}."
    )


def _bare(words: str) -> str:
    """Return a quotation without the dash and the comma of the list that it stands in."""
    return words.strip("-, ")
