"""Numbers as documents print them: ``4538``, ``1 984,8 km²``, ``187.4``, ``5 ,9 millions €``."""

import re
from decimal import Decimal
from typing import Final

_SPACE = "[ \u00a0\u202f]"
NUMBER: Final = re.compile(rf"\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)(?: ?[.,]\d+)?|\d+(?: ?[.,]\d+)?")
_SCALES: Final = (
    (re.compile(r"\s*(?:M ?€|M ?m²|millions?\b)"), Decimal(10) ** 6),
    (re.compile(r"\s*milliards?\b"), Decimal(10) ** 9),
)


def read_number(printed: str) -> Decimal | None:
    """Return the number of a printed figure, in its unit; None when there is no digit."""
    found = NUMBER.search(printed)
    if found is None:
        return None
    return Decimal(_plain(found.group())) * _scale(printed[found.end() :])


def rounding_step(printed: str) -> Decimal:
    """Return the weight of the last digit printed: 0.1 for ``106,5``, 10000 for ``5,49 M€``."""
    found = NUMBER.search(printed)
    if found is None:
        return Decimal(0)
    decimals = _plain(found.group()).partition(".")[2]
    return Decimal(1).scaleb(-len(decimals)) * _scale(printed[found.end() :])


def _plain(number: str) -> str:
    return re.sub(r"\s", "", number).replace(",", ".")


def _scale(rest: str) -> Decimal:
    return next((scale for words, scale in _SCALES if words.match(rest)), Decimal(1))
