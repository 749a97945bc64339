"""Spellings: every way to write a place that the tables give, as entries of the gazetteer."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from geo.geocoder.toponyms import Entry, Origin, Outside, Site, bare
from geo.names import normalise
from geo.perimeter import DEPARTEMENT, DEPARTEMENT_NAME, Level
from geo.reference.index import split_level
from geo.reference.places import Reference
from geo.tables import Column, Row, Table

FRANCE: Final = "France"
"""Where a commune is whose département has no name here."""

LOCALITIES: Final = Table(
    "gazetteer/localities.csv",
    (
        Column("commune", "Code Insee de la commune."),
        Column("name", "Nom d’un lieu de la commune."),
        Column("source", "D’où vient le nom."),
    ),
)
OUTSIDE_COMMUNES: Final = Table(
    "gazetteer/outside_communes.csv",
    (
        Column("code", "Code Insee, hors du Pas-de-Calais."),
        Column("name", "Nom de la commune."),
        Column("departement", "Code de son département."),
        Column("population", "Habitants.", "count", optional=True),
        Column("postcodes", "Codes postaux.", "codes"),
    ),
)
ABROAD: Final = Table(
    "gazetteer/abroad.csv",
    (Column("name", "Nom d’un lieu hors de France."), Column("country", "Son pays.")),
)


def read_entries(
    reference: Reference, folder: Path, departements: Mapping[str, str], sites: Iterable[Site]
) -> list[Entry]:
    """Return the entries of the reference, of the tables of ``data/gazetteer`` and of sites.

    Parameters
    ----------
    departements
        Names of the other départements by code.

    Raises
    ------
    geo.tables.DamagedReferenceError
        A table is missing or damaged.
    """
    return [
        *_communes(reference),
        *_localities(reference, folder),
        *_areas(reference),
        *_outside(folder, departements),
        *_abroad(folder),
        *_sites(sites),
    ]


def _communes(reference: Reference) -> Iterator[Entry]:
    for commune in reference.communes.values():
        yield Entry(normalise(commune.name), Origin.NAME, commune)
        for name in reference.other_names.get(commune.code, ()):
            yield Entry(normalise(name), Origin.COMMON, commune)
    for former in reference.former_communes:
        yield Entry(normalise(former.name), Origin.FORMER, reference.communes[former.current])


def _localities(reference: Reference, folder: Path) -> Iterator[Entry]:
    for row in LOCALITIES.read(folder, "commune", "name"):
        commune = reference.commune(row.text("commune"))
        yield Entry(normalise(row.text("name")), Origin.LOCALITY, commune)


def _areas(reference: Reference) -> Iterator[Entry]:
    yield Entry(normalise(DEPARTEMENT_NAME), Origin.AREA, DEPARTEMENT)
    taken = {bare(normalise(c.name)) for c in reference.communes.values()}
    taken |= {bare(normalise(t.name)) for t in reference.territories.values()}
    for level in (Level.EPCI, Level.TERRITORY, Level.MDS, Level.CANTON):
        for perimeter in reference.perimeters(level):
            names = [reference.name_of(perimeter)]
            if level is Level.EPCI:
                names += reference.epcis[perimeter.code].other_names
            for spelling in dict.fromkeys(split_level(normalise(name))[1] for name in names):
                shared = level in {Level.CANTON, Level.MDS} or (
                    level is Level.EPCI and bare(spelling) in taken
                )
                yield Entry(spelling, Origin.AREA, perimeter, needs_level=shared)


def _outside(folder: Path, departements: Mapping[str, str]) -> Iterator[Entry]:
    for row in OUTSIDE_COMMUNES.read(folder):
        code = row.text("departement")
        yield _entry_outside(row, departements.get(code, FRANCE), code)


def _abroad(folder: Path) -> Iterator[Entry]:
    for row in ABROAD.read(folder):
        yield _entry_outside(row, row.text("country"), "")


def _entry_outside(row: Row, where: str, departement: str) -> Entry:
    name = row.text("name")
    place = Outside(
        code=row.optional("code") or "",
        name=name,
        where=where,
        departement=departement,
        population=row.count("population") if row.optional("population") else 0,
        postcodes=row.codes("postcodes"),
    )
    return Entry(normalise(name), Origin.OUTSIDE, place)


def _sites(sites: Iterable[Site]) -> Iterator[Entry]:
    for site in sites:
        for name in dict.fromkeys((site.name, *site.other_names)):
            yield Entry(normalise(name), Origin.SITE, site)
