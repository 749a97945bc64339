"""Numbers and amounts as the French write them, and what in a column tells how they are meant."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

import pandas as pd

from layers.brought.headings import WHOLE, words_of
from layers.brought.values.cells import LONGEST_VALUE, Parse, bounded, short_texts
from layers.brought.values.unit_signs import unit_of, without_unit

CENT: Final = Decimal("0.01")
MOST_EUROS: Final = Decimal(10) ** 13
MOST_FIGURES: Final = 15
"""Of a whole number that every program keeps; what has more is a code, or loses its end."""
TIMES: Final = {"": 1, "k": 10**3, "m": 10**6, "md": 10**9}

_SPACES = re.compile(r"[\s'’]")
_CURRENCY = re.compile(
    r"\s*(?P<times>k|md|m)?\s*(?:€|eur(?:os?)?)\s*(?:h\.?t\.?|t\.?t\.?c\.?)?\s*$", re.IGNORECASE
)
_CURRENCY_BEFORE = re.compile(r"^\s*([-−+]?)\s*(?:€|eur(?:os)?\b)\s*", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,2})?", re.IGNORECASE)
_EXPONENT = re.compile(r"[+-]?\d+e[+-]?\d{1,2}", re.IGNORECASE)
_SPACED = re.compile(r"[+-]?\s?\d{1,3}(?:[\s'’]\d{3})+(?:[.,]\d+)?|\S*")
_PLAIN = re.compile(
    rf"[+-]?\d{{1,{MOST_FIGURES}}}(?:[.,]\d{{1,{LONGEST_VALUE - MOST_FIGURES - 2}}})?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Separator:
    """How the dots and commas of a column are meant.

    Parameters
    ----------
    groups
        The sign that parts thousands, ``.`` or ``,``; empty where both begin the decimals.
    sure
        False where every cell that has the sign could be meant in both ways.
    """

    groups: str
    sure: bool


def separator_of(texts: pd.Series, *, money: bool = False) -> Separator:
    """Return how the dots and commas of a column are meant.

    A cell such as ``1,234.50`` or ``1.234.567`` says it of all others. Where each has three figures
    behind the sign, they are thousands of euros and of what is counted, decimals of anything else.
    """
    bare = [
        text if is_plain_number(text) else _bare(without_unit(_without_currency(text)[0]))
        for text in short_texts(texts)
    ]
    for sign, other in ((".", ","), (",", ".")):
        signed = [text for text in bare if sign in text]
        grouped = re.compile(rf"[(+-]?\d{{1,3}}(?:\{sign}\d{{3}})+(?:\{other}\d*)?[)-]?")
        if not signed or not all(map(grouped.fullmatch, signed)):
            continue
        if any(other in text or text.count(sign) > 1 for text in signed):
            return Separator(sign, sure=True)
        if any(text.startswith("0") for text in signed):
            continue
        counts = money or WHOLE.fullmatch(words_of(str(texts.name or ""))) is not None
        return Separator(sign if counts else "", sure=False)
    return Separator("", sure=True)


def number_parser(texts: pd.Series) -> Parse:
    """Return how the numbers of a column are read: whole ones as int, others as float.

    A dot or comma groups thousands where :func:`separator_of` says so; an exponent without a
    decimal sign makes a number only beside plain ones (1E2 is a room); a unit is read where all
    have the same.
    """
    groups = separator_of(texts).groups
    unit = unit_of(texts)
    bare = map(_bare, short_texts(texts))
    plain = any(not _EXPONENT.fullmatch(t) and _NUMBER.fullmatch(t.replace(",", ".")) for t in bare)

    def parse(text: str) -> float:
        if not groups and is_plain_number(text):
            return int(text) if text.lstrip("+-").isdecimal() else float(text.replace(",", "."))
        told = without_unit(bounded(text)) if unit else bounded(text)
        if not plain and _EXPONENT.fullmatch(told.strip()):
            raise ValueError(text)
        number = _plain_number(told, groups)
        if len(number.partition(".")[0].lstrip("+-0")) > MOST_FIGURES:
            raise ValueError(text)
        value = float(number)
        if abs(value) > 1e300:  # noqa: PLR2004 - infinity is no number
            raise ValueError(text)
        return int(number) if re.fullmatch(r"[+-]?\d+", number) else value

    return parse


def is_plain_number(text: str) -> bool:
    """Tell figures with no sign between them but that of the decimals, as most numbers are."""
    return _PLAIN.fullmatch(text) is not None


def are_sections(texts: Sequence[str]) -> bool:
    """Tell figures that number parts of a whole: 1.10 comes after 1.9, and is not 1.1."""
    decimals = [text.partition(".")[2] for text in texts if re.fullmatch(r"\d+\.\d+", text)]
    trailing = any(figures.endswith("0") for figures in decimals)
    return trailing and len({len(figures) for figures in decimals}) > 1


def amount_parser(texts: pd.Series, *, exact: bool = False) -> Parse:
    """Return how the amounts of a column are read, to the cent unless they are to be exact."""
    groups = separator_of(texts, money=True).groups

    def parse(text: str) -> Decimal:
        bare, times = _without_currency(bounded(text))
        amount = Decimal(_plain_number(bare, groups)) * times
        if abs(amount) >= MOST_EUROS:
            raise ValueError(text)
        return amount if exact else amount.quantize(CENT, rounding=ROUND_HALF_UP)

    return parse


def has_currency(text: str) -> bool:
    """Tell whether a text is written with a currency."""
    return _without_currency(text)[0] != text.strip()


def _bare(text: str) -> str:
    return _SPACES.sub("", text)


def _without_currency(text: str) -> tuple[str, int]:
    """Return an amount without its currency, and what it is to be multiplied by."""
    told = _CURRENCY_BEFORE.sub(r"\1", text.strip())
    inside = told[1:-1] if told[:1] == "(" and told[-1:] == ")" else told
    found = _CURRENCY.search(inside)
    if not found:
        return told, 1
    word = (found["times"] or "").lower()
    bare = inside[: found.start()].strip()
    return (bare if inside is told else f"({bare})"), TIMES[word]


def _plain_number(text: str, groups: str) -> str:
    """Return a number as programs write it, from ``1 234,5``, ``1.234,5``, ``(12)`` or ``12-``."""
    told = text.strip().replace("−", "-")
    negative = re.fullmatch(r"\((.*)\)|([\d\s.,'’]+)-", told)
    if negative:
        told = negative[1] if negative[1] is not None else negative[2]
    told = re.sub(r"^([+-])\s+", r"\1", told.strip())
    if not _SPACED.fullmatch(told):
        raise ValueError(text)
    bare = _without_groups(_bare(told), groups).replace(",", ".")
    if not _NUMBER.fullmatch(bare) or not bare.isascii():
        raise ValueError(text)
    if negative:
        if bare[0] in "+-":
            raise ValueError(text)
        bare = f"-{bare}"
    return bare


def _without_groups(bare: str, groups: str) -> str:
    """Return a number without the signs between its thousands; raises ValueError for others."""
    comma, dot = bare.rfind(","), bare.rfind(".")
    if comma < 0 or dot < 0:
        return bare.replace(groups, "") if groups else bare
    grouping = "," if dot > comma else "."
    if not re.fullmatch(rf"[+-]?\d{{1,3}}(?:\{grouping}\d{{3}})+[.,]\d*", bare):
        raise ValueError(bare)
    return bare.replace(grouping, "")
