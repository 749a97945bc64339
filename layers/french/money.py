"""Amounts in euros as French documents print them: read to the cent, or said to be unreadable."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

CENT: Final = Decimal("0.01")
LONGEST_TEXT: Final = 20_000
LARGEST: Final = Decimal(10) ** 13

SPACES: Final = dict.fromkeys(map(ord, "\u00a0\u202f\u2009\u2007\u2002\u2003\u2008\u200a\t"), " ")
_ZERO_WIDTH = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼ´`"), "'")
_TIDY = {**SPACES, **_ZERO_WIDTH, **_APOSTROPHES, ord("−"): "-"}

_NUMBER = (
    r"(?:\d{1,3}(?:[ .']{1,3}\d{3}){1,4}(?P<glued>\d(?!\d))?|\d{1,15})"
    r"(?: ?[.,] ?\d{1,3})?"
)
_SCALE = r"(?P<scale>milliards?|millions?|milliers?|Md|M|k|K)"
_UNIT = (
    rf"(?:{_SCALE} ?(?:€|(?:d' ?)?(?:euros?|EUR)\b)|€|(?:d' ?)?(?:euros?|EUR)\b)"
    r"(?:(?: par an| / ?an|/an)(?![a-z]))?"
    r"(?: ?(?:HT|TTC)\b)?"
    r"(?P<footnote> ?\(\d\)|\d(?!\d))?"
)
_AMOUNT = re.compile(rf"(?<![\w,.+])(?P<sign>-)?(?P<number>{_NUMBER}) {{0,3}}{_UNIT}")
_BARE = re.compile(
    r"(?<![\d,.])(?P<sign>-)?(?P<number>\d{1,3}(?: {1,3}\d{3}){0,4},\d{2}|\d{4,13},\d{2})"
    r"(?P<footnote>)(?P<glued>)(?P<scale>)(?![\d,]| ?%)"
)
_PLACE = re.compile(
    r"(?<!\S)(?P<printed>(?:(?=\S{0,7}[\d?])[\dOoQlI|SBZ?.,]{1,8} ){0,4}\S{1,24}) ?€"
)
_BEFORE = re.compile(r"(?:(?<!\S)(?P<word>\S+) {1,3})?(?<!\S)(?P<token>\S+) {1,3}$")
_DAMAGED = re.compile(r"(?=.*\d)[\dOoQlI|?]*[OoQlI|?][\dOoQlI|?]*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBERED = re.compile(
    r"(?:lots?|tranches?|phases?|axes?|n°|zones?|articles?|b[âa]timents?|sections?|secteurs?|"
    r"missions?|niveaux?|étapes?|îlots?|ilots?|parcelles?|ambitions?)",
    re.IGNORECASE,
)
_SCALES = {"k": 3, "mil": 3, "m": 6, "mill": 6, "md": 9, "milli": 9}


class UnreadableAmountError(ValueError):
    """A text was expected to be an amount and is not; the message is a French sentence."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount found in a text.

    Parameters
    ----------
    value
        Euros to the cent; None when the text has the place of an amount but cannot be read.
    printed
        The characters read, spaces tidied.
    start, end
        Where they stand in the tidied text.
    footnote
        Digit of a footnote glued to the number or to its unit, empty for none.
    rounded
        True when the text gives thousands, millions or milliards: no cent can be expected.
    shorter
        The other reading, where the first figures may number the label: ``Lot 2 345 000 €``.
    """

    value: Decimal | None
    printed: str
    start: int
    end: int
    footnote: str = ""
    rounded: bool = False
    shorter: Decimal | None = None


def tidy(text: str) -> str:
    """Return the text with plain spaces, straight apostrophes and no invisible characters."""
    return text[:LONGEST_TEXT].translate(_TIDY)


def round_to_cent(value: Decimal) -> Decimal:
    """Round half up to the cent, as accounts do."""
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


def parse_euros(text: str) -> Amount:
    """Read a text that is one amount: ``1 045 158,41 €``, ``2.5M€``, ``25,4 millions d'euros``.

    A footnote may be glued to it (``74 220 500 d'euros par an3``); the unit may be missing.

    Raises
    ------
    UnreadableAmountError
        The text is anything else than one amount.
    """
    bare = tidy(text).strip()
    candidates = [bare] if re.search(r"€|euro|EUR", bare) else [f"{bare} €"]
    for candidate in candidates:
        match = _AMOUNT.fullmatch(candidate)
        amount = _amount(match) if match else None
        if amount and amount.value is not None:
            return amount
    raise UnreadableAmountError(
        f"Montant illisible : « {bare[:40]} » ; attendu un nombre d’euros comme « 1 045 158,41 € »."
    )


def find_amounts(text: str, *, bare: bool = False) -> tuple[Amount, ...]:
    """Find the amounts of a tidied text, from left to right.

    Parameters
    ----------
    text
        As returned by :func:`tidy`; positions refer to it.
    bare
        Also take numbers with two decimals and no unit, as in budget tables.

    Returns
    -------
    tuple of Amount
        Where a ``€`` follows characters that are no number, an amount without value.
    """
    found = list(_scan(_AMOUNT, text))
    for pattern in (_BARE,) if bare else ():
        found += [a for a in _scan(pattern, text) if not _overlaps(a, found)]
    for match in _PLACE.finditer(text):
        broken = Amount(None, match["printed"].strip(), match.start(), match.end())
        if not _overlaps(broken, found):
            found.append(broken)
    return tuple(sorted(found, key=lambda amount: amount.start))


def _scan(pattern: re.Pattern[str], text: str) -> Iterator[Amount]:
    for match in pattern.finditer(text):
        amount = _amount(match)
        if amount is not None:
            yield _weigh(text, amount)


def _weigh(text: str, amount: Amount) -> Amount:
    """Doubt an amount for what stands before it: half a number, or the number of a label."""
    before = _BEFORE.search(text, max(0, amount.start - 60), amount.start)
    word, token = (before["word"] or "", before["token"]) if before else ("", "")
    numbered = bool(_NUMBERED.fullmatch(word))
    half = token.isdecimal() and not numbered and not _YEAR.fullmatch(token)
    if half or _DAMAGED.fullmatch(token):
        start = amount.start - len(token) - 1
        return Amount(None, f"{token} {amount.printed}", start, amount.end)
    if re.match(r"-?0\d", amount.printed):
        return replace(amount, value=None)
    first, _, rest = amount.printed.partition(" ")
    if _NUMBERED.fullmatch(token) and first.isdecimal() and re.match(r"[1-9]\d\d\b", rest):
        return replace(amount, shorter=parse_euros(rest).value)
    return amount


def _overlaps(amount: Amount, others: list[Amount]) -> bool:
    return any(amount.start < other.end and other.start < amount.end for other in others)


def _amount(match: re.Match[str]) -> Amount | None:
    number, scale = match["number"], (match["scale"] or "").lower()
    footnote = (match["footnote"] or "").strip(" ()")
    if match["glued"]:
        before, _, decimals = number.partition(",")
        footnote, number = match["glued"], before[:-1] + ("," + decimals if decimals else "")
    digits, decimals = _split_decimals(number, scaled=bool(scale))
    if len(decimals) > len("00") and not scale:
        decimals, footnote = decimals[:2], decimals[2:]
    value = Decimal(f"{re.sub('[^0-9]', '', digits)}.{decimals or '0'}")
    value = round_to_cent(value.scaleb(_power(scale))) * (-1 if match["sign"] else 1)
    if abs(value) >= LARGEST:
        return Amount(None, match[0], match.start(), match.end())
    printed = re.sub(" +", " ", match[0]).strip()
    return Amount(value, printed, match.start(), match.end(), footnote, bool(scale))


def _split_decimals(number: str, *, scaled: bool) -> tuple[str, str]:
    """Part a number at its decimal sign; a point before three digits groups thousands."""
    compact = re.sub(r"[ ']", "", number)
    head, comma, tail = compact.rpartition(",")
    if comma:
        return head, tail
    head, point, tail = compact.rpartition(".")
    groups_thousands = len(tail) == len("000") and not scaled
    return (head, tail) if point and not groups_thousands else (compact, "")


def _power(scale: str) -> int:
    if not scale:
        return 0
    if scale.startswith("milliar"):
        return _SCALES["milli"]
    if scale.startswith("millio"):
        return _SCALES["mill"]
    return _SCALES[scale if scale in _SCALES else "mil"]
