"""Contracts as a perimeter sees them: its own, one it lies in, those it holds or meets."""

from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any, Final

from geo.perimeter import Perimeter
from layers.catalogue.layers import Catalogue

Codes = frozenset[str]


class Relation(StrEnum):
    """How a perimeter stands to a contract."""

    OWN = "own"
    """It is the partner's perimeter."""
    INSIDE = "inside"
    """It lies in the partner's perimeter."""
    HOLDS = "holds"
    """The partner's perimeter lies in it."""
    MEETS = "meets"
    """The two overlap."""


@dataclass(frozen=True, slots=True)
class ContractTie:
    """A contract and how a perimeter stands to it.

    Parameters
    ----------
    perimeter
        Perimeter of the partner.
    partner
        Partner as the document writes it.
    period
        First and last year, as ``2023-2026``.
    vote_date
        ISO day of the vote by the Conseil départemental; the day of the signature is not known.
    document, line
        Where it is said.
    """

    id: str
    relation: Relation
    perimeter: Perimeter
    partner: str
    period: str
    axes: tuple[str, ...]
    vote_date: str
    deliberation: str
    document: str
    line: int
    remark: str

    @property
    def covers(self) -> bool:
        """Whether the whole of the place is in it: its own contract, or one around it."""
        return self.relation in {Relation.OWN, Relation.INSIDE}


def contract_ties(
    catalogue: Catalogue, layer_id: str, perimeter: Perimeter
) -> tuple[ContractTie, ...]:
    """Return the contracts of a layer that concern a perimeter, its own first.

    A contrat de ville concerns the communes that a quartier prioritaire touches, no others.

    Raises
    ------
    LayerError
        The layer cannot be loaded.
    geo.perimeter.UnknownPlaceError
        There is no such perimeter.
    """
    members = frozenset(catalogue.reference.members(perimeter))
    found = []
    for row, partner, around, concerned in catalogue.derive(_READ[layer_id]):
        relation = _relation(perimeter, members, partner, around)
        if relation is not Relation.OWN and members.isdisjoint(concerned):
            continue
        if relation is not None:
            found.append(
                ContractTie(
                    id=row.id,
                    relation=relation,
                    perimeter=partner,
                    partner=row.partner,
                    period=f"{row.start_year}-{row.end_year}",
                    axes=row.axes,
                    vote_date=row.vote_date,
                    deliberation=row.deliberation,
                    document=row.document,
                    line=row.line,
                    remark=row.remark if isinstance(row.remark, str) else "",
                )
            )
    return tuple(sorted(found, key=lambda tie: list(Relation).index(tie.relation)))


def _read(layer_id: str, catalogue: Catalogue) -> list[tuple[Any, Perimeter, Codes, Codes]]:
    """Return the rows of a layer, each with its partner and the communes around and concerned."""
    found = []
    for row in catalogue.load(layer_id).itertuples():
        partner = Perimeter.parse(row.perimeter)
        around = frozenset(catalogue.reference.members(partner))
        found.append((row, partner, around, frozenset(getattr(row, "commune_codes", around))))
    return found


_READ: Final = {layer_id: partial(_read, layer_id) for layer_id in ("contrats", "contrats_ville")}


def _relation(
    perimeter: Perimeter,
    members: frozenset[str],
    partner: Perimeter,
    partner_members: frozenset[str],
) -> Relation | None:
    if perimeter == partner:
        return Relation.OWN
    if members.isdisjoint(partner_members):
        return None
    if partner_members <= members:
        return Relation.HOLDS
    return Relation.INSIDE if members < partner_members else Relation.MEETS
