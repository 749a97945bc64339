"""Inks: the colours of paper, told apart in grey too; the printing condition gives their plates."""

from collections.abc import Callable
from typing import Final

Cmyk = tuple[float, float, float, float]
Paint = Callable[[str], str]
"""Writes a colour, given as ``#rrggbb``, for one kind of file."""

INK: Final = "#1f2b33"
INK_SOFT: Final = "#505c64"
PAPER: Final = "#ffffff"
RULE: Final = "#b9b2a2"
SEA: Final = "#dbe6ea"
SEA_INK: Final = "#3f6675"
LAND: Final = "#fdf8e6"
VOID: Final = "#e3e5e4"
ABROAD: Final = "#ece8de"
ABROAD_LINE: Final = "#cdc6b6"
ABROAD_INK: Final = "#746e62"
COMMUNE_LINE: Final = "#b5ab93"
EPCI_LINE: Final = "#7d7359"
OUTLINE: Final = "#1f2b33"
ROAD: Final = "#8d8679"
WATER: Final = "#4f88a0"
RAIL: Final = "#3d3a36"
BUILT: Final = "#4a4238"
MONEY: Final = "#a3301d"
MONEY_PALE: Final = "#e3b2a2"
SELECTION: Final = "#0b4fa0"
REGISTRATION: Final = "registration"
"""Crop marks: every ink at once."""

EPCI_INK: Final = "#5f5640"
GREY: Final = frozenset({INK_SOFT, ABROAD_INK})
"""Of small letters."""
THIN: Final = GREY | {
    RULE,
    SEA_INK,
    ABROAD_LINE,
    COMMUNE_LINE,
    EPCI_LINE,
    EPCI_INK,
    ROAD,
    WATER,
    RAIL,
}
"""Of thin lines and small letters."""

_TINT: Final = 0.6


def tint(colour: str) -> str:
    """Return a colour as a tint of itself: names are read on it, and it is still told in grey."""
    parts = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * _TINT):02x}" for part in parts)


def light(colour: str) -> str:
    """Write a colour for screens."""
    return INK if colour == REGISTRATION else colour
