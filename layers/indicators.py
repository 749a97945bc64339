"""Indicators: one number for each perimeter of a level, unknown kept apart from zero."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

import pandas as pd

from geo.perimeter import Level, Perimeter, shorten
from geo.reference import Reference
from layers.base import LayerError, Source
from layers.catalogue import Catalogue
from layers.colleges import COLLEGES
from layers.communes import OUTLINES, POPULATION
from layers.documents import DELIBERATION_2023
from layers.totals import (
    Amount,
    Total,
    area_km2,
    colleges,
    fit,
    operations,
    population,
    pupils,
    total_cost,
)
from layers.wording import enumerate_words, format_euros, format_number

NO_CONTRACT: Final = (
    "Aucun contrat de territoire n’a été lu ici dans les documents tenus : "
    "la valeur est inconnue, elle n’est pas nulle."
)


@dataclass(frozen=True)
class Indicator:
    """A number that every perimeter may have.

    Parameters
    ----------
    id
        Identifier used by the URL and the API.
    title
        Short French title, with a capital.
    unit
        French unit: ``€``, ``€/hab.``, ``habitants``…
    kind
        ``total`` is drawn as circles and adds up; ``rate`` is drawn as colours and does not.
    meaning
        French sentences: what it is and how it is counted.
    sources
        Where its terms come from.
    vintage
        What its terms are of, in French words.
    parts
        What is added up over the communes of a perimeter: one for a total; for a rate, what is
        above and what is below the bar.
    decimals
        Digits after the comma when it is written.
    levels
        Levels at which it has a meaning.
    """

    id: str
    title: str
    unit: str
    kind: Literal["total", "rate"]
    meaning: str
    sources: tuple[Source, ...]
    vintage: str
    parts: tuple[Total, ...]
    decimals: int = 0
    levels: tuple[Level, ...] = tuple(Level)

    def values(self, catalogue: Catalogue, level: Level) -> pd.Series:
        """Return the value of every perimeter of a level, to draw and to sort.

        Returns
        -------
        pandas.Series
            float64 named by the indicator, indexed by the codes in French order of the names;
            NaN where the value is unknown.

        Raises
        ------
        LayerError
            A layer that it is counted from cannot be loaded.
        """
        perimeters = catalogue.reference.perimeters(level)
        exact = self._exact(catalogue, perimeters)
        return pd.Series(
            [math.nan if value is None else float(value) for value in exact],
            index=pd.Index([perimeter.code for perimeter in perimeters], name="code"),
            dtype="float64",
            name=self.id,
        )

    def value(self, catalogue: Catalogue, perimeter: Perimeter) -> Amount | None:
        """Return the exact value of one perimeter, None when it is unknown."""
        return self._exact(catalogue, (perimeter,))[0]

    def reason(self, catalogue: Catalogue, perimeter: Perimeter) -> str:
        """Return the French sentence that says why a value is unknown, empty when it is known."""
        if self.value(catalogue, perimeter) is not None:
            return ""
        reference = catalogue.reference
        tables = [catalogue.derive(part) for part in self.parts]
        shared = _shared(perimeter, reference)
        torn = [code for code in shared if any(table.get(code) for table in tables)]
        if not torn:
            return NO_CONTRACT
        names = enumerate_words(reference.communes[code].name for code in torn)
        return f"Le canton partage {names} avec d’autres : la part de chacun n’est pas connue."

    def text(self, value: Amount | float | None) -> str:
        """Write a value in French with its unit, ``non disponible`` when it is unknown."""
        if self.unit == "€":
            return format_euros(value)
        number = format_number(value, self.decimals)
        if value is None or math.isnan(value):
            return number
        # In French the plural begins at two: « 1,5 collège ».
        unit = self.unit if abs(float(value)) >= 2 else self.unit.removesuffix("s")  # noqa: PLR2004
        return f"{number}\u00a0{unit}"

    def _exact(self, catalogue: Catalogue, perimeters: Iterable[Perimeter]) -> list[Amount | None]:
        reference = catalogue.reference
        tables = [catalogue.derive(part) for part in self.parts]
        sums = [[_sum(table, perimeter, reference) for table in tables] for perimeter in perimeters]
        if self.kind == "total":
            return [total for (total,) in sums]
        return [
            Decimal(above) / Decimal(below) if above is not None and below else None
            for above, below in sums
        ]


def indicator(indicator_id: str) -> Indicator:
    """Return an indicator by its identifier.

    Raises
    ------
    LayerError
        There is no such indicator; the message lists those there are.
    """
    for candidate in INDICATORS:
        if candidate.id == indicator_id:
            return candidate
    raise LayerError(
        f"Indicateur « {shorten(indicator_id)} » inconnu ; indicateurs connus : "
        f"{', '.join(candidate.id for candidate in INDICATORS)}."
    )


def _sum(table: Mapping[str, Amount], perimeter: Perimeter, reference: Reference) -> Amount | None:
    """Add what is known; None when nothing is, or when a shared commune would have to be split."""
    if any(table.get(code) for code in _shared(perimeter, reference)):
        return None
    known = [table[code] for code in reference.members(perimeter) if code in table]
    return sum(known) if known else None


def _shared(perimeter: Perimeter, reference: Reference) -> tuple[str, ...]:
    if perimeter.level is not Level.CANTON:
        return ()
    return reference.cantons[perimeter.code].shared_communes


_LOCATION: Final = (
    "Une opération compte dans la commune où elle se trouve, donc dans tous les territoires qui "
    "la contiennent. Sans contrat lu, la valeur est inconnue ; avec un contrat sans opération, "
    "elle est nulle."
)
_BORDER: Final = (
    "La CC Flandre Lys et la CC du Ternois sont comptées pour leur partie dans le Pas-de-Calais."
)
_CANTON: Final = (
    "Un canton qui partage une commune avec d’autres est inconnu dès que cette commune y ajoute "
    "quelque chose."
)

INDICATORS: Final[tuple[Indicator, ...]] = (
    Indicator(
        "fit", "FIT", "€", "total",
        "Subventions du Fonds d’innovation territorial votées pour les opérations du territoire. "
        f"{_LOCATION} {_CANTON}",
        (DELIBERATION_2023,), "vote du 4 décembre 2023", (fit,),
    ),
    Indicator(
        "fit_par_habitant", "FIT par habitant", "€/hab.", "rate",
        "FIT du territoire, divisé par toute sa population municipale, contrat ou non. "
        f"{_LOCATION} {_BORDER} {_CANTON}",
        (DELIBERATION_2023, POPULATION), "vote du 4 décembre 2023, population de 2023",
        (fit, population), decimals=2,
    ),
    Indicator(
        "cout_total", "Coût total des opérations", "€", "total",
        "Coût total hors taxes des opérations soutenues par le FIT, tel que leur plan de "
        f"financement l’imprime. {_LOCATION} {_CANTON}",
        (DELIBERATION_2023,), "vote du 4 décembre 2023", (total_cost,),
    ),
    Indicator(
        "operations", "Opérations FIT", "opérations", "total",
        f"Nombre d’opérations soutenues par le FIT. {_LOCATION} {_CANTON}",
        (DELIBERATION_2023,), "vote du 4 décembre 2023", (operations,),
    ),
    Indicator(
        "population", "Population", "habitants", "total",
        f"Population municipale. {_BORDER} {_CANTON}",
        (POPULATION,), "recensement de 2023", (population,),
    ),
    Indicator(
        "densite", "Densité", "hab./km²", "rate",
        "Population municipale divisée par la superficie du contour généralisé. "
        f"{_BORDER} {_CANTON}",
        (POPULATION, OUTLINES), "recensement de 2023", (population, area_km2),
    ),
    Indicator(
        "colleges", "Collèges", "collèges", "total",
        "Nombre de collèges publics et privés sous contrat, dans la commune où ils se trouvent. "
        f"{_CANTON}",
        COLLEGES.sources, "rentrée 2022", (colleges,),
    ),
    Indicator(
        "eleves", "Élèves de collège", "élèves", "total",
        "Nombre d’élèves des collèges qui se trouvent dans le territoire, où qu’ils habitent. "
        f"{_CANTON}",
        COLLEGES.sources, "rentrée 2022", (pupils,),
    ),
)  # fmt: skip
"""In the order in which people see them."""
