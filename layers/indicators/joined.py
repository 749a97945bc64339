"""Numbers of a table that somebody brought, perimeter by perimeter, and what adds up of them.

A total is that of the perimeters that it is given for, and adds up to those that are made of them,
whole only where each is known. A rate is that of its own perimeter; of several it is had from what
stands above and below its bar, never from their rates.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from geo.perimeter import Level, Perimeter
from geo.reference.places import Reference
from layers.areas import MDS_REMARK
from layers.catalogue.layers import Catalogue
from layers.french.wording import enumerate_words, format_number, plural
from layers.indicators.contributions import Total
from layers.indicators.definition import divide
from layers.indicators.joined_column import NO_NUMBER, UNKNOWN, Column, Readings, add_up
from layers.indicators.states import Reading, State, measured

NO_BASE: Final = Reading(
    State.UNKNOWN, why="Ce à quoi la valeur serait rapportée n’est pas connu ici."
)
NOT_ADDED: Final = (
    "Un taux ne s’additionne pas et ne se moyenne pas : il est celui de son seul territoire."
)
NOT_SHARED: Final = (
    "Le fichier apporté ne donne pas de chiffre à ce niveau, et il ne s’y répartit pas."
)
NOTHING_BELOW: Final = "Il n’y a rien à quoi rapporter la valeur ici : le taux n’a pas de sens."

WIDER: Final[Mapping[Level, tuple[Level, ...]]] = {
    Level.COMMUNE: (Level.CANTON, Level.EPCI, Level.MDS, Level.TERRITORY, Level.DEPARTEMENT),
    Level.EPCI: (Level.MDS, Level.TERRITORY, Level.DEPARTEMENT),
    Level.CANTON: (Level.DEPARTEMENT,),
    Level.MDS: (Level.DEPARTEMENT,),
    Level.TERRITORY: (Level.DEPARTEMENT,),
}
"""Levels whose places are made of whole places of a level."""
NOUNS: Final[Mapping[Level, tuple[str, str]]] = {
    Level.COMMUNE: ("commune", "communes"),
    Level.EPCI: ("EPCI", "EPCI"),
    Level.CANTON: ("canton", "cantons"),
    Level.MDS: ("secteur", "secteurs"),
    Level.TERRITORY: ("territoire", "territoires"),
}


@dataclass(frozen=True)
class Joined:
    """A number of a brought table, or the rate of two, at its own level and at those above.

    Parameters
    ----------
    above
        The number.
    level
        Of the table.
    below
        What it is divided by: another column, or a total over communes; None for the number itself.
    per
        For how many of ``below`` the rate is told.
    """

    above: Column
    level: Level
    below: Column | Total | None = None
    per: int = 1

    def reading(self, catalogue: Catalogue, perimeter: Perimeter) -> Reading:
        """Return the number or the rate of a perimeter, with what is known of it."""
        codes = units_of(catalogue.reference, self.level, perimeter)
        if not codes:
            return Reading(State.UNKNOWN, why=NOT_SHARED)
        above = catalogue.derive_own(self.above)
        if self.below is None:
            if perimeter.level is self.level:
                return above.get(perimeter.code, UNKNOWN)
            if not self.above.adds:
                return Reading(State.UNKNOWN, why=NOT_ADDED)
            torn = _torn(catalogue.reference, perimeter, above)
            return torn or self._total(above, codes)
        return self._rate(catalogue, perimeter, above, codes)

    def notes(self, catalogue: Catalogue, level: Level) -> tuple[str, ...]:
        """Return what is to be known of the places that the border cuts, and of the MDS."""
        guess = (MDS_REMARK,) if level is Level.MDS and self.level is not Level.MDS else ()
        return (*guess, *self._border_notes(catalogue))

    def _border_notes(self, catalogue: Catalogue) -> tuple[str, ...]:
        if self.level is not Level.EPCI:
            return ()
        cut = [epci.name for epci in catalogue.reference.epcis.values() if epci.communes_outside]
        rate = (
            " ; un taux y est rapporté aux seuls habitants ou ménages du Pas-de-Calais"
            if self.below is not None and not isinstance(self.below, Column)
            else ""
        )
        told = (
            f"{enumerate_words(cut)} dépassent le Pas-de-Calais : le fichier apporté ne dit pas "
            f"s’il les compte en entier{rate}."
        )
        return (told,)

    def _total(self, above: Readings, codes: Sequence[str]) -> Reading:
        readings = [above.get(code, UNKNOWN) for code in codes]
        known = sum(reading.state not in {State.UNKNOWN, State.WITHHELD} for reading in readings)
        return add_up(readings, self._say_known(known, len(codes)))

    def _rate(
        self, catalogue: Catalogue, perimeter: Perimeter, above: Readings, codes: Sequence[str]
    ) -> Reading:
        """Divide what is known above the bar by what is known below it, of the same places."""
        if (torn := _torn(catalogue.reference, perimeter, above)) is not None:
            return torn
        below = self._below(catalogue, codes)
        pairs = [(above.get(code, UNKNOWN), below.get(code, NO_BASE)) for code in codes]
        pairs = [p for p in pairs if State.WITHOUT_OBJECT not in {p[0].state, p[1].state}]
        if len(pairs) == 1 and not pairs[0][0].state.measured:
            return _rate_of_part(*pairs[0])
        known = [
            (a.value, b.value) for a, b in pairs if a.value is not None and b.value is not None
        ]
        if pairs and not known:
            return Reading(State.UNKNOWN, why=_first_reason(pairs))
        rate = divide(sum(a for a, _ in known), sum(b for _, b in known), self.per)
        if rate is None:
            return Reading(State.WITHOUT_OBJECT, why=NOTHING_BELOW)
        if len(known) < len(pairs):
            return Reading(State.PARTIAL, part=rate, why=self._say_known(len(known), len(codes)))
        return measured(rate)

    def _below(self, catalogue: Catalogue, codes: Sequence[str]) -> Readings:
        assert self.below is not None  # noqa: S101 - a rate has something below its bar
        if isinstance(self.below, Column):
            return catalogue.derive_own(self.below)
        counted = catalogue.derive(self.below)
        members = catalogue.reference.members
        found: dict[str, Reading] = {}
        for code in codes:
            if self.level is Level.CANTON and catalogue.reference.cantons[code].shared_communes:
                continue
            inside = [counted.get(one) for one in members(Perimeter(self.level, code))]
            if all(one is not None for one in inside):
                found[code] = measured(sum(one for one in inside if one is not None))
        return found

    def _say_known(self, known: int, everything: int) -> str:
        words = plural(known, *NOUNS[self.level])
        return f"Valeur partielle, connue pour {words} sur {format_number(everything)}."


def units_of(reference: Reference, level: Level, perimeter: Perimeter) -> tuple[str, ...]:
    """Return the codes of the places of a level that make up a perimeter; none where none do."""
    if perimeter.level is level:
        return (perimeter.code,)
    if perimeter.level not in WIDER[level]:
        return ()
    if level is Level.COMMUNE:
        return reference.members(perimeter)
    if perimeter.level is Level.DEPARTEMENT:
        return tuple(place.code for place in reference.perimeters(level))
    areas = reference.territories if perimeter.level is Level.TERRITORY else reference.mds_areas
    return areas[perimeter.code].epcis


def _rate_of_part(above: Reading, below: Reading) -> Reading:
    """Return the rate of a place whose number is not known whole: that of a part is none."""
    if State.PARTIAL in {above.state, below.state}:
        return Reading(State.UNKNOWN, why=above.why)
    return above


def _first_reason(pairs: Sequence[tuple[Reading, Reading]]) -> str:
    return next((reading.why for pair in pairs for reading in pair if reading.why), NO_NUMBER)


def _torn(reference: Reference, perimeter: Perimeter, above: Readings) -> Reading | None:
    """Return that a canton is unknown, where a commune that it shares adds something."""
    if perimeter.level is not Level.CANTON:
        return None
    canton = reference.cantons[perimeter.code]
    torn = [code for code in canton.shared_communes if code in above and above[code].known]
    if not torn:
        return None
    names = enumerate_words(reference.communes[code].name for code in torn)
    return Reading(
        State.UNKNOWN,
        why=f"Le canton partage {names} avec d’autres : la part de chacun n’est pas connue.",
    )
