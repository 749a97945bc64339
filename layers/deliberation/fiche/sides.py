"""Put the cells of a plan into its two columns; the printed totals settle what is unsure."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import combinations
from typing import Final

from layers.deliberation.fiche.cells import Cell, Side
from layers.deliberation.fiche.nesting import sums_to

MOST_UNSURE: Final = 10
"""Cells that may change side at once: more would be guessing."""


@dataclass(slots=True)
class Columns:
    """The two columns of a plan and their totals."""

    expenses: list[Cell] = field(default_factory=list)
    receipts: list[Cell] = field(default_factory=list)
    totals: dict[Side, Cell] = field(default_factory=dict)

    def total(self, side: Side) -> Decimal | None:
        """Return the printed total of a column; None where there is none that can be read."""
        cell = self.totals.get(side)
        return cell.amount.value if cell else None


def to_cents(amount: Decimal | None) -> int | None:
    """Return an amount in whole cents."""
    return None if amount is None else int(amount.scaleb(2))


def part_columns(cells: Sequence[Cell]) -> Columns:
    """Put each cell into its column.

    A line with two amounts is an expense and a receipt. A lone cell goes where its words and its
    place lean; when the totals then disagree, the least certain cells change side if that makes
    both totals agree.
    """
    columns = Columns(totals=_find_totals(cells))
    lines = [cell for cell in cells if not cell.is_total and not cell.is_subtotal]
    for cell in lines:
        if cell.side is None and cell.group:
            cell.leaning += _lean_of_group(cell, lines)
    unsure = [cell for cell in lines if cell.side is None]
    for cell in unsure:
        cell.side = Side.RECEIPT if cell.leaning > 0 else Side.EXPENSE
    targets = {side: to_cents(cell.amount.value) for side, cell in columns.totals.items()}
    if not _agrees(lines, targets):
        for changed in _changes(unsure):
            _turn(changed)
            if _agrees(lines, targets):
                break
            _turn(changed)
    _settle_numbers(lines, targets)
    columns.expenses = [cell for cell in lines if cell.side is Side.EXPENSE]
    columns.receipts = [cell for cell in lines if cell.side is Side.RECEIPT]
    titles = {cell.group for cell in columns.expenses}
    for cell in columns.receipts:
        cell.group = "" if cell.group in titles else cell.group
    return columns


def _find_totals(cells: Sequence[Cell]) -> dict[Side, Cell]:
    totals: dict[Side, Cell] = {}
    for cell in cells:
        if not cell.is_total:
            continue
        side = cell.side or (Side.RECEIPT if Side.EXPENSE in totals else Side.EXPENSE)
        if "recette" in cell.label.lower():
            side = Side.RECEIPT
        totals.setdefault(side, cell)
    return totals


def _lean_of_group(cell: Cell, lines: Sequence[Cell]) -> float:
    """Lean as the cells of the same group do, whose side is known."""
    known = [other.side for other in lines if other.group == cell.group and other.side]
    return sum(1.0 if side is Side.RECEIPT else -1.0 for side in known[:1])


def _changes(unsure: Sequence[Cell]) -> Iterator[tuple[Cell, ...]]:
    """Give the sets of cells that may change side, the least certain first."""
    ranked = sorted(unsure, key=lambda cell: abs(cell.leaning))[:MOST_UNSURE]
    for count in range(1, len(ranked) + 1):
        yield from combinations(ranked, count)


def _turn(cells: Iterable[Cell]) -> None:
    for cell in cells:
        cell.side = Side.EXPENSE if cell.side is Side.RECEIPT else Side.RECEIPT


def _agrees(lines: Sequence[Cell], targets: dict[Side, int | None]) -> bool:
    """Return whether every printed total is the sum of its column, with details or without."""
    known = {side: total for side, total in targets.items() if total is not None}
    return bool(known) and all(
        _sum_to([cell for cell in lines if cell.side is side], total)
        for side, total in known.items()
    )


def _sum_to(column: Sequence[Cell], total: int, shortened: Collection[Cell] = ()) -> bool:
    """Return whether a column gives its total, some of its amounts without their first figures."""
    amounts = [c.amount.shorter if c in shortened else c.amount.value for c in column]
    marked = [index for index, cell in enumerate(column) if cell.detail]
    return sums_to([to_cents(amount) for amount in amounts], total, marked)


def _settle_numbers(lines: Sequence[Cell], targets: dict[Side, int | None]) -> None:
    """Give the first figures of an amount back to its label where the total asks for it."""
    for side, total in targets.items():
        column = [cell for cell in lines if cell.side is side]
        doubtful = [cell for cell in column if cell.amount.shorter is not None][:MOST_UNSURE]
        if total is None or not doubtful:
            continue
        if _sum_to(column, total):
            continue
        for count in range(1, len(doubtful) + 1):
            for chosen in combinations(doubtful, count):
                if _sum_to(column, total, chosen):
                    _shorten(chosen)
                    return


def _shorten(cells: Iterable[Cell]) -> None:
    for cell in cells:
        number, _, rest = cell.amount.printed.partition(" ")
        cell.label = f"{cell.label} {number}"
        cell.amount = replace(cell.amount, value=cell.amount.shorter, printed=rest, shorter=None)
