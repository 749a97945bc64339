"""The ramps of the choropleths; every other colour is in ``assets/tokens.css``."""

from collections.abc import Mapping
from typing import Final

from app.view.class_choice import Palette

Ramp = tuple[str, str, str, str, str]

MONEY_RAMP: Final[Ramp] = ("#f8e4d3", "#efc6a4", "#e09d76", "#c96c4a", "#a03c27")
"""For amounts: one hue, lightness falls evenly, so that grey printing keeps the order."""

PLAIN_RAMP: Final[Ramp] = ("#e3e9d6", "#bdd0b4", "#8fb296", "#5a8a78", "#285a55")
"""For everything else."""

NEAR_RAMP: Final = ("#eff1e4", "#d5dfc9", "#b0c6ad")
"""For what is within a threshold…"""
FAR_RAMP: Final = ("#d29f55", "#a4672b", "#643a16")
"""…and beyond it: another hue, so that the threshold is seen, darker, so that grey keeps it."""


RAMPS: Final[Mapping[Palette, Ramp]] = {
    Palette.BLUE: ("#e2e9f1", "#b9cde0", "#88a9c8", "#5680a9", "#2a5480"),
    Palette.VIOLET: ("#ece4ee", "#d2bfd9", "#b094bd", "#88689b", "#5b3f72"),
    Palette.GREY: ("#ededea", "#cbcbc7", "#a1a19d", "#737370", "#41413f"),
}
_MIDDLE: Final = {1: (0.5,), 2: (0.25, 0.75)}
"""Where one class and two stand on a ramp: they do not shout at each other."""


def ramp(classes: int, *, money: bool, palette: Palette | None = None) -> tuple[str, ...]:
    """Return the colours of so many classes (1 at least), palest first.

    Parameters
    ----------
    money
        Whether the values are amounts, which decides where no palette is chosen.
    """
    usual = MONEY_RAMP if money else PLAIN_RAMP
    stops = RAMPS[palette] if palette else usual
    even = tuple(index / max(classes - 1, 1) for index in range(classes))
    return tuple(_between(stops, share) for share in _MIDDLE.get(classes, even))


def _between(stops: Ramp, share: float) -> str:
    """Return the colour at a share of a ramp; its stops are near enough to be mixed in sRGB."""
    below = min(int(share * (len(stops) - 1)), len(stops) - 2)
    part = share * (len(stops) - 1) - below
    pairs = zip(_channels(stops[below]), _channels(stops[below + 1]), strict=True)
    mixed = (round(low + (high - low) * part) for low, high in pairs)
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
