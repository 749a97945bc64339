"""What is said of a public: its names, what is counted, and what that does not say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from geo.travel.homes import Homes
from geo.travel.times import Floats
from layers.french.wording import format_percent, plural, typeset
from layers.gaps.publics import AGED, Public, years_on_grid
from layers.population.ages import FEW_INHABITANTS


@dataclass(frozen=True, slots=True)
class PublicWords:
    """How a public is named.

    Parameters
    ----------
    title
        In a list of choices.
    head
        Before « au-delà ».
    one, several
        After a number.
    share_of
        After a percentage.
    short
        After a number in a narrow column.
    unit
        Of a number in JSON.
    """

    title: str
    head: str
    one: str
    several: str
    share_of: str
    short: str = "pers."
    unit: str = "habitants"

    def count(self, people: float) -> str:
        """Write a number of them: ``3 410 enfants de moins de 15 ans``."""
        return plural(round(people), self.one, self.several)

    @property
    def of_several(self) -> str:
        """``d’habitants``, ``de ménages sans voiture``."""
        return f"d’{self.several}" if self.several[0] in "aehio" else f"de {self.several}"


WORDS: Final[Mapping[Public, PublicWords]] = {
    Public.EVERYBODY: PublicWords(
        "Toute la population", "Habitants", "habitant", "habitants", "de la population", "hab."
    ),
    Public.UNDER_15: PublicWords(
        "Moins de 15 ans",
        "Moins de 15 ans",
        "enfant de moins de 15 ans",
        "enfants de moins de 15 ans",
        "d’entre eux",
    ),
    Public.FROM_15_TO_29: PublicWords(
        "15 à 29 ans", "15 à 29 ans", "jeune de 15 à 29 ans", "jeunes de 15 à 29 ans", "d’entre eux"
    ),
    Public.FROM_60: PublicWords(
        "60 ans et plus",
        "60 ans et plus",
        "personne de 60 ans ou plus",
        "personnes de 60 ans ou plus",
        "d’entre elles",
    ),
    Public.FROM_75: PublicWords(
        "75 ans et plus",
        "75 ans et plus",
        "personne de 75 ans ou plus",
        "personnes de 75 ans ou plus",
        "d’entre elles",
    ),
    Public.WITHOUT_CAR: PublicWords(
        "Ménages sans voiture",
        "Ménages sans voiture",
        "ménage sans voiture",
        "ménages sans voiture",
        "d’entre eux",
        "mén.",
        "menages",
    ),
    Public.DISTRICTS: PublicWords(
        "Habitants des quartiers prioritaires (QPV)",
        "Habitants des QPV",
        "habitant d’un quartier prioritaire",
        "habitants des quartiers prioritaires",
        "d’entre eux",
        "hab.",
    ),
}
_SPREAD: Final = "dans une commune, ils sont supposés répartis comme l’ensemble des habitants"
_SPREAD_ON_GRID: Final = (
    "dans une commune, ils sont répartis selon les âges comptés dans chaque carreau de 200 m, dont "
    "les tranches ne sont qu’à peu près celles-là"
)
_NOT_ON_GRID: Final = (
    f"{_SPREAD}, car les tranches d’âge des carreaux de 200 m ne disent pas où sont ceux-là"
)
_HOUSEHOLDS_ON_GRID: Final = (
    "dans une commune, ils sont supposés répartis comme l’ensemble des ménages de ses carreaux de "
    "200 m"
)
CROSSING: Final = (
    "Combien de personnes d’un âge donné vivent sans voiture n’est pas connu par commune : les "
    "deux publics se lisent l’un après l’autre, sans se croiser."
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


def public_remarks(
    public: Public, services: Sequence[str], *, on_grid: bool = False, census: str = "2022"
) -> tuple[str, ...]:
    """Return French sentences on what a public counts, and what it does not say.

    Parameters
    ----------
    services
        Identifiers of the services that are asked about.
    on_grid
        Whether a grid says where people live.
    census
        Year of the ages.
    """
    told = [_counted(public, census, on_grid=on_grid)]
    if public in {Public.FROM_60, Public.FROM_75, Public.WITHOUT_CAR}:
        told.append(CROSSING)
    for beginning, sentence in _SCHOOL_AGES.get(public, {}).items():
        if any(service.startswith(beginning) for service in services):
            told.append(sentence)
    return tuple(typeset(sentence) for sentence in told if sentence)


def grid_remarks(public: Public, homes: Homes, beyond: Floats) -> tuple[str, ...]:
    """Return how many of those beyond a threshold the grid does not count where they live.

    Parameters
    ----------
    beyond
        Shape (h,), people of the public beyond it.
    """
    count, words = float(beyond.sum()), WORDS[public]
    if not homes.on_grid or not count:
        return ()
    approached = float(beyond[homes.approached].sum())
    told = (
        f"Carreaux : {format_percent(approached / count, 0)} de ce public au-delà du seuil "
        f"({words.count(approached)}) est dans des carreaux de peu de ménages, dont l’Insee ne "
        "donne que des valeurs approchées."
    )
    return (typeset(told),)


def _counted(public: Public, census: str, *, on_grid: bool) -> str:
    """Say of what year a public is, and how it is spread in a commune."""
    if public in AGED:
        on = _SPREAD_ON_GRID if years_on_grid(public) else _NOT_ON_GRID
        return (
            f"Âges : recensement de {census} (la population totale est de 2023), estimations "
            f"données sans décimale, à lire avec prudence sous {FEW_INHABITANTS} habitants ; "
            f"{on if on_grid else _SPREAD}."
        )
    if public == Public.WITHOUT_CAR:
        return (
            "Sans voiture : ce sont des ménages, non des personnes, recensement de 2022 ; "
            f"{_HOUSEHOLDS_ON_GRID if on_grid else _SPREAD}. Les temps restent ceux d’un trajet en "
            "voiture : sans elle, il est plus long."
        )
    if public == Public.DISTRICTS:
        spread = "répartie comme les habitants de ses carreaux de 200 m"
        evenly = "supposée également répartie dans le contour du quartier"
        return (
            f"Quartiers prioritaires : population de 2020, {spread if on_grid else evenly} ; celle "
            "d’un quartier de plusieurs communes est partagée selon sa surface dans chacune."
        )
    return ""
