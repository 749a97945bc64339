"""What the reference knows of each kind of place; every record is immutable."""

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class TownHall:
    """The town hall of a commune, as the directory of the administration has it.

    Parameters
    ----------
    lon, lat
        Degrees, WGS 84.
    precision
        ``site``: the directory's point; ``commune``: a point inside the commune, because the
        directory has none or one that lies elsewhere.
    address, phone, website, opening_hours
        French text for a person; ``None`` where the directory says nothing.
    """

    lon: float
    lat: float
    precision: Literal["site", "commune"]
    address: str | None
    phone: str | None
    website: str | None
    opening_hours: str | None


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune of today.

    Parameters
    ----------
    code
        INSEE code, COG 2026.
    epci, arrondissement, territory, mds_area
        Codes of the places it belongs to.
    cantons
        Codes; several for the four communes that cantons share.
    population
        Municipal population (inhabitants), census 2023.
    area_km2
        Area of the generalised outline, measured in EPSG:2154.
    """

    code: str
    name: str
    epci: str
    cantons: tuple[str, ...]
    arrondissement: str
    territory: str
    mds_area: str
    population: int
    postcodes: tuple[str, ...]
    area_km2: float
    town_hall: TownHall


@dataclass(frozen=True, slots=True)
class Epci:
    """An intercommunality with at least one commune in the département.

    Parameters
    ----------
    code
        SIREN.
    kind
        ``CA``, ``CC`` or ``CU``.
    other_names
        Official name, abbreviations and other spellings.
    communes, communes_outside
        Codes of its communes in the département, and of those in the next one.
    population, area_km2
        Of the whole intercommunality, both sides of the border.
    population_inside, area_inside_km2
        Of its part in the département.
    """

    code: str
    name: str
    kind: str
    other_names: tuple[str, ...]
    territory: str
    mds_area: str
    communes: tuple[str, ...]
    communes_outside: tuple[str, ...]
    population: int
    population_inside: int
    area_km2: float
    area_inside_km2: float


@dataclass(frozen=True, slots=True)
class Area:
    """A union of intercommunalities, within the département: a territory or an MDS area.

    Parameters
    ----------
    code
        Short name, as ``lens-henin``.
    territory
        The territory it lies in; its own code when it is one.
    population, area_km2
        Of its communes in the département.
    """

    code: str
    name: str
    territory: str
    epcis: tuple[str, ...]
    communes: tuple[str, ...]
    population: int
    area_km2: float


@dataclass(frozen=True, slots=True)
class Canton:
    """A canton; where the communes that cantons share are cut is not known here.

    Parameters
    ----------
    communes
        Codes of all its communes, the shared ones too.
    shared_communes
        Codes of those that belong to it in part.
    population, area_km2
        ``None`` where a part of a shared commune would have to be guessed.
    """

    code: str
    name: str
    communes: tuple[str, ...]
    shared_communes: tuple[str, ...]
    population: int | None
    area_km2: float | None


@dataclass(frozen=True, slots=True)
class FormerCommune:
    """A code or name that is no longer in use.

    Parameters
    ----------
    current
        Code of today's commune.
    since
        Day of the change.
    status
        ``commune déléguée``, ``commune associée``, ``absorbée`` or ``ancien nom``.
    """

    code: str
    name: str
    current: str
    since: date
    status: str


PlaceRecord = Commune | Epci | Area | Canton
"""What is known of a place below the département."""
