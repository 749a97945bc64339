"""Hold two figures of a draft against each other, and say the difference to the cent."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from layers.deliberation.draft.model import Remark
from layers.deliberation.draft.values import Level, Record
from layers.french.wording import format_euros, format_number

Figure = Decimal | int


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Two figures that must be the same.

    Parameters
    ----------
    rule
        Short French name of what is held together.
    subject
        What it is about, in French.
    left, right
        Each figure with its French name; the right one is the printed or expected one.
    lines
        Lines where they stand.
    level
        How much a difference matters.
    """

    rule: str
    subject: str
    left: tuple[str, Figure]
    right: tuple[str, Figure]
    lines: tuple[int, ...] = ()
    level: Level = Level.ERROR

    @property
    def holds(self) -> bool:
        """Whether the figures are the same."""
        return self.left[1] == self.right[1]

    @property
    def difference(self) -> Figure:
        """How far the figures are apart, in the unit of the first."""
        apart = abs(Decimal(self.left[1]) - Decimal(self.right[1]))
        return int(apart) if isinstance(self.left[1], int) else apart

    def describe(self) -> str:
        """Return one French sentence: both figures and the difference."""
        (left, one), (right, other) = self.left, self.right
        if self.holds:
            return f"{self.subject} : {left} = {right} = {_write(one)}."
        return (
            f"{self.subject} : {left} {_write(one)}, {right} {_write(other)}, "
            f"différence {_write(self.difference)}."
        )

    def as_remark(self) -> Remark:
        """Return the remark that a difference makes."""
        return Remark(
            niveau=self.level, regle=self.rule, message=self.describe(), lignes=list(self.lines)
        )


def _write(figure: Figure) -> str:
    if isinstance(figure, int):
        return format_number(figure)
    return format_euros(figure, cents=True)


def lines_of(*records: Record | None, only: Iterable[str] = ()) -> tuple[int, ...]:
    """Return the lines of some records, in order, without repeating any."""
    wanted = set(only)
    found = {
        trace.ligne
        for record in records
        if record is not None
        for name, trace in record.sources.items()
        if not wanted or name in wanted
    }
    return tuple(sorted(found))
