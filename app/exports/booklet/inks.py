"""Inks: the colours of paper, each as light (RGB) and as ink (CMYK), told apart in grey too."""

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
ABROAD: Final = "#ece8de"
ABROAD_LINE: Final = "#cdc6b6"
ABROAD_INK: Final = "#746e62"
COMMUNE_LINE: Final = "#b5ab93"
EPCI_LINE: Final = "#7d7359"
OUTLINE: Final = "#1f2b33"
MONEY: Final = "#a3301d"
SELECTION: Final = "#0b4fa0"
REGISTRATION: Final = "registration"
"""Crop marks: every ink at once."""

_TINT: Final = 0.6
_PLATES: Final[dict[str, Cmyk]] = {
    INK: (0, 0, 0, 1),
    INK_SOFT: (0, 0, 0, 0.72),
    OUTLINE: (0, 0, 0, 1),
    PAPER: (0, 0, 0, 0),
    RULE: (0, 0, 0.05, 0.3),
    SEA: (0.14, 0.03, 0.03, 0.02),
    SEA_INK: (0.7, 0.3, 0.2, 0.3),
    LAND: (0, 0.015, 0.1, 0),
    ABROAD: (0, 0.01, 0.05, 0.08),
    ABROAD_LINE: (0, 0.02, 0.08, 0.2),
    ABROAD_INK: (0, 0, 0, 0.6),
    COMMUNE_LINE: (0, 0.04, 0.15, 0.3),
    EPCI_LINE: (0, 0.08, 0.25, 0.55),
    MONEY: (0, 0.85, 0.85, 0.35),
    SELECTION: (0.95, 0.65, 0, 0.1),
    REGISTRATION: (1, 1, 1, 1),
}
"""Chosen plates: texts and thin lines are of one or two inks, so that they stay sharp."""


def tint(colour: str) -> str:
    """Return a colour as a tint of itself: names are read on it, and it is still told in grey."""
    parts = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * _TINT):02x}" for part in parts)


def light(colour: str) -> str:
    """Write a colour for screens."""
    return INK if colour == REGISTRATION else colour


def plates(colour: str) -> Cmyk:
    """Return the inks of a colour, each from 0 to 1: chosen, or else from its light.

    Grey is taken out of the three colours and printed as black (full grey component replacement),
    so that the sum of inks stays low.
    """
    if colour in _PLATES:
        return _PLATES[colour]
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    black = 1 - max(red, green, blue)
    if black == 1:
        return (0, 0, 0, 1)
    cyan, magenta, yellow = (
        round((1 - part - black) / (1 - black), 3) for part in (red, green, blue)
    )
    return (cyan, magenta, yellow, round(black, 3))


def ink(colour: str) -> str:
    """Write a colour for a printer, as CSS has it."""
    return f"device-cmyk({' '.join(f'{part:g}' for part in plates(colour))})"
