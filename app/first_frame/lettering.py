"""How wide names on the map are in the browser, from the font files of the house."""

from functools import cache

from app.exports.booklet.pen.lettering import face


@cache
def width(text: str, size: float, weight: int) -> float:
    """Return the width of a text on one line, pixels.

    Parameters
    ----------
    size
        Pixels.
    weight
        400 to 600, between which the letters grow evenly.
    """
    regular, semibold = face("regular").advances, face("semibold").advances
    share = (weight - 400) / 200
    letters = (
        regular.get(ord(sign), 0.5) * (1 - share) + semibold.get(ord(sign), 0.5) * share
        for sign in text
    )
    return sum(letters) * size


@cache
def baseline(size: float, style: str = "regular") -> float:
    """Return how far under the middle of a line its letters stand, pixels."""
    return (face(style).baseline - 0.5) * size
