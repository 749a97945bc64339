"""Who lives there and what shops there are: ages, incomes, cars, pharmacies, supermarkets."""

from typing import Final

from geo.perimeter import Level
from layers.catalogue.layers import Catalogue
from layers.communes import POPULATION
from layers.facilities import FACILITIES_SOURCE
from layers.indicators.additive import Summed
from layers.indicators.contributions import population
from layers.indicators.counted import CANTON_RULE
from layers.indicators.definition import Indicator
from layers.indicators.inhabitants import (
    EVERYONE,
    Aged,
    Facilities,
    Facility,
    Incomes,
    households,
    without_car,
)
from layers.indicators.published import Published
from layers.model.layer import Source
from layers.model.taken import year_of
from layers.population.ages import (
    AGES_SOURCE,
    FEW_INHABITANTS,
    FROM_15_TO_29,
    FROM_60_TO_74,
    FROM_75,
    UNDER_15,
    ages_source,
)
from layers.population.cars import CARS_SOURCE, FEW_HOUSEHOLDS
from layers.population.income import INCOME_SOURCE, income_source

AGES: Final = "Âges"
INCOMES: Final = "Revenus et voiture"
SHOPS: Final = "Pharmacies et supermarchés"

TEN_THOUSAND: Final = 10_000
CENSUS: Final = "recensement de 2022"
"""Of the cars."""
CAREFUL_AGES: Final = f"à lire avec prudence sous {FEW_INHABITANTS} habitants"
CAREFUL_CARS: Final = f"à lire avec prudence sous {FEW_HOUSEHOLDS} ménages"


def _surveyed(year: str) -> str:
    return (
        f"C’est une estimation du recensement de {year}, dont les enquêtes vont de "
        f"{int(year) - 2} à {int(year) + 2} : elle est écrite sans décimale"
    )


def _aged(
    source: Source, name: str, words: str, groups: tuple[str, ...]
) -> tuple[Indicator, Indicator]:
    """Return the inhabitants of an age and their share among those of the same year."""
    total, share = f"habitants_{name}", f"part_{name}"
    year = year_of(source)
    meaning = f"{_surveyed(year)} et {CAREFUL_AGES}. {CANTON_RULE}"
    return (
        Indicator(
            share, f"Part des {words}", "%", "rate",
            f"Habitants de {words}, divisés par tous les habitants du même recensement, celui de "
            f"{year} ; la population affichée ailleurs est celle de 2023. {meaning}",
            (source,), f"recensement de {year}", Summed(Aged(groups), EVERYONE, 100), group=AGES,
            pair=total, care=CAREFUL_AGES,
        ),
        Indicator(
            total, f"Habitants de {words}", "habitants", "total",
            f"Habitants de {words}. {meaning}",
            (source,), f"recensement de {year}", Summed(Aged(groups)), group=AGES, pair=share,
            listed=False, care=CAREFUL_AGES,
        ),
    )  # fmt: skip


def _shops(name: str, words: str, kind: Facility, remark: str) -> tuple[Indicator, Indicator]:
    """Return how many there are for ten thousand inhabitants, and how many."""
    rate, low = f"{name}_pour_10000", words.lower()
    meaning = (
        f"Nombre de {low} de la commune selon la Base permanente des équipements de 2024, sans "
        f"leur adresse.{remark} Zéro est un zéro de la source. {CANTON_RULE}"
    )
    return (
        Indicator(
            rate, f"{words} pour 10 000 habitants", "pour 10 000 hab.", "rate",
            f"{meaning} Rapporté à la population municipale de 2023.",
            (FACILITIES_SOURCE, POPULATION), "2024, population de 2023",
            Summed(Facilities(kind), population, TEN_THOUSAND), decimals=1, group=SHOPS, pair=name,
        ),
        Indicator(
            name, words, low, "total", meaning, (FACILITIES_SOURCE,), "2024",
            Summed(Facilities(kind)), group=SHOPS, pair=rate, listed=False,
        ),
    )  # fmt: skip


