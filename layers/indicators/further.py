"""Indicators beside the key figures: what the money does, and services by inhabitant."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from layers.catalogue.layers import Catalogue
from layers.colleges import COLLEGES
from layers.communes import POPULATION
from layers.documents.register import OPERATION_ACTS
from layers.facts.acts import VOTES
from layers.fire_stations import CENTRES_INCENDIE
from layers.france_services import FRANCE_SERVICES
from layers.french.wording import enumerate_words
from layers.hospitals import HOPITAUX
from layers.indicators.additive import Summed
from layers.indicators.contributions import (
    Amount,
    Total,
    colleges,
    fit,
    population,
    pupils,
    total_cost,
)
from layers.indicators.counted import CANTON_RULE, KNOWN_HERE, MONEY, PEOPLE, SERVICES
from layers.indicators.coverage import shared_grants
from layers.indicators.definition import Indicator
from layers.model.layer import Layer
from layers.priority_districts import QPV
from layers.stations import GARES

TEN_THOUSAND: Final = 10_000

_COUNTED: Final = (
    (FRANCE_SERVICES, "France services", SERVICES),
    (CENTRES_INCENDIE, "centres d’incendie", SERVICES),
    (GARES, "gares", SERVICES),
    (HOPITAUX, "établissements de santé", SERVICES),
    (QPV, "quartiers prioritaires", PEOPLE),
)
"""Layers of points whose rows are counted, the unit, the heading."""


def _rows_of(layer: Layer) -> Total:
    def count(catalogue: Catalogue) -> Mapping[str, Amount]:
        counts = Counter(catalogue.load(layer.id)["commune_code"])
        return {code: counts[code] for code in catalogue.reference.communes}

    return count


def _count_of(layer: Layer, unit: str, group: str) -> tuple[Indicator, Indicator]:
    """Return how many rows of a layer there are, and how many for ten thousand inhabitants."""
    rows = _rows_of(layer)
    vintage = enumerate_words(dict.fromkeys(source.vintage for source in layer.sources))
    total, rate = layer.id, f"{layer.id}_pour_10000"
    meaning = (
        f"Nombre de lignes de la couche « {layer.title} », dans la commune où elles sont placées. "
        f"{layer.remark} {CANTON_RULE}"
    )
    return (
        Indicator(
            total, layer.title, unit, "total", meaning, layer.sources, vintage, Summed(rows),
            group=group, pair=rate,
        ),
        Indicator(
            rate, f"{layer.title} pour 10 000 habitants", f"{unit} pour 10 000 hab.", "rate",
            f"{meaning} Rapporté à la population municipale.", (*layer.sources, POPULATION),
            f"{vintage}, population de 2023", Summed(rows, population, TEN_THOUSAND), decimals=2,
            group=group, pair=total,
        ),
    )  # fmt: skip


FURTHER_INDICATORS: Final[tuple[Indicator, ...]] = (
    Indicator(
        "cout_par_habitant", "Coût des opérations par habitant", "€/hab.", "rate",
        "Coût total hors taxes des opérations soutenues par le FIT, divisé par la population "
        f"municipale {KNOWN_HERE}. {CANTON_RULE}",
        (OPERATION_ACTS, POPULATION), f"{VOTES}, population de 2023",
        Summed(total_cost, population, shared=shared_grants), decimals=2, group=MONEY,
        pair="cout_total",
    ),
    Indicator(
        "part_fit", "Part du FIT dans le coût", "%", "rate",
        "FIT divisé par le coût total hors taxes des opérations qu’il soutient. Sans opération, "
        f"la part n’a pas de sens. {CANTON_RULE}",
        (OPERATION_ACTS,), VOTES, Summed(fit, total_cost, 100), decimals=1, group=MONEY,
    ),
    Indicator(
        "cout_par_euro", "Coût des opérations pour 1 € de FIT", "€", "rate",
        "Coût total hors taxes des opérations divisé par le FIT : l’effet de levier. Sans "
        f"opération, il n’a pas de sens. {CANTON_RULE}",
        (OPERATION_ACTS,), VOTES, Summed(total_cost, fit), decimals=2, group=MONEY,
    ),
    Indicator(
        "colleges_pour_10000", "Collèges pour 10 000 habitants", "collèges pour 10 000 hab.",
        "rate",
        "Nombre de collèges publics et privés sous contrat, rapporté à la population municipale. "
        f"{CANTON_RULE}",
        (*COLLEGES.sources, POPULATION), "rentrée 2022, population de 2023",
        Summed(colleges, population, TEN_THOUSAND), decimals=2, group=SERVICES, pair="colleges",
    ),
    Indicator(
        "eleves_par_college", "Élèves par collège", "élèves/collège", "rate",
        "Nombre d’élèves divisé par le nombre de collèges. Sans collège, le taux n’a pas de sens. "
        f"{CANTON_RULE}",
        COLLEGES.sources, "rentrée 2022", Summed(pupils, colleges), group=SERVICES, pair="eleves",
    ),
    *(one for layer, unit, group in _COUNTED for one in _count_of(layer, unit, group)),
)  # fmt: skip
