"""Postcodes: how near two are, and the département that one, or words beside a name, say."""

from collections.abc import Iterable
from typing import Final

from rapidfuzz.distance import OSA

from geo.geocoder.gazetteer import Gazetteer
from geo.geocoder.text import CODE_LENGTH, HOME, NEAR, Words
from geo.geocoder.toponyms import Outside

CORSE: Final = "20"
CORSE_DU_SUD: Final = "2A"
"""Corsican postcodes do not say which of its two départements they are of."""

SECTOR: Final = 3
"""First figures of a postcode that neighbouring post offices share."""


def read_departement(words: Words, gazetteer: Gazetteer) -> str:
    """Return the code of the département that a text says in brackets or last."""
    for aside in words.asides:
        code = gazetteer.departement_codes.get(aside, aside.upper())
        if code == HOME or code in gazetteer.departements:
            return code
    return ""


def leading_departement(words: Words, starts: Iterable[int]) -> str:
    """Return the number of a département of the north that a text begins with: « 59 Bailleul ».

    Parameters
    ----------
    starts
        Where the names begin: the number of a house has its street behind it.
    """
    first = words.words[:1]
    return first[0] if first in NEAR and not words.codes and 1 in starts else ""


def departement_of(code: str, gazetteer: Gazetteer) -> str:
    """Return the code of the other département that a postcode is of; empty where it is of none."""
    if len(code) != CODE_LENGTH:
        return ""
    if code.startswith(CORSE):
        return CORSE_DU_SUD
    return next((f for f in (code[:2], code[:3]) if f in gazetteer.departements), "")


def somewhere_in(departement: str, gazetteer: Gazetteer) -> Outside:
    """Return a place of a département of which no more is known."""
    return Outside("", "", gazetteer.departements[departement], departement, 0, ())


def compare_postcodes(pairs: list[tuple[str, str]]) -> str:
    """Return how near the nearest of pairs of postcodes are: « near » is one figure away."""
    if any(OSA.distance(a, b, score_cutoff=1) <= 1 for a, b in pairs):
        return "near"
    if any(a[:SECTOR] == b[:SECTOR] for a, b in pairs):
        return "sector"
    return "departement" if any(a[:2] == b[:2] for a, b in pairs) else "other"
