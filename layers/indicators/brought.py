"""The indicators of the tables that people brought: each column of numbers, alone and as a rate."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Final

from geo.names import of_place
from geo.perimeter import Level
from layers.catalogue.layers import Catalogue
from layers.communes import POPULATION
from layers.french.wording import format_number
from layers.indicators.brought_places import place_indicators
from layers.indicators.contributions import population
from layers.indicators.definition import Indicator
from layers.indicators.inhabitants import households
from layers.indicators.joined import WIDER, Joined
from layers.indicators.joined_column import Column
from layers.indicators.states import Reading
from layers.model.layer import Layer, LayerError, Source
from layers.model.measures import DISTRICT, HOUSEHOLDS, INHABITANTS, Joining, Measure
from layers.population.cars import CARS_SOURCE

BROUGHT: Final = "apport"
BETWEEN: Final = "__"
"""Between that word, the layer, the column and what it is told for: names have no such."""
MOST_YEARS: Final = 30
MOST_DECIMALS: Final = 2
RATE_DECIMALS: Final = 2
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")

LEVEL_WORDS: Final = {
    Level.COMMUNE: "commune", Level.EPCI: "EPCI", Level.CANTON: "canton",
    Level.TERRITORY: "territoire", Level.MDS: "secteur de la MDS",
}  # fmt: skip
NOT_ZERO: Final = "Un territoire sans ligne ou sans nombre est inconnu, pas nul."
ADDS: Final = (
    "Un ensemble est la somme de ses territoires ; il est partiel dès que l’un d’eux manque."
)
ALONE: Final = (
    "Un taux est celui de son seul territoire : il ne s’additionne pas, ne se moyenne pas."
)
DIVIDED: Final = (
    "Le taux d’un ensemble divise leurs sommes ; il n’est pas la moyenne de leurs taux."
)


@dataclass(frozen=True, slots=True)
class _Base:
    """What totals are told for, as a rate.

    Parameters
    ----------
    word
        French, in the singular: after « par ».
    many, short
        French, in the plural: after « pour 1 000 », in a title and in a unit.
    counts
        For how many of them, the fewest that give one or more.
    """

    word: str
    many: str
    short: str
    vintage: str
    source: Source
    counts: tuple[int, ...]


BASES: Final = {
    INHABITANTS: _Base(
        "habitant", "habitants", "hab.", "population de 2023", POPULATION,
        (1, 1000, 10_000, 100_000),
    ),
    HOUSEHOLDS: _Base(
        "ménage", "ménages", "ménages", "ménages de 2022", CARS_SOURCE, (1, 100, 1000, 10_000)
    ),
}  # fmt: skip
TOTALS: Final = {INHABITANTS: population, HOUSEHOLDS: households}


def brought_indicators(catalogue: Catalogue) -> Mapping[str, Indicator]:
    """Return the indicators of the tables that people brought, none of one that cannot be read."""
    found: dict[str, Indicator] = {}
    for layer in catalogue.stored:
        try:
            found |= {one.id: one for one in _indicators_of(catalogue, layer)}
        except LayerError:
            continue  # the layer says why in its place
    return found


def _indicators_of(catalogue: Catalogue, layer: Layer) -> Iterator[Indicator]:
    if layer.joining is None:
        return place_indicators(catalogue, layer) if layer.local else iter(())
    if layer.joining.level == DISTRICT:
        return iter(())
    return _Table(catalogue, layer, layer.joining).make()


def first_indicator(layer_id: str, joining: Joining) -> str:
    """Return the identifier of the first indicator of a table without years, before it is read."""
    return BETWEEN.join((BROUGHT, layer_id, joining.measures[0].column))


class _Table:
    """One layer, whose columns become indicators."""

    def __init__(self, catalogue: Catalogue, layer: Layer, joining: Joining) -> None:
        self.catalogue = catalogue
        self.layer = layer
        self.joining = joining
        self.level = Level(joining.level)
        self.rows = catalogue.load(layer.id)
        self.by_column = {measure.column: measure for measure in joining.measures}

    def make(self) -> Iterator[Indicator]:
        """Yield the indicators of each column, year by year where rows have one."""
        for measure in self.joining.measures:
            for year in self._years():
                yield from self._of(measure, year)

    def _years(self) -> Sequence[str]:
        if not self.joining.year:
            return ("",)
        years = {str(year) for year in self.rows[self.joining.year].dropna()}
        return sorted(years, reverse=True)[:MOST_YEARS]

    def _of(self, measure: Measure, year: str) -> Iterator[Indicator]:
        adds = measure.kind == "total"
        column = Column(self.layer.id, measure.column, adds, year)
        parts = (BROUGHT, self.layer.id, measure.column, year)
        identifier = BETWEEN.join(filter(None, parts))
        rate = self._rate(measure, column, identifier, year) if adds and measure.per else None
        levels = (self.level, *WIDER[self.level]) if adds else (self.level,)
        yield Indicator(
            identifier,
            self._title(measure, year),
            measure.unit,
            measure.kind,
            " ".join((self._told(measure), NOT_ZERO, ADDS if adds else ALONE)),
            self.layer.sources,
            self._vintage(measure, year),
            Joined(column, self.level),
            decimals=self._decimals(measure),
            levels=tuple(level for level in Level if level in levels),
            group=f"Apporté : {self.layer.title}",
            pair=rate.id if rate else "",
            brought=self.layer.id,
        )
        if rate:
            yield rate

    def _rate(self, measure: Measure, column: Column, pair: str, year: str) -> Indicator | None:
        if measure.per in BASES:
            return self._rate_of_all(measure, column, pair, year, BASES[measure.per])
        if (other := self.by_column.get(measure.per)) is None or other.kind != "total":
            return None
        below = Column(self.layer.id, other.column, adds=True, year=year)
        share = self._is_share(column, below)
        units = (measure.unit, other.unit)
        unit = "/".join(units) if all(units) else ""
        return self._rated(
            measure, pair, year, Joined(column, self.level, below, 100 if share else 1),
            title=f"{self._title(measure, year)} rapporté à : {other.title}",
            unit="%" if share else unit,
            below=f"la colonne « {self.layer.field(other.column).label} »",
        )  # fmt: skip

    def _rate_of_all(
        self, measure: Measure, column: Column, pair: str, year: str, base: _Base
    ) -> Indicator:
        per = 1 if "€" in measure.unit else self._per(column, measure.per, base)
        told = f"par {base.word}" if per == 1 else f"pour {format_number(per)} {base.many}"
        short = base.short if per > 1 else {"habitant": "hab."}.get(base.word, base.word)
        by = f"pour {format_number(per)} {short}" if per > 1 else short
        joined = "/" if per == 1 else " "
        unit = joined.join(filter(None, (measure.unit, by)))
        return self._rated(
            measure, pair, year, Joined(column, self.level, TOTALS[measure.per], per),
            title=f"{self._title(measure, year)} {told}",
            unit=unit if measure.unit or per > 1 else f"par {by}",
            below=f"le nombre {of_place(base.many)} ({base.vintage})",
            source=base.source,
            vintage=base.vintage,
        )  # fmt: skip

    def _rated(  # noqa: PLR0913 - what a rate is beside its total
        self,
        measure: Measure,
        pair: str,
        year: str,
        count: Joined,
        *,
        title: str,
        unit: str,
        below: str,
        source: Source | None = None,
        vintage: str = "",
    ) -> Indicator:
        meaning = f"{self._told(measure)} Divisé par {below}. {NOT_ZERO} {DIVIDED}"
        return Indicator(
            f"{pair}{BETWEEN}par_{measure.per}",
            title,
            unit,
            "rate",
            meaning,
            (*self.layer.sources, *((source,) if source else ())),
            ", ".join(filter(None, (self._vintage(measure, year), vintage))),
            count,
            decimals=RATE_DECIMALS,
            levels=tuple(lv for lv in Level if lv in (self.level, *WIDER[self.level])),
            group=f"Apporté : {self.layer.title}",
            pair=pair,
            listed=False,
            brought=self.layer.id,
        )

    def _told(self, measure: Measure) -> str:
        label = self.layer.field(measure.column).label
        return (
            f"Colonne « {label} » du fichier apporté « {self.layer.title} », par "
            f"{LEVEL_WORDS[self.level]}, telle quelle."
        )

    def _title(self, measure: Measure, year: str) -> str:
        title = measure.title or self.layer.field(measure.column).label
        return f"{title} en {year}" if year else title

    def _vintage(self, measure: Measure, year: str) -> str:
        if year:
            return year
        found = _YEAR.search(self.layer.field(measure.column).label)
        return found[0] if found else self.layer.sources[0].vintage

    def _decimals(self, measure: Measure) -> int:
        if self.layer.field(measure.column).dtype != "float":
            return 0
        digits = (Decimal(str(v)).normalize() for v in self.rows[measure.column].dropna())
        return min(MOST_DECIMALS, max((-int(d.as_tuple().exponent) for d in digits), default=0))

    def _per(self, column: Column, per: str, base: _Base) -> int:
        """Return for how many the rate is told, so that its usual value is not 0,01."""
        below = self.catalogue.derive(TOTALS[per])
        members = self.catalogue.reference.members
        rates = []
        for place in self.catalogue.reference.perimeters(self.level):
            value = self._value(column, place.code)
            people = sum(below.get(code, 0) for code in members(place))
            if value and people:
                rates.append(float(value) / float(people))
        usual = median(rates) if rates else 1.0
        return next((count for count in base.counts if abs(usual) * count >= 1), base.counts[-1])

    def _is_share(self, above: Column, below: Column) -> bool:
        """Tell whether all that is above the bar is a part of what is below it."""
        low = self.catalogue.derive_own(below)
        pairs = [
            (reading.value, low[code].value)
            for code, reading in self.catalogue.derive_own(above).items()
            if code in low
        ]
        return all(a is None or b is None or 0 <= a <= b for a, b in pairs)

    def _value(self, column: Column, code: str) -> float | None:
        reading: Reading | None = self.catalogue.derive_own(column).get(code)
        return None if reading is None or reading.value is None else float(reading.value)