SURVEYED: Final = _surveyed("2022")
_CARS: Final = (
    Indicator(
        "part_sans_voiture", "Part des ménages sans voiture", "%", "rate",
        f"Ménages qui n’ont pas de voiture, divisés par tous les ménages. {SURVEYED} et "
        f"{CAREFUL_CARS}. {CANTON_RULE}",
        (CARS_SOURCE,), CENSUS, Summed(without_car, households, 100), group=INCOMES,
        pair="menages_sans_voiture", care=CAREFUL_CARS,
    ),
    Indicator(
        "menages_sans_voiture", "Ménages sans voiture", "ménages", "total",
        f"Ménages qui n’ont pas de voiture. {SURVEYED} et {CAREFUL_CARS}. {CANTON_RULE}",
        (CARS_SOURCE,), CENSUS, Summed(without_car), group=INCOMES, pair="part_sans_voiture",
        listed=False, care=CAREFUL_CARS,
    ),
)  # fmt: skip
_SHOPS: Final = (
    *_shops("pharmacies", "Pharmacies", "pharmacies", ""),
    *_shops(
        "supermarches",
        "Supermarchés",
        "supermarkets",
        " Ni les hypermarchés ni les supérettes n’y sont : une commune sans supermarché peut avoir "
        "un hypermarché.",
    ),
)


def _incomes(source: Source) -> tuple[Indicator, ...]:
    """Return the figures of the incomes as they are published."""
    year = year_of(source)
    return (
        Indicator(
            "revenu_median", "Revenu médian", "€/an", "rate",
            "Revenu disponible annuel par unité de consommation que la moitié des habitants de la "
            f"commune n’atteint pas, en {year}. La médiane de plusieurs communes n’est pas la "
            "moyenne des leurs : aucune n’est calculée.",
            (source,), f"revenus de {year}",
            Published(
                Incomes("median"),
                "Le producteur ne publie pas le revenu médian des communes de moins de 50 ménages "
                "environ : secret statistique, pas zéro.",
            ),
            levels=(Level.COMMUNE,), group=INCOMES,
        ),
        Indicator(
            "taux_pauvrete", "Taux de pauvreté", "%", "rate",
            "Part des habitants dont le niveau de vie est sous 60 % du niveau de vie médian "
            f"national, en {year}. Il n’est publié que pour les communes d’environ 1 000 ménages "
            "ou plus ; celui d’un EPCI ou d’un canton ne se calcule pas de ces seules communes.",
            (source,), f"revenus de {year}",
            Published(
                Incomes("poverty_rate"),
                "Le producteur ne publie pas le taux de pauvreté des communes de moins de 1 000 "
                "ménages environ : secret statistique, pas zéro.",
            ),
            levels=(Level.COMMUNE,), group=INCOMES,
        ),
    )  # fmt: skip


def _people(ages: Source, incomes: Source) -> tuple[Indicator, ...]:
    """Return the indicators of tables that are cited so, in the order in which people see them.

    A total stands behind its rate.
    """
    return (
        *_aged(ages, "0_14_ans", "0 à 14 ans", UNDER_15),
        *_aged(ages, "15_29_ans", "15 à 29 ans", FROM_15_TO_29),
        *_aged(ages, "60_74_ans", "60 à 74 ans", FROM_60_TO_74),
        *_aged(ages, "75_ans_et_plus", "75 ans et plus", FROM_75),
        *_incomes(incomes),
        *_CARS,
        *_SHOPS,
    )


PEOPLE_INDICATORS: Final[tuple[Indicator, ...]] = _people(AGES_SOURCE, INCOME_SOURCE)
"""Those of the embedded tables."""


def every_people_indicator(catalogue: Catalogue) -> tuple[Indicator, ...]:
    """Return the indicators of the tables in use, for :meth:`Catalogue.derive`.

    Raises
    ------
    layers.model.layer.LayerError
        What was taken from sources is not told as it should be.
    """
    return _people(ages_source(catalogue.data), income_source(catalogue.data))


_BESIDE: Final = (
    "part_0_14_ans",
    "part_15_29_ans",
    "part_60_74_ans",
    "part_75_ans_et_plus",
    "part_sans_voiture",
    "revenu_median",
    "taux_pauvrete",
    "pharmacies",
    "pharmacies_pour_10000",
    "supermarches",
    "supermarches_pour_10000",
)


def people_indicators(catalogue: Catalogue) -> tuple[Indicator, ...]:
    """Return those that sheets, comparisons and tables hold, in their order."""
    by_id = {one.id: one for one in catalogue.derive(every_people_indicator)}
    return tuple(by_id[one] for one in _BESIDE)
