"""Coverage: of which territories of a perimeter the contract was read, over how many inhabitants.

A territory is here what could have a contrat de territoire: each EPCI, and each commune that is
known to have one of its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from geo.perimeter import Level, Perimeter
from geo.reference.places import Reference
from layers.catalogue.layers import Catalogue
from layers.french.wording import format_number, plural
from layers.indicators.contributions import contract_communes

KNOWN_ONLY: Final = "territoires dont le contrat est connu"


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a perimeter lies in a contract that was read.

    Parameters
    ----------
    known, territories
        Territories whose contract was read, and all of them.
    communes, members
        Communes that lie in a contract that was read, and all of them.
    inhabitants, population
        Of these communes, and of all.
    cuts
        Whether the perimeter holds no EPCI whole, or one alone: its communes are then told.
    """

    known: int
    territories: int
    communes: int
    members: int
    inhabitants: int
    population: int
    cuts: bool

    @property
    def whole(self) -> bool:
        """Whether the contract of every commune was read."""
        return self.communes == self.members

    @property
    def partial(self) -> bool:
        """Whether some communes lie in a contract that was read and others do not."""
        return 0 < self.communes < self.members

    @property
    def brief(self) -> str:
        """Of how many how many are known: ``6 territoires sur 22``, ``2 communes sur 53``."""
        if self.cuts:
            return f"{plural(self.communes, 'commune')} sur {self.members}"
        return f"{plural(self.known, 'territoire')} sur {self.territories}"

    def say(self) -> str:
        """Say what was read: ``territoires dont le contrat est connu : 6 sur 22, …``."""
        people = f"{format_number(self.inhabitants)} habitants sur {format_number(self.population)}"
        if self.cuts:
            return f"contrat connu pour {self.brief}, {people}"
        return f"{KNOWN_ONLY} : {self.known} sur {self.territories}, {people}"


def coverage_of(catalogue: Catalogue, perimeter: Perimeter) -> Coverage:
    """Return how much of a perimeter lies in contracts that were read.

    Raises
    ------
    layers.model.layer.LayerError
        The contracts cannot be read.
    geo.perimeter.UnknownPlaceError
        There is no such perimeter.
    """
    return coverage_over(catalogue, catalogue.reference.members(perimeter))


def coverage_over(catalogue: Catalogue, codes: Iterable[str]) -> Coverage:
    """Return how much of several communes lies in contracts that were read."""
    reference, members = catalogue.reference, frozenset(codes)
    read = catalogue.derive(contract_communes) & members
    partners = [Perimeter.parse(text) for text in catalogue.load("contrats")["perimeter"]]
    inside = {one for one in partners if members & frozenset(reference.members(one))}
    epcis = {reference.communes[code].epci for code in members}
    towns = {one for one in inside if one.level is Level.COMMUNE}
    return Coverage(
        known=len(inside),
        territories=len(epcis) + len(towns),
        communes=len(read),
        members=len(members),
        inhabitants=_people(reference, read),
        population=_people(reference, members),
        cuts=len(epcis) == 1
        or any(not members.issuperset(reference.epcis[one].communes) for one in epcis),
    )


def shared_grants(catalogue: Catalogue) -> Mapping[str, Perimeter]:
    """Return the partner of each commune whose contract is that of several communes together.

    What such a contract grants is for all of them: it cannot be told by inhabitant of one.
    """
    found: dict[str, Perimeter] = {}
    for text in catalogue.load("contrats")["perimeter"]:
        partner = Perimeter.parse(text)
        if partner.level is Level.EPCI:
            found |= dict.fromkeys(catalogue.reference.members(partner), partner)
    return found


def _people(reference: Reference, codes: Iterable[str]) -> int:
    return sum(reference.communes[code].population for code in codes)
