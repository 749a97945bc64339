"""The ramps of the choropleths; every other colour is in ``assets/10-tokens.css``."""

from typing import Final

MONEY_RAMP: Final = ("#f8e4d3", "#efc6a4", "#e09d76", "#c96c4a", "#a03c27")
"""For amounts: one hue, lightness falls evenly, so that grey printing keeps the order."""

PLAIN_RAMP: Final = ("#e3e9d6", "#bdd0b4", "#8fb296", "#5a8a78", "#285a55")
"""For everything else."""

CHOSEN: Final = ((2,), (1, 3), (0, 2, 4), (0, 1, 3, 4), (0, 1, 2, 3, 4))
"""Which colours stand for one class, for two… : two do not shout at each other."""
MOST_CLASSES: Final = len(MONEY_RAMP)


def ramp(classes: int, *, money: bool) -> tuple[str, ...]:
    """Return the colours of so many classes (1 to 5), palest first."""
    colours = MONEY_RAMP if money else PLAIN_RAMP
    return tuple(colours[index] for index in CHOSEN[classes - 1])
