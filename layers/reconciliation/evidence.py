"""The facts that are held against each other, read from the tables as they stand."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Self, TypeVar

import pandas as pd

from geo.perimeter import shorten
from geo.reference.places import Reference
from layers.documents.convention import Quotation
from layers.documents.quotations import read_quotations
from layers.documents.register import DOCUMENTS
from layers.facts.contracts import BUDGET, CALENDAR, FINANCING, OPERATIONS, RESTATEMENTS
from layers.figures.loading import load_figures
from layers.figures.records import Figures
from layers.model.schema import LayerError

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation: what its fiche and its article print, and on which lines."""

    id: str
    title: str
    contract: str
    communes: tuple[str, ...]
    fit: Decimal
    fit_line: int
    total_cost: Decimal
    total_receipts: Decimal
    total_line: int
    article: int
    article_line: int
    budget_code: str


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A line of a plan de financement; one with a ``parent`` details it."""

    operation: str
    side: str
    rank: int
    label: str
    parent: str | None
    funder: str | None
    programme: str | None
    amount: Decimal
    document: str
    line: int


@dataclass(frozen=True, slots=True)
class Step:
    """A date of the calendar of an operation, as printed."""

    operation: str
    step: str
    date: str
    document: str
    line: int


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """A line of the budget that bears the grants."""

    code: str
    label: str
    programme_authorisation: Decimal
    available: Decimal
    proposed: Decimal
    balance: Decimal
    document: str
    line: int


@dataclass(frozen=True, slots=True)
class Restatement:
    """A fact that a document says once more, elsewhere.

    Parameters
    ----------
    place
        French name of the part of the document.
    subject
        An operation, a budget code, ``total``, ``contrats`` or ``operations``.
    measure
        ``fit``, ``territoire``, ``nombre``, or a column of the budget.
    value
        A number with a point, or a name.
    """

    place: str
    subject: str
    measure: str
    value: str
    document: str
    line: int

    @property
    def amount(self) -> Decimal:
        """The value as a number; raises :class:`LayerError`."""
        try:
            return Decimal(self.value)
        except InvalidOperation as error:
            raise LayerError(
                f"Fichier {RESTATEMENTS.file} : {self.place}, {self.subject} : "
                f"trouvé « {shorten(self.value)} », attendu : un nombre."
            ) from error


_OPERATION: Final = tuple(field.name for field in fields(Operation))
_BUDGET: Final = tuple(field.name for field in fields(BudgetLine))


@dataclass(frozen=True)
class Evidence:
    """Everything that is held against something else, with where each fact is printed."""

    reference: Reference
    data: Path
    operations: Mapping[str, Operation]
    plans: tuple[PlanLine, ...]
    steps: tuple[Step, ...]
    budget: tuple[BudgetLine, ...]
    restatements: tuple[Restatement, ...]
    vote_dates: Mapping[str, str]
    quotations: Mapping[tuple[str, int], str]

    @classmethod
    def read(cls, reference: Reference, data: Path) -> Self:
        """Read the tables of the data folder.

        Raises
        ------
        LayerError
            A table is missing or damaged, or names an operation that does not exist.
        """
        operations = {
            row.id: row for row in _records(Operation, OPERATIONS.read(data, *_OPERATION))
        }
        plans = _records(PlanLine, FINANCING.read(data))
        steps = _records(Step, CALENDAR.read(data))
        documents = DOCUMENTS.read(data)
        planned = {row.operation for row in plans}
        for name in sorted(planned | {row.operation for row in steps}):
            if name not in operations:
                raise LayerError(
                    f"Opération « {shorten(name)} » absente du fichier {OPERATIONS.file}."
                )
        for name in operations:
            if name not in planned:
                raise LayerError(f"Fichier {FINANCING.file} : aucun plan pour « {name} ».")
        return cls(
            reference=reference,
            data=data,
            operations=operations,
            plans=plans,
            steps=steps,
            budget=_records(BudgetLine, BUDGET.read(data, *_BUDGET)),
            restatements=_records(Restatement, RESTATEMENTS.read(data)),
            vote_dates=dict(zip(documents["id"], documents["date"], strict=True)),
            quotations=read_quotations(data),
        )

    @cached_property
    def documents(self) -> Mapping[str, str]:
        """Document that votes each operation: the one that prints its plan."""
        return {row.operation: row.document for row in reversed(self.plans)}

    @cached_property
    def figures(self) -> Figures:
        """The printed figures; raises :class:`LayerError`."""
        return load_figures(self.data)

    def source(self, document: str, line: int) -> Quotation:
        """Return the words of a line of a document, empty where none are quoted."""
        return Quotation(self.quotations.get((document, line), ""), line, document)

    def plan(self, operation: str, side: str) -> tuple[PlanLine, ...]:
        """Return the lines of one side of a plan that add up to its total: not the details."""
        return tuple(
            row
            for row in self.plans
            if (row.operation, row.side) == (operation, side) and row.parent is None
        )


def _records(kind: type[Record], frame: pd.DataFrame) -> tuple[Record, ...]:
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type] # always a dataclass
    return tuple(
        kind(**{name: _cell(row[name]) for name in names}) for row in frame.to_dict("records")
    )


def _cell(value: Any) -> Any:  # noqa: ANN401 - a cell of any type
    return None if isinstance(value, float) and pd.isna(value) else value
