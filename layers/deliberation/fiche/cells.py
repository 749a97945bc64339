"""Cut the lines of a plan de financement into cells: a label, an amount, the side it leans to."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from geo.names import normalise
from layers.deliberation.text.source import Line
from layers.documents.funders import names_funder
from layers.french.money import Amount, find_amounts, tidy


class Side(StrEnum):
    """Which column a cell belongs to."""

    EXPENSE = "dépense"
    RECEIPT = "recette"


@dataclass(slots=True)
class Cell:
    """A cell of the table.

    Parameters
    ----------
    label
        Its words, joined.
    amount
        Its amount.
    line
        The line of the amount.
    side
        Its column, None where the line does not tell.
    leaning
        Above zero, it is rather a receipt; below, an expense.
    group
        Title of a group that has no amount of its own, empty for none.
    detail
        Whether a dash or « dont » marks it as a detail of the cell before.
    """

    label: str
    amount: Amount
    line: Line
    side: Side | None = None
    leaning: float = 0.0
    group: str = ""
    detail: bool = False

    @property
    def is_total(self) -> bool:
        """Whether it is the total of its column."""
        return normalise(self.label).startswith("total")

    @property
    def is_subtotal(self) -> bool:
        """Whether it sums up cells that are counted already."""
        return normalise(self.label).startswith(("sous total", "s total"))


_HEADER_WORDS = frozenset(
    {"depenses", "depense", "recettes", "recette", "nature", "de", "la", "des", "montant"}
    | {"montants", "ht", "ttc", "en", "euros", "financeurs", "financeur", "taux", "hors", "taxe"}
    | {"taxes", "poste", "postes", "previsionnelles", "previsionnel", "intitule", "libelle"}
)
_SHARE = re.compile(r"^\W*\d{1,3}(?:[.,]\d{1,2})? ?%\s*|\s\d{1,3}(?:[.,]\d{1,2})? ?%$")
_WIDE: Final = 2


def read_header(text: str) -> frozenset[str]:
    """Return the words of a header line of the table; empty when the line is no header."""
    words = frozenset(normalise(text).split())
    telling = words & {"depenses", "recettes", "depense", "recette", "montant", "montants"}
    return words if telling and words <= _HEADER_WORDS else frozenset()


def cut_cells(line: Line, *, twice: bool) -> tuple[list[Cell], str]:
    """Cut a line at its amounts; what stands after the last is given apart."""
    amounts = find_amounts(tidy(line.text), bare=True)
    cells: list[Cell] = []
    end = 0
    for amount in amounts:
        label = _SHARE.sub("", line.text[end : amount.start].strip()).strip(" |")
        end = amount.end
        if not label and cells and twice:
            continue
        if not label and cells and cells[-1].is_total:
            label = cells[-1].label
        cells.append(Cell(label, amount, line))
    return cells, _SHARE.sub("", line.text[end:].strip()).strip(" |;")


def lean(label: str, line: Line) -> float:
    """Weigh whether a lone cell is a receipt: its words, and the empty cell beside it."""
    leaning = {0: -1.0, 1: 0.5, 2: 3.0}[names_funder(label)]
    if line.indent >= _WIDE:
        leaning += 2
    elif line.trail >= _WIDE:
        leaning -= 2
    return leaning
