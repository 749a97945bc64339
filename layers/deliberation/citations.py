"""Keep the words of the lines that the tables quote, so that a value is walked back to them."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from layers.deliberation.draft.model import Citation, Contract, Draft, Operation
from layers.deliberation.draft.values import Record
from layers.deliberation.text.source import Line
from layers.documents.quotations import quote

_CONTRACT: Final = ("partenaire", "axes")
_OPERATION: Final = (
    "titre", "maitre_ouvrage", "mandataire", "localisation", "montant_fit", "cout_total_ht", "axes",
)  # fmt: skip


def cite(draft: Draft, lines: Iterable[Line]) -> list[Citation]:
    """Return the words of each line that a table may name, in the order of the document.

    Lines that name services and partners stay out: persons may stand on them.
    """
    wanted = set(_traced(draft))
    return [
        Citation(ligne=line.number, mots=quote(line.text))
        for line in lines
        if line.number in wanted and line.text
    ]


def _traced(draft: Draft) -> Iterator[int]:
    for contract in draft.contrats:
        yield from _some(contract, _CONTRACT)
    for operation in draft.operations:
        yield from _some(operation, _OPERATION)
        yield from _all(
            operation.totaux, *operation.depenses, *operation.recettes, *operation.calendrier,
            *operation.pactes,
        )  # fmt: skip
    yield from _all(*draft.deliberation.articles, *draft.budget)
    if draft.tableau is not None:
        yield from _all(draft.tableau, *draft.tableau.lignes)
    if draft.rapport is not None:
        yield from _all(draft.rapport, *draft.rapport.propositions)


def _some(record: Contract | Operation, names: tuple[str, ...]) -> Iterator[int]:
    for name, source in record.sources.items():
        if name.partition(".")[0] in names:
            yield source.ligne


def _all(*records: Record) -> Iterator[int]:
    sources = chain.from_iterable(record.sources.values() for record in records)
    yield from (source.ligne for source in sources)
