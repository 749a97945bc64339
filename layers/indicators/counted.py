"""The indicators that are counted from the layers, in the order in which people see them."""

from dataclasses import replace
from pathlib import Path
from typing import Final

from geo.perimeter import shorten
from layers.catalogue.layers import Catalogue
from layers.colleges import COLLEGES
from layers.communes import AREAS, POPULATION
from layers.documents.register import OPERATION_ACTS
from layers.facts.acts import VOTES, settle_sources, tell_votes
from layers.indicators.additive import NO_CONTRACT, Summed
from layers.indicators.contributions import (
    area_km2,
    colleges,
    fit,
    operations,
    population,
    pupils,
    total_cost,
)
from layers.indicators.coverage import shared_grants
from layers.indicators.definition import Indicator
from layers.model.layer import LayerError

__all__ = ["INDICATORS", "NO_CONTRACT", "Indicator", "indicator"]


KNOWN_HERE: Final = (
    "des seules communes dont le contrat est connu : là où d’autres ne le sont pas, le taux est "
    "partiel et n’est ni classé ni comparé. Le contrat d’un EPCI est pour tout l’EPCI : le taux "
    "d’une seule de ses communes est sans objet"
)
"""French: what a rate of the money divides by."""
_LOCATION: Final = (
    "Une opération compte dans la commune où elle se trouve, donc dans tous les territoires qui "
    "la contiennent. Sans contrat lu, la valeur est inconnue ; avec un contrat sans opération, "
    "elle est nulle."
)
_BORDER: Final = (
    "La CC Flandre Lys et la CC du Ternois sont comptées pour leur partie dans le Pas-de-Calais."
)
CANTON_RULE: Final = (
    "Un canton qui partage une commune avec d’autres est inconnu dès que cette commune y ajoute "
    "quelque chose."
)

MONEY: Final = "Argent"
PEOPLE: Final = "Habitants"
SERVICES: Final = "Services"

INDICATORS: Final[tuple[Indicator, ...]] = (
    Indicator(
        "fit", "FIT", "€", "total",
        "Subventions du Fonds d’innovation territorial votées pour les opérations du territoire. "
        f"{_LOCATION} {CANTON_RULE}",
        (OPERATION_ACTS,), VOTES, Summed(fit), group=MONEY,
        pair="fit_par_habitant",
    ),
    Indicator(
        "fit_par_habitant", "FIT par habitant", "€/hab.", "rate",
        f"FIT divisé par la population municipale {KNOWN_HERE}. {_LOCATION} {_BORDER} "
        f"{CANTON_RULE}",
        (OPERATION_ACTS, POPULATION), f"{VOTES}, population de 2023",
        Summed(fit, population, shared=shared_grants), decimals=2, group=MONEY, pair="fit",
    ),
    Indicator(
        "cout_total", "Coût total des opérations", "€", "total",
        "Coût total hors taxes des opérations soutenues par le FIT, tel que leur plan de "
        f"financement l’imprime. {_LOCATION} {CANTON_RULE}",
        (OPERATION_ACTS,), VOTES, Summed(total_cost), group=MONEY,
        pair="cout_par_habitant",
    ),
    Indicator(
        "operations", "Opérations FIT", "opérations", "total",
        f"Nombre d’opérations soutenues par le FIT. {_LOCATION} {CANTON_RULE}",
        (OPERATION_ACTS,), VOTES, Summed(operations), group=MONEY,
    ),
    Indicator(
        "population", "Population", "habitants", "total",
        f"Population municipale. {_BORDER} {CANTON_RULE}",
        (POPULATION,), "recensement de 2023", Summed(population), group=PEOPLE, pair="densite",
    ),
    Indicator(
        "densite", "Densité", "hab./km²", "rate",
        "Population municipale divisée par la superficie du contour généralisé. "
        f"{_BORDER} {CANTON_RULE}",
        (POPULATION, AREAS), "recensement de 2023", Summed(population, area_km2), group=PEOPLE,
        pair="population",
    ),
    Indicator(
        "colleges", "Collèges", "collèges", "total",
        "Nombre de collèges publics et privés sous contrat, dans la commune où ils se trouvent. "
        f"{CANTON_RULE}",
        COLLEGES.sources, "rentrée 2022", Summed(colleges), group=SERVICES,
        pair="colleges_pour_10000",
    ),
    Indicator(
        "eleves", "Élèves de collège", "élèves", "total",
        "Nombre d’élèves des collèges qui se trouvent dans le territoire, où qu’ils habitent. "
        f"{CANTON_RULE}",
        COLLEGES.sources, "rentrée 2022", Summed(pupils), group=SERVICES, pair="eleves_par_college",
    ),
)  # fmt: skip
"""In the order in which people see them; what is voted does not name its acts yet."""


def key_indicators(catalogue: Catalogue) -> tuple[Indicator, ...]:
    """Return the indicators that the key figures hold, citing the acts of a catalogue's rows."""
    return catalogue.derive(_settle_all)


def settle_indicator(one: Indicator, data: Path) -> Indicator:
    """Return an indicator that cites the acts that its terms were voted by, and their days."""
    return replace(
        one, sources=settle_sources(one.sources, data), vintage=tell_votes(one.vintage, data)
    )


def _settle_all(catalogue: Catalogue) -> tuple[Indicator, ...]:
    return tuple(settle_indicator(one, catalogue.data) for one in INDICATORS)


def indicator(indicator_id: str) -> Indicator:
    """Return an indicator that the key figures hold by its identifier.

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
