"""Who lives in a perimeter and what shops there are, with what the reader must know of it."""

from collections.abc import Iterator
from typing import Final

from geo.perimeter import Level, Perimeter
from layers.catalogue.layers import Catalogue
from layers.french.wording import plural
from layers.indicators.inhabitants import EVERYONE, Facilities, households
from layers.indicators.people import people_indicators
from layers.model.layer import LayerError
from layers.model.taken import year_of
from layers.population.ages import FEW_INHABITANTS, ages_source
from layers.population.cars import CARS_SOURCE, FEW_HOUSEHOLDS
from layers.sheets.key_figures import KeyFigure, figure_beside_peers

CARS_YEAR: Final = year_of(CARS_SOURCE)
PEOPLE: Final = "Habitants, pharmacies et supermarchés"
"""What the figures are about, as a title."""

NOT_ADDED: Final = (
    "Le revenu médian et le taux de pauvreté sont publiés par commune : ceux d’un ensemble ne s’en "
    "calculent pas."
)


def people_figures(catalogue: Catalogue, perimeter: Perimeter) -> tuple[KeyFigure, ...]:
    """Return who lives in a perimeter and what shops there are, where its level has such figures.

    Raises
    ------
    geo.perimeter.UnknownPlaceError
        There is no such perimeter.
    """
    return tuple(
        figure_beside_peers(catalogue, perimeter, one)
        for one in people_indicators(catalogue)
        if perimeter.level in one.levels
    )


def people_notes(catalogue: Catalogue, perimeter: Perimeter) -> tuple[str, ...]:
    """Return the French sentences that stand below these figures; none when a table fails."""
    try:
        return tuple(_sentences(catalogue, perimeter))
    except LayerError:
        return ()


def _sentences(catalogue: Catalogue, perimeter: Perimeter) -> Iterator[str]:
    year = year_of(ages_source(catalogue.data))
    of_both = f"recensement de {CARS_YEAR}"
    if year != CARS_YEAR:
        of_both = f"recensement, de {year} et de {CARS_YEAR}"
    yield (
        f"Âges et voiture : estimations du {of_both}, écrites sans décimale ; la population est "
        "celle de 2023."
    )
    if perimeter.level is Level.COMMUNE:
        yield from _care(catalogue, perimeter.code)
        return
    yield NOT_ADDED
    reference = catalogue.reference
    if reference.population(perimeter) is None:  # a canton of which a part of a town is
        return
    members = reference.members(perimeter)
    pharmacies = catalogue.derive(Facilities("pharmacies"))
    without = [code for code in members if not pharmacies[code]]
    if without:
        people = sum(reference.communes[code].population for code in without)
        yield (
            f"Sans pharmacie : {plural(len(without), 'commune')} sur {len(members)}, où vivent "
            f"{plural(people, 'habitant')}."
        )


def _care(catalogue: Catalogue, code: str) -> Iterator[str]:
    """Yield why the estimates of a small commune are to be read with care."""
    if catalogue.derive(EVERYONE)[code] < FEW_INHABITANTS:
        yield (
            f"Moins de {FEW_INHABITANTS} habitants : ces estimations d’enquête sont à lire avec "
            "prudence."
        )
    homes = int(catalogue.derive(households)[code])
    if homes < FEW_HOUSEHOLDS:
        yield (
            f"{plural(homes, 'ménage')} seulement : la part de ceux qui n’ont pas de voiture ne "
            "dit presque rien."
        )
