"""Texts as a filter compares them: by a pattern of LIKE, without case, without accents."""

import re
import unicodedata
from collections.abc import Callable
from typing import Final

ANY: Final = "%"
ONE: Final = "_"
ESCAPE: Final = "\\"


def like(pattern: str) -> Callable[[str], bool]:
    """Return whether a text is like a pattern: ``%`` for any text, ``_`` for one sign.

    Each part between two ``%`` is looked for once, from where the last one ended: the first place
    where it stands is as good as any later one. No pattern takes longer than its length times that
    of the text.
    """
    parts = _parts(pattern)
    forms = [re.compile(part, re.DOTALL) for part in parts]

    def holds(text: str) -> bool:
        if len(forms) == 1:
            return forms[0].fullmatch(text) is not None
        found = forms[0].match(text)
        for form in forms[1:-1]:
            found = form.search(text, found.end()) if found else None
        if found is None:
            return False
        # a part has the same length wherever it stands
        rest = len(text) - _length(parts[-1])
        return rest >= found.end() and forms[-1].fullmatch(text, rest) is not None

    return holds


def without_case(text: str) -> str:
    """Return a text by which two that differ in case alone are the same."""
    return text.casefold()


def without_accents(text: str) -> str:
    """Return a text without its accents; œ and æ are letters of their own."""
    parts = unicodedata.normalize("NFD", text)
    return unicodedata.normalize(
        "NFC", "".join(one for one in parts if not unicodedata.combining(one))
    )


def _parts(pattern: str) -> list[str]:
    """Return what stands between two signs for any text, as regular expressions."""
    parts, escaped = [""], False
    for sign in pattern:
        if escaped or sign not in {ANY, ONE, ESCAPE}:
            parts[-1] += re.escape(sign)
            escaped = False
        elif sign == ESCAPE:
            escaped = True
        elif sign == ANY:
            parts.append("")
        else:
            parts[-1] += "."
    return parts


def _length(part: str) -> int:
    """Return the number of signs that a part stands for."""
    return len(re.sub(r"\\(.)", r"\1", part, flags=re.DOTALL))
