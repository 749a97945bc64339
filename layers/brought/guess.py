"""The role of each column, guessed from its heading and from what it holds."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Self

import pandas as pd

from geo.reference.places import Reference
from layers.brought.coordinates import is_degrees, is_pair, is_shape
from layers.brought.headings import COUNTING, MONEY, NAMING, NUMBERS, roles_of, words_of
from layers.brought.named_commune import NamedCommunes, split_codes
from layers.brought.roles import ALONE, POSITION, Role
from layers.brought.values import (
    UNKNOWN,
    amount_parser,
    is_proved_date,
    number_parser,
    parse_code,
    parse_date,
    parse_each,
)

SAMPLE: Final = 500
"""Different values of a column that are looked at."""

MOST: Final = 0.8
"""Share of the values that must be of a kind for the column to be."""

SOME: Final = 0.5
SURE: Final = 0.9
"""Share from which figures are codes whatever their heading says."""
CODES: Final = frozenset((Role.POSTCODE, Role.COMMUNE_CODE))
YEAR: Final = 4
"""Figures of a year."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What a column seems to be.

    Parameters
    ----------
    role
        The likeliest.
    share
        Share of its values that are of that kind, 0 to 1.
    samples
        The first different values.
    """

    role: Role
    share: float
    samples: tuple[str, ...]


def guess_roles(
    frame: pd.DataFrame,
    reference: Reference,
    *,
    placed: bool = False,
    kinds: Mapping[str, str] | None = None,
) -> dict[str, Guess]:
    """Guess what each column of a table is.

    Parameters
    ----------
    frame
        Texts, None where a cell is empty.
    placed
        Whether each row has its geometry already: then no column is its position.
    kinds
        What the file itself says that the values of a column are: ``text`` is no number and no day
        by its figures, ``number``, ``date``, ``list``.
    """
    known = _Known.of(reference)
    told: Mapping[str, str] = kinds or {}
    guesses: dict[str, Guess] = {}
    for column in frame.columns:
        name = str(column)
        guesses[name] = _guess(name, frame[name], known, told.get(name, ""))
    if placed:
        guesses = {n: _instead(g) if g.role in POSITION else g for n, g in guesses.items()}
    for role in ALONE:
        several = [name for name, guess in guesses.items() if guess.role is role]
        best = max(several, key=lambda name: guesses[name].share, default=None)
        for name in several:
            if name != best:
                guesses[name] = _instead(guesses[name])
    _pair(guesses)
    _number_streets(frame, guesses)
    if not any(guess.role is Role.NAME for guess in guesses.values()):
        _name_one(frame, guesses)
    return guesses


@dataclass(frozen=True, slots=True)
class _Known:
    """The places that values are held against."""

    reference: Reference
    communes: NamedCommunes

    @classmethod
    def of(cls, reference: Reference) -> Self:
        return cls(reference, NamedCommunes(reference))

    def is_name(self, text: str) -> bool:
        return self.communes.find(text) is not None

    def is_code(self, text: str) -> bool:
        return all(map(self._is_one_code, split_codes(text) or [text]))

    def _is_one_code(self, text: str) -> bool:
        try:
            self.reference.resolve_code(parse_code(text))
        except ValueError:
            return False
        return True

    def is_postcode(self, text: str) -> bool:
        try:
            code = parse_code(text)
        except ValueError:
            return False
        return code in self.communes.postcodes or _FRENCH.fullmatch(code) is not None

    def is_own_postcode(self, text: str) -> bool:
        return text.strip() in self.communes.postcodes


def _guess(heading: str, texts: pd.Series, known: _Known, kind: str) -> Guess:
    values = texts.dropna().drop_duplicates()
    samples = tuple(str(text) for text in values.head(3))
    values = values[[UNKNOWN.fullmatch(text.strip()) is None for text in values]].head(SAMPLE)
    tests = _tests(values, known)
    words = words_of(heading)
    for role in _meant(words, values, kind):
        share = tests[role]()
        if share >= SOME or (values.empty and role is not Role.SHAPE):
            return Guess(role, share, samples)
    proofs = {**tests, **_proofs(values, known)}
    for role in _possible(words, values, kind):
        share = proofs[role]() if len(values) else 0.0
        if share >= (SURE if role in CODES else MOST):
            return Guess(role, share, samples)
    return Guess(Role.TEXT if samples else Role.IGNORED, 1.0, samples)


def _meant(words: str, values: pd.Series, kind: str) -> list[Role]:
    """Return the roles that a heading means, as far as the file lets them be."""
    roles = roles_of(words)
    if COUNTING.fullmatch(words) and not has_money(values):
        roles = [role for role in roles if role not in {Role.DATE, Role.AMOUNT}]
    if not MONEY.fullmatch(words) and not has_money(values):
        roles = [role for role in roles if role is not Role.AMOUNT]
    if kind == "number":
        return [role for role in roles if role is not Role.DATE or _are_years(values)]
    if kind == "list":
        return []
    return roles


def _possible(words: str, values: pd.Series, kind: str) -> list[Role]:
    """Return the roles that values may have whatever their heading says."""
    if kind == "list":
        return []
    roles = [Role.SHAPE, Role.COMMUNE, Role.POINT]
    counted = COUNTING.fullmatch(words) or MONEY.fullmatch(words)
    if not counted:
        roles += [Role.POSTCODE, Role.COMMUNE_CODE]
    if kind != "text":
        if not _are_names(words, values):
            roles.append(Role.NUMBER)
        if kind != "number":
            roles.append(Role.DATE)
    return roles


def _are_years(values: pd.Series) -> bool:
    return all(len(text) == YEAR and text.isdecimal() for text in values)


def has_money(values: pd.Series) -> bool:
    """Tell whether some of the values are written as amounts: with a currency, or with cents."""
    return any(_MONEY_SIGN.search(text) for text in values)


def _tests(values: pd.Series, known: _Known) -> dict[Role, Callable[[], float]]:
    """Return for each role the share of the values that bear it out."""

    def share(holds: Callable[[str], bool]) -> float:
        return sum(holds(text) for text in values) / max(len(values), 1)

    def numbers() -> float:
        return 1 - float(parse_each(values, number_parser(values))[1].mean()) if len(values) else 0

    def amounts() -> float:
        return 1 - float(parse_each(values, amount_parser(values))[1].mean()) if len(values) else 0

    def has_letters(text: str) -> bool:
        return any(sign.isalpha() for sign in text)

    return {
        Role.SHAPE: lambda: share(is_shape),
        Role.POINT: lambda: share(is_pair),
        Role.LONGITUDE: lambda: max(numbers(), share(is_degrees)),
        Role.LATITUDE: lambda: max(numbers(), share(is_degrees)),
        Role.X: numbers,
        Role.Y: numbers,
        Role.NUMBER: numbers,
        Role.AMOUNT: amounts,
        Role.COMMUNE_CODE: lambda: share(known.is_code),
        Role.POSTCODE: lambda: share(known.is_postcode),
        Role.COMMUNE: lambda: share(known.is_name),
        Role.ADDRESS: lambda: 1.0,
        Role.NAME: lambda: share(has_letters),
        Role.DATE: lambda: share(_is_date),
    }


def _proofs(values: pd.Series, known: _Known) -> dict[Role, Callable[[], float]]:
    """Return the sterner tests of what no heading says."""

    def share(holds: Callable[[str], bool]) -> float:
        return sum(holds(text) for text in values) / max(len(values), 1)

    return {
        Role.POSTCODE: lambda: share(known.is_own_postcode),
        Role.DATE: lambda: share(is_proved_date),
    }


def _are_names(words: str, values: pd.Series) -> bool:
    """Tell figures that name something from those that count: a SIREN, a telephone, ``007``."""
    padded = any(re.match(r"0\d", text) for text in values)
    return padded or NAMING.fullmatch(words) is not None


_FRENCH = re.compile(r"(?:0[1-9]|[1-8]\d|9[0-8])\d{3}")
"""A postcode of any département: a file may be about another one too."""
_MONEY_SIGN = re.compile(r"€|\beuros?\b|\beur\b|\d[.,]\d\d$", re.IGNORECASE)


def _is_date(text: str) -> bool:
    try:
        parse_date(text)
    except (ValueError, OverflowError):
        return False
    return True


def _instead(guess: Guess) -> Guess:
    """Return what a column is when its role is taken by another."""
    numeric = guess.role in POSITION - {Role.POINT, Role.SHAPE}
    return Guess(Role.NUMBER if numeric else Role.TEXT, 1.0, guess.samples)


def _pair(guesses: dict[str, Guess]) -> None:
    """Keep one whole pair of coordinates, degrees first; half of a pair is a number."""
    roles = {guess.role for guess in guesses.values()}
    whole = next(
        (
            pair
            for pair in (
                {Role.SHAPE},
                {Role.LONGITUDE, Role.LATITUDE},
                {Role.POINT},
                {Role.X, Role.Y},
            )
            if pair <= roles
        ),
        set(),
    )
    for name, guess in guesses.items():
        if guess.role in POSITION and guess.role not in whole:
            guesses[name] = _instead(guess)


def _number_streets(frame: pd.DataFrame, guesses: dict[str, Guess]) -> None:
    """Take a column of numbers for those of the rows where the streets have theirs, or are none."""
    streets = [name for name, guess in guesses.items() if guess.role is Role.ADDRESS]
    numbers = [name for name in streets if NUMBERS.fullmatch(words_of(name))]
    written = [text for name in streets if name not in numbers for text in frame[name].dropna()]
    own = sum(text[:1].isdigit() for text in written)
    if not written or own >= SOME * len(written):
        for name in numbers:
            guesses[name] = _instead(guesses[name])


def _name_one(frame: pd.DataFrame, guesses: dict[str, Guess]) -> None:
    """Call the rows by the text that tells most of them apart."""
    texts = [name for name, guess in guesses.items() if guess.role is Role.TEXT]
    if texts:
        best = max(texts, key=lambda name: frame[name].nunique())
        guesses[best] = Guess(Role.NAME, 1.0, guesses[best].samples)
