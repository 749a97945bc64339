"""The ramps of the choropleths; every other colour is in ``assets/10-tokens.css``."""

from typing import Final

MONEY_RAMP: Final = ("#f8e4d3", "#efc6a4", "#e09d76", "#c96c4a", "#a03c27")
"""For amounts: one hue, lightness falls evenly, so that grey printing keeps the order."""

PLAIN_RAMP: Final = ("#e3e9d6", "#bdd0b4", "#8fb296", "#5a8a78", "#285a55")
"""For everything else."""

MOST_CLASSES: Final = len(MONEY_RAMP)


def ramp(classes: int, *, money: bool) -> tuple[str, ...]:
    """Return the colours of so many classes (1 to 5), palest first, spread over the whole ramp."""
    colours = MONEY_RAMP if money else PLAIN_RAMP
    if classes == 1:
        return (colours[MOST_CLASSES // 2],)
    step = (MOST_CLASSES - 1) / (classes - 1)
    return tuple(colours[round(index * step)] for index in range(classes))
