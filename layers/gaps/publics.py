"""Publics of a question: whose way to a service is asked about, and how many they are where."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.travel.homes import Homes
from geo.travel.times import Floats
from layers.french.wording import format_number, typeset
from layers.model.layer import Source
from layers.population.ages import (
    AGES_SOURCE,
    FEW_INHABITANTS,
    FROM_15_TO_29,
    FROM_60,
    FROM_75,
    UNDER_15,
    people_of,
    read_ages,
)
from layers.population.cars import CARS_SOURCE, read_households
from layers.priority_districts import QPV

if TYPE_CHECKING:
    from layers.catalogue.layers import Catalogue


class Public(StrEnum):
    """Who is counted; the value is that of addresses and of commands."""

    EVERYBODY = "population"
    UNDER_15 = "moins-de-15"
    FROM_15_TO_29 = "15-29"
    FROM_60 = "60-plus"
    FROM_75 = "75-plus"
    WITHOUT_CAR = "sans-voiture"
    DISTRICTS = "qpv"


@dataclass(frozen=True, slots=True)
class PublicWords:
    """How a public is named.

    Parameters
    ----------
    title
        In a list of choices.
    one, several
        After a number.
    share_of
        After a percentage.
    """

    title: str
    one: str
    several: str
    share_of: str

    def count(self, people: float, singular: str = "", several: str = "") -> str:
        """Write a number of them: ``3 410 enfants de moins de 15 ans``."""
        noun = (singular or self.one) if round(people) < 2 else (several or self.several)  # noqa: PLR2004 - French plural
        return f"{format_number(round(people))} {noun}"


WORDS: Final[Mapping[Public, PublicWords]] = {
    Public.EVERYBODY: PublicWords(
        "Toute la population", "habitant", "habitants", "de la population"
    ),
    Public.UNDER_15: PublicWords(
        "Moins de 15 ans",
        "enfant de moins de 15 ans",
        "enfants de moins de 15 ans",
        "d’entre eux",
    ),
    Public.FROM_15_TO_29: PublicWords(
        "15 à 29 ans", "jeune de 15 à 29 ans", "jeunes de 15 à 29 ans", "d’entre eux"
    ),
    Public.FROM_60: PublicWords(
        "60 ans et plus",
        "personne de 60 ans ou plus",
        "personnes de 60 ans ou plus",
        "d’entre elles",
    ),
    Public.FROM_75: PublicWords(
        "75 ans et plus",
        "personne de 75 ans ou plus",
        "personnes de 75 ans ou plus",
        "d’entre elles",
    ),
    Public.WITHOUT_CAR: PublicWords(
        "Ménages sans voiture", "ménage sans voiture", "ménages sans voiture", "d’entre eux"
    ),
    Public.DISTRICTS: PublicWords(
        "Habitants des quartiers prioritaires (QPV)",
        "habitant d’un quartier prioritaire",
        "habitants des quartiers prioritaires",
        "d’entre eux",
    ),
}
AGES: Final[Mapping[Public, tuple[str, ...]]] = {
    Public.UNDER_15: UNDER_15,
    Public.FROM_15_TO_29: FROM_15_TO_29,
    Public.FROM_60: FROM_60,
    Public.FROM_75: FROM_75,
}
"""Public → the groups of the census that it is made of."""

_SPREAD: Final = "dans une commune, ils sont supposés répartis comme l’ensemble des habitants"
CROSSING: Final = (
    "Combien de personnes d’un âge donné vivent sans voiture n’est pas connu par commune : les deux "
    "publics se lisent l’un après l’autre, sans se croiser."
)
_SCHOOL_AGES: Final[Mapping[Public, Mapping[str, str]]] = {
    Public.UNDER_15: {
        "college": "Les moins de 15 ans ne sont pas les collégiens : la plupart sont plus jeunes, "
        "et l’âge du collège seul n’est pas dans les données.",
        "lycee": "Les moins de 15 ans ne sont pas l’âge du lycée.",
    },
    Public.FROM_15_TO_29: {
        "college": "Les 15 à 29 ans ont passé l’âge du collège.",
        "lycee": "Les 15 à 29 ans ne sont pas les lycéens : la plupart ont passé l’âge du lycée, "
        "qui seul n’est pas dans les données.",
    },
}
"""Public → what begins the name of a service, what is then to be said."""


def count_people(public: Public, homes: Homes, catalogue: "Catalogue") -> Floats:
    """Return how many of a public live in each home, shape (h,).

    Whole numbers for everybody; parts of people or of households where a commune's estimate is
    divided among its homes in proportion to all inhabitants.

    Raises
    ------
    LayerError
        The table that they are counted in is damaged or missing.
    """
    if public == Public.EVERYBODY:
        return homes.people
    if public == Public.DISTRICTS:
        return homes.quarter_people
    reference, data = catalogue.reference, catalogue.data
    if public == Public.WITHOUT_CAR:
        counts = read_households(reference, data)["without_car"]
    else:
        counts = people_of(read_ages(reference, data), AGES[public])
    totals = counts.loc[list(reference.communes)].to_numpy(dtype=np.float64)
    return totals[homes.commune] * _shares(homes)


def _shares(homes: Homes) -> Floats:
    """Return the share of its commune's people that lives in each home."""
    everyone = np.bincount(homes.commune, homes.people)
    # A commune without inhabitants this year may have had some in that of the census.
    empty = everyone[homes.commune] == 0
    alone = np.bincount(homes.commune)[homes.commune]
    return np.where(empty, 1 / alone, homes.people / np.where(empty, 1, everyone[homes.commune]))


def public_remarks(public: Public, service: str) -> tuple[str, ...]:
    """Return French sentences on what a public counts, and what it does not say.

    Parameters
    ----------
    service
        Identifier of the service that is asked about.
    """
    told = [_COUNTED.get(public, "")]
    if public in {Public.FROM_60, Public.FROM_75, Public.WITHOUT_CAR}:
        told.append(CROSSING)
    for beginning, sentence in _SCHOOL_AGES.get(public, {}).items():
        if service.startswith(beginning):
            told.append(sentence)
    return tuple(typeset(sentence) for sentence in told if sentence)


_AGES_COUNTED: Final = (
    "Âges : recensement de 2022 (la population totale est de 2023), estimations données sans "
    f"décimale, à lire avec prudence sous {FEW_INHABITANTS} habitants ; {_SPREAD}."
)
_COUNTED: Final[Mapping[Public, str]] = {
    **dict.fromkeys(AGES, _AGES_COUNTED),
    Public.WITHOUT_CAR: (
        "Sans voiture : ce sont des ménages, non des personnes, recensement de 2022 ; "
        f"{_SPREAD}. Les temps restent ceux d’un trajet en voiture : sans elle, il est plus long."
    ),
    Public.DISTRICTS: (
        "Quartiers prioritaires : population de 2020, supposée également répartie dans le contour "
        "du quartier ; celle d’un quartier de plusieurs communes est partagée selon sa surface "
        "dans chacune."
    ),
}


def public_sources(public: Public) -> tuple[Source, ...]:
    """Return what is cited beside the population."""
    if public in AGES:
        return (AGES_SOURCE,)
    if public == Public.WITHOUT_CAR:
        return (CARS_SOURCE,)
    return QPV.sources if public == Public.DISTRICTS else ()
