"""The gazetteer: every toponym in and around the département, found by its bare spelling."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, Self

from rapidfuzz.distance import OSA

from geo.geocoder.toponyms import Entry, Origin, Outside, Site, bare
from geo.names import normalise
from geo.perimeter import DEPARTEMENT, DEPARTEMENT_NAME, Level
from geo.reference.index import split_level
from geo.reference.places import Reference
from geo.reference.records import Commune
from geo.tables import Column, Row, Table

FRANCE: Final = "France"
"""Where a commune is whose département has no name here."""

FIGURES: Final = 2
"""Signs of the code of a département of Europe; a name overseas is also that of communes here."""

DEPARTEMENTS: Final = Table(
    "gazetteer/departements.csv",
    (Column("code", "Code du département."), Column("name", "Son nom.")),
)
MOST_CODES: Final = 4_096
"""Wrong postcodes that are remembered."""

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
POSTCODES: Final = Table("gazetteer/postcodes.csv", (Column("code", "Code postal de France."),))
USUAL_WORDS: Final = Table(
    "gazetteer/usual_words.csv",
    (Column("word", "Mot ou nom de personne usuel, sans accent ni s final."),),
)


class Gazetteer:
    """All entries, found by their bare spelling.

    Parameters
    ----------
    reference
        Places of the département.
    entries
        In any order.
    sites
        Named places inside communes.
    departements
        Names of the other départements by code.
    usual_words
        Words of French, as names are looked up, that look like a name and mostly are none.
    postcodes
        Those of all France: any other five figures are damaged, or of a post office for firms.
    """

    def __init__(
        self,
        reference: Reference,
        entries: Iterable[Entry],
        sites: Iterable[Site],
        departements: Mapping[str, str],
        usual_words: Iterable[str] = (),
        postcodes: Iterable[str] = (),
    ) -> None:
        self.reference = reference
        self.departements = departements
        self.usual_words = frozenset(usual_words)
        self._near: dict[str, tuple[Commune, ...]] = {}
        self.departement_codes = {
            normalise(name): code for code, name in departements.items() if len(code) == FIGURES
        }
        self.sites: Mapping[str, tuple[Site, ...]] = _by_commune(sites)
        self.entries: Mapping[str, tuple[Entry, ...]] = _by_bare_spelling(entries)
        self.longest = _longest_from_first_word(self.entries)
        self.by_postcode = _by_postcode(reference.communes.values())
        self.by_insee_code: Mapping[str, Commune] = {
            **{
                former.code: reference.communes[former.current]
                for former in reference.former_communes
            },
            **reference.communes,
        }
        self.postcodes = frozenset((*self.by_postcode, *postcodes))

    def near_postcodes(self, code: str) -> tuple[Commune, ...]:
        """Return the communes of a postcode; of those one figure away where there is none such."""
        if code in self.by_postcode:
            return self.by_postcode[code]
        if code not in self._near:
            near = [p for p in self.by_postcode if OSA.distance(p, code, score_cutoff=1) <= 1]
            found = tuple(commune for postcode in near for commune in self.by_postcode[postcode])
            if len(self._near) >= MOST_CODES:
                self._near.clear()
            self._near[code] = found
        return self._near[code]

    @classmethod
    def load(cls, reference: Reference, folder: Path, sites: Iterable[Site] = ()) -> Self:
        """Make the gazetteer from the reference, ``data/gazetteer`` and named sites.

        Raises
        ------
        geo.tables.DamagedReferenceError
            A table is missing or damaged; says the file, the line, what was found and expected.
        """
        departements = {row.text("code"): row.text("name") for row in DEPARTEMENTS.read(folder)}
        known = tuple(sites)
        entries = [
            *_communes(reference),
            *_localities(reference, folder),
            *_areas(reference),
            *_outside(folder, departements),
            *_abroad(folder),
            *_sites(known),
        ]
        usual = (row.text("word") for row in USUAL_WORDS.read(folder))
        postcodes = (row.text("code") for row in POSTCODES.read(folder))
        return cls(reference, entries, known, departements, usual, postcodes)


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


def _by_commune(sites: Iterable[Site]) -> dict[str, tuple[Site, ...]]:
    groups: defaultdict[str, list[Site]] = defaultdict(list)
    for site in sites:
        groups[site.commune_code].append(site)
    return {code: tuple(group) for code, group in groups.items()}


def _by_bare_spelling(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    groups: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.spelling:
            groups[bare(entry.spelling)].append(entry)
    return {key: tuple(group) for key, group in groups.items()}


def _longest_from_first_word(keys: Iterable[str]) -> dict[str, int]:
    """Return, for each word that begins a key, how many words the longest such key has."""
    longest: defaultdict[str, int] = defaultdict(int)
    for key in keys:
        words = key.split()
        longest[words[0]] = max(longest[words[0]], len(words))
    return dict(longest)


def _by_postcode(communes: Iterable[Commune]) -> dict[str, tuple[Commune, ...]]:
    groups: defaultdict[str, list[Commune]] = defaultdict(list)
    for commune in communes:
        for postcode in commune.postcodes:
            groups[postcode].append(commune)
    return {postcode: tuple(group) for postcode, group in groups.items()}
