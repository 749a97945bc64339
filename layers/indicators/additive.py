"""Indicators that are added up over the communes of a perimeter."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from geo.perimeter import Level, Perimeter
from geo.reference.places import Reference
from layers.catalogue.layers import Catalogue
from layers.french.wording import enumerate_words
from layers.indicators.contributions import Amount, Total
from layers.indicators.definition import divide

NO_CONTRACT: Final = (
    "Aucun contrat de territoire n’a été lu ici dans les documents tenus : "
    "la valeur est inconnue, elle n’est pas nulle."
)
NOTHING_BELOW: Final = "Il n’y a rien à quoi rapporter la valeur ici : le taux n’a pas de sens."


@dataclass(frozen=True)
class Summed:
    """A total over communes, or the rate of two.

    Parameters
    ----------
    above
        What is added up.
    below
        What it is divided by; None for a total.
    per
        For how many of ``below`` the rate is told.
    """

    above: Total
    below: Total | None = None
    per: int = 1

    def exact(self, catalogue: Catalogue, perimeter: Perimeter) -> Amount | None:
        """Return the total or the rate, None when a term is unknown."""
        above = _sum(catalogue, self.above, perimeter)
        if self.below is None:
            return above
        return divide(above, _sum(catalogue, self.below, perimeter), self.per)

    def over(self, catalogue: Catalogue, communes: Sequence[str]) -> Amount | None:
        """Return the total or the rate of several communes together, None when it is unknown."""
        above = _add(catalogue.derive(self.above), communes)
        if self.below is None:
            return above
        return divide(above, _add(catalogue.derive(self.below), communes), self.per)

    def reason(self, catalogue: Catalogue, perimeter: Perimeter) -> str:
        """Return the French sentence that says why a value is unknown."""
        reference = catalogue.reference
        parts = (self.above,) if self.below is None else (self.above, self.below)
        tables = [catalogue.derive(part) for part in parts]
        torn = [
            code
            for code in _shared(perimeter, reference)
            if any(table.get(code) for table in tables)
        ]
        if torn:
            names = enumerate_words(reference.communes[code].name for code in torn)
            return f"Le canton partage {names} avec d’autres : la part de chacun n’est pas connue."
        known = _sum(catalogue, self.above, perimeter) is not None
        return NOTHING_BELOW if known else NO_CONTRACT

    def notes(self, catalogue: Catalogue, level: Level) -> tuple[str, ...]:  # noqa: ARG002
        """Return nothing: every value is counted in the same way."""
        return ()


def _sum(catalogue: Catalogue, part: Total, perimeter: Perimeter) -> Amount | None:
    """Add what is known; None when nothing is, or when a shared commune would have to be split."""
    table: Mapping[str, Amount] = catalogue.derive(part)
    reference = catalogue.reference
    if any(table.get(code) for code in _shared(perimeter, reference)):
        return None
    return _add(table, reference.members(perimeter))


def _add(table: Mapping[str, Amount], communes: Iterable[str]) -> Amount | None:
    known = [table[code] for code in communes if code in table]
    return sum(known) if known else None


def _shared(perimeter: Perimeter, reference: Reference) -> tuple[str, ...]:
    if perimeter.level is not Level.CANTON:
        return ()
    return reference.cantons[perimeter.code].shared_communes
