"""Who at the Département answers for a place, as documents name them: services, never persons."""

from collections.abc import Sequence
from dataclasses import dataclass

from geo.perimeter import Level, Perimeter
from geo.reference.places import Reference
from layers.catalogue.layers import Catalogue
from layers.documents.convention import Quotation
from layers.documents.houses import HOUSES, ROLE
from layers.model.layer import LayerError
from layers.operation.fiche import Statement
from layers.operation.statements import adopted
from layers.sheets.contract_ties import ContractTie


@dataclass(frozen=True, slots=True)
class Contact:
    """Who answers for a commune, an EPCI or a territory.

    Parameters
    ----------
    territory
        Name of the territory that the place is in.
    house
        The Maison du Département of the territory, as the report prints it.
    role
        What the report says that the houses are there for.
    named
        For each contract that concerns the place: its partner and period, and the services that
        its deliberation names on the side of the Département; none where it names none.
    """

    territory: str
    house: Quotation
    role: Quotation
    named: tuple[tuple[ContractTie, tuple[Statement, ...]], ...]


def contact(catalogue: Catalogue, place: Perimeter, ties: Sequence[ContractTie]) -> Contact | None:
    """Return who answers for a place, None where it is in no single territory.

    Parameters
    ----------
    ties
        Contrats de territoire that concern it.
    """
    territory = _territory(catalogue.reference, place)
    if territory is None or territory not in HOUSES:
        return None
    name = catalogue.reference.territories[territory].name
    return Contact(name, HOUSES[territory], ROLE, tuple(_named(catalogue, ties)))


def _territory(reference: Reference, place: Perimeter) -> str | None:
    if place.level is Level.TERRITORY:
        return place.code
    if place.level is Level.EPCI:
        return reference.epcis[place.code].territory
    if place.level is Level.COMMUNE:
        return reference.epcis[reference.communes[place.code].epci].territory
    return None


def _named(
    catalogue: Catalogue, ties: Sequence[ContractTie]
) -> list[tuple[ContractTie, tuple[Statement, ...]]]:
    if not ties:
        return []
    try:
        words = adopted(catalogue)
        found = [(tie, words.contract(tie.id, tie.document).departement_services) for tie in ties]
    except LayerError:  # the page of the contract says what is wrong
        return []
    return [(tie, services) for tie, services in found if services]
