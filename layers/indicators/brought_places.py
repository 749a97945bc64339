"""The indicators of the points and areas that people brought: counts, sums, averages, ground."""

from collections.abc import Iterator
from typing import Final

from geo.perimeter import Level
from layers.catalogue.layers import Catalogue
from layers.communes import AREAS, POPULATION
from layers.indicators.contributions import area_km2, population
from layers.indicators.definition import Indicator
from layers.indicators.gathered import Gathered, How, ReadRows
from layers.indicators.inhabitants import households
from layers.model.layer import Layer, Source
from layers.model.measures import AREAS_COLUMN, HOUSEHOLDS, INHABITANTS, Gathering, Measure
from layers.population.cars import CARS_SOURCE

BETWEEN: Final = "__"
PER: Final = 10_000
"""Inhabitants or households for whom a rate is told."""
RATE_DECIMALS: Final = 2
AREA_DECIMALS: Final = 1
WORDS: Final = {
    "count": "nombre", "sum": "somme", "mean": "moyenne", "area": "surface",
}  # fmt: skip
"""End of the identifier of each, but for the count."""
WHERE: Final = (
    "Une ligne compte dans la commune où elle est, donc dans tous les territoires qui la "
    "contiennent ; placée à la commune près, elle compte pour la commune et au-dessus."
)
SPREAD: Final = "Une surface compte dans chaque territoire qu’elle touche."
INSIDE: Final = (
    "Seules comptent les surfaces qui y sont en entier : leur nombre ne se répartit pas."
)
GROUND: Final = (
    "Surface mesurée en Lambert-93 de ce qui est dans le territoire ; deux surfaces qui se "
    "recouvrent comptent chacune."
)
SHARE: Final = (
    "Divisée par la superficie du contour généralisé ; avec des recouvrements, la part peut "
    "dépasser 100 %."
)
AVERAGE: Final = "Moyenne simple des lignes qui ont un nombre : aucune ne pèse plus qu’une autre."
COMPLETE: Final = "Le fichier n’est pas forcément complet : zéro veut dire « aucune ligne »."
BASES: Final = {
    INHABITANTS: ("habitants", "hab.", population, POPULATION, "population de 2023"),
    HOUSEHOLDS: ("ménages", "ménages", households, CARS_SOURCE, "ménages de 2022"),
}


def place_indicators(catalogue: Catalogue, layer: Layer) -> Iterator[Indicator]:
    """Yield the indicators of one layer of points or of areas that tell their communes.

    Raises
    ------
    LayerError
        It cannot be read.
    """
    yield from _Places(catalogue, layer).make()


class _Places:
    """One layer, whose rows are gathered by perimeter."""

    def __init__(self, catalogue: Catalogue, layer: Layer) -> None:
        self.layer = layer
        self.gathering = layer.gathering or Gathering()
        self.measured = AREAS_COLUMN in catalogue.load(layer.id)
        self.spread = layer.geometry == "polygon"

    def make(self) -> Iterator[Indicator]:
        told = f"Nombre de lignes de la couche apportée « {self.layer.title} »."
        where = SPREAD if self.spread else WHERE
        yield from self._pair(
            "count", None, self.layer.title, "", f"{told} {where} {COMPLETE}", INHABITANTS
        )
        if self.measured:
            yield from self._ground()
        for measure in self.gathering.measures:
            yield from self._of(measure)

    def _of(self, measure: Measure) -> Iterator[Indicator]:
        label = self.layer.field(measure.column).label
        told = f"Colonne « {label} » de la couche apportée « {self.layer.title} »."
        where = INSIDE if self.spread else WHERE
        if measure.kind == "total":
            yield from self._pair(
                "sum", measure, f"{measure.title} : somme", measure.unit,
                f"{told} {where} {COMPLETE}", measure.per,
            )  # fmt: skip
        yield self._one(
            "mean", measure, f"{measure.title} : moyenne", measure.unit,
            f"{told} {AVERAGE} {where}", decimals=RATE_DECIMALS, kind="rate",
        )  # fmt: skip

    def _pair(  # noqa: PLR0913, PLR0917 - what a number is, and what it is told for
        self, how: How, measure: Measure | None, title: str, unit: str, meaning: str, per: str
    ) -> Iterator[Indicator]:
        base = BASES.get(per)
        identifier = self._identifier(how, measure)
        rate = f"{identifier}{BETWEEN}par_{per}" if base else ""
        decimals = 0 if how == "count" or unit == "€" else self._decimals(measure)
        yield self._one(how, measure, title, unit, meaning, decimals=decimals, pair=rate)
        if base is None:
            return
        many, short, below, source, vintage = base
        count = Gathered(self._rows(measure), how, self.gathering.unplaced, below, PER)
        each = " ".join(filter(None, (unit, f"pour 10 000 {short}")))
        yield self._indicator(
            rate, f"{title} pour 10 000 {many}", each, f"{meaning} Divisé par le nombre de {many}.",
            count, kind="rate", decimals=RATE_DECIMALS, pair=identifier, listed=False,
            source=source, vintage=vintage,
        )  # fmt: skip

    def _ground(self) -> Iterator[Indicator]:
        identifier = self._identifier("area", None)
        rate = f"{identifier}{BETWEEN}part"
        title = f"{self.layer.title} : surface"
        yield self._one("area", None, title, "ha", GROUND, decimals=AREA_DECIMALS, pair=rate)
        # 100 % of a square kilometre is 100 ha
        count = Gathered(self._rows(None), "area", self.gathering.unplaced, area_km2, 1)
        yield self._indicator(
            rate, f"{title}, part du territoire", "%",
            f"{GROUND} {SHARE}",
            count, kind="rate", decimals=RATE_DECIMALS, pair=identifier, listed=False, source=AREAS,
            vintage="contours de 2020",
        )  # fmt: skip

    def _one(  # noqa: PLR0913 - what an indicator is
        self, how: How, measure: Measure | None, title: str, unit: str, meaning: str,
        *, decimals: int, kind: str = "total", pair: str = "",
    ) -> Indicator:  # fmt: skip
        count = Gathered(self._rows(measure), how, self.gathering.unplaced)
        identifier = self._identifier(how, measure)
        return self._indicator(
            identifier, title, unit, meaning, count, kind=kind, decimals=decimals, pair=pair
        )

    def _indicator(  # noqa: PLR0913 - what an indicator is
        self, identifier: str, title: str, unit: str, meaning: str, count: Gathered,
        *, kind: str, decimals: int, pair: str = "", listed: bool = True,
        source: Source | None = None, vintage: str = "",
    ) -> Indicator:  # fmt: skip
        return Indicator(
            identifier,
            title,
            unit,
            "rate" if kind == "rate" else "total",
            meaning,
            (*self.layer.sources, *((source,) if source else ())),
            ", ".join(filter(None, (self.layer.sources[0].vintage, vintage))),
            count,
            decimals=decimals,
            levels=tuple(Level),
            group=f"Apporté : {self.layer.title}",
            pair=pair,
            listed=listed,
            brought=self.layer.id,
        )

    def _identifier(self, how: How, measure: Measure | None) -> str:
        ends = () if how == "count" else (WORDS[how],)
        column = (measure.column,) if measure else ()
        return BETWEEN.join(("apport", self.layer.id, *column, *ends))

    def _rows(self, measure: Measure | None) -> ReadRows:
        return ReadRows(self.layer.id, measure.column if measure else "")

    def _decimals(self, measure: Measure | None) -> int:
        whole = measure is None or self.layer.field(measure.column).dtype == "int"
        return 0 if whole else RATE_DECIMALS
