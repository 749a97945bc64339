"""Labelled texts: addresses and free text whose place is known, to fit and try the geocoder on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from random import Random
from typing import Final
from zlib import crc32

from geo.geocoder.gazetteer import Gazetteer
from geo.geocoder.place import Place
from geo.geocoder.toponyms import Outside
from geo.geocoder.trial.forms import (
    ABROAD,
    AREAS,
    CONTRACTED,
    FREE,
    FREE_ANYWHERE,
    NOWHERE,
    SITED,
    SITES,
)
from geo.geocoder.trial.noise import Address, mistype_word, wear, write
from geo.geocoder.trial.others import TextsOfOthers
from geo.perimeter import Level, Perimeter
from geo.precision import Precision
from geo.reference.places import Reference
from geo.reference.records import Commune

TRIAL: Final = Path(__file__).resolve().parents[3] / "data" / "trial"
"""Where the tables of the texts of others are: the trial is not shipped without them."""

FOLDS: Final = 3
TRIED: Final = 2
"""The fold of places that the geocoder is tried on; it is fitted on the others."""


class Kind(StrEnum):
    """What a labelled text is."""

    CLEAN = "adresse propre"
    WORN = "adresse abîmée"
    FREE = "texte libre"
    OUTSIDE = "hors du département"
    AREA = "territoire"
    NOWHERE = "sans lieu"
    STREET = "rue seule"
    STREET_AND = "rue et commune"
    HOMONYM = "homonyme d’ailleurs"
    OPERATION = "titre d’opération"
    SENTENCE = "phrase sans lieu"


OF_OTHERS: Final = (
    Kind.STREET, Kind.STREET_AND, Kind.HOMONYM, Kind.OPERATION, Kind.SENTENCE,
)  # fmt: skip
"""Kinds that no address of ours was worn to make."""

OUTSIDE: Final = Kind.OUTSIDE

SHARES: Final = {
    Kind.CLEAN: 10, Kind.WORN: 32, Kind.FREE: 15, Kind.OUTSIDE: 9, Kind.AREA: 3, Kind.NOWHERE: 5,
    Kind.STREET: 8, Kind.STREET_AND: 5, Kind.HOMONYM: 4, Kind.OPERATION: 4, Kind.SENTENCE: 5,
}  # fmt: skip
"""Of a hundred texts; a convention, there is no count of what people bring."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text and the place that is right; ``None`` where the text names no place.

    Parameters
    ----------
    context
        Where the place is known to be, if anything is known.
    """

    text: str
    kind: Kind
    place: Commune | Outside | Perimeter | None
    context: Perimeter | None = None


def make_labelled(
    gazetteer: Gazetteer, count: int, seed: int, *, tried: bool
) -> Iterator[Labelled]:
    """Yield labelled texts in the shares of :data:`SHARES`, the same for the same seed.

    Parameters
    ----------
    tried
        Whether the places are those to try on, or those to fit on; no place is both.
    """
    maker = _Maker(gazetteer, Random(seed), tried=tried)  # noqa: S311 - nothing secret
    kinds = maker.random.choices(list(SHARES), list(SHARES.values()), k=count)
    for kind in kinds:
        yield maker.make(kind)


def is_right(answer: Place, case: Labelled) -> bool:
    """Tell whether an answer is right: the commune, the area, or that the place is outside."""
    if isinstance(case.place, Commune):
        return answer.commune_code == case.place.code
    if isinstance(case.place, Outside):
        return answer.outside is not None
    if isinstance(case.place, Perimeter):
        return answer.area == case.place
    return answer.precision is Precision.NONE and answer.outside is None


def read_address(commune: Commune) -> Address:
    """Return the address of a town hall in its parts, with the commune's own name."""
    street, _, last = (commune.town_hall.address or "").rpartition(", ")
    code = last[:5] if last[:5].isdigit() else commune.postcodes[0]
    return Address(street, code, commune.name)


def is_tried(place: Commune | Outside | Perimeter) -> bool:
    """Tell whether a place is one to try on, by its code alone."""
    name = place.name if isinstance(place, Outside) else ""
    return crc32(f"{place.code}{name}".encode()) % FOLDS == TRIED


