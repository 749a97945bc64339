"""How figures and words are written in French: Babel's locale, wrapped once.

Spaces never break: U+202F groups thousands and comes before ``%``, U+00A0 before a unit or ``€``,
as in the CLDR. A value that is not known is said so, never written as zero.
"""

import datetime as dt
import math
import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final

from babel.core import Locale
from babel.dates import format_date as babel_date
from babel.lists import format_list
from babel.numbers import format_decimal

FRENCH: Final = Locale.parse("fr_FR")
UNKNOWN: Final = "non disponible"

Quantity = Decimal | float | int | None

_GROUPS = re.compile(r"(?<![\d,.])\d{1,3}(?: \d{3})+(?!\d)")
_NARROW = re.compile(r" (?=[;!?%])")
_NO_BREAK = re.compile(r" (?=[:€»])|(?<=[«°]) ")


def format_number(value: Quantity, decimals: int | None = None) -> str:
    """Write a number: ``1 468 018``, ``12,5``.

    Parameters
    ----------
    value
        None and NaN give :data:`UNKNOWN`.
    decimals
        Digits after the comma, rounded half up; by default at most two and no trailing zero.
    """
    number = _decimal(value)
    if number is None:
        return UNKNOWN
    if decimals is None:
        return _written(round_half_up(number, 2), "#,##0.##")
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return _written(round_half_up(number, decimals), pattern)


@lru_cache(maxsize=4096)
def _written(number: Decimal, pattern: str) -> str:
    """Write a rounded number: of a hundred thousand distances, most are said again."""
    return format_decimal(number, format=pattern, locale=FRENCH)


def format_euros(value: Quantity, *, cents: bool | None = None) -> str:
    """Write an amount: ``1 878 696 €``, ``1 045 158,41 €``.

    Parameters
    ----------
    value
        Euros; None and NaN give :data:`UNKNOWN`.
    cents
        True always shows them, False never; by default only when they are not zero.
    """
    number = _decimal(value)
    if number is None:
        return UNKNOWN
    if cents is None:
        number = round_half_up(number, 2)
        cents = number != number.to_integral_value()
    return f"{format_number(number, 2 if cents else 0)}\u00a0€"


def format_percent(ratio: Quantity, decimals: int = 1) -> str:
    """Write a ratio (0.374) as a percentage: ``37,4 %``."""
    number = _decimal(ratio)
    return UNKNOWN if number is None else f"{format_number(number * 100, decimals)}\u202f%"


def format_km(kilometres: Quantity, decimals: int = 1) -> str:
    """Write a distance in kilometres: ``12,5 km``."""
    return _with_unit(kilometres, decimals, "km")


def format_km2(square_kilometres: Quantity, decimals: int = 0) -> str:
    """Write an area in square kilometres: ``6 671 km²``."""
    return _with_unit(square_kilometres, decimals, "km²")


def format_date(day: dt.date) -> str:
    """Write a day in words: ``4 décembre 2023``, ``1er janvier 2024``."""
    text = babel_date(day, format="d MMMM y", locale=FRENCH)
    return re.sub(r"^1 ", "1er ", text)


def format_iso_date(day: str) -> str:
    """Write a day given as ``2023-12-04`` in words.

    Raises
    ------
    ValueError
        It is no day.
    """
    return format_date(dt.date.fromisoformat(day))


def format_days(first: dt.date, last: dt.date) -> str:
    """Write a span of days: ``du 1er juillet au 31 décembre 2026``, ``le 4 décembre 2023``."""
    if first == last:
        return f"le {format_date(first)}"
    start, end = format_date(first), format_date(last)
    return f"du {start.removesuffix(f' {last.year}')} au {end}"


def plural(count: Quantity, singular: str, plural_form: str | None = None) -> str:
    """Write a count with its noun: ``0 opération``, ``1 collège``, ``7 opérations``.

    In French the plural begins at two; the default plural adds an *s*.
    """
    number = _decimal(count)
    if number is None:
        return UNKNOWN
    many = FRENCH.plural_form(abs(number)) != "one"
    noun = (plural_form or f"{singular}s") if many else singular
    return f"{format_number(number)}\u00a0{noun}"


def typeset(text: str) -> str:
    """Set the spaces of a French text so that no line breaks at them: ``1 204,50 €``, ``« mot »``.

    Inside numbers and before ``; ! ? %`` they become U+202F, before ``: € »`` and after ``« n°``
    U+00A0.
    """
    grouped = _GROUPS.sub(lambda number: number[0].replace(" ", "\u202f"), text)
    return _NO_BREAK.sub("\u00a0", _NARROW.sub("\u202f", grouped))


def enumerate_words(words: Iterable[str]) -> str:
    """Join words as a sentence does: ``Arras, Lens et Calais``."""
    return format_list(list(words), locale=FRENCH)


def _decimal(value: Quantity) -> Decimal | None:
    if value is None or math.isnan(value):
        return None
    return value if isinstance(value, Decimal) else Decimal(str(value))


def round_half_up(number: Decimal, decimals: int) -> Decimal:
    """Return a number with so many digits after the comma, as all numbers are written here."""
    return number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def _with_unit(value: Quantity, decimals: int, unit: str) -> str:
    text = format_number(value, decimals)
    return text if text == UNKNOWN else f"{text}\u00a0{unit}"
