"""What a column of a table that somebody brought says of each perimeter, row by row."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import pandas as pd

from geo.perimeter import Perimeter
from geo.reference.places import Reference
from geo.reference.records import FormerCommune
from layers.catalogue.layers import Catalogue
from layers.french.wording import enumerate_words
from layers.indicators.contributions import Amount
from layers.indicators.states import SIGNS, Reading, State, measured
from layers.model.measures import STATE

Readings = Mapping[str, Reading]
"""By code of the perimeters that a table is about."""

NO_ROW: Final = "Le fichier apporté n’a pas de ligne pour ce territoire : inconnu, pas zéro."
NO_NUMBER: Final = "La case est vide dans le fichier apporté : inconnu, pas zéro."
UNKNOWN: Final = Reading(State.UNKNOWN, why=NO_ROW)
_STATES: Final = {sign.word: state for state, sign in SIGNS.items()}


@dataclass(frozen=True)
class Column:
    """What a column of a layer says of each perimeter of its level.

    Parameters
    ----------
    layer_id
        The layer.
    column
        Name of the field.
    adds
        Whether the parts of a commune that is made of former ones add up.
    year
        Of the rows, as their column of years writes it; empty where they have none.
    """

    layer_id: str
    column: str
    adds: bool
    year: str = ""

    def __call__(self, catalogue: Catalogue) -> Readings:
        """Return what is known of each perimeter that has a row, for :meth:`derive_own`."""
        layer, rows = catalogue.layer(self.layer_id), catalogue.load(self.layer_id)
        joining = layer.joining
        if self.year and joining is not None:
            rows = rows[[str(year) == self.year for year in rows[joining.year]]]
        told = rows.get(f"{self.column}{STATE}")
        states = [None] * len(rows) if told is None else told.tolist()
        found: defaultdict[str, list[tuple[str, Reading]]] = defaultdict(list)
        for place, former, value, state in zip(
            rows["perimeter"], rows["former"], rows[self.column], states, strict=True
        ):
            part = former if isinstance(former, str) else ""
            found[Perimeter.parse(place).code].append((part, _read(value, state)))
        return {code: self._settle(code, each, catalogue.reference) for code, each in found.items()}

    def _settle(
        self, code: str, rows: Sequence[tuple[str, Reading]], reference: Reference
    ) -> Reading:
        """Return what several rows of one perimeter say together."""
        by_part: dict[str, Reading] = {}
        for part, reading in rows:
            if by_part.setdefault(part, reading) != reading:
                return Reading(
                    State.UNKNOWN,
                    why="Deux lignes du fichier apporté donnent deux valeurs pour ce territoire : "
                    "aucune n’est retenue.",
                )
        if [*by_part] == [""]:
            return by_part[""]
        if not self.adds:
            return Reading(
                State.UNKNOWN,
                why="Le fichier apporté donne des taux d’anciennes communes : celui de la commune "
                "d’aujourd’hui ne s’en calcule pas.",
            )
        missing = _missing_parts(code, [*by_part], reference)
        return add_up([*by_part.values(), *[UNKNOWN] * len(missing)], _say_missing(missing))


def add_up(readings: Sequence[Reading], partial: str) -> Reading:
    """Return the sum of what is known of several places: whole where all are.

    What is without object somewhere adds nothing there; where it is so everywhere, so is the sum.

    Parameters
    ----------
    partial
        French sentence that says of what the sum is, where it is not of all.
    """
    parts: list[Amount] = [r.known for r in readings if r.known is not None]
    if all(reading.state is State.WITHOUT_OBJECT for reading in readings):
        return readings[0]
    missing = [r for r in readings if r.state in {State.UNKNOWN, State.WITHHELD, State.PARTIAL}]
    if not missing:
        return measured(sum(parts))
    if parts:
        return Reading(State.PARTIAL, part=sum(parts), why=partial)
    secret = all(reading.state is State.WITHHELD for reading in missing)
    return Reading(State.WITHHELD if secret else State.UNKNOWN, why=missing[0].why)


def _read(value: Any, state: Any) -> Reading:  # noqa: ANN401 - cells
    """Return what a cell says."""
    if isinstance(value, Decimal):
        return measured(value)
    if pd.isna(value):
        known = _STATES.get(state) if isinstance(state, str) else None
        if known in {State.WITHHELD, State.WITHOUT_OBJECT}:
            return Reading(known, why=f"Le fichier apporté dit\u00a0: {SIGNS[known].word}.")
        return Reading(State.UNKNOWN, why=NO_NUMBER)
    return measured(int(value) if float(value).is_integer() else Decimal(str(float(value))))


def _missing_parts(code: str, parts: Sequence[str], reference: Reference) -> list[str]:
    """Return the names of the former communes that rows of others leave out.

    A table of a day has the communes of that day: those that joined at the earliest change that it
    does not know, and at later ones.
    """
    former = [one for one in reference.former_communes if one.current == code]
    named = {one: _named(one) for one in former}
    there = [one for one, name in named.items() if name in parts]
    since = min((one.since for one in there), default=None)
    needed = [one for one in former if since is not None and one.since >= since]
    own = {"": reference.communes[code].name}
    missing = [
        one.name
        for one in needed
        if one not in there
        and not (one.code == code and "" in parts)
        and one.status != "ancien nom"
    ]
    has_own = "" in parts or any(one.code == code for one in needed)
    return missing if has_own else [own[""], *missing]


def _named(one: FormerCommune) -> str:
    return f"{one.name} ({one.code})"


def _say_missing(names: Sequence[str]) -> str:
    return f"Valeur partielle, sans {enumerate_words(names) or 'une ancienne commune'}."
