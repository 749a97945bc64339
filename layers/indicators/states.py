"""What is known of a value: a number, zero, a part, or why there is none; each with its sign.

Zero, partial, withheld, without object and unknown are five things. They have one word, one sign in
a cell, one key in a file and one sentence for those who listen, and all of them are here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from layers.indicators.contributions import Amount


class State(StrEnum):
    """What is known of a value; the text is the key that files and scripts carry."""

    KNOWN = "connu"
    """A number, not zero."""
    ZERO = "zero"
    """Known to be nothing."""
    PARTIAL = "partiel"
    """Known for a part of the perimeter: never classed or ranked with the others."""
    WITHHELD = "secret"
    """Somebody knows it and may not tell it."""
    WITHOUT_OBJECT = "sans_objet"
    """There is nothing that it could be the value of."""
    UNKNOWN = "inconnu"
    """Nobody told it to us; it may be zero or not."""

    @property
    def measured(self) -> bool:
        """Whether there is a number that may be classed, ranked and compared."""
        return self in {State.KNOWN, State.ZERO}


@dataclass(frozen=True, slots=True)
class Sign:
    """How a state is told.

    Parameters
    ----------
    word
        French, in a legend and in a column of a file.
    cell
        French, short enough for a cell of a table.
    spoken
        French, for those who listen and for the words at the pointer.
    """

    word: str
    cell: str
    spoken: str


SIGNS: Final[Mapping[State, Sign]] = {
    State.KNOWN: Sign("connu", "", "valeur connue"),
    State.ZERO: Sign("zéro", "0", "zéro"),
    State.PARTIAL: Sign("partiel", "partiel", "valeur partielle"),
    State.WITHHELD: Sign("secret statistique", "secret", "valeur tenue secrète"),
    State.WITHOUT_OBJECT: Sign("sans objet", "s.\u00a0o.", "sans objet"),
    State.UNKNOWN: Sign("non disponible", "n.\u00a0d.", "donnée non disponible"),
}

ABSENCES: Final = (State.PARTIAL, State.WITHHELD, State.WITHOUT_OBJECT, State.UNKNOWN)
"""States without a number to class, in the order of a legend."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A value with what is known of it.

    Parameters
    ----------
    state
        Says which of the two amounts there is.
    value
        The number; None unless the state is measured.
    part
        The number of what is known, None unless the state is partial.
    why
        French sentence: of what it is a part, or why there is none; empty for a number.
    """

    state: State
    value: Amount | None = None
    part: Amount | None = None
    why: str = ""

    @property
    def known(self) -> Amount | None:
        """The number, or that of the known part: what may be shown with its state beside it."""
        return self.part if self.state is State.PARTIAL else self.value


def measured(value: Amount) -> Reading:
    """Return the reading of a number that is known whole."""
    return Reading(State.KNOWN if value else State.ZERO, value)
