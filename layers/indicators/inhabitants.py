"""Totals of the census and of the base of facilities: what each commune adds to an indicator."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

import pandas as pd

from layers.catalogue.layers import Catalogue
from layers.facilities import read_facilities
from layers.indicators.contributions import Amount
from layers.population.ages import GROUPS, read_ages
from layers.population.cars import read_households
from layers.population.income import read_income

Facility = Literal["pharmacies", "supermarkets"]
Income = Literal["median", "poverty_rate"]


@dataclass(frozen=True)
class Aged:
    """Inhabitants of some age groups in each commune, census of 2022, to the tenth.

    Parameters
    ----------
    groups
        Columns of the table of ages; all of them are everyone, those of 2022 and not of 2023.
    """

    groups: tuple[str, ...] = GROUPS

    def __call__(self, catalogue: Catalogue) -> Mapping[str, Amount]:
        """Return the inhabitants by code of commune, exact sums of what is published."""
        ages = catalogue.derive(_ages)
        return {code: sum(Decimal(str(row[one])) for one in self.groups)
                for code, row in ages.items()}  # fmt: skip


@dataclass(frozen=True)
class Facilities:
    """How many of one kind there are in each commune; zero is the source's."""

    kind: Facility

    def __call__(self, catalogue: Catalogue) -> Mapping[str, Amount]:
        """Return the number by code of commune."""
        return _whole(catalogue.derive(_facilities)[self.kind])


@dataclass(frozen=True)
class Incomes:
    """A figure of the incomes of each commune where it is published; absent where withheld."""

    figure: Income

    def __call__(self, catalogue: Catalogue) -> Mapping[str, Amount]:
        """Return the published figures by code of commune."""
        published = catalogue.derive(_income)[self.figure].dropna()
        return {str(code): Decimal(str(value)) for code, value in published.items()}


EVERYONE: Final = Aged()


def households(catalogue: Catalogue) -> Mapping[str, Amount]:
    """Return the households of each commune, census of 2022."""
    return _whole(catalogue.derive(_households)["households"])


def without_car(catalogue: Catalogue) -> Mapping[str, Amount]:
    """Return the households without a car of each commune, census of 2022."""
    return _whole(catalogue.derive(_households)["without_car"])


def _ages(catalogue: Catalogue) -> Mapping[str, Mapping[str, float]]:
    ages = read_ages(catalogue.reference, catalogue.data)
    return {str(code): dict(zip(GROUPS, row, strict=True)) for code, *row in ages.itertuples()}


def _households(catalogue: Catalogue) -> pd.DataFrame:
    return read_households(catalogue.reference, catalogue.data)


def _facilities(catalogue: Catalogue) -> pd.DataFrame:
    return read_facilities(catalogue.reference, catalogue.data)


def _income(catalogue: Catalogue) -> pd.DataFrame:
    return read_income(catalogue.reference, catalogue.data)


def _whole(column: pd.Series) -> Mapping[str, Amount]:
    return {str(code): int(value) for code, value in column.items()}
