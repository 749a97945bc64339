"""From a cell's text to a value: numbers and amounts as the French write them, dates, codes."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

import pandas as pd

from layers.french.period import DatePrecision, parse_period
from layers.model.measures import WITHHELD, WITHOUT_OBJECT
from layers.model.schema import LONGEST_TEXT

CENT: Final = Decimal("0.01")
MOST_EUROS: Final = Decimal(10) ** 13
EXCEL_EPOCH: Final = date(1899, 12, 30)
EXCEL_DAYS: Final = range(20_000, 73_000)
"""Days since 1900 that a spreadsheet may write for a date between 1954 and 2099."""

YEARS: Final = range(1900, 2100)
CENTURY_TURNS: Final = 50
LONGEST_NUMBER: Final = 100
"""Signs of a number, an amount or a date with all that stands beside it. Longer texts are none, and
are not looked through: it would take as long as their square."""
MOST_FIGURES: Final = 15
"""Of a whole number that every program keeps; what has more is a code, or loses its end."""
PARIS: Final = ZoneInfo("Europe/Paris")

UNKNOWN: Final = re.compile(
    r"\W*(?:n ?/? ?[acdr]|n\.[acdr]\.|nsp|null?|none|nan|inconnue?s?|sans objet|s/?o"
    r"|non (?:renseign|communiqu|dispo)\w*|[-–—?.*/#x]{1,5}|#n/a|#ref!|#div/0!|#valeur!)\W*",
    re.IGNORECASE,
)
"""Signs by which offices write that a value is not known."""

MARKS: Final = {
    WITHHELD: re.compile(
        r"s|ss|secret( stat\w*)?|confidentiel|(<|≤|moins de)\s*\d{1,2}", re.IGNORECASE
    ),
    WITHOUT_OBJECT: re.compile(r"s\.?\s?/?o\.?|sans objet|non concern\w*", re.IGNORECASE),
}
"""How offices write in a column of numbers that one is secret, or has no object."""

_SPACES = re.compile(r"[\s\u00a0\u202f'’]")
_CURRENCY = re.compile(r"(k€|€|eur(os?)?)(ht|ttc)?$", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,2})?", re.IGNORECASE)
_EXPONENT = re.compile(r"[+-]?\d+e[+-]?\d{1,2}", re.IGNORECASE)
_GROUPED = re.compile(r"[+-]?\d{1,3}(\.\d{3})+")
_TWICE_GROUPED = re.compile(r"[+-]?\d{1,3}(\.\d{3}){2,}")
_SPACED = re.compile(r"[+-]?\s?\d{1,3}(?:[\s'’]\d{3})+(?:[.,]\d+)?|\S*")
_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")
_INSTANT = re.compile(
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})[T ](\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?"
    r"\s?(Z|UTC|[+-]\d\d(?::?\d\d)?)?"
)
_DAY_FIRST = re.compile(
    r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:[T ,à]+\d{1,2}[:hH]\d{0,2}.*)?"
)
_PROVED_DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b.*|\d{4}[-/]\d{1,2}[-/]\d{1,2}\b.*")
_CODE = re.compile(r"\d{4,5}|2[AB]\d{3}")

Parse = Callable[[str], Any]


def parse_each(texts: pd.Series, parse: Parse) -> tuple[pd.Series, pd.Series]:
    """Return the value of each text, None where there is none, and which could not be read.

    Parameters
    ----------
    texts
        Texts, None where a cell is empty.
    parse
        Raises ValueError for a text that it cannot read.
    """
    known: dict[str, Any] = {}
    wrong: set[str] = set()
    for text in texts.dropna().unique():
        try:
            known[text] = parse(text)
        except (ValueError, ArithmeticError):
            wrong.add(text)
    values = pd.Series([known.get(text) for text in texts], index=texts.index, dtype=object)
    return values, texts.isin(wrong)


def number_parser(texts: pd.Series) -> Parse:
    """Return how the numbers of a column are read: whole ones as int, others as float.

    A dot groups thousands only where all of them say so; an exponent without a decimal sign makes a
    number only beside plain ones (1E2 is a room); percentages are read where all are.
    """
    bare = [_bare(text) for text in _short(texts)]
    dotted = [text for text in bare if "." in text]
    dots_group = (
        bool(dotted)
        and all(_GROUPED.fullmatch(text) for text in dotted)
        and any(_TWICE_GROUPED.fullmatch(text) for text in dotted)
    )
    percent = are_percentages(texts)
    plain = any(not _EXPONENT.fullmatch(t) and _NUMBER.fullmatch(t.replace(",", ".")) for t in bare)

    def parse(text: str) -> float:
        told = _bounded(text).strip().removesuffix("%") if percent else _bounded(text)
        if not plain and _EXPONENT.fullmatch(told.strip()):
            raise ValueError(text)
        number = _plain_number(told, dots_group=dots_group)
        if len(number.partition(".")[0].lstrip("+-0")) > MOST_FIGURES:
            raise ValueError(text)
        value = float(number)
        if abs(value) > 1e300:  # noqa: PLR2004 - infinity is no number
            raise ValueError(text)
        return int(number) if re.fullmatch(r"[+-]?\d+", number) else value

    return parse


def are_percentages(texts: pd.Series) -> bool:
    """Tell whether all the values that are known are written with a percent sign."""
    told = [text.strip() for text in _short(texts) if not UNKNOWN.fullmatch(text.strip())]
    return bool(told) and all(text.endswith("%") for text in told)


def amount_parser(texts: pd.Series) -> Parse:
    """Return how the amounts of a column are read, to the cent."""
    dotted = [_CURRENCY.sub("", _bare(t)) for t in _short(texts) if "." in t]
    dots_group = bool(dotted) and all(_GROUPED.fullmatch(text) for text in dotted)

    def parse(text: str) -> Decimal:
        bare = _bounded(text).strip()
        negative = bare.startswith("(") and bare.endswith(")")
        inside = bare[1:-1] if negative else bare
        unit = _CURRENCY.search(_SPACES.sub("", inside))
        thousands = unit is not None and unit[1].lower() == "k€"
        plain = _plain_number(_without_unit(inside), dots_group=dots_group)
        amount = Decimal(plain) * (1000 if thousands else 1) * (-1 if negative else 1)
        if abs(amount) >= MOST_EUROS:
            raise ValueError(text)
        return amount.quantize(CENT, rounding=ROUND_HALF_UP)

    return parse


def date_parser(texts: pd.Series) -> Parse:
    """Return how the days of a column are read: a count of days since 1900 beside days alone."""
    proved = any(_PROVED_DAY.fullmatch(text.strip()) for text in _short(texts))

    def parse(text: str) -> str:
        if proved and text.isdecimal() and int(text) in EXCEL_DAYS:
            return (EXCEL_EPOCH + timedelta(days=int(text))).isoformat()
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
    text = _bounded(text).strip()
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
        if year < 100:  # noqa: PLR2004 - two digits
            year += 1900 if year > CENTURY_TURNS else 2000
        return _checked(date(year, month, day)).isoformat()
    if found := _INSTANT.fullmatch(text):
        return _checked(_french_instant(found).date()).isoformat()
    if found := _ISO.fullmatch(text):
        whole = _checked(date(int(found[1]), int(found[2]), int(found[3] or 1))).isoformat()
        return whole if found[3] else whole[:7]
    period = parse_period(text)
    lengths = {DatePrecision.DAY: 10, DatePrecision.MONTH: 7, DatePrecision.YEAR: 4}
    if period is None or period.precision not in lengths:
        raise ValueError(text)
    return period.start.isoformat()[: lengths[period.precision]]


def has_hour(text: str) -> bool:
    """Tell whether a text gives an hour beside its day, other than midnight in France."""
    if found := _INSTANT.fullmatch(text.strip()):
        try:
            return _french_instant(found).time() != time()
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


def _french_instant(found: re.Match[str]) -> datetime:
    year, month, day, hour, minute, second = (int(found[n] or 0) for n in range(1, 7))
    told = datetime(year, month, day, hour, minute, second, tzinfo=PARIS)
    offset = found[7]
    if offset is None:
        return told
    if offset in {"Z", "UTC"}:
        return told.replace(tzinfo=UTC).astimezone(PARIS)
    minutes = int(offset[1:3]) * 60 + int(offset[3:].lstrip(":") or 0)
    zone = timezone(timedelta(minutes=-minutes if offset[0] == "-" else minutes))
    return told.replace(tzinfo=zone).astimezone(PARIS)


def parse_code(text: str) -> str:
    """Return a code of five signs, with the zero that a spreadsheet took away.

    Raises
    ------
    ValueError
        It is no such code.
    """
    code = _SPACES.sub("", text).upper()
    code = re.sub(r"[.,]0+$", "", code)
    if not _CODE.fullmatch(code):
        raise ValueError(text)
    return code.zfill(5)


def parse_text(text: str) -> str:
    """Return a text without the signs that nobody sees, no longer than a layer may hold."""
    clean = "".join(sign if sign.isprintable() or sign in "\u00a0\u202f" else " " for sign in text)
    return clean.strip()[:LONGEST_TEXT]


def _short(texts: pd.Series) -> list[str]:
    """Return the different texts that are short enough to be values."""
    return [text for text in texts.dropna().unique() if len(text) <= LONGEST_NUMBER]


def _bounded(text: str) -> str:
    """Return a text; raises ValueError where it is too long to be a value."""
    if len(text) > LONGEST_NUMBER:
        raise ValueError(text[:LONGEST_NUMBER])
    return text


def _checked(day: date) -> date:
    if day.year not in YEARS:
        raise ValueError(day)
    return day


def _bare(text: str) -> str:
    return _SPACES.sub("", text)


def _without_unit(text: str) -> str:
    """Take away the currency at the end of an amount, whatever spaces stand in it."""
    return re.sub(
        r"[\s\u00a0\u202f]*(?:k€|€|eur(?:os?)?)[\s\u00a0\u202f]*(?:ht|ttc)?[\s\u00a0\u202f]*$",
        "", text, flags=re.IGNORECASE,
    )  # fmt: skip


def _plain_number(text: str, *, dots_group: bool) -> str:
    """Return a number as programs write it, from ``1 234,5``, ``1.234,5``, ``(12)`` or ``12-``."""
    told = text.strip().replace("−", "-")
    negative = re.fullmatch(r"\((.*)\)|([\d\s\u00a0\u202f.,'’]+)-", told)
    if negative:
        told = negative[1] if negative[1] is not None else negative[2]
    told = re.sub(r"^([+-])\s+", r"\1", told.strip())
    if not _SPACED.fullmatch(told):
        raise ValueError(text)
    bare = _bare(told)
    comma, dot = bare.rfind(","), bare.rfind(".")
    if comma >= 0 and dot >= 0:
        grouping = "," if dot > comma else "."
        if not re.fullmatch(rf"[+-]?\d{{1,3}}(?:\{grouping}\d{{3}})+[.,]\d*", bare):
            raise ValueError(text)
        bare = bare.replace(grouping, "")
    elif dots_group:
        bare = bare.replace(".", "")
    bare = bare.replace(",", ".")
    if not _NUMBER.fullmatch(bare) or not bare.isascii():
        raise ValueError(text)
    if negative:
        if bare[0] in "+-":
            raise ValueError(text)
        bare = f"-{bare}"
    return bare
