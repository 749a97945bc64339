"""Dates as the documents print them, each with its precision: ``2ème sem 2026``, ``04-05/2024``."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from geo.names import normalise, unaccented

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2099
LONGEST_TEXT: Final = 200


class DatePrecision(StrEnum):
    """How exactly a date is known, from the sharpest to the vaguest."""

    DAY = "jour"
    MONTH = "mois"
    MONTHS = "mois consécutifs"
    QUARTER = "trimestre"
    SEMESTER = "semestre"
    YEAR = "année"
    YEARS = "années"


@dataclass(frozen=True, slots=True)
class Period:
    """A date with its precision.

    Parameters
    ----------
    start, end
        First and last day that the text can mean.
    precision
        What the text names.
    printed
        The words, as printed.
    """

    start: date
    end: date
    precision: DatePrecision
    printed: str

    def is_before(self, other: "Period | date") -> bool:
        """Return whether every day it can mean comes before every day of the other."""
        return self.end < (other.start if isinstance(other, Period) else other)

    def may_be_before(self, other: "Period | date") -> bool:
        """Return whether some day it can mean comes before some day of the other."""
        return self.start < (other.end if isinstance(other, Period) else other)


_MONTHS = {
    **dict.fromkeys(("janvier", "janv", "jan"), 1),
    **dict.fromkeys(("fevrier", "fevr", "fev"), 2),
    **dict.fromkeys(("mars", "mar"), 3),
    **dict.fromkeys(("avril", "avr"), 4),
    "mai": 5,
    **dict.fromkeys(("juin", "jun"), 6),
    **dict.fromkeys(("juillet", "juil", "jul"), 7),
    **dict.fromkeys(("aout", "aou"), 8),
    **dict.fromkeys(("septembre", "sept", "sep"), 9),
    **dict.fromkeys(("octobre", "oct"), 10),
    **dict.fromkeys(("novembre", "nov"), 11),
    **dict.fromkeys(("decembre", "dec"), 12),
}
_RANKS = {
    **dict.fromkeys(("1", "premier", "1er"), 1),
    **dict.fromkeys(("2", "deuxieme", "second", "2nd"), 2),
    **dict.fromkeys(("3", "troisieme"), 3),
    **dict.fromkeys(("4", "quatrieme", "dernier"), 4),
}
_CENTURY = 2000
_MONTH = rf"(?P<{{0}}>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_ORDINAL = r"(?:premier|deuxieme|second|troisieme|quatrieme|dernier|[1-4])"
_ENDING = r"\s?(?:e?r|nde?|e|eme|ieme)?"
_RANK = rf"(?P<rank>{_ORDINAL}){_ENDING}(?:\s?(?:-|/|a|et|ou|au)\s?(?P<top>{_ORDINAL}){_ENDING})?"
_PART = r"(?P<part>semestre|sem|trimestre|trim)s?\b\.?"
_Y = r"(?P<{0}>(?:19|20)\d\d)(?!\d)"
_YEAR = _Y.format("year")
_JOIN = r"\s?(?:-|–|/|a|et|au)\s?"
_DASH = r"\s?[-–]\s?"
_TWO_NUMBERS = (
    rf"(?P<month>\d{{1,2}})/{_Y.format('year')}{_JOIN}(?P<last>\d{{1,2}})/{_Y.format('until')}"
)
_TWO_MONTHS = (
    rf"{_MONTH.format('word')}(?: {_Y.format('year')})?{_JOIN}"
    rf"{_MONTH.format('end_word')} {_Y.format('until')}"
)
_ABOUT = r"(?:(?:debut|fin|courant|mi|ete|printemps|automne|hiver|annee)[\s-]{1,3})?"

_FORMS: Final = (
    ("day", rf"(?P<day>\d{{1,2}})[/.](?P<month>\d{{1,2}})[/.]{_YEAR}"),
    ("day", rf"(?P<day>\d{{1,2}})(?:er)? {_MONTH.format('word')} {_YEAR}"),
    ("iso", rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)"),
    ("months", _TWO_NUMBERS),
    ("months", rf"(?P<month>\d{{1,2}}){_DASH}(?P<last>\d{{1,2}})\s?/\s?{_YEAR}"),
    ("months", rf"(?P<month>\d{{1,2}})\s?/\s?{_YEAR}"),
    ("months", r"(?P<month>\d{1,2})/(?P<short>[1-4]\d)(?![\d/])"),
    ("rank", rf"{_RANK}\s?{_PART}(?: de)?(?: l.?annee)?\s?{_YEAR}"),
    ("rank", rf"{_PART} (?P<rank>[1-4])(?: de)?[\s/-]{{1,3}}{_YEAR}"),
    ("rank", rf"(?P<part>[st])\s?(?P<rank>[1-4])[\s/-]{{0,3}}{_YEAR}"),
    ("rank", rf"{_YEAR}[\s/,-]{{0,3}}(?P<part>[st])\s?(?P<rank>[1-4])\b"),
    ("months", _TWO_MONTHS),
    ("months", rf"{_MONTH.format('word')}\s?{_YEAR}"),
    ("years", rf"{_ABOUT}{_YEAR}{_JOIN}{_ABOUT}{_Y.format('until')}"),
    ("years", rf"(?<!sem )(?<!trim )(?<!estre )(?<!estres ){_ABOUT}{_YEAR}"),
)
_COMPILED = tuple((kind, re.compile(rf"(?<![\w/]){pattern}")) for kind, pattern in _FORMS)
_PARTS = {"s": 6, "sem": 6, "semestre": 6, "t": 3, "trim": 3, "trimestre": 3}


def find_period(text: str, first_year: int = FIRST_YEAR) -> tuple[Period, int, int] | None:
    """Find the first date of a text.

    Parameters
    ----------
    first_year
        Earlier years are no dates; those of the documents begin with :data:`FIRST_YEAR`.

    Returns
    -------
    tuple or None
        The period, and where its words start and end in the text; None when there is none.
    """
    bounded = text[:LONGEST_TEXT]
    folded = _fold(bounded)
    best: tuple[Period, int, int] | None = None
    for kind, pattern in _COMPILED:
        for match in pattern.finditer(folded):
            words = bounded[match.start() : match.end()].strip(" .")
            period = _read(kind, match.groupdict(), words, first_year)
            if period and (best is None or match.start() < best[1]):
                best = period, match.start(), match.end()
                break
    return best


def parse_period(text: str, first_year: int = FIRST_YEAR) -> Period | None:
    """Read a text that is one date, whatever its precision; None when it is not."""
    found = find_period(text.strip(), first_year)
    if found is None:
        return None
    period, start, end = found
    rest = normalise(text.strip()[:start] + " " + text.strip()[end:])
    return period if rest in {"", "en", "le", "de", "vers", "au"} else None


def _fold(text: str) -> str:
    """Lower the text and drop accents without moving any character."""
    folded = (unaccented(c).lower() for c in text)
    return "".join(f if len(f) == 1 else c for f, c in zip(folded, text, strict=True))


def _read(kind: str, found: dict[str, str | None], printed: str, first_year: int) -> Period | None:
    try:
        start, end, precision = _READERS[kind](found)
    except (ValueError, KeyError):
        return None
    if not first_year <= start.year <= end.year <= LAST_YEAR or end < start:
        return None
    return Period(start, end, precision, printed)


Span = tuple[date, date, DatePrecision]


def _number(found: dict[str, str | None], name: str, default: int = 0) -> int:
    text = found.get(name)
    return int(text) if text else default


def _month(found: dict[str, str | None], number: str, word: str) -> int:
    named = found.get(word)
    return _MONTHS[named] if named else _number(found, number)


def _read_day(found: dict[str, str | None]) -> Span:
    day = date(_number(found, "year"), _month(found, "month", "word"), _number(found, "day"))
    return day, day, DatePrecision.DAY


def _read_months(found: dict[str, str | None]) -> Span:
    short = _CENTURY + _number(found, "short") if found.get("short") else 0
    until = _number(found, "until") or _number(found, "year") or short
    year = _number(found, "year") or until
    first = _month(found, "month", "word")
    last = _month(found, "last", "end_word") or first
    if not (1 <= first <= 12 and 1 <= last <= 12):  # noqa: PLR2004 - months of a year
        raise ValueError(f"mois {first}-{last}")
    if last < first and not found.get("year"):
        year -= 1
    precision = DatePrecision.MONTH if (year, first) == (until, last) else DatePrecision.MONTHS
    return date(year, first, 1), _last_day(until, last), precision


def _read_rank(found: dict[str, str | None]) -> Span:
    year, rank = _number(found, "year"), _RANKS[found["rank"] or ""]
    length = _PARTS[found["part"] or ""]
    top = _RANKS[found.get("top") or found["rank"] or ""]
    if found["rank"] == "dernier":
        rank = top = 12 // length
    first, last = (rank - 1) * length + 1, top * length
    precision = DatePrecision.SEMESTER if length == _PARTS["s"] else DatePrecision.QUARTER
    return date(year, first, 1), _last_day(year, last), precision


def _read_years(found: dict[str, str | None]) -> Span:
    year, until = _number(found, "year"), _number(found, "until") or _number(found, "year")
    precision = DatePrecision.YEAR if year == until else DatePrecision.YEARS
    return date(year, 1, 1), date(until, 12, 31), precision


_READERS = {
    "day": _read_day,
    "iso": _read_day,
    "months": _read_months,
    "rank": _read_rank,
    "years": _read_years,
}


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
