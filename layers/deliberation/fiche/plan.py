"""Read the plan de financement of a fiche: expenses, receipts, totals, and who pays."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from layers.deliberation.draft.model import Expense, Receipt, Totals
from layers.deliberation.draft.values import SURE, Level
from layers.deliberation.fiche.cells import Cell, Side, read_header
from layers.deliberation.fiche.details import Details, find_details, say_supposed
from layers.deliberation.fiche.labels import CellReader
from layers.deliberation.fiche.sides import Columns, part_columns
from layers.deliberation.text.reading import Reading, trace
from layers.deliberation.text.source import Line
from layers.documents.funders import class_funder

_TWO: Final = 2


@dataclass(slots=True)
class Plan:
    """A plan de financement that was read."""

    expenses: list[Expense] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    totals: Totals = field(default_factory=Totals)
    cells: list[Cell] = field(default_factory=list)


def read_plan(reading: Reading, lines: Sequence[Line], owner: str, title: str) -> Plan:
    """Read the first table of the lines; another table is said, not read.

    Parameters
    ----------
    reading
        The reading under way.
    lines
        The section of the fiche.
    owner
        The maître d'ouvrage: its own money is no aid.
    title
        The operation, for remarks.
    """
    cells = _read_cells(reading, lines, title)
    columns = part_columns(cells)
    plan = Plan(cells=cells)
    _say_doubts(reading, cells, title)
    _set_totals(plan, columns)
    expenses = find_details(columns.expenses, columns.total(Side.EXPENSE))
    receipts = find_details(columns.receipts, columns.total(Side.RECEIPT))
    say_supposed(reading, columns.expenses, expenses, title)
    say_supposed(reading, columns.receipts, receipts, title)
    plan.expenses = list(_write_expenses(columns.expenses, expenses))
    plan.receipts = list(_write_receipts(columns.receipts, receipts, owner))
    return plan


def _read_cells(reading: Reading, lines: Sequence[Line], title: str) -> list[Cell]:
    cells: list[Cell] = []
    for index, block in enumerate(_cut_blocks(lines)):
        first = block.lines[0].number
        if index and block.side is None and any(cell.is_total for cell in cells):
            reading.note(
                Level.WARNING,
                "tableau-supplémentaire",
                f"{title} : un second tableau, ligne {first}, n’est pas repris.",
                first,
            )
            break
        reader = CellReader(reading.vocabulary, block.side, twice=block.twice)
        cells += _until_totals(reader.read(block.lines), both=block.side is None)
    return cells


@dataclass(slots=True)
class _Block:
    """Lines under one header: the column they belong to, None for both side by side.

    ``twice`` tells that each amount is printed before and after tax.
    """

    side: Side | None = None
    twice: bool = False
    lines: list[Line] = field(default_factory=list)


def _cut_blocks(lines: Sequence[Line]) -> list[_Block]:
    """Cut the section at its headers: « DEPENSES RECETTES », or one column after the other."""
    blocks = [_Block()]
    begun = False
    for line in lines:
        words = read_header(line.text)
        if not words:
            if begun or _has_amount(line):
                blocks[-1].lines.append(line)
            continue
        now = _side_of(words)
        if now != "none" and any(_has_amount(kept) for kept in blocks[-1].lines):
            blocks.append(_Block())
            begun = False
        block = blocks[-1]
        block.twice = block.twice or {"ht", "ttc"} <= words
        if now == "receipt" and block.side is Side.EXPENSE and begun:
            block.side = None
        elif now != "none":
            block.side = {"both": None, "expense": Side.EXPENSE, "receipt": Side.RECEIPT}[now]
        begun = True
    return [block for block in blocks if any(_has_amount(line) for line in block.lines)]


def _side_of(words: frozenset[str]) -> str:
    expense = bool(words & {"depense", "depenses"})
    receipt = bool(words & {"recette", "recettes"})
    if expense and receipt:
        return "both"
    return "expense" if expense else "receipt" if receipt else "none"


def _has_amount(line: Line) -> bool:
    return any(sign.isdecimal() for sign in line.text)


def _until_totals(cells: Sequence[Cell], *, both: bool) -> list[Cell]:
    """Keep the cells up to the last total of the table."""
    wanted = _TWO if both else 1
    kept: list[Cell] = []
    seen = 0
    for cell in cells:
        if seen >= wanted and cell.line.number != kept[-1].line.number:
            break
        kept.append(cell)
        seen += cell.is_total
    return kept


def _say_doubts(reading: Reading, cells: Sequence[Cell], title: str) -> None:
    for cell in cells:
        line, printed = cell.line.number, cell.amount.printed
        doubts = (
            (
                cell.amount.value is None,
                Level.ERROR,
                "montant-illisible",
                f"montant illisible « {printed} » pour « {cell.label} », un nombre est attendu.",
            ),
            (
                not cell.label,
                Level.WARNING,
                "libellé-absent",
                f"le montant « {printed} » n’a pas de libellé.",
            ),
            (
                bool(cell.amount.footnote),
                Level.NOTE,
                "appel-de-note",
                f"« {cell.amount.footnote} » collé à « {printed} » est lu comme un appel de note.",
            ),
        )
        for holds, level, rule, words in doubts:
            if holds:
                reading.note(level, rule, f"{title}, ligne {line} : {words}", line)


def _set_totals(plan: Plan, columns: Columns) -> None:
    for side, name in ((Side.EXPENSE, "depenses"), (Side.RECEIPT, "recettes")):
        cell = columns.totals.get(side)
        if cell is not None:
            setattr(plan.totals, name, cell.amount.value)
            plan.totals.sources[name] = trace(cell.line, SURE)


def _write_expenses(cells: Sequence[Cell], details: Details) -> Iterator[Expense]:
    for cell, parent in zip(cells, details.parents, strict=True):
        expense = Expense(libelle=cell.label, montant=cell.amount.value, parent=parent)
        expense.sources = {"montant": trace(cell.line, details.confidence)}
        yield expense


def _write_receipts(cells: Sequence[Cell], details: Details, owner: str) -> Iterator[Receipt]:
    for cell, parent in zip(cells, details.parents, strict=True):
        classed = class_funder(cell.label, owner)
        receipt = Receipt(
            libelle=cell.label,
            financeur=str(classed.funder),
            programme=classed.programme,
            montant=cell.amount.value,
            parent=parent,
        )
        receipt.sources = {"montant": trace(cell.line, details.confidence)}
        yield receipt
