"""What the levels of perimeters are called, and which are drawn."""

from typing import Final

from geo.perimeter import Level

LEVEL_NAMES: Final = {
    Level.DEPARTEMENT: "Département",
    Level.TERRITORY: "Territoire",
    Level.MDS: "Secteur MDS",
    Level.EPCI: "EPCI",
    Level.CANTON: "Canton",
    Level.COMMUNE: "Commune",
}

LEVEL_PLURALS: Final = {
    Level.DEPARTEMENT: "départements",
    Level.TERRITORY: "territoires",
    Level.MDS: "secteurs MDS",
    Level.EPCI: "EPCI",
    Level.CANTON: "cantons",
    Level.COMMUNE: "communes",
}

MAPPED_LEVELS: Final = tuple(level for level in Level if level != Level.DEPARTEMENT)


def low(text: str) -> str:
    """Return a name as it stands inside a sentence: ``Secteur MDS`` becomes ``secteur MDS``."""
    return text if text.isupper() else text[0].lower() + text[1:]
