"""Names on the map: towns at their town hall, largest first, and what lies around."""

from typing import Any, Final

from app.parts.typography import typeset
from geo.reference.places import Reference

REGIONS: Final[tuple[dict[str, Any], ...]] = (
    {"name": "Manche", "kind": "sea", "places": ((1.3, 50.5), (1.42, 50.42), (1.45, 50.62))},
    {"name": "Pas de Calais", "kind": "sea", "places": ((1.45, 50.98), (1.62, 51.03))},
    {"name": "Mer du Nord", "kind": "sea", "places": ((2.1, 51.13), (2.25, 51.1))},
    {"name": "Nord", "kind": "land", "places": ((3.27, 50.42), (3.08, 50.6), (2.42, 50.83))},
    {"name": "Somme", "kind": "land", "places": ((2.25, 50.03), (1.9, 50.14), (2.6, 49.95))},
    {"name": "Belgique", "kind": "land", "places": ((2.92, 50.93), (2.85, 50.85))},
    {"name": "Angleterre", "kind": "land", "places": ((1.16, 51.12), (1.0, 51.1))},
)
"""Seas and neighbours, with the places where their name may stand, the best first:
[longitude, latitude]."""

DECIMALS: Final = 4


def map_names(reference: Reference) -> dict[str, Any]:
    """Return ``towns``: name, longitude, latitude, inhabitants, largest first; and ``regions``."""
    communes = sorted(reference.communes.values(), key=lambda c: (-c.population, c.code))
    return {
        "towns": [
            [
                typeset(commune.name),
                round(commune.town_hall.lon, DECIMALS),
                round(commune.town_hall.lat, DECIMALS),
                commune.population,
            ]
            for commune in communes
        ],
        "regions": list(REGIONS),
    }
