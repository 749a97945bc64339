"""Where a draft is on the map: the perimeter of a partner, the commune of an operation."""

import re
from collections.abc import Iterable
from typing import Final

from geo.names import normalise
from geo.perimeter import Level, Perimeter, PlaceError
from geo.reference.places import Reference
from layers.deliberation.draft.model import Operation

_ROAD: Final = re.compile(
    r"\b(?:rue|route|avenue|boulevard|chemin|chaussee|faubourg|quai|porte|pont|canal|impasse)"
    r"(?: nationale| departementale)?(?: vers)?(?: de| du| des| d| l| la| le| les)* $"
)
"""What makes the name of a commune that of a road: « rue d’Arras » may be anywhere."""


def find_partner(name: str, reference: Reference) -> Perimeter | None:
    """Return the EPCI or commune that a partner is, in any spelling; None when it is neither."""
    try:
        if normalise(name).startswith(("communaute", "ca ", "cc ", "cu ")):
            return Perimeter(Level.EPCI, reference.epci(name).code)
        return Perimeter(Level.COMMUNE, reference.commune(name).code)
    except PlaceError:
        return None


def find_communes(
    operation: Operation, contract: Perimeter, reference: Reference
) -> tuple[str, ...]:
    """Return the communes of an operation, the one where it stands first; empty when unsure.

    What a person wrote in ``communes`` wins. Else a contract with a commune says it; else the
    place in words, or the title, must name exactly one commune of the EPCI, otherwise than in the
    name of a road; or the maître d’ouvrage must be one.

    Raises
    ------
    geo.perimeter.PlaceError
        ``communes`` names what is no commune of the département.
    """
    if operation.communes:
        return tuple(reference.commune(text).code for text in operation.communes)
    if contract.level is Level.COMMUNE:
        return (contract.code,)
    members = reference.members(contract)
    for words in (operation.localisation, operation.titre):
        named = _named(words or "", members, reference)
        if named:
            return tuple(named) if len(named) == 1 else ()
    owner = find_partner(operation.maitre_ouvrage or "", reference)
    return (owner.code,) if owner is not None and owner.code in members else ()


def _named(words: str, communes: Iterable[str], reference: Reference) -> set[str]:
    """Return the communes that a text names; of two names over each other, the longer."""
    text = f" {normalise(words)} "
    found = set()
    by_length = sorted(communes, key=lambda code: -len(reference.communes[code].name))
    for code in by_length:
        name = f" {normalise(reference.communes[code].name)} "
        start = text.find(name)
        while start >= 0:
            if not _ROAD.search(text[: start + 1]):
                found.add(code)
            text = f"{text[: start + 1]}·{text[start + len(name) - 1 :]}"
            start = text.find(name)
    return found
