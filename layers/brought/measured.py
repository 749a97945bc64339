"""Which columns of a table are mapped, and how: a total, a rate, of what; guessed, then chosen."""

import re
from collections.abc import Mapping
from typing import Final

import pandas as pd

from layers.brought.headings import COUNTING, NAMING, POSITION_WORDS, roles_of, words_of
from layers.brought.roles import Role
from layers.brought.values.cells import parse_each
from layers.brought.values.numbers import number_parser
from layers.brought.values.unit_signs import SHARES, scale_of, unit_of
from layers.model.measures import INHABITANTS, Measure, MeasureKind

NUMERIC: Final = (Role.NUMBER, Role.AMOUNT)
"""Roles of the columns that can be mapped."""
LONGEST_UNIT: Final = 20
LONGEST_TITLE: Final = 80
MOST: Final = 60
"""Columns of a table that are mapped."""

_RATES: Final = re.compile(
    r"(.* )?(taux|parts?|pourcentages?|pct|indices?|ratio|rapport|moyen(?:ne)?s?|medianes?|median|"
    r"densite|ages?|durees?|notes?|scores?|prix|revenus?|niveau|evolution|variation|proportion)"
    r"( .*)?|.* (par|pour|pr) .*"
)
"""Headings of what does not add up."""
_QUANTITIES: Final = re.compile(
    r"(.* )?(nombre|nb|nbre|nbr|effectifs?|surfaces?|superficie|longueur|lineaire|volume|tonnage|"
    r"tonnes|km|ha|m2|heures|jours|population|habitants|menages)( .*)?"
)
"""Headings of what adds up, decimals or not."""
_ORDERS: Final = re.compile(r"(.* )?(rang|classement|ordre|annee|millesime|an|article)( .*)?")
"""Headings of figures that say an order or a year: they count nothing."""
_OF_A_YEAR: Final = re.compile(
    r" (en |de )?(l |d )?(annee|millesime|an|en|au) ?(19|20)\d\d$| par (an|annee)$"
)
"""End of a heading that says of which year a count is, and is no year itself."""
_UNIT: Final = re.compile(
    rf"[(\[]\s*((?![^()\[\]]*\b(?:19|20)\d\d\b)[^()\[\]]{{1,{LONGEST_UNIT}}}?)\s*[)\]]\s*$"
)
_COUNT: Final = re.compile(r"\bnbr?e?\b\.?", re.IGNORECASE)
"""How « nombre » is cut short."""
_PER: Final = re.compile(r"€\s*/|%|‰|/\s*hab", re.IGNORECASE)


def guess_measures(frame: pd.DataFrame, roles: Mapping[str, Role]) -> tuple[Measure, ...]:
    """Return how each column of numbers is mapped, as far as it seems to count something.

    Parameters
    ----------
    frame
        Texts, None where a cell is empty.

    Returns
    -------
    tuple of Measure
        ``column`` is the heading; money and whole numbers add up unless their heading says that
        they do not, numbers with decimals do not unless it says that they do.
    """
    found = (
        _guess(heading, frame[heading], role) for heading, role in roles.items() if role in NUMERIC
    )
    return tuple(measure for measure in found if measure is not None)[:MOST]


def title_of(heading: str) -> str:
    """Return a heading without the unit at its end, with a capital."""
    bare = _COUNT.sub("nombre", _UNIT.sub("", heading).strip()) or heading
    return f"{bare[:1].upper()}{bare[1:]}"[:LONGEST_TITLE]


def _guess(heading: str, texts: pd.Series, role: Role) -> Measure | None:
    words = _OF_A_YEAR.sub("", words_of(heading))
    unit = _unit(heading, texts, role)
    if _ORDERS.fullmatch(words) or (_says_what(words) and not _QUANTITIES.fullmatch(words)):
        return None
    if not texts.notna().any():
        return None
    kind = _kind(words, heading, texts, role)
    return Measure(heading, kind, INHABITANTS if kind == "total" else "", unit, title_of(heading))


def _says_what(words: str) -> bool:
    """Tell whether a heading is that of a name, a position or a day: its figures count nothing."""
    dated = Role.DATE in roles_of(words) and not COUNTING.fullmatch(words)
    placed = POSITION_WORDS.fullmatch(words) is not None and len(words) > len("x")
    return dated or placed or NAMING.fullmatch(words) is not None


def _kind(words: str, heading: str, texts: pd.Series, role: Role) -> MeasureKind:
    if _RATES.fullmatch(words) or _PER.search(heading) or unit_of(texts) in SHARES:
        return "rate"
    if role is Role.AMOUNT or scale_of(heading) or _QUANTITIES.fullmatch(words):
        return "total"
    values, _ = parse_each(texts, number_parser(texts))
    whole = all(value is None or isinstance(value, int) for value in values)
    return "total" if whole else "rate"


def _unit(heading: str, texts: pd.Series, role: Role) -> str:
    if found := _UNIT.search(heading):
        return found[1]
    if role is Role.AMOUNT:
        return "€"
    return unit_of(texts) or scale_of(heading) or ("%" if "%" in heading else "")
