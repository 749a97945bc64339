"""Rows that are perimeters: each finds its own by code and name, and what does not fit is told."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from geo.names import of_place
from geo.perimeter import Level, Perimeter
from geo.reference.places import Reference
from layers.brought.choice import Choice
from layers.brought.districts import District
from layers.brought.elsewhere import rows_elsewhere
from layers.brought.named_commune import split_codes
from layers.brought.perimeters import EXPECTED, LEVELS, Named, NamedPerimeters
from layers.brought.problems import LEFT_OUT, MENDED, TO_CHECK, WHOLE_FILE, Problem
from layers.brought.roles import Role
from layers.brought.units import year_column
from layers.brought.values.cells import parse_code
from layers.french.wording import plural
from layers.model.measures import DISTRICT

MOST: Final = 0.8
"""Share of the values of a column that name perimeters, from which codes are held against it."""
ONE_EACH: Final = "une seule ligne par territoire"
POSTCODES: Final = "un code Insee ; ce sont des codes postaux, le nom est suivi"
SAME: Final = "un code et un nom du même territoire"
CODE_UNKNOWN: Final = "un code connu ; le nom est suivi"
ONE_CODE: Final = "un seul territoire par ligne"


@dataclass(frozen=True)
class Joined:
    """The perimeters of the rows of a table.

    Parameters
    ----------
    named
        What each row names, by line; a row that names nothing is not there.
    problems
        What was found on the way.
    year
        Heading of the column whose years tell rows of one perimeter apart; empty for none.
    """

    named: dict[int, Named]
    problems: tuple[Problem, ...]
    year: str = ""


def join_rows(
    frame: pd.DataFrame, choice: Choice, reference: Reference, left: frozenset[int] = frozenset()
) -> Joined:
    """Find the perimeter of each row.

    A code and a name that differ are believed no more than each other, unless the code is a
    postcode of the commune that is named. Former codes and names are brought up to date.

    Parameters
    ----------
    frame
        Texts, None where a cell is empty; the index is the line.
    left
        Lines that were left out already, and told.
    """
    return _Joining(frame, choice, reference, left).join()


class _Joining:
    """One table on its way."""

    def __init__(
        self, frame: pd.DataFrame, choice: Choice, reference: Reference, left: frozenset[int]
    ) -> None:
        self.frame = frame
        self.choice = choice
        self.left = left
        self.level = choice.level
        self.known = NamedPerimeters(reference)
        self.problems: list[Problem] = []
        self.postcodes: list[str] = []

    def join(self) -> Joined:
        naming = [role for role, level in LEVELS.items() if level == self.level]
        column = next(c for role in naming if (c := self.choice.column(role)))
        beside = self._beside(column)
        named: dict[int, Named] = {}
        beside_texts = self.frame[beside] if beside else [None] * len(self.frame)
        elsewhere = rows_elsewhere(self.frame, self.choice.roles, self.known.communes)
        for line, text, other in zip(
            self.frame.index, self.frame[column], beside_texts, strict=True
        ):
            if int(line) in self.left:
                continue
            if isinstance(elsewhere[line], str) and not self._has_own_code(text):
                told = f"{text or other or ''} ({elsewhere[line]})"
                self._tell(int(line), column, told, EXPECTED[self.level], LEFT_OUT)
                continue
            found = self._one(int(line), column, text, other)
            if found is not None:
                named[int(line)] = found
        if self.postcodes:
            words = f"{self.postcodes[0]} ({plural(len(self.postcodes), 'ligne')})"
            self.problems.append(Problem(WHOLE_FILE, column, words, POSTCODES, MENDED))
        year = year_column(self.frame, self.choice.roles)
        self._tell_repeated(named, column, year)
        return Joined(named, tuple(self.problems), year if self._tells_apart(named, year) else "")

    def _has_own_code(self, text: str | None) -> bool:
        """Tell whether a cell is the code of a perimeter of here, which no name contradicts."""
        coded = isinstance(text, str) and not any(sign.isalpha() for sign in text)
        return coded and self._find(text) is not None

    def _beside(self, column: str) -> str:
        """Return the column of names that stands beside one of codes; empty where none does."""
        for heading, role in self.choice.roles.items():
            if heading == column or role not in {Role.COMMUNE, Role.NAME, Role.TEXT, Role.EPCI}:
                continue
            texts = self.frame[heading].dropna().unique()
            own = sum(self._find(text) is not None for text in texts)
            if len(texts) and own >= MOST * len(texts):
                return heading
        return ""

    def _find(self, text: str | None, commune: str = "") -> Named | None:
        if not isinstance(text, str):
            return None
        if commune:
            district = self.known.districts.find(text.strip(), commune)
            return Named(district) if district else None
        return self.known.find(text, self.level)

    def _commune_beside(self, line: int) -> str:
        """Return the code of the commune that tells two districts of one name apart, or empty."""
        if self.level != DISTRICT:
            return ""
        for column in self.choice.columns(Role.COMMUNE_CODE, Role.COMMUNE):
            text = self.frame.loc[line, column]
            found = self.known.find(text, Level.COMMUNE) if isinstance(text, str) else None
            if found is not None:
                return found.perimeter.code
        return ""

    def _one(self, line: int, column: str, text: str | None, other: str | None) -> Named | None:
        """Return what a row names, and tell what is odd about it."""
        if self.level == Level.COMMUNE and isinstance(text, str) and split_codes(text):
            self._tell(line, column, text, ONE_CODE, LEFT_OUT)
            return None
        commune = self._commune_beside(line)
        found, beside = self._find(text, commune), self._find(other, commune)
        if found is None and beside is None:
            told = text if isinstance(text, str) else (other or "")
            self._tell(line, column, told, EXPECTED[self.level], LEFT_OUT)
            return None
        if found is None:
            assert beside is not None  # noqa: S101 - one of the two is there
            if isinstance(text, str):
                self._tell_code(line, column, text, beside)
            return self._told_former(line, column, beside)
        if beside is not None and beside.perimeter != found.perimeter:
            if self._is_postcode_of(text, beside):
                self.postcodes.append(str(text))
                return beside
            self._tell(line, column, f"{text}, {other}", SAME, LEFT_OUT)
            return None
        # « 62447 » is of today, and was a part of itself before others joined it
        return self._told_former(line, column, beside if beside and beside.former else found)

    def _tell_code(self, line: int, column: str, text: str, beside: Named) -> None:
        if self._is_postcode_of(text, beside):
            self.postcodes.append(text)
        else:
            self._tell(line, column, text, CODE_UNKNOWN, TO_CHECK)

    def _is_postcode_of(self, text: str | None, named: Named) -> bool:
        if self.level != Level.COMMUNE or not isinstance(text, str):
            return False
        try:
            code = parse_code(text)
        except ValueError:
            return False
        return self.known.communes.is_postcode_of(code, named.perimeter.code)

    def _told_former(self, line: int, column: str, named: Named) -> Named:
        if named.former is not None:
            former, today = named.former, self.known.name_of(named.perimeter)
            words = f"une commune d’aujourd’hui : c’est une partie {of_place(today)}"
            self._tell(line, column, f"{former.name} ({former.code})", words, MENDED)
        return named

    def _tell_repeated(self, named: dict[int, Named], column: str, year: str) -> None:
        """Tell the rows of a perimeter that has one already."""
        first: dict[tuple[Perimeter | District, str, str | None], int] = {}
        years = self.frame[year] if year else None
        for line, one in named.items():
            when = None if years is None else years[line]
            before = first.setdefault((one.perimeter, _part(one), when), line)
            if before != line:
                told = self.known.name_of(one.perimeter)
                words = f"{ONE_EACH} (ligne {before})"
                self._tell(line, column, told, words, TO_CHECK)

    def _tells_apart(self, named: dict[int, Named], year: str) -> bool:
        """Tell whether the years are needed: perimeters have several rows."""
        if not year:
            return False
        rows = [(one.perimeter, _part(one)) for one in named.values()]
        return len(set(rows)) < len(rows)

    def _tell(self, line: int, column: str, text: str, expected: str, outcome: str) -> None:
        self.problems.append(Problem(line, column, text[:200], expected, outcome))


def _part(named: Named) -> str:
    return named.former.code if named.former else ""
