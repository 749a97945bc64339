"""From a cell's text to a value: numbers and amounts as the French write them, dates, codes."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

import pandas as pd

from layers.french.period import DatePrecision, parse_period
from layers.model.schema import LONGEST_TEXT

CENT: Final = Decimal("0.01")
MOST_EUROS: Final = Decimal(10) ** 13
EXCEL_EPOCH: Final = date(1899, 12, 30)
EXCEL_DAYS: Final = range(20_000, 73_000)
"""Days since 1900 that a spreadsheet may write for a date between 1954 and 2099."""

YEARS: Final = range(1900, 2100)
CENTURY_TURNS: Final = 50

_SPACES = re.compile(r"[\s\u00a0\u202f'’]")
_CURRENCY = re.compile(r"(€|k€|eur(os?)?|euros?)?(ht|ttc)?$", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,2})?", re.IGNORECASE)
_GROUPED = re.compile(r"[+-]?\d{1,3}(\.\d{3})+")
_TWICE_GROUPED = re.compile(r"[+-]?\d{1,3}(\.\d{3}){2,}")
_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[T ].*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?: .*)?")
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
        except ValueError:
            wrong.add(text)
    values = pd.Series([known.get(text) for text in texts], index=texts.index, dtype=object)
    return values, texts.isin(wrong)


def number_parser(texts: pd.Series) -> Parse:
    """Return how the numbers of a column are read: a dot groups only where all of them say so."""
    dotted = [_SPACES.sub("", text) for text in texts.dropna().unique() if "." in text]
    dots_group = (
        bool(dotted)
        and all(_GROUPED.fullmatch(text) for text in dotted)
        and any(_TWICE_GROUPED.fullmatch(text) for text in dotted)
    )

    def parse(text: str) -> float:
        number = float(_plain_number(text, dots_group=dots_group))
        if abs(number) > 1e300:  # noqa: PLR2004 - infinity is no number
            raise ValueError(text)
        return number

    return parse


def amount_parser(texts: pd.Series) -> Parse:
    """Return how the amounts of a column are read, to the cent."""
    dotted = [_CURRENCY.sub("", _SPACES.sub("", t)) for t in texts.dropna().unique() if "." in t]
    dots_group = bool(dotted) and all(_GROUPED.fullmatch(text) for text in dotted)

    def parse(text: str) -> Decimal:
        bare = _SPACES.sub("", text)
        thousands = bare.lower().endswith("k€")
        plain = _plain_number(_CURRENCY.sub("", bare), dots_group=dots_group)
        amount = Decimal(plain) * (1000 if thousands else 1)
        if abs(amount) >= MOST_EUROS:
            raise ValueError(text)
        return amount.quantize(CENT, rounding=ROUND_HALF_UP)

    return parse


def parse_date(text: str) -> str:
    """Return a date as ISO with the precision that the text has: ``2024``, ``2024-03``, a day.

    Raises
    ------
    ValueError
        It is no day, month or year.
    """
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
        if year < 100:  # noqa: PLR2004 - two digits
            year += 1900 if year > CENTURY_TURNS else 2000
        return _checked(date(year, month, day)).isoformat()
    if found := _ISO.fullmatch(text):
        whole = _checked(date(int(found[1]), int(found[2]), int(found[3] or 1))).isoformat()
        return whole if found[3] else whole[:7]
    if text.isdecimal() and int(text) in EXCEL_DAYS:
        return (EXCEL_EPOCH + timedelta(days=int(text))).isoformat()
    period = parse_period(text)
    lengths = {DatePrecision.DAY: 10, DatePrecision.MONTH: 7, DatePrecision.YEAR: 4}
    if period is None or period.precision not in lengths:
        raise ValueError(text)
    return period.start.isoformat()[: lengths[period.precision]]


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


def _checked(day: date) -> date:
    if day.year not in YEARS:
        raise ValueError(day)
    return day


def _plain_number(text: str, *, dots_group: bool) -> str:
    """Return a number as programs write it, from ``1 234,5``, ``1.234,5`` or ``1,234.5``."""
    bare = _SPACES.sub("", text).replace("−", "-")
    comma, dot = bare.rfind(","), bare.rfind(".")
    if comma >= 0 and dot >= 0:
        grouping = "," if dot > comma else "."
        bare = bare.replace(grouping, "")
    elif dots_group:
        bare = bare.replace(".", "")
    bare = bare.replace(",", ".")
    if not _NUMBER.fullmatch(bare) or not bare.isascii():
        raise ValueError(text)
    return bare
