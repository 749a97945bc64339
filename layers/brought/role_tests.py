"""What the values of a column bear out: how many of them each role could have."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final, Self

import pandas as pd

from geo.reference.places import Reference
from layers.brought.coordinates import is_degrees, is_pair, is_shape, without_metres
from layers.brought.elsewhere import are_departements
from layers.brought.named_commune import NamedCommunes, split_codes
from layers.brought.perimeters import LEVELS, NamedPerimeters
from layers.brought.roles import AREAS, Role
from layers.brought.values.cells import parse_code, parse_each
from layers.brought.values.dates import date_parser, is_proved_date
from layers.brought.values.numbers import amount_parser, has_currency, number_parser

ENOUGH: Final = 0.9
"""Share of the values that read like names of communes for all to be."""
HALF: Final = 0.5
"""Share of the codes of the département that must be known for those of others to be codes too."""

FEW: Final = 3
"""Values from which a column is told by their form: yes and no are fewer."""

_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[ '’./?\ufffd-]){1,44}")
"""A name, some of whose signs may be lost."""
_AROUND = re.compile(r"\b\d{5}\b|\bcedex\b(?: \d{1,2})?|\([^()]*\)", re.IGNORECASE)
_ELSEWHERE = re.compile(r"(?:0?[1-9]|[1-57-8]\d|6[013-9]|9[0-8]|2[AB])\d{3}")
"""A code of a commune of another département, with or without its zero."""
_FRENCH = re.compile(r"(?:0[1-9]|[1-8]\d|9[0-8])\d{3}")
"""A postcode of any département: a file may be about another one too."""
_MONEY_SIGN = re.compile(r"€|\beuros?\b|\beur\b|\d[.,]\d\d$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Known:
    """The places that values are held against."""

    reference: Reference
    communes: NamedCommunes
    perimeters: NamedPerimeters

    @classmethod
    def of(cls, reference: Reference) -> Self:
        """Return what is known of a reference."""
        perimeters = NamedPerimeters(reference)
        return cls(reference, perimeters.communes, perimeters)

    def is_area(self, text: str, role: Role) -> bool:
        """Tell whether a text names a perimeter of the level of a role."""
        if role is Role.DISTRICT:
            return self.perimeters.districts.knows(text)
        return self.perimeters.find(text, LEVELS[role]) is not None

    def is_name(self, text: str) -> bool:
        """Tell whether a text names a commune."""
        return self.communes.find(text) is not None or bool(self.communes.find_several(text))

    def share_that_names(self, values: pd.Series) -> float:
        """Return the share of texts that name a commune among other words."""
        return sum(self.communes.is_named_in(str(text)) for text in values) / max(len(values), 1)

    def is_code(self, text: str) -> bool:
        """Tell whether a text holds codes of communes alone."""
        return all(map(self._is_one_code, split_codes(text) or [text]))

    def _is_one_code(self, text: str) -> bool:
        try:
            self.reference.resolve_code(parse_code(text))
        except ValueError:
            return False
        return True

    def is_postcode(self, text: str) -> bool:
        """Tell whether a text is a postcode of anywhere in France."""
        try:
            code = parse_code(text)
        except ValueError:
            return False
        return code in self.communes.postcodes or _FRENCH.fullmatch(code) is not None

    def is_own_postcode(self, text: str) -> bool:
        """Tell whether a text is a postcode of the département."""
        return text.strip() in self.communes.postcodes


def could_be_communes(values: pd.Series) -> bool:
    """Tell whether values read like names of communes, of here or of elsewhere."""
    texts = [str(text) for text in values]
    plain = sum(_NAME.fullmatch(_AROUND.sub("", text).strip(" .,;")) is not None for text in texts)
    return len(texts) >= FEW and plain >= ENOUGH * len(texts)


def has_money(values: pd.Series) -> bool:
    """Tell whether some of the values are written as amounts: with a currency, or with cents."""
    return any(_MONEY_SIGN.search(text) for text in values)


def tests_of(values: pd.Series, known: Known) -> dict[Role, Callable[[], float]]:
    """Return for each role the share of the values that bear it out."""

    def share(holds: Callable[[str], bool]) -> float:
        return sum(holds(text) for text in values) / max(len(values), 1)

    def numbers() -> float:
        return 1 - float(parse_each(values, number_parser(values))[1].mean()) if len(values) else 0

    def metres() -> float:
        bare = values.map(without_metres)
        return 1 - float(parse_each(bare, number_parser(bare))[1].mean()) if len(values) else 0

    def amounts() -> float:
        return 1 - float(parse_each(values, amount_parser(values))[1].mean()) if len(values) else 0

    def dates() -> float:
        return 1 - float(parse_each(values, date_parser(values))[1].mean()) if len(values) else 0

    def has_letters(text: str) -> bool:
        return any(sign.isalpha() for sign in text)

    return {
        Role.SHAPE: lambda: share(is_shape),
        Role.POINT: lambda: share(is_pair),
        Role.LONGITUDE: lambda: max(numbers(), share(is_degrees)),
        Role.LATITUDE: lambda: max(numbers(), share(is_degrees)),
        Role.X: metres,
        Role.Y: metres,
        Role.NUMBER: numbers,
        Role.AMOUNT: amounts,
        Role.COMMUNE_CODE: lambda: _share_of_codes(values, known),
        Role.POSTCODE: lambda: share(known.is_postcode),
        Role.COMMUNE: lambda: share(known.is_name),
        Role.DEPARTEMENT: lambda: float(are_departements(values)),
        **{role: partial(_share_of_areas, values, known, role) for role in AREAS},
        Role.ADDRESS: lambda: 1.0,
        Role.NAME: lambda: share(has_letters),
        Role.DATE: dates,
    }


def _share_of_codes(values: pd.Series, known: Known) -> float:
    """Return the share of codes of communes; those of all France are codes by those of here."""
    own = [text for text in values if not _ELSEWHERE.fullmatch(text.strip().upper())]
    here = sum(known.is_code(text) for text in own)
    return here / max(len(own if here > HALF * len(own) else values), 1)


def _share_of_areas(values: pd.Series, known: Known, role: Role) -> float:
    """Return the share of the values that name a perimeter of the level of a role."""
    return sum(known.is_area(text, role) for text in values) / max(len(values), 1)


def proofs_of(values: pd.Series, known: Known, *, coded: bool) -> dict[Role, Callable[[], float]]:
    """Return the sterner tests of what no heading says.

    Parameters
    ----------
    coded
        Whether the heading says that they are codes, of whatever it may be.
    """

    def share(holds: Callable[[str], bool]) -> float:
        return sum(holds(text) for text in values) / max(len(values), 1)

    own = {} if coded else {Role.COMMUNE_CODE: lambda: share(known.is_code)}
    return {
        **own,
        Role.POSTCODE: lambda: share(known.is_own_postcode),
        Role.DATE: lambda: share(is_proved_date),
        Role.AMOUNT: lambda: share(has_currency) if has_money(values) else 0.0,
    }
