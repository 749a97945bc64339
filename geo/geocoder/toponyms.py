"""Toponyms: the names that a text may use for a place, and what each stands for."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from geo.perimeter import Perimeter
from geo.precision import Precision
from geo.reference.index import FILLERS
from geo.reference.records import Commune

LINKS: Final = FILLERS | {"sur", "s", "en", "sous", "ss", "aux", "au"}
"""Words between the words of a name, that texts leave out, shorten or add."""


class Origin(StrEnum):
    """What a spelling is of its place."""

    NAME = "nom"
    COMMON = "nom d’usage"
    FORMER = "ancien nom"
    LOCALITY = "lieu connu"
    SITE = "site"
    AREA = "territoire"
    OUTSIDE = "hors du département"


@dataclass(frozen=True, slots=True)
class Site:
    """A named place inside a commune, given by whoever knows it.

    Parameters
    ----------
    name
        Name with its kind, as people say it: « Gare de Béthune ».
    kind
        One French noun, singular: « gare ».
    lon, lat
        Degrees, WGS 84.
    commune_code
        INSEE code of a commune of today.
    precision
        How exactly the point is known.
    source
        Who says so, in French.
    other_names
        Other ways to say it.
    address
        Number and street, if known.
    """

    name: str
    kind: str
    lon: float
    lat: float
    commune_code: str
    precision: Precision
    source: str
    other_names: tuple[str, ...] = ()
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Outside:
    """A place beyond the département, known by name.

    Parameters
    ----------
    code
        INSEE code; empty abroad.
    name
        Empty where only the département is known, from a postcode.
    where
        Département or country, in French.
    departement
        The two or three characters that begin a postcode; empty abroad.
    population
        Inhabitants; 0 where it is not known.
    """

    code: str
    name: str
    where: str
    departement: str
    population: int
    postcodes: tuple[str, ...]

    def __str__(self) -> str:
        if self.name and self.name != self.where:
            return f"{self.name} ({self.where})"
        return self.where


Target = Commune | Outside | Site | Perimeter
"""What a name stands for; a perimeter is an area of several communes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One spelling of one place.

    Parameters
    ----------
    spelling
        Normalised.
    needs_level
        Whether it stands for this place only behind a word that says the level: « canton de ».
    """

    spelling: str
    origin: Origin
    target: Target
    needs_level: bool = False


def bare_word(word: str) -> str:
    """Return a word without the plural s."""
    return word.removesuffix("s") or word


def bare(spelling: str) -> str:
    """Return a normalised spelling without links and plurals: what names are looked up by."""
    words = spelling.split()
    return " ".join(bare_word(w) for w in words if w not in LINKS) or spelling
