"""What the points and the areas that somebody brought come to in each perimeter.

They are counted; their numbers are summed and averaged; areas are measured. A row counts in its
commune and in all that is made of it, however vague its point is inside the commune. Rows that have
no place count nowhere: where there are some, no perimeter is said to have none.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Literal

import pandas as pd

from geo.perimeter import Level, Perimeter
from geo.reference.places import Reference
from layers.areas import MDS_REMARK
from layers.catalogue.layers import Catalogue
from layers.french.wording import enumerate_words, format_number, plural, round_half_up
from layers.indicators.contributions import Amount, Total
from layers.indicators.definition import divide
from layers.indicators.states import Reading, State, measured
from layers.model.measures import AREAS_COLUMN, COMMUNES_COLUMN

How = Literal["count", "sum", "mean", "area"]

WHOLE: Final = Decimal("0.99")
"""Share of an area in a perimeter from which it is all there: outlines are generalised."""
HECTARE_DECIMALS: Final = 2
NO_ROW: Final = "Aucune ligne du fichier apporté n’est ici : il n’y a pas de moyenne."
NO_NUMBER: Final = "Aucune ligne d’ici n’a de nombre dans cette colonne : inconnu, pas zéro."
IN_PART: Final = "Le nombre n’est pas connu en entier ici : rapporté à tous, il serait trop bas."
NOTHING_BELOW: Final = "Il n’y a rien à quoi rapporter la valeur ici : le taux n’a pas de sens."


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a layer by commune.

    Parameters
    ----------
    by_commune
        Numbers of the rows that lie in each commune, at least in part.
    numbers
        Of each row in the column; None where it has none, or where no column is asked.
    hectares
        Of each area in each of its communes, and beyond the département under no code; equal parts
        where they were not measured; empty for points.
    """

    by_commune: Mapping[str, Sequence[int]]
    numbers: Sequence[Amount | None]
    hectares: Sequence[Mapping[str, Decimal]]


@dataclass(frozen=True)
class ReadRows:
    """Reads the rows of a layer by commune, for :meth:`Catalogue.derive_own`.

    Parameters
    ----------
    layer_id
        The layer.
    column
        Name of the field of numbers; empty for none.
    """

    layer_id: str
    column: str = ""

    def __call__(self, catalogue: Catalogue) -> Rows:
        """Return the rows."""
        rows = catalogue.load(self.layer_id)
        found: defaultdict[str, list[int]] = defaultdict(list)
        communes = rows.get(COMMUNES_COLUMN)
        each = [(code,) for code in rows["commune_code"]] if communes is None else communes
        for number, codes in enumerate(each):
            for code in codes:
                found[code].append(number)
        numbers = map(_amount, rows[self.column]) if self.column else [None] * len(rows)
        told = rows.get(AREAS_COLUMN)
        hectares: list[Mapping[str, Decimal]] = []
        if told is not None:
            hectares = [_hectares(texts) for texts in told]
        elif communes is not None:
            hectares = [dict.fromkeys(codes, Decimal(1)) for codes in communes]
        return Rows(dict(found), [*numbers], hectares)


