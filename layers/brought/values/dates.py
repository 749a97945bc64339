"""Days, months and years as people write them; an instant becomes French time."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final
from zoneinfo import ZoneInfo

import pandas as pd

from geo.names import normalise
from layers.brought.values.cells import Parse, bounded, short_texts
from layers.french.period import DatePrecision, parse_period

EXCEL_EPOCH: Final = date(1899, 12, 30)
EXCEL_DAYS: Final = range(20_000, 73_000)
"""Days since 1900 that a spreadsheet may write for a date between 1954 and 2099."""

YEARS: Final = range(1900, 2100)
CENTURY_TURNS: Final = 50
MONTHS: Final = 12
PARIS: Final = ZoneInfo("Europe/Paris")

_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")
_SLASHED = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})")
_JOINED = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")
_INSTANT = re.compile(
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})[T ](\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?"
    r"\s?(Z|UTC|GMT|(?:UTC|GMT)?\s?[+-]\d{1,2}(?::?\d\d)?)?"
)
_FRENCH_INSTANT = re.compile(
    r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})[T ,à]+(\d{1,2})[:hH](\d\d)(?::(\d\d)(?:[.,]\d+)?)?"
    r"\s?(Z|UTC|GMT|(?:UTC|GMT)?\s?[+-]\d{1,2}(?::?\d\d)?)"
)
_DAY_FIRST = re.compile(
    r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:[T ,à]+\d{1,2}[:hH]\d{0,2}.*)?"
)
_WEEKDAY = re.compile(
    r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b[ ,]*", re.IGNORECASE
)
_PROVED_DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b.*|\d{4}[-/]\d{1,2}[-/]\d{1,2}\b.*")
_ABOUT = re.compile(r"(?:vers|environ|circa|ca|avant|apres|depuis)\b.*")
"""What only says about when: no day and no year that could be told as sure."""


@dataclass(frozen=True, slots=True)
class Order:
    """In which order the days of a column name their day and month.

    Parameters
    ----------
    month_first
        Whether some can only be meant with the month first, and none only with the day first.
    sample, count
        The first of those that can only be meant with the month first, and how many there are.
    """

    month_first: bool = False
    sample: str = ""
    count: int = 0


DAY_FIRST: Final = Order()
"""What nothing speaks against."""


def order_of(texts: pd.Series) -> Order:
    """Return in which order the days of a column name their day and month."""
    turned = {}
    straight = False
    for text in short_texts(texts):
        if found := _DAY_FIRST.fullmatch(text.strip()):
            day, month = int(found[1]), int(found[2])
            straight = straight or day > MONTHS >= month
            if month > MONTHS >= day:
                turned[text] = int((texts == text).sum())
    if not turned:
        return DAY_FIRST
    return Order(not straight, next(iter(turned)), sum(turned.values()))


def date_parser(texts: pd.Series) -> Parse:
    """Return how the days of a column are read: a count of days since 1900 beside days alone.

    The month comes first where :func:`order_of` says so.
    """
    proved = any(_PROVED_DAY.fullmatch(text.strip()) for text in short_texts(texts))
    month_first = order_of(texts).month_first

    def parse(text: str) -> str:
        if proved and text.isdecimal() and int(text) in EXCEL_DAYS:
            return (EXCEL_EPOCH + timedelta(days=int(text))).isoformat()
        if month_first and (found := _DAY_FIRST.fullmatch(text.strip())):
            day, month = found.span(1), found.span(2)
            bare = text.strip()
            turned = bare[slice(*month)] + bare[day[1] : month[0]] + bare[slice(*day)]
            return parse_date(turned + bare[month[1] :])
        return parse_date(text)

    return parse


def parse_date(text: str) -> str:
    """Return a date as ISO with the precision that the text has: ``2024``, ``2024-03``, a day.

    An instant that says its offset is that of French time: 2024-03-31T22:00Z is 1 April.

    Raises
    ------
    ValueError
        It is no day, month or year.
    """
    text = _WEEKDAY.sub("", bounded(text).strip(), count=1)
    if instant := _instant(text):
        return _checked(instant.date()).isoformat()
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
        if year < 100:  # noqa: PLR2004 - two digits
            year += 1900 if year > CENTURY_TURNS else 2000
        return _checked(date(year, month, day)).isoformat()
    found = _JOINED.fullmatch(text) or _SLASHED.fullmatch(text) or _ISO.fullmatch(text)
    if found:
        whole = _checked(date(int(found[1]), int(found[2]), int(found[3] or 1))).isoformat()
        return whole if found[3] else whole[:7]
    return _parse_words(text)


def _parse_words(text: str) -> str:
    """Return the date that words say, or a year alone; raises ValueError where they say none."""
    period = None if _ABOUT.match(normalise(text)) else parse_period(text, YEARS.start)
    lengths = {DatePrecision.DAY: 10, DatePrecision.MONTH: 7, DatePrecision.YEAR: 4}
    if period is None or period.precision not in lengths:
        raise ValueError(text)
    return period.start.isoformat()[: lengths[period.precision]]


def has_hour(text: str) -> bool:
    """Tell whether a text gives an hour beside its day, other than midnight in France."""
    try:
        if instant := _instant(text.strip()):
            return instant.time() != time()
    except (ValueError, OverflowError):
        return False
    found = re.search(r"[T ,à](\d{1,2})[:hH](\d{0,2})", text)
    return found is not None and (int(found[1]), int(found[2] or 0)) != (0, 0)


def is_proved_date(text: str) -> bool:
    """Tell whether a text is a date whatever its heading says: 01.04.13 and 2021 are not."""
    bare = text.strip()
    if re.fullmatch(r"[\d.\s-]*", bare) and not re.fullmatch(
        r"\d{1,2}[.-]\d{1,2}[.-]\d{4}|\d{4}-\d{1,2}-\d{1,2}", bare
    ):
        return False
    if re.fullmatch(r"\d{1,2}/\d{1,2}/\d{2}", bare):
        return False
    try:
        parse_date(text)
    except (ValueError, OverflowError):
        return False
    return True


def _instant(text: str) -> datetime | None:
    """Return the French time of an instant, None where a text says none."""
    if found := _INSTANT.fullmatch(text):
        year, month, day = (int(found[n]) for n in (1, 2, 3))
    elif found := _FRENCH_INSTANT.fullmatch(text):
        day, month, year = (int(found[n]) for n in (1, 2, 3))
    else:
        return None
    hour, minute, second = (int(found[n] or 0) for n in (4, 5, 6))
    told = datetime(year, month, day, hour, minute, second, tzinfo=PARIS)
    if found[7] is None:
        return told
    offset = found[7].removeprefix("UTC").removeprefix("GMT").strip()
    if offset in {"Z", ""}:
        return told.replace(tzinfo=UTC).astimezone(PARIS)
    hours, minutes = _hours_and_minutes(offset[1:])
    apart = timedelta(hours=hours, minutes=minutes)
    return told.replace(tzinfo=timezone(-apart if offset[0] == "-" else apart)).astimezone(PARIS)


def _hours_and_minutes(offset: str) -> tuple[int, int]:
    hours, colon, minutes = offset.partition(":")
    if not colon and len(offset) > len("00"):
        hours, minutes = offset[:-2], offset[-2:]
    return int(hours), int(minutes or 0)


def _checked(day: date) -> date:
    if day.year not in YEARS:
        raise ValueError(day)
    return day
