"""Rates of the tables by priority district that people brought: by what the district itself has.

Districts lie in communes and are no parts that add up to them: nothing here is divided by the
inhabitants of a commune, and nothing is summed over districts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any, Final

import pandas as pd

from layers.catalogue.layers import Catalogue
from layers.french.wording import format_euros, format_number
from layers.indicators.definition import divide
from layers.model.layer import Layer, LayerError
from layers.model.measures import DISTRICT, HOUSEHOLDS, INHABITANTS, Joining, Measure
from layers.priority_districts import POPULATION

DECIMALS: Final = 1


@dataclass(frozen=True, slots=True)
class _Base:
    """What the totals of a district are told for: a column of :data:`POPULATION`.

    Parameters
    ----------
    many, one
        French: after « pour 1 000 », after « par ».
    counts
        For how many of them, the fewest that give one or more.
    """

    column: str
    many: str
    one: str
    counts: tuple[int, ...]


BASES: Final[Mapping[str, _Base]] = {
    INHABITANTS: _Base("population", "habitants", "habitant", (1, 1000)),
    HOUSEHOLDS: _Base("households", "ménages", "ménage", (1, 100, 1000)),
}
CENSUS: Final = "recensement de 2020"
"""Of which the inhabitants and households of a district are."""
NO_BASE: Final = "non disponible"


@dataclass(frozen=True, slots=True)
class DistrictRate:
    """A column of a table by district, divided by what each district has.

    Parameters
    ----------
    title
        French, with a capital, with what it is divided by and of which year.
    unit
        Of a value; empty where the title says it all.
    numbers
        By row, missing where the number or what it is divided by is not known.
    """

    title: str
    unit: str
    numbers: pd.Series

    def say(self, value: object) -> str:
        """Write a value in French with its unit."""
        if not isinstance(value, Decimal):
            return NO_BASE
        if self.unit == "€":
            return format_euros(value, cents=True)
        number = format_number(float(value), DECIMALS)
        return f"{number}\u00a0{self.unit}" if self.unit else number


def district_rate(
    catalogue: Catalogue, layer: Layer, joining: Joining, measure: Measure, rows: pd.DataFrame
) -> DistrictRate | None:
    """Return the rate of a column, None where it is none, or its districts are not known.

    Parameters
    ----------
    rows
        Of the layer, or some of them.
    """
    base = BASES.get(measure.per)
    if joining.level != DISTRICT or measure.kind != "total" or base is None:
        return None
    try:
        below = POPULATION.read(catalogue.data).set_index("code")[base.column]
    except LayerError:
        return None  # the layer of the districts says why in its place
    codes = rows["perimeter"].str.removeprefix(f"{DISTRICT}:")
    people = [_known(below.get(code)) for code in codes]
    pairs = list(zip((_known(value) for value in rows[measure.column]), people, strict=True))
    per = 1 if "€" in measure.unit else _per(pairs, base)
    values = [divide(above, each, per) for above, each in pairs]
    told = f"par {base.one}" if per == 1 else f"pour {format_number(per)} {base.many}"
    title = measure.title or layer.field(measure.column).label
    return DistrictRate(
        f"{title} {told} du quartier, {CENSUS}",
        measure.unit,
        pd.Series(values, index=rows.index, dtype=object),
    )


def first_rate(catalogue: Catalogue, layer: Layer, rows: pd.DataFrame) -> DistrictRate | None:
    """Return the rate of the first number of a table by district, which is the one painted."""
    if layer.joining is None or not layer.joining.measures:
        return None
    return district_rate(catalogue, layer, layer.joining, layer.joining.measures[0], rows)


def _known(value: Any) -> Decimal | None:  # noqa: ANN401 - of any column of numbers
    return None if pd.isna(value) else Decimal(str(value))


def _per(pairs: list[tuple[Decimal | None, Decimal | None]], base: _Base) -> int:
    """Return for how many the rate is told, so that its usual value is not 0,01."""
    rates = [rate for above, below in pairs if above and (rate := divide(above, below, 1))]
    usual = abs(median(rates)) if rates else Decimal(1)
    return next((count for count in base.counts if usual * count >= 1), base.counts[-1])