@dataclass(frozen=True)
class Gathered:
    """A count, a sum, an average or an area of what lies in a perimeter, or its rate.

    Parameters
    ----------
    rows
        Of the layer.
    how
        What is made of them.
    unplaced
        Rows of the file that have no place.
    below
        What it is divided by, over communes; None for the number itself.
    per
        For how many of ``below`` the rate is told.
    """

    rows: ReadRows
    how: How
    unplaced: int = 0
    below: Total | None = None
    per: Amount = 1

    def reading(self, catalogue: Catalogue, perimeter: Perimeter) -> Reading:
        """Return the number or the rate of a perimeter, with what is known of it."""
        rows = catalogue.derive_own(self.rows)
        torn = _torn(catalogue.reference, perimeter, rows)
        if torn is not None:
            return torn
        members = catalogue.reference.members(perimeter)
        found = self._number(rows, members)
        return found if self.below is None else self._rate(catalogue, members, found)

    def notes(self, _catalogue: Catalogue, level: Level) -> tuple[str, ...]:
        """Return what is to be known of the MDS, and of the rows that count nowhere."""
        guess = (MDS_REMARK,) if level is Level.MDS else ()
        if not self.unplaced:
            return guess
        lost = plural(self.unplaced, "ligne du fichier n’a", "lignes du fichier n’ont")
        told = (
            f"{lost} pas de place et ne compte nulle part : les nombres sont au moins ceux-là, et "
            "un territoire sans ligne est inconnu, pas nul."
        )
        return (*guess, told)

    def _number(self, rows: Rows, members: Iterable[str]) -> Reading:
        inside = frozenset(members)
        here = sorted({one for code in inside for one in rows.by_commune.get(code, ())})
        if not here:
            return self._nothing()
        match self.how:
            case "count":
                return measured(len(here))
            case "area":
                ground = sum(
                    (hectares for one in here for code, hectares in rows.hectares[one].items()
                     if code in inside), Decimal(0)
                )  # fmt: skip
                return measured(round_half_up(ground, HECTARE_DECIMALS))
        return self._of_values(rows, here, inside)

    def _of_values(self, rows: Rows, here: Sequence[int], inside: frozenset[str]) -> Reading:
        """Return the sum or the average of the numbers of rows, whole only where each is known."""
        own = [one for one in here if _is_within(rows, one, inside)]
        spilling = len(here) - len(own)
        known = [value for one in own if (value := rows.numbers[one]) is not None]
        if not known:
            why = _say_spilling(spilling) if spilling else NO_NUMBER
            return Reading(State.UNKNOWN, why=why)
        total = sum(known)
        number = total if self.how == "sum" else Decimal(total) / len(known)
        if len(known) == len(here):
            return measured(number)
        told = f"{plural(len(known), 'ligne')} sur {format_number(len(here))}"
        why = f"Valeur partielle, connue pour {told}."
        return Reading(State.PARTIAL, part=number, why=f"{why} {_say_spilling(spilling)}".strip())

    def _nothing(self) -> Reading:
        """Return what is known of a perimeter where no row lies."""
        if self.unplaced:
            return Reading(
                State.UNKNOWN,
                why=f"Aucune ligne n’est placée ici, mais {_say_unplaced(self.unplaced)} pas de "
                "place : inconnu, pas zéro.",
            )
        return Reading(State.WITHOUT_OBJECT, why=NO_ROW) if self.how == "mean" else measured(0)

    def _rate(self, catalogue: Catalogue, members: Iterable[str], found: Reading) -> Reading:
        assert self.below is not None  # noqa: S101 - a rate has something below its bar
        if found.state is State.PARTIAL:
            return Reading(State.UNKNOWN, why=IN_PART)
        if found.value is None:
            return found
        counted = catalogue.derive(self.below)
        rate = divide(found.value, sum(counted.get(code, 0) for code in members), int(self.per))
        return Reading(State.WITHOUT_OBJECT, why=NOTHING_BELOW) if rate is None else measured(rate)


def _torn(reference: Reference, perimeter: Perimeter, rows: Rows) -> Reading | None:
    """Return that a canton is unknown, where a commune that it shares has rows."""
    if perimeter.level is not Level.CANTON:
        return None
    canton = reference.cantons[perimeter.code]
    torn = [code for code in canton.shared_communes if rows.by_commune.get(code)]
    if not torn:
        return None
    names = enumerate_words(reference.communes[code].name for code in torn)
    return Reading(
        State.UNKNOWN,
        why=f"Le canton partage {names} avec d’autres : la part de chacun n’est pas connue.",
    )


def _is_within(rows: Rows, one: int, inside: frozenset[str]) -> bool:
    """Tell whether a row lies in communes whole; a point always does."""
    if not rows.hectares:
        return True
    ground = rows.hectares[one]
    whole = sum(ground.values(), Decimal(0))
    own = sum((hectares for code, hectares in ground.items() if code in inside), Decimal(0))
    return own >= WHOLE * whole


def _say_spilling(spilling: int) -> str:
    if not spilling:
        return ""
    words = plural(spilling, "surface dépasse", "surfaces dépassent")
    return f"{words} ce territoire : leur nombre ne se répartit pas."


def _say_unplaced(unplaced: int) -> str:
    return plural(unplaced, "ligne du fichier n’a", "lignes du fichier n’ont")


def _amount(value: Any) -> Amount | None:  # noqa: ANN401 - cells
    if isinstance(value, Decimal):
        return value
    if pd.isna(value):
        return None
    return int(value) if float(value).is_integer() else Decimal(str(float(value)))


def _hectares(texts: Iterable[str]) -> dict[str, Decimal]:
    """Read what a row says of its ground: ``62041:12.5`` for each commune, and ``:3`` beyond."""
    pairs = (text.partition(":") for text in texts)
    return {code: Decimal(number) for code, _, number in pairs}
