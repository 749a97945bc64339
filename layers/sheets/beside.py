"""The neighbours of a place to set beside it."""

from collections import Counter
from typing import Final

from geo.perimeter import Level, Perimeter
from geo.reference.places import Reference

MOST: Final = 2
CHOSEN: Final = {
    Level.EPCI: "les deux EPCI du Pas-de-Calais dont le plus de communes touchent les siennes",
    Level.COMMUNE: "les deux plus peuplées des communes du Pas-de-Calais qui la touchent",
}
"""How the neighbours are chosen, French words."""


def neighbours_beside(reference: Reference, place: Perimeter) -> tuple[Perimeter, ...]:
    """Return at most two neighbours of an EPCI or a commune (:data:`CHOSEN`); none of others."""
    if place.level is Level.COMMUNE:
        near = reference.neighbours_of(place.code)
        largest = sorted(near, key=lambda code: (-reference.communes[code].population, code))
        return tuple(Perimeter(Level.COMMUNE, code) for code in largest[:MOST])
    if place.level is Level.EPCI:
        own = reference.members(place)
        touching = {other for code in own for other in reference.neighbours_of(code)} - set(own)
        count = Counter(reference.communes[code].epci for code in touching)
        ranked = sorted(count, key=lambda code: (-count[code], code))
        return tuple(Perimeter(Level.EPCI, code) for code in ranked[:MOST])
    return ()