class _Maker:
    def __init__(self, gazetteer: Gazetteer, random: Random, *, tried: bool) -> None:
        self.random = random
        self.reference = reference = gazetteer.reference
        self.names = names_of(reference)
        self.communes = [c for c in reference.communes.values() if is_tried(c) == tried]
        mean = sum(c.population for c in self.communes) / len(self.communes)
        self.weights = [1 + c.population / mean for c in self.communes]
        self.streets = [street for c in self.communes if (street := read_address(c).street)]
        self.sites = [site for c in self.communes for site in gazetteer.sites.get(c.code, ())]
        self.outside = [
            entry.target
            for group in gazetteer.entries.values()
            for entry in group
            if isinstance(entry.target, Outside) and is_tried(entry.target) == tried
        ]
        self.others = TextsOfOthers(TRIAL, dict(gazetteer.departements), self.random, tried=tried)
        self.epcis = [
            (Perimeter(Level.EPCI, epci.code), name)
            for epci in reference.epcis.values()
            if is_tried(Perimeter(Level.EPCI, epci.code)) == tried
            for name in sorted({epci.name, *epci.other_names})
        ]

    def make(self, kind: Kind) -> Labelled:
        """Make one text of a kind."""
        if kind is Kind.OUTSIDE:
            return self._outside()
        if kind is Kind.AREA:
            area, name = self.random.choice(self.epcis)
            return Labelled(self._fill(AREAS, area=name), kind, area)
        if kind is Kind.NOWHERE:
            return self._nowhere()
        if kind in OF_OTHERS:
            return self._of_others(kind)
        commune = self.random.choices(self.communes, self.weights)[0]
        if kind is Kind.FREE:
            return self._free(commune)
        address = read_address(commune)
        text = str(address) if kind is Kind.CLEAN else self._wear(address, commune)
        return Labelled(text, kind, commune, self._context(commune))

    def _context(self, commune: Commune) -> Perimeter | None:
        """Return the commune's EPCI in one case of five."""
        return Perimeter(Level.EPCI, commune.epci) if self._happens(0.2) else None

    def _happens(self, share: float) -> bool:
        return self.random.random() < share

    def _free(self, commune: Commune) -> Labelled:
        if self.sites and self._happens(0.15):
            site = self.random.choice(self.sites)
            commune = self.reference.communes[site.commune_code]
            named = self.random.choice((site.name, *site.other_names))
            return Labelled(self._fill(SITED, commune.name, named=named), Kind.FREE, commune)
        name = self.random.choice(self.names[commune.code])
        if self._happens(0.1):
            name = mistype_word(name, self.random)
        epci = self.reference.epcis[commune.epci]
        epci_name = self.random.choice((epci.name, *epci.other_names))
        text = self._fill(FREE, name, code=commune.code, epci=epci_name)
        return Labelled(text, Kind.FREE, commune, self._context(commune))

    def _wear(self, address: Address, commune: Commune) -> str:
        """Return the address worn, on another street in one case of two."""
        if self._happens(0.5):
            address = replace(address, street=self._street())
        if self._happens(0.06):
            neighbour = self.random.choice(self.reference.epcis[commune.epci].communes)
            postcode = self.random.choice(self.reference.communes[neighbour].postcodes)
            address = replace(address, postcode=postcode)
        elif self._happens(0.04):
            return str(replace(address, commune=""))
        address = replace(address, commune=self.random.choice(self.names[commune.code]))
        return write(wear(address, self.random), self.random)

    def _outside(self) -> Labelled:
        place = self.random.choice(self.outside)
        if not place.departement and self._happens(0.5):
            return Labelled(self._fill(ABROAD, place.name, country=place.where), OUTSIDE, place)
        if self._happens(0.3):
            return Labelled(self._fill(FREE_ANYWHERE, place.name), OUTSIDE, place)
        postcode = self.random.choice(place.postcodes or ("",))
        address = Address(self._street(), postcode, place.name)
        if self._happens(0.6):
            address = wear(address, self.random, most=2)
        return Labelled(write(address, self.random), OUTSIDE, place)

    def _nowhere(self) -> Labelled:
        """Make a text that names no place; in one case of three the context says the commune."""
        text = self._fill(NOWHERE)
        if self._happens(0.3):
            commune = self.random.choice(self.communes)
            return Labelled(text, Kind.NOWHERE, commune, Perimeter(Level.COMMUNE, commune.code))
        return Labelled(text, Kind.NOWHERE, None)

    def _of_others(self, kind: Kind) -> Labelled:
        others = self.others
        if kind is Kind.STREET:
            return Labelled(others.street(alone=True), kind, None)
        if kind is Kind.SENTENCE:
            return Labelled(others.sentence(), kind, None)
        if kind is Kind.HOMONYM:
            text, place = others.homonym()
            return Labelled(text, kind, place)
        if kind is Kind.OPERATION and self._happens(0.1):
            text, code = self.random.choice(others.quoted)
            return Labelled(text, kind, self.reference.communes[code])
        commune = self.random.choices(self.communes, self.weights)[0]
        if kind is Kind.OPERATION:
            return Labelled(others.operation(commune.name), kind, commune)
        code = self.random.choice(commune.postcodes)
        return Labelled(others.street_and(commune.name, code, self._other()), kind, commune)

    def _street(self) -> str:
        """Return a street of some town hall, or one that is called by another commune."""
        if not self._happens(0.1):
            return self.random.choice(self.streets)
        way = self.random.choice(("rue", "route", "avenue", "chemin", "boulevard"))
        return f"{self.random.randrange(1, 200)} {way} de {self._other()}"

    def _other(self) -> str:
        return self.random.choice(self.communes).name

    def _fill(self, forms: Sequence[str], commune: str = "", **names: str) -> str:
        """Fill a form's gaps and contract what French contracts."""
        text = self.random.choice(forms).format_map({
            "commune": commune,
            "other": self._other(),
            "street": self._street(),
            "site": self.random.choice(SITES),
            **names,
        })  # fmt: skip
        for written, said in CONTRACTED:
            text = text.replace(written, said)
        return text


def names_of(reference: Reference) -> dict[str, list[str]]:
    """Return the names that people write for each commune; its own weighs as all others."""
    names = {c.code: [c.name] for c in reference.communes.values()}
    for code, others in reference.other_names.items():
        names[code] += others
    for former in reference.former_communes:
        names[former.current].append(former.name)
    return {code: [*[own[0]] * max(1, len(own) - 1), *own[1:]] for code, own in names.items()}
