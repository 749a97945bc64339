"""The unit that the cells of a column write behind their numbers: « 12,5 % », « 1 200 m² »."""

import re
from typing import Final

import pandas as pd

from layers.brought.values.cells import UNKNOWN, short_texts

SPELLINGS: Final = {
    "%": ("%",),
    "‰": ("‰",),
    "m²": ("m²", "m2"),
    "m³": ("m³", "m3"),
    "m": ("m", "mètre", "mètres"),
    "km": ("km", "kms", "kilomètre", "kilomètres"),
    "km²": ("km²", "km2"),
    "ha": ("ha", "hectare", "hectares"),
    "kg": ("kg",),
    "t": ("t", "tonne", "tonnes"),
    "kW": ("kw",),
    "kWh": ("kwh",),
    "MWh": ("mwh",),
    "km/h": ("km/h",),
    "hab.": ("hab", "hab.", "habitant", "habitants"),
    "hab./km²": ("hab/km²", "hab./km²", "hab/km2", "hab./km2"),
    "min": ("min", "mn", "minute", "minutes"),
    "h": ("h", "heure", "heures"),
    "jours": ("j", "jour", "jours"),
    "mois": ("mois",),
    "ans": ("an", "ans"),
    "places": ("place", "places", "pl."),
    "lits": ("lit", "lits"),
    "élèves": ("élève", "élèves"),
    "logements": ("logement", "logements"),
    "agents": ("agent", "agents"),
    "ETP": ("etp",),
}
"""Each unit, and how offices write it, in lower case."""

SHARES: Final = frozenset(("%", "‰", "hab./km²", "km/h"))
"""Units of what is never summed."""

UNITS: Final = {spelling: unit for unit, each in SPELLINGS.items() for spelling in each}
"""Spelling → unit."""
_SCALED: Final = re.compile(
    r"(?<![^\W_])(?P<sign>k|m|md)\s?(?:€|eur(?:os?)?(?![^\W_]))|"
    r"(?P<word>millier|million|milliard)s? d(?:['’]|e )euros?",
    re.IGNORECASE,
)
_SCALES: Final = {"k": "k€", "millier": "k€", "m": "M€", "million": "M€", "md": "Md€",
                  "milliard": "Md€"}  # fmt: skip
_WRITTEN: Final = re.compile(
    rf"(?P<number>.*[\d)])\s*(?P<unit>{'|'.join(map(re.escape, sorted(UNITS, key=len)[::-1]))})",
    re.IGNORECASE,
)
_IN_BRACKETS: Final = re.compile(r"\((.*\d)\s*(%|‰)\s*\)")
"""What an accountant writes for a negative share."""
_ZERO: Final = re.compile(r"0+(?:[.,]0+)?")


def unit_of(texts: pd.Series) -> str:
    """Return the one unit that all the numbers of a column are written with, empty for none.

    Zeros and what is not known may stand without it.
    """
    units = set()
    for text in map(str.strip, short_texts(texts)):
        if _ZERO.fullmatch(text) or UNKNOWN.fullmatch(text):
            continue
        units.add(_part(text)[1])
        if len(units) > 1:
            return ""
    return units.pop() if units else ""


def scale_of(heading: str) -> str:
    """Return the multiple of the euro that a heading says of its amounts, empty for none."""
    found = _SCALED.search(heading)
    return _SCALES[(found["sign"] or found["word"]).lower()] if found else ""


def without_unit(text: str) -> str:
    """Return a number without the unit behind it."""
    return _part(text.strip())[0]


def _part(text: str) -> tuple[str, str]:
    """Return a number and the unit behind it, empty where there is none."""
    if found := _IN_BRACKETS.fullmatch(text):
        return f"({found[1]})", found[2]
    found = _WRITTEN.fullmatch(text)
    return (found["number"].rstrip(), UNITS[found["unit"].lower()]) if found else (text, "")
