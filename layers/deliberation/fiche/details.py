"""Tell which lines of a column detail another, and where the print leaves that to be supposed."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from layers.deliberation.draft.values import DOUBTFUL, LIKELY, SURE, Level
from layers.deliberation.fiche.cells import Cell
from layers.deliberation.fiche.nesting import nest
from layers.deliberation.fiche.sides import to_cents
from layers.deliberation.text.reading import Reading
from layers.french.wording import enumerate_words, format_euros


@dataclass(frozen=True, slots=True)
class Details:
    """What details what in a column.

    Parameters
    ----------
    parents
        For each cell the label of the line that it details, or the title of its group.
    supposed
        For each cell the index of the line that it details by its amount alone, without a dash,
        « dont » or a title that says so; None elsewhere.
    confidence
        Trust in the amounts of the column, 0 to 1.
    """

    parents: tuple[str | None, ...]
    supposed: tuple[int | None, ...]
    confidence: float


def find_details(cells: Sequence[Cell], total: Decimal | None) -> Details:
    """Find the parents of the cells of a column: :func:`layers.deliberation.fiche.nesting.nest`."""
    amounts = [to_cents(cell.amount.value) for cell in cells]
    marked = [index for index, cell in enumerate(cells) if cell.detail]
    found = nest(amounts, to_cents(total), marked)
    names: list[str | None] = []
    for index, parent in enumerate(found):
        above = parent
        if above is None and index in marked and any(p is not None for p in found):
            above = next((i for i in range(index - 1, -1, -1) if i not in marked), None)
        names.append(cells[above].label if above is not None else cells[index].group or None)
    supposed = tuple(
        None if cell.detail else parent for cell, parent in zip(cells, found, strict=True)
    )
    return Details(tuple(names), supposed, _confidence(cells, names, total, supposed))


def _confidence(
    cells: Sequence[Cell],
    parents: Sequence[str | None],
    total: Decimal | None,
    supposed: Sequence[int | None],
) -> float:
    """Trust a column most whose lines give its total as they are printed."""
    own = [
        cell.amount.value
        for cell, parent in zip(cells, parents, strict=True)
        if parent is None or parent == cell.group
    ]
    if total is None or None in own:
        return LIKELY
    if sum(value for value in own if value is not None) != total:
        return DOUBTFUL
    return SURE if all(parent is None for parent in supposed) else LIKELY


def say_supposed(reading: Reading, cells: Sequence[Cell], details: Details, title: str) -> None:
    """Warn of the lines left out of the sum because their amounts alone make them details.

    A wrong figure can be explained away so: the reader of the draft has to look at the page.
    """
    for parent, run in groupby(range(len(cells)), key=lambda index: details.supposed[index]):
        if parent is None:
            continue
        parts = [cells[index] for index in run]
        names = enumerate_words(f"« {cell.label} »" for cell in parts)
        whole = cells[parent]
        amount = whole.amount.value
        printed = format_euros(amount, cents=True) if amount is not None else "sans montant lu"
        numbers = [cell.line.number for cell in (whole, *parts)]
        reading.note(
            Level.WARNING,
            "détail-supposé",
            f"{title}, lignes {numbers[0]} à {numbers[-1]} : « {whole.label} » ({printed}) est lu "
            f"avec pour détail {names}, hors de la somme ; ni tiret ni "
            "« dont » ne le dit, seuls les montants le font penser : à vérifier sur la page.",
            *numbers,
        )
