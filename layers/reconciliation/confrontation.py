"""Two values that ought to agree, and what is thought of it when they do not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Final, Self

from layers.documents.convention import Quotation
from layers.reconciliation.evidence import Evidence

Value = Decimal | str
AGREEMENT: Final = Decimal(0)


@dataclass(frozen=True, slots=True)
class Confrontation:
    """A value of the documents beside the one that the rest of the data gives.

    Parameters
    ----------
    key
        What tells it from the other confrontations of its check.
    subject
        What it is about, in French.
    printed, computed
        Both in ``unit`` when they are numbers; texts as printed otherwise.
    difference
        In ``unit``; zero when both agree, None when they disagree and no number can say by how
        much.
    unit
        French unit of the difference.
    source
        Where the first value is printed; its text is empty where no line is quoted.
    note
        French sentence that helps to read the two values, empty for none.
    """

    key: str
    subject: str
    printed: Value
    computed: Value
    difference: Decimal | None
    unit: str
    source: Quotation
    note: str = ""

    @property
    def agrees(self) -> bool:
        """Whether the two values are what each other says."""
        return self.difference == AGREEMENT

    def with_note(self, note: str) -> Self:
        """Return the same with a sentence that helps to read it."""
        return replace(self, note=note)


def confront(
    key: str, subject: str, values: tuple[Decimal, Decimal], unit: str, source: Quotation
) -> Confrontation:
    """Hold a printed number against a computed one; the difference is printed less computed."""
    printed, computed = values
    return Confrontation(key, subject, printed, computed, printed - computed, unit, source)


@dataclass(frozen=True, slots=True)
class Check:
    """One kind of confrontation.

    Parameters
    ----------
    id
        Short French name, first part of the identifier of its findings.
    title
        French sentence without a full stop: what is held against what.
    confront
        Makes the confrontations, in a steady order.
    labels
        What the two values are called.
    """

    id: str
    title: str
    confront: Callable[[Evidence], Iterator[Confrontation]]
    labels: tuple[str, str] = ("imprimé", "calculé")


class Status(StrEnum):
    """What is thought of a confrontation."""

    OK = "ok"
    KNOWN = "connu"
    NEW = "nouveau"


@dataclass(frozen=True, slots=True)
class Finding:
    """A confrontation and what is thought of it.

    Parameters
    ----------
    check, confrontation
        What was held against what.
    status
        ``connu`` when exactly these two values have been accepted.
    reason, accepted_on
        French sentence and ISO date of the acceptance, empty for none.
    """

    check: Check
    confrontation: Confrontation
    status: Status
    reason: str = ""
    accepted_on: str = ""

    @property
    def id(self) -> str:
        """Identifier that stays the same from one run to the next."""
        return f"{self.check.id}.{self.confrontation.key}"
