"""When operations run: spans between dated steps, each end as exact as the fiche writes it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from layers.catalogue.layers import Catalogue
from layers.facts.contracts import CALENDAR
from layers.french.period import Period, parse_period

END: Final = "Fin"
"""First word of a step that ends something; every other step begins something."""
WORKS: Final = "travaux"


@dataclass(frozen=True, slots=True)
class Step:
    """A dated step; ``comment`` is what the fiche adds to it, empty for nothing."""

    name: str
    period: Period
    comment: str

    @property
    def ends(self) -> bool:
        """Whether it ends something."""
        return self.name.startswith(END)


@dataclass(frozen=True, slots=True)
class Span:
    """From the first beginning of an operation to its last end.

    Parameters
    ----------
    steps
        Those whose date can be read, in order of time.
    """

    steps: tuple[Step, ...]

    @property
    def start(self) -> Period | None:
        """The earliest beginning, None when the fiche dates none."""
        return min(self._periods(ends=False), key=lambda p: (p.start, p.end), default=None)

    @property
    def end(self) -> Period | None:
        """The latest end, None when the fiche dates none."""
        return max(self._periods(ends=True), key=lambda p: (p.end, p.start), default=None)

    def may_run(self, first: date, last: date) -> bool:
        """Return whether the operation can be under way on some day between two, both included."""
        if not self.steps:
            return False
        begun = self.start is None or self.start.start <= last
        return begun and (self.end is None or self.end.end >= first)

    def surely_runs(self, first: date, last: date) -> bool:
        """Return whether it is under way on some day between two, whatever its dates mean."""
        if any(first <= step.period.start and step.period.end <= last for step in self.steps):
            return True
        if self.start is None or self.end is None:
            return False
        return max(self.start.end, first) <= min(self.end.start, last)

    def works(self) -> tuple[Period | None, Period | None]:
        """Return when the works begin and end, each None when the fiche does not date it."""
        works = [step for step in self.steps if WORKS in step.name.lower()]
        begins = (step.period for step in works if not step.ends)
        ends = (step.period for step in works if step.ends)
        return (
            min(begins, key=lambda p: p.start, default=None),
            max(ends, key=lambda p: p.end, default=None),
        )

    def _periods(self, *, ends: bool) -> Iterable[Period]:
        return (step.period for step in self.steps if step.ends == ends)


def read_spans(catalogue: Catalogue) -> Mapping[str, Span]:
    """Return the span of each operation of the catalogue; without steps where nothing is dated.

    Raises
    ------
    layers.model.layer.LayerError
        The operations or their calendars cannot be read.
    """
    steps: defaultdict[str, list[Step]] = defaultdict(list)
    for row in CALENDAR.read(catalogue.data).to_dict("records"):
        period = parse_period(row["date"])
        if period is not None:
            comment = row["comment"] if isinstance(row["comment"], str) else ""
            steps[row["operation"]].append(Step(row["step"], period, comment))
    return {
        operation: Span(tuple(sorted(steps[operation], key=lambda s: (s.period.start, s.ends))))
        for operation in catalogue.load("operations")["id"]
    }
