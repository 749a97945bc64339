"""Values of a draft: amounts, traces, and the record that holds both."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

from layers.french.money import CENT, LARGEST

SURE: Final = 0.98
LIKELY: Final = 0.85
GUESSED: Final = 0.6
DOUBTFUL: Final = 0.4


def _to_cents(value: object) -> object:
    """Take an amount typed by a person or read from a file; a float has lost its cents."""
    if value is None or isinstance(value, Decimal):
        return value
    try:
        amount = Decimal(str(value))
        exact = abs(amount) < LARGEST and amount == amount.quantize(CENT)
    except ArithmeticError:
        exact = False
    if not exact:
        raise ValueError(f"montant « {value} » : un nombre comme 1045158.41 est attendu")
    return amount.quantize(CENT)


Euros = Annotated[
    Decimal,
    BeforeValidator(_to_cents),
    PlainSerializer(lambda amount: f"{amount:.2f}", return_type=str),
]
"""Euros to the cent; in a file, a text with two decimals."""


class Level(StrEnum):
    """How much a remark matters."""

    ERROR = "erreur"
    WARNING = "avertissement"
    NOTE = "information"


class Trace(BaseModel):
    """Where a value was read and how sure that is, between 0 and 1."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ligne: int = Field(ge=1)
    page: int | None = None
    confiance: float = Field(ge=0, le=1)


class Record(BaseModel):
    """Values with the trace of each."""

    model_config = ConfigDict(extra="forbid", validate_assignment=False)

    sources: dict[str, Trace] = Field(default_factory=dict)
