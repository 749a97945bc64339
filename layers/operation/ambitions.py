"""Pacts and ambitions of the Département that operations serve, each with a short identifier."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from geo.names import normalise
from layers.catalogue.layers import Catalogue
from layers.facts.contracts import PACTS


@dataclass(frozen=True, slots=True)
class Ambition:
    """A pact, or one of its ambitions.

    Parameters
    ----------
    id
        ``solidarites-humaines``, or with its number ``solidarites-humaines.2``.
    pact
        Identifier of the pact; that of a pact itself is its own.
    label
        French words.
    operations
        Identifiers of the operations that serve it, in the order of the documents.
    """

    id: str
    pact: str
    label: str
    operations: tuple[str, ...]


def list_ambitions(catalogue: Catalogue) -> Mapping[str, Ambition]:
    """Return each pact that is served, followed by its ambitions, by identifier.

    For :meth:`Catalogue.derive`.

    Raises
    ------
    layers.model.layer.LayerError
        The table of pacts cannot be read.
    """
    rows = PACTS.read(catalogue.data).to_dict("records")
    labels: dict[str, str] = {}
    served: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for row in rows:
        pact = normalise(row["pact"]).replace(" ", "-")
        ambition = f"{pact}.{row['ambition']}"
        labels.setdefault(pact, row["pact"][:1].upper() + row["pact"][1:])
        labels.setdefault(ambition, row["label"])
        served[pact][row["operation"]] = None
        served[ambition][row["operation"]] = None
    order = sorted(labels, key=_order)
    return {
        one: Ambition(one, one.partition(".")[0], labels[one], tuple(served[one])) for one in order
    }


def _order(one: str) -> tuple[str, int]:
    pact, _, number = one.partition(".")
    return pact, int(number or 0)
