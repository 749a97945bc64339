"""The gazetteer: every toponym in and around the département, found by its bare spelling."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Final, Self, TypeVar

from rapidfuzz.distance import OSA

from geo.geocoder.addresses.index import Addresses
from geo.geocoder.spellings import read_entries
from geo.geocoder.streets import Street, read_street
from geo.geocoder.toponyms import Entry, Site, bare
from geo.names import normalise, of_place
from geo.precision import Precision
from geo.reference.places import Reference
from geo.reference.records import Commune
from geo.tables import Column, Table

DIRECTORY: Final = "annuaire de l’administration"

FIGURES: Final = 2
"""Signs of the code of a département of Europe; some names overseas are those of communes too."""

DEPARTEMENTS: Final = Table(
    "gazetteer/departements.csv",
    (Column("code", "Code du département."), Column("name", "Son nom.")),
)
MOST_CODES: Final = 4_096
"""Wrong postcodes that are remembered."""

POSTCODES: Final = Table("gazetteer/postcodes.csv", (Column("code", "Code postal de France."),))
USUAL_WORDS: Final = Table(
    "gazetteer/usual_words.csv",
    (Column("word", "Mot ou nom de personne usuel, sans accent ni s final."),),
)

Found = TypeVar("Found")


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
    addresses
        Streets and numbers of the communes; none are known without.
    """

    def __init__(  # noqa: PLR0913 - everything that is known of names
        self,
        reference: Reference,
        entries: Iterable[Entry],
        sites: Iterable[Site],
        departements: Mapping[str, str],
        *,
        usual_words: Iterable[str] = (),
        postcodes: Iterable[str] = (),
        addresses: Addresses | None = None,
    ) -> None:
        self.reference = reference
        self.addresses = Addresses(None, None, None) if addresses is None else addresses
        self.departements = departements
        self.usual_words = frozenset(usual_words)
        self._near: dict[str, tuple[Commune, ...]] = {}
        self._exact: dict[str, tuple[Site, ...]] = {}
        self._streets: dict[str, tuple[tuple[Street, Site], ...]] = {}
        self.sites: Mapping[str, tuple[Site, ...]] = _by_commune(sites)
        self.entries: Mapping[str, tuple[Entry, ...]] = _by_bare_spelling(entries)
        self.departement_codes = {
            normalise(name): code
            for code, name in departements.items()
            if len(code) == FIGURES or not name.startswith("Saint")
        }
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

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """First words of the names of communes of here, less than all: « loos », « berck »."""
        names = [normalise(commune.name).split() for commune in self.reference.communes.values()]
        return frozenset(" ".join(name[:end]) for name in names for end in range(1, len(name)))

    def exact_sites(self, commune: Commune) -> tuple[Site, ...]:
        """Return the town hall and the sites of a commune whose point is known."""
        return self._kept(self._exact, commune, _exact_sites)

    def known_streets(self, commune: Commune) -> tuple[tuple[Street, Site], ...]:
        """Return the streets of those sites."""
        return self._kept(self._streets, commune, _streets)

    def _kept(
        self, kept: dict[str, Found], commune: Commune, find: Callable[[Self, Commune], Found]
    ) -> Found:
        if commune.code not in kept:
            kept[commune.code] = find(self, commune)
        return kept[commune.code]

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

        The folder may hold streets and numbers (:mod:`geo.geocoder.addresses`).

        Raises
        ------
        geo.tables.DamagedReferenceError
            A table is missing or damaged; says the file, the line, what was found and expected.
        """
        departements = {row.text("code"): row.text("name") for row in DEPARTEMENTS.read(folder)}
        known = tuple(sites)
        entries = read_entries(reference, folder, departements, known)
        usual = (row.text("word") for row in USUAL_WORDS.read(folder))
        postcodes = (row.text("code") for row in POSTCODES.read(folder))
        return cls(
            reference,
            entries,
            known,
            departements,
            usual_words=usual,
            postcodes=postcodes,
            addresses=Addresses.open(folder),
        )


def _exact_sites(gazetteer: Gazetteer, commune: Commune) -> tuple[Site, ...]:
    sites = (*_town_hall(commune), *gazetteer.sites.get(commune.code, ()))
    return tuple(site for site in sites if site.precision is not Precision.COMMUNE)


def _town_hall(commune: Commune) -> Iterator[Site]:
    hall = commune.town_hall
    if hall.precision == "site":
        yield Site(
            f"Mairie {of_place(commune.name)}",
            "mairie",
            hall.lon,
            hall.lat,
            commune.code,
            Precision.SITE,
            DIRECTORY,
            address=hall.address,
        )


def _streets(gazetteer: Gazetteer, commune: Commune) -> tuple[tuple[Street, Site], ...]:
    return tuple(
        (street, site)
        for site in gazetteer.exact_sites(commune)
        if site.address and (street := _street_of(site.address)) is not None
    )


def _street_of(address: str) -> Street | None:
    return read_street(normalise(address.partition(",")[0]).split())


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
