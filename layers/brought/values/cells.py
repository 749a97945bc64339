"""What any cell may hold: a value of some kind, a sign that none is known, a code, a text."""

import re
import unicodedata
from collections.abc import Callable
from typing import Any, Final

import pandas as pd

from geo.names import INVISIBLE
from layers.model.measures import WITHHELD, WITHOUT_OBJECT
from layers.model.schema import LONGEST_TEXT

LONGEST_VALUE: Final = 100
"""Signs of a number, an amount or a date with all that stands beside it. Longer texts are none, and
are not looked through: it would take as long as their square."""

UNKNOWN: Final = re.compile(
    r"\W*(?:n ?/? ?[acdr]|n\.[acdr]\.|nsp|null?|none|nan|inconnue?s?|sans objet|s/?o|tbd"
    r"|non (?:renseign|communiqu|dispo)\w*|(?:à|a) (?:défin|précis|complét|renseign|confirm)\w*"
    r"|[-–—?.*/#x]{1,5}|#n/a|#ref!|#div/0!|#valeur!|#value!|#nom\?|#num!)\W*",
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
    if not text.isascii() or not text.isprintable():
        text = "".join(map(_shown, text.translate(INVISIBLE)))
    return text.strip()[:LONGEST_TEXT]


def short_texts(texts: pd.Series) -> list[str]:
    """Return the different texts that are short enough to be values."""
    return [text for text in texts.dropna().unique() if len(text) <= LONGEST_VALUE]


def bounded(text: str) -> str:
    """Return a text; raises ValueError where it is too long to be a value."""
    if len(text) > LONGEST_VALUE:
        raise ValueError(text[:LONGEST_VALUE])
    return text


def _shown(sign: str) -> str:
    if sign.isprintable() or sign in "\u00a0\u202f":
        return sign
    return "" if unicodedata.category(sign) == "Cf" else " "
