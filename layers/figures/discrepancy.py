"""A printed figure and the other value that it does not agree with."""

from dataclasses import dataclass
from decimal import Decimal

from layers.figures.records import Figure, Figures, Remark


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """What a check found; the printed figure stays the figure.

    Parameters
    ----------
    rule
        What was confronted.
    figure
        The printed figure.
    expected
        The value recomputed or printed elsewhere, in the figure's unit.
    sentence
        French sentence that says where the other value comes from.
    remark
        What a reviewer wrote of it, None when nobody has.
    """

    rule: str
    figure: Figure
    expected: Decimal
    sentence: str
    remark: Remark | None = None

    @property
    def id(self) -> str:
        """Identifier of the remark that would explain it."""
        return f"{self.rule}.{self.figure.measure}.{self.figure.perimeter}"

    @property
    def printed(self) -> Decimal:
        """The printed value; a figure without a number is never in discrepancy."""
        return self.figure.value if self.figure.value is not None else Decimal("NaN")

    @property
    def difference(self) -> Decimal:
        """Printed less expected."""
        return self.printed - self.expected

    @property
    def accepted(self) -> bool:
        """Whether a reviewer has explained exactly these two values."""
        return self.remark is not None and (self.remark.printed, self.remark.other) == (
            self.printed,
            self.expected,
        )

    @property
    def quotation(self) -> str:
        """Words of the document: the reviewer's choice, or the printed value alone."""
        return self.remark.quotation if self.remark else self.figure.printed

    @property
    def document(self) -> str:
        """Identifier of the document that prints the figure."""
        return self.figure.document

    @property
    def lines(self) -> tuple[int, ...]:
        """Lines of that document."""
        return self.figure.lines


def with_remark(found: Discrepancy, figures: Figures) -> Discrepancy:
    """Return the discrepancy with what a reviewer wrote of it, if anyone did."""
    return Discrepancy(
        found.rule, found.figure, found.expected, found.sentence, figures.remarks.get(found.id)
    )
