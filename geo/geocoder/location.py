"""Locate: the point of a place, as exact as the gazetteer knows it and no more."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from geo.geocoder.addresses.finding import Found, find_address
from geo.geocoder.evidence import Candidate
from geo.geocoder.gazetteer import Gazetteer
from geo.geocoder.streets import WAYS, Street, parts_of, read_street
from geo.geocoder.text import Gap, Words
from geo.geocoder.toponyms import Site
from geo.names import normalise
from geo.perimeter import Level, Perimeter
from geo.precision import Precision
from geo.reference.places import Reference
from geo.reference.records import Commune

REFERENCE: Final = "référence des communes"
BAN: Final = "Base Adresse Nationale (IGN, DINUM)"
TOWN_HALL: Final = ("mairie", "hotel de ville")
SQUARES: Final = frozenset(("place", "pl", "parvis", "esplanade"))
"""Ways that lie at what they are called by: « place de la Gare »."""


@dataclass(frozen=True, slots=True)
class Location:
    """A point and what is there.

    Parameters
    ----------
    lon, lat
        Degrees, WGS 84.
    label
        French name of what is there.
    remark
        French sentence, empty when the point is what the text names.
    """

    lon: float
    lat: float
    precision: Precision
    label: str
    source: str
    remark: str = ""


def locate(candidate: Candidate, words: Words, gazetteer: Gazetteer) -> Location:
    """Return the sharpest point for a commune: a site named, an address known, the town hall."""
    commune = candidate.target
    assert isinstance(commune, Commune)  # noqa: S101 - areas and places outside have no point here
    named = None if candidate.site is None else candidate.site.entry.target
    if isinstance(named, Site) and named.precision is not Precision.COMMUNE:
        return _at_site(named, commune)
    sites = gazetteer.exact_sites(commune)
    span = (0, 0) if candidate.mention is None else candidate.mention.span
    parts = [part for part in parts_of(words, *span) if part]
    wanted = [street for part in parts if (street := read_street(part)) is not None]
    at_sites = list(_at_addresses(wanted, gazetteer.known_streets(commune))) if wanted else []
    found = find_address(words, parts, commune, gazetteer.addresses, gazetteer.usual_words)
    known = _sharpest(at_sites, found)
    if known is not None and known.precision is not Precision.DISTRICT:
        return known
    if isinstance(named, Site):  # known to the commune only: no site of another name stands for it
        return _at_site(named, commune)
    only = _only_of_its_kind(words, sites)
    if only is not None:
        return _at_site(only, commune)
    if known is not None:
        return known
    hall = _at_town_hall(commune)
    return replace(hall, remark=f"{found.remark} {hall.remark}".strip()) if found else hall


def _sharpest(at_sites: Sequence[Location], found: Found | None) -> Location | None:
    """Return the best of the points of sites and of what the national base knows."""
    first = at_sites[0] if at_sites else None
    if first is not None and first.precision is Precision.ADDRESS:
        return first
    if found is None or found.lon is None or found.lat is None:
        return first
    return Location(found.lon, found.lat, found.precision, found.label, BAN, found.remark)


def _only_of_its_kind(words: Words, sites: Sequence[Site]) -> Site | None:
    said = words.between(0, len(words.words))
    every = {kind for site in sites for kind in _kinds(site)}
    kinds = {kind for kind in every if kind in said and _names_kind(words, kind)}
    if not kinds:
        return None
    of_kind = [site for site in sites if kinds.intersection(_kinds(site))]
    return of_kind[0] if len(of_kind) == 1 else None


def locate_area(area: Perimeter, reference: Reference) -> Location:
    """Return the town hall of the largest commune of an area, and say so."""
    if area.level is Level.COMMUNE:
        return _at_town_hall(reference.communes[area.code])
    largest = max((reference.communes[c] for c in reference.members(area)), key=_population)
    hall = largest.town_hall
    return Location(
        hall.lon,
        hall.lat,
        Precision.EPCI,
        reference.name_of(area),
        REFERENCE,
        f"Plusieurs communes : point placé à la plus peuplée, {largest.name}.",
    )


def _population(commune: Commune) -> int:
    return commune.population


def _at_site(site: Site, commune: Commune) -> Location:
    remark = ""
    if site.precision is Precision.COMMUNE:
        remark = f"{site.name} : position connue à la commune près."
    elif site.commune_code != commune.code:
        remark = f"{site.name} : le point est dans une autre commune."
    return Location(site.lon, site.lat, site.precision, site.name, site.source, remark)


def _at_addresses(
    streets: list[Street], known: Sequence[tuple[Street, Site]]
) -> Iterator[Location]:
    """Yield the point of a site at the same number, then of one in the same street."""
    for wanted in streets:
        for street, site in known:
            if street == wanted and wanted.number:
                yield Location(
                    site.lon,
                    site.lat,
                    Precision.ADDRESS,
                    site.address or "",
                    site.source,
                    f"Adresse connue : {site.name}.",
                )
    for wanted in streets:
        for street, site in known:
            if street.name == wanted.name:
                yield Location(
                    site.lon,
                    site.lat,
                    Precision.STREET,
                    site.name,
                    site.source,
                    f"Rue connue par une autre adresse : {site.name}.",
                )


def _kinds(site: Site) -> tuple[str, ...]:
    return TOWN_HALL if site.kind == TOWN_HALL[0] else (normalise(site.kind),)


def _names_kind(words: Words, kind: str) -> bool:
    """Tell whether a text names a kind of site, and not only a street called by it."""
    size = len(kind.split())
    for start in range(len(words.words) - size + 1):
        if words.between(start, start + size) == kind:
            way = _way_before(words, start)
            if way is None or way in SQUARES:
                return True
    return False


def _way_before(words: Words, start: int) -> str | None:
    for position in range(start - 1, -1, -1):
        if words.gaps[position + 1] is not Gap.NONE:
            return None
        if words.words[position] in WAYS:
            return words.words[position]
    return None


def _at_town_hall(commune: Commune) -> Location:
    hall = commune.town_hall
    unknown = "Mairie sans position connue : placé en un point de la commune."
    remark = "" if hall.precision == "site" else unknown
    return Location(hall.lon, hall.lat, Precision.COMMUNE, commune.name, REFERENCE, remark)
