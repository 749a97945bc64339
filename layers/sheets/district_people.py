"""Who lives in a quartier prioritaire: each published figure with year, source and secrecy."""

from dataclasses import dataclass
from statistics import median
from typing import Final

import pandas as pd

from layers.catalogue.layers import Catalogue
from layers.french.wording import format_number
from layers.model.schema import Field
from layers.priority_districts import POPULATION, QPV

FIGURES: Final = POPULATION.fields[2:]
WITHHELD: Final = "secret statistique ou non publié"
NO_DECIMALS: Final = ("households",)
"""Estimates that the producer gives with a decimal which says nothing."""


@dataclass(frozen=True, slots=True)
class DistrictFigure:
    """One published figure of a district.

    Parameters
    ----------
    id, title, meaning
        The column; its meaning names the year and the producer.
    value
        None where it is not published.
    median, peers
        Median of the districts where it is published, and how many they are.
    number, median_number
        The two in French; says so where it is not published.
    """

    id: str
    title: str
    meaning: str
    value: float | None
    median: float
    peers: int
    number: str
    median_number: str


def district_people(catalogue: Catalogue, code: str) -> tuple[DistrictFigure, ...]:
    """Return the figures of a district, in the order of the table.

    Raises
    ------
    layers.model.layer.LayerError
        The districts cannot be read.
    """
    rows = catalogue.load(QPV.id).set_index(QPV.key)
    return tuple(_figure(field, rows[field.name], code) for field in FIGURES)


def _figure(field: Field, column: pd.Series, code: str) -> DistrictFigure:
    known = [float(value) for value in column.dropna()]
    value = None if pd.isna(column[code]) else float(column[code])
    middle = median(known)
    return DistrictFigure(
        id=field.name,
        title=field.label,
        meaning=field.meaning,
        value=value,
        median=middle,
        peers=len(known),
        number=WITHHELD if value is None else _write(field, value),
        median_number=_write(field, middle),
    )


def _write(field: Field, value: float) -> str:
    whole = field.dtype == "int" or field.name in NO_DECIMALS
    number = format_number(value, 0 if whole else 1)
    return f"{number}\u202f%" if field.unit == "%" else number
