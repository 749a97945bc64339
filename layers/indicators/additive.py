"""Indicators that are added up over the communes of a perimeter."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from geo.perimeter import Level, Perimeter
from geo.reference.places import Reference
from layers.areas import MDS_REMARK
from layers.catalogue.layers import Catalogue
from layers.french.wording import enumerate_words
from layers.indicators.contributions import Amount, Total
from layers.indicators.coverage import coverage_over
from layers.indicators.definition import divide
from layers.indicators.states import Reading, State, measured

NO_CONTRACT: Final = (
    "Aucun contrat de territoire n’est connu ici : la valeur est inconnue, elle n’est pas nulle."
)
NOTHING_BELOW: Final = "Il n’y a rien à quoi rapporter la valeur ici : le taux n’a pas de sens."


SHARED: Final = (
    "Sans objet : le contrat est celui de tout un EPCI. Rapporté aux seuls habitants d’une de ses "
    "parties, ce qu’il apporte n’a pas de sens."
)


@dataclass(frozen=True)
class Summed:
    """A total over communes, or the rate of two.

    Only the communes that both terms know are added: a rate never divides what is known of some by
    the inhabitants of all. Where that leaves communes out, the value is partial.

    Parameters
    ----------
    above
        What is added up.
    below
        What it is divided by; None for a total.
    per
        For how many of ``below`` the rate is told.
    shared
        The partner that a commune shares what is above the bar with; the rate has no sense where
        that partner is cut. None where nothing is shared.
    """

    above: Total
    below: Total | None = None
    per: int = 1
    shared: Callable[[Catalogue], Mapping[str, Perimeter]] | None = None

    def reading(self, catalogue: Catalogue, perimeter: Perimeter) -> Reading:
        """Return the total or the rate of a perimeter, with what is known of it."""
        reference = catalogue.reference
        tables = self._tables(catalogue)
        torn = [
            code for code in _torn(perimeter, reference) if any(table.get(code) for table in tables)
        ]
        if torn:
            names = enumerate_words(reference.communes[code].name for code in torn)
            return Reading(
                State.UNKNOWN,
                why=f"Le canton partage {names} avec d’autres : la part de chacun n’est pas "
                "connue.",
            )
        return self.over(catalogue, reference.members(perimeter))

    def over(self, catalogue: Catalogue, communes: Sequence[str]) -> Reading:
        """Return the total or the rate of several communes together."""
        tables = self._tables(catalogue)
        known = [code for code in communes if all(code in table for table in tables)]
        if not known:
            return Reading(State.UNKNOWN, why=NO_CONTRACT)
        if self._cuts(catalogue, known, frozenset(communes)):
            return Reading(State.WITHOUT_OBJECT, why=SHARED)
        amount = self._amount(tables, known)
        if len(known) < len(communes):
            why = f"Valeur partielle, {coverage_over(catalogue, communes).say()}."
            if amount is None:
                return Reading(State.UNKNOWN, why=NOTHING_BELOW)
            return Reading(State.PARTIAL, part=amount, why=why)
        if amount is None:
            return Reading(State.WITHOUT_OBJECT, why=NOTHING_BELOW)
        return measured(amount)

    def notes(self, catalogue: Catalogue, level: Level) -> tuple[str, ...]:  # noqa: ARG002
        """Return nothing: every value is counted in the same way; but areas of MDS are a guess."""
        return (MDS_REMARK,) if level is Level.MDS else ()

    def _tables(self, catalogue: Catalogue) -> tuple[Mapping[str, Amount], ...]:
        terms = (self.above,) if self.below is None else (self.above, self.below)
        return tuple(catalogue.derive(term) for term in terms)

    def _amount(
        self, tables: tuple[Mapping[str, Amount], ...], known: Iterable[str]
    ) -> Amount | None:
        sums: list[Amount] = [sum(table[code] for code in known) for table in tables]
        return sums[0] if self.below is None else divide(sums[0], sums[1], self.per)

    def _cuts(self, catalogue: Catalogue, known: Iterable[str], communes: frozenset[str]) -> bool:
        """Tell whether a part only of the communes of a partner is there."""
        if self.shared is None:
            return False
        partners = catalogue.derive(self.shared)
        met = {partners[code] for code in known if code in partners}
        return any(not communes.issuperset(catalogue.reference.members(one)) for one in met)


def _torn(perimeter: Perimeter, reference: Reference) -> tuple[str, ...]:
    if perimeter.level is not Level.CANTON:
        return ()
    return reference.cantons[perimeter.code].shared_communes
