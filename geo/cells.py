"""Texts in cells that a spreadsheet opens: none of them may run as a formula.

Every table that leaves the house, or that a person may open in it, passes here: its headings and
its cells alike. A workbook needs no sign in the text: its cells say by their type that they are
text.
"""

import re
import unicodedata
from typing import Final

APOSTROPHE: Final = "'"

_NUMBER: Final = re.compile(r"[+-]?\d+([.,]\d+)?", re.ASCII)
_SIGNS: Final = frozenset("=+-@")
_BREAKS: Final = ("\t", "\r", "\n")


def guard_formula(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula.

    A number, even with a sign, is none. Guarding twice is guarding once.
    """
    return f"{APOSTROPHE}{text}" if _may_run(text) else text


def bare_text(text: str) -> str:
    """Take away the apostrophe that :func:`guard_formula` put before a text."""
    rest = text.removeprefix(APOSTROPHE)
    return rest if rest != text and _may_run(rest) else text


def _may_run(text: str) -> bool:
    """Tell whether a text begins, after what spreadsheets drop, with a sign that they obey.

    Tabs and line breaks are signs themselves (OWASP, *CSV Injection*). Wide and small forms of the
    four signs (« ＝ », « ﹦ ») are obeyed too by spreadsheets that fold them: NFKC tells them.
    """
    if not text or text[0].isalnum():
        return False
    if text.lstrip(" ").startswith(_BREAKS):
        return True
    first = next((sign for sign in text if not _is_dropped(sign)), "")
    return unicodedata.normalize("NFKC", first) in _SIGNS and not _NUMBER.fullmatch(text)


def _is_dropped(sign: str) -> bool:
    """Tell whether it leaves nothing to see: blanks, control and format characters."""
    return sign.isspace() or unicodedata.category(sign) in {"Cc", "Cf"}
