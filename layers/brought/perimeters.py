"""The perimeter that a cell names, by its code or by its name, at one level and nothing else."""

from collections.abc import Mapping
from functools import cached_property
from typing import Final, NamedTuple

from geo.names import normalise
from geo.perimeter import Level, Perimeter, PlaceError
from geo.reference.places import Reference
from geo.reference.records import FormerCommune
from layers.brought.districts import District, Districts
from layers.brought.named_commune import NamedCommunes
from layers.brought.roles import Role
from layers.brought.values.cells import parse_code
from layers.model.measures import DISTRICT

LONGEST: Final = 100
SIREN: Final = 9
"""Figures of the number of an EPCI."""

LEVELS: Final[Mapping[Role, str]] = {
    Role.COMMUNE_CODE: Level.COMMUNE,
    Role.COMMUNE: Level.COMMUNE,
    Role.CANTON: Level.CANTON,
    Role.EPCI: Level.EPCI,
    Role.TERRITORY: Level.TERRITORY,
    Role.MDS: Level.MDS,
    Role.DISTRICT: DISTRICT,
}
"""The level that a column of each role names."""
EXPECTED: Final[Mapping[str, str]] = {
    Level.COMMUNE: "une commune du Pas-de-Calais, par son code Insee ou son nom",
    Level.EPCI: "un EPCI du Pas-de-Calais, par son numéro SIREN ou son nom",
    Level.CANTON: "un canton du Pas-de-Calais, par son code ou son nom",
    Level.TERRITORY: "un territoire de la MDADT, par son nom",
    Level.MDS: "un secteur de la MDS, par son nom",
    DISTRICT: "un quartier prioritaire du Pas-de-Calais, par son code ou son nom",
}
RENAMED: Final = "ancien nom"
"""Status of a code of former days that stands for the very commune of today."""


class Named(NamedTuple):
    """What a cell names.

    Parameters
    ----------
    perimeter
        Of today, or a priority district.
    former
        The commune of former days that the cell names and that is a part of it; None elsewhere.
    """

    perimeter: Perimeter | District
    former: FormerCommune | None = None


class NamedPerimeters:
    """Finds perimeters by what cells say; a text that names several names none.

    Parameters
    ----------
    reference
        Places.
    """

    def __init__(self, reference: Reference) -> None:
        self.reference = reference
        self.communes = NamedCommunes(reference)
        self.districts = Districts.of(reference)
        self._known: dict[tuple[str, str], Named | None] = {}

    def find(self, text: str, level: str) -> Named | None:
        """Return what a cell names at a level, None where it names nothing or several."""
        key = text[:LONGEST], level
        if key not in self._known:
            self._known[key] = self._find(*key)
        return self._known[key]

    def name_of(self, place: Perimeter | District) -> str:
        """Return the name of today of what was found."""
        if isinstance(place, District):
            return self.districts.names[place.code][0]
        return self.reference.name_of(place)

    def _find(self, text: str, level: str) -> Named | None:
        bare = text.strip()
        if level == DISTRICT:
            district = self.districts.find(bare)
            return Named(district) if district else None
        return self._find_perimeter(bare, Level(level))

    def _find_perimeter(self, bare: str, level: Level) -> Named | None:
        if level is Level.COMMUNE:
            return self._commune(bare)
        if level is Level.EPCI:
            bare = _siren(bare)
        code = bare.lower() if level in {Level.TERRITORY, Level.MDS} else bare
        asked = Perimeter(level, code)
        if self.reference.exists(asked):
            return Named(asked)
        if level is Level.CANTON and bare.zfill(2).isdecimal():
            numbered = Perimeter(level, f"62{bare.zfill(2)}")
            return Named(numbered) if self.reference.exists(numbered) else None
        found = self.reference.named(bare, level)
        return Named(found[0]) if len(found) == 1 else None

    def _commune(self, text: str) -> Named | None:
        former = self._former_codes.get(text)
        if former is None:
            try:
                code, _ = self.reference.resolve_code(parse_code(text))
            except (ValueError, PlaceError):
                code = self.communes.find(text) or ""
                former = self._former_names.get(normalise(text))
        else:
            code = former.current
        if not code:
            return None
        part = former if former and former.current == code and former.status != RENAMED else None
        return Named(Perimeter(Level.COMMUNE, code), part)

    @cached_property
    def _former_codes(self) -> Mapping[str, FormerCommune]:
        today = self.reference.communes
        return {f.code: f for f in self.reference.former_communes if f.code not in today}

    @cached_property
    def _former_names(self) -> Mapping[str, FormerCommune]:
        official = {normalise(commune.name) for commune in self.reference.communes.values()}
        former = self.reference.former_communes
        return {n: f for f in former if (n := normalise(f.name)) not in official}


def _siren(text: str) -> str:
    """Return the number of an EPCI without spaces and without the decimal of a spreadsheet."""
    figures = "".join(text.split()).removesuffix(".0").removesuffix(",0")
    return figures if len(figures) == SIREN and figures.isdecimal() else text
