"""How somebody wants a layer of theirs to be drawn."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """What replaces the usual sign of a layer; each part is empty where the usual one stays.

    Parameters
    ----------
    colour
        Hexadecimal, with its sign.
    letter
        One character, in the pins.
    size
        Name of the field whose number the circles are as large as.
    label
        Name of the field that is written beside each point.
    """

    colour: str = ""
    letter: str = ""
    size: str = ""
    label: str = ""
