"""The tables of the data as texts: what they hold, and what rows are added to them."""

import csv
import io
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from layers.documents import quotations
from layers.documents import register as documents
from layers.facts import contracts
from layers.french.wording import plural
from layers.model.schema import LayerError
from layers.model.tables import read_text

Row = dict[str, str]

CONTRACTS: Final = contracts.CONTRACTS.file
OPERATIONS: Final = contracts.OPERATIONS.file
FINANCING: Final = contracts.FINANCING.file
CALENDAR: Final = contracts.CALENDAR.file
PACTS: Final = contracts.PACTS.file
BUDGET: Final = contracts.BUDGET.file
RESTATEMENTS: Final = contracts.RESTATEMENTS.file
DOCUMENTS: Final = documents.DOCUMENTS.file
QUOTATIONS: Final = quotations.QUOTATIONS.file

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    table.file: table.columns
    for table in (
        documents.DOCUMENTS,
        contracts.CONTRACTS,
        contracts.OPERATIONS,
        contracts.FINANCING,
        contracts.CALENDAR,
        contracts.PACTS,
        contracts.BUDGET,
        contracts.RESTATEMENTS,
        quotations.QUOTATIONS,
    )
}
"""Of the tables that an adoption adds rows to."""

KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    DOCUMENTS: ("id",),
    CONTRACTS: ("id",),
    OPERATIONS: ("id",),
    FINANCING: ("operation",),
    CALENDAR: ("operation",),
    PACTS: ("operation",),
    BUDGET: ("document",),
    RESTATEMENTS: ("document",),
    QUOTATIONS: ("document", "line"),
}
"""What rows are held or added together by."""

KEPT: Final = frozenset({"remark", "title", "assembly", "lines", "quotation"})
"""Columns that a person may word otherwise; the lines of the document are not compared either.

An operation is known by its identifier and its amounts: its title may be worded otherwise too.
"""


def read_rows(data: Path, file: str) -> list[Row]:
    """Return the rows of a table, none when it is absent.

    Raises
    ------
    LayerError
        The table is damaged.
    """
    path = data / file
    if not path.exists():
        return []
    return [{str(name): text for name, text in row.items()} for row in _records(path)]


def added(held: Sequence[Row], rows: Iterable[Row], file: str) -> tuple[list[Row], list[str]]:
    """Return the rows that a table lacks, and how those that it holds differ from the others.

    Returns
    -------
    rows, differences
        A difference is one French line: table, row, column, both values.
    """
    groups = _grouped(held, file)
    lacking: list[Row] = []
    differences: list[str] = []
    for key, mine in _grouped(rows, file).items():
        if key not in groups:
            lacking += mine
        else:
            where = f"{file.rpartition('/')[2]}, {' '.join(key)}"
            differences += _differ(where, groups[key], mine)
    return lacking, differences


def appended(data: Path, file: str, rows: Sequence[Row]) -> str:
    """Return the text of a table with rows added at its end; what is there keeps every byte.

    Raises
    ------
    LayerError
        The table is damaged.
    """
    path = data / file
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    columns = list(read_text(path).columns) if before else list(COLUMNS[file])
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    if not before:
        writer.writeheader()
    try:
        writer.writerows(rows)
    except ValueError as error:
        missing = [name for name in rows[0] if name not in columns]
        raise LayerError(f"Fichier {file} : colonne « {missing[0]} » absente.") from error
    gap = "" if not before or before.endswith("\n") else "\n"
    return f"{before}{gap}{out.getvalue()}"


def _records(path: Path) -> list[dict[Hashable, str]]:
    return read_text(path).to_dict("records")


def _grouped(rows: Iterable[Row], file: str) -> dict[tuple[str, ...], list[Row]]:
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[name] for name in KEYS[file]), []).append(row)
    return groups


def _differ(where: str, held: Sequence[Row], mine: Sequence[Row]) -> Iterator[str]:
    if len(held) != len(mine):
        kept = plural(len(held), "ligne tenue", "lignes tenues")
        yield f"{where} : {kept}, {plural(len(mine), 'nouvelle')}"
        return
    for before, after in zip(held, mine, strict=True):
        for name, value in after.items():
            if name in KEPT or name.endswith("line") or before.get(name, value) == value:
                continue
            yield f"{where}, {name} : tenu « {before[name]} », nouveau « {value} »"
