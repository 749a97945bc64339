"""The operations that a choice keeps, and how sure their dates make that."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.view.operation_choice import OperationChoice
from layers.catalogue.layers import Catalogue
from layers.french.semester import Semester, semesters
from layers.french.wording import format_euros, plural
from layers.operation.ambitions import list_ambitions
from layers.operation.calendar import Span, read_spans


@dataclass(frozen=True, slots=True)
class KeptOperations:
    """What a choice keeps.

    Parameters
    ----------
    keys
        Identifiers, in the layer's order.
    maybe
        Those of them that are under way in the period on some reading of their dates only.
    undated
        How many were left out because their fiche dates nothing.
    total
        How many operations there are.
    fit
        Of those that are kept, euros.
    """

    keys: tuple[str, ...]
    maybe: frozenset[str]
    undated: int
    total: int
    fit: Decimal

    def sentence(self, choice: OperationChoice) -> str:
        """Say in French how many are kept and why."""
        if choice == OperationChoice():
            return f"{plural(self.total, 'opération')}, {format_euros(self.fit)} de FIT."
        text = f"{len(self.keys)} sur {plural(self.total, 'opération')}, {format_euros(self.fit)} "
        text += "de FIT"
        if self.maybe:
            text += f", dont {len(self.maybe)} peut-être seulement, selon la lecture des dates"
        text += "."
        if self.undated:
            text += f" {plural(self.undated, 'opération')} sans date, hors du compte."
        return text


def keep_operations(catalogue: Catalogue, choice: OperationChoice) -> KeptOperations:
    """Return the operations that may be under way in the period and serve what is asked for.

    Raises
    ------
    layers.model.layer.LayerError
        The operations, their calendars or their pacts cannot be read.
    """
    rows = catalogue.load("operations")
    wanted = _serving(catalogue, choice)
    keys = [key for key in rows["id"] if wanted is None or key in wanted]
    maybe: frozenset[str] = frozenset()
    undated = 0
    if choice.period:
        spans = catalogue.derive(read_spans)
        first, last = choice.period[0].first_day, choice.period[1].last_day
        undated = sum(not spans[key].steps for key in keys)
        keys = [key for key in keys if spans[key].may_run(first, last)]
        maybe = frozenset(key for key in keys if not spans[key].surely_runs(first, last))
    fit = sum(rows.set_index("id").loc[keys, "fit"], Decimal(0))
    return KeptOperations(tuple(keys), maybe, undated, len(rows), fit)


def calendar_years(spans: Mapping[str, Span]) -> tuple[Semester, ...]:
    """Return the semesters of whole years that hold every dated step; none without any."""
    days = [
        day
        for span in spans.values()
        for step in span.steps
        for day in (step.period.start, step.period.end)
    ]
    if not days:
        return ()
    return semesters(Semester(min(days).year, 1), Semester(max(days).year, 2))


def _serving(catalogue: Catalogue, choice: OperationChoice) -> frozenset[str] | None:
    if not choice.ambitions:
        return None
    ambitions = catalogue.derive(list_ambitions)
    return frozenset(key for one in choice.ambitions for key in ambitions[one].operations)
