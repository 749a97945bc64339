"""Links as letters leave them: with the sign that followed them, or encoded once more."""

from typing import Final
from urllib.parse import unquote_plus

SIGNS: Final = " .,;:!?…)]}>»›\"'’”*_|\\\u00a0\u202f"
"""What stands after a link in a sentence, and is taken for a part of it."""
OPENING: Final = " ([{<«‹\"'“‘"
MOST_TIMES: Final = 3
"""That an address may have been encoded once more."""


def unworn(text: str) -> tuple[str, ...]:
    """Return what a text from an address may have been, the likeliest first; never the text itself.

    Parameters
    ----------
    text
        Decoded once, as an address is.
    """
    tried: dict[str, None] = {}
    once = text
    for _ in range(MOST_TIMES):
        for each in (once, once.rstrip(SIGNS), once.rstrip(SIGNS).lstrip(OPENING)):
            tried[each] = None
        decoded = unquote_plus(once, errors="replace")
        if decoded == once:
            break
        once = decoded
    return tuple(each for each in tried if each and each != text)
