"""Figures that a producer publishes for each commune, or withholds: never added up, never averaged.

The median of several communes is not had from their medians, and a rate of a few communes out of
many is not that of all: such a figure belongs to the commune that it is published for.
"""

from dataclasses import dataclass
from typing import Final

from geo.perimeter import Level, Perimeter
from layers.catalogue.layers import Catalogue
from layers.indicators.contributions import Total
from layers.indicators.states import Reading, State, measured

NOT_HELD: Final = (
    "Publié ici commune par commune : le chiffre d’un ensemble de communes ne se calcule pas des "
    "leurs."
)


@dataclass(frozen=True)
class Published:
    """A figure of single communes.

    Parameters
    ----------
    figures
        By code of commune; absent where the producer withholds it.
    secret
        French sentence that says where and why it does.
    """

    figures: Total
    secret: str

    def reading(self, catalogue: Catalogue, perimeter: Perimeter) -> Reading:
        """Return the figure of a commune, withheld where it is not published."""
        if perimeter.level is not Level.COMMUNE:
            return Reading(State.UNKNOWN, why=NOT_HELD)
        value = catalogue.derive(self.figures).get(perimeter.code)
        return Reading(State.WITHHELD, why=self.secret) if value is None else measured(value)

    def notes(self, catalogue: Catalogue, level: Level) -> tuple[str, ...]:  # noqa: ARG002
        """Return nothing: what is withheld has its own sign."""
        return ()
