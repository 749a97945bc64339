"""What is counted of a layer that somebody brought: in which column, a total or a rate, of what."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, Self

from layers.french.wording import format_euros, format_number

MeasureKind = Literal["total", "rate"]

INHABITANTS: Final = "habitants"
HOUSEHOLDS: Final = "menages"
"""What a total may be told for, beside another column of the layer."""

DISTRICT: Final = "qpv"
"""What the rows of a table may be beside perimeters: priority districts, a level of their own."""

COMMUNES_COLUMN: Final = "commune_codes"
AREAS_COLUMN: Final = "commune_areas"
"""Columns of an area: the codes of its communes, and how much of its ground each has."""

STATE: Final = "_etat"
"""Ends the name of the field that says, beside a number, why it is not there."""
WITHHELD: Final = "secret statistique"
WITHOUT_OBJECT: Final = "sans objet"
"""What such a field says; it is empty where nothing is said."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A column whose numbers are mapped.

    Parameters
    ----------
    column
        Name of the field.
    kind
        A ``total`` adds up over perimeters; a ``rate`` is that of its own perimeter alone.
    per
        What a total is told for as a rate: :data:`INHABITANTS`, :data:`HOUSEHOLDS`, the name of
        another field, or empty for none.
    unit
        French unit; empty for none.
    title
        French, with a capital.
    """

    column: str
    kind: MeasureKind
    per: str = ""
    unit: str = ""
    title: str = ""

    def say(self, row: Mapping[str, Any]) -> str:
        """Write the number of a row in French with its unit, or why it is not there."""
        value = row.get(self.column)
        if value is None or value != value:  # noqa: PLR0124 - not a number
            state = row.get(f"{self.column}{STATE}")
            return state if isinstance(state, str) else format_number(None)
        if self.unit == "€":
            return format_euros(value)
        number = format_number(float(value))
        return f"{number}\u00a0{self.unit}" if self.unit else number


@dataclass(frozen=True, slots=True)
class Gathering:
    """What the rows of a layer of points or areas come to in a perimeter.

    Parameters
    ----------
    measures
        Columns whose numbers are averaged and, where they are totals, summed.
    unplaced
        Rows of the file that have no place: nobody knows of which perimeter they would be.
    """

    measures: tuple[Measure, ...] = ()
    unplaced: int = 0

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Read what :func:`dataclasses.asdict` made of one; raises KeyError or TypeError."""
        measures = tuple(Measure(**measure) for measure in record["measures"])
        return cls(measures, int(record["unplaced"]))


@dataclass(frozen=True, slots=True)
class Joining:
    """How the rows of a layer are perimeters.

    Parameters
    ----------
    level
        Value of a :class:`geo.perimeter.Level`; each row has one perimeter of it. Or
        :data:`DISTRICT`: each row is a priority district, from which nothing is added up.
    measures
        What is mapped of them.
    year
        Name of the field that tells rows of one perimeter apart by their year; empty for none.
    """

    level: str
    measures: tuple[Measure, ...] = ()
    year: str = ""

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Read what :func:`dataclasses.asdict` made of one; raises KeyError or TypeError."""
        measures = tuple(Measure(**measure) for measure in record["measures"])
        return cls(**{**record, "measures": measures})
