"""The role of each column, guessed from its heading and from what it holds."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Self

import pandas as pd

from geo.names import normalise
from geo.reference.places import Reference
from layers.brought.headings import NAMING, roles_of, words_of
from layers.brought.roles import ALONE, POSITION, Role
from layers.brought.values import number_parser, parse_code, parse_date, parse_each

SAMPLE: Final = 500
"""Different values of a column that are looked at."""

MOST: Final = 0.8
"""Share of the values that must be of a kind for the column to be."""

SOME: Final = 0.5


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
    frame: pd.DataFrame, reference: Reference, *, placed: bool = False
) -> dict[str, Guess]:
    """Guess what each column of a table is.

    Parameters
    ----------
    frame
        Texts, None where a cell is empty.
    placed
        Whether each row has its geometry already: then no column is its position.
    """
    known = _Known.of(reference)
    guesses = {str(name): _guess(str(name), frame[name], known) for name in frame}
    if placed:
        guesses = {n: _instead(g) if g.role in POSITION else g for n, g in guesses.items()}
    for role in ALONE:
        several = [name for name, guess in guesses.items() if guess.role is role]
        best = max(several, key=lambda name: guesses[name].share, default=None)
        for name in several:
            if name != best:
                guesses[name] = _instead(guesses[name])
    _pair(guesses)
    if not any(guess.role is Role.NAME for guess in guesses.values()):
        _name_one(frame, guesses)
    return guesses


@dataclass(frozen=True, slots=True)
class _Known:
    """The places that values are held against."""

    reference: Reference
    names: frozenset[str]
    postcodes: frozenset[str]

    @classmethod
    def of(cls, reference: Reference) -> Self:
        communes = reference.communes.values()
        return cls(
            reference,
            frozenset(normalise(commune.name) for commune in communes),
            frozenset(code for commune in communes for code in commune.postcodes),
        )

    def is_name(self, text: str) -> bool:
        return normalise(text[:100]) in self.names

    def is_code(self, text: str) -> bool:
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
        return code in self.postcodes or _FRENCH.fullmatch(code) is not None


def _guess(heading: str, texts: pd.Series, known: _Known) -> Guess:
    values = texts.dropna().drop_duplicates().head(SAMPLE)
    samples = tuple(str(text) for text in values.head(3))
    tests = _tests(values, known)
    words = words_of(heading)
    for role in roles_of(words):
        share = tests[role]()
        if share >= SOME or values.empty:
            return Guess(role, share, samples)
    for role in (Role.COMMUNE, Role.POINT, Role.NUMBER, Role.DATE):
        share = tests[role]() if len(values) else 0.0
        if share >= MOST and not (role is Role.NUMBER and _are_names(words, values)):
            return Guess(role, share, samples)
    return Guess(Role.TEXT if len(values) else Role.IGNORED, 1.0, samples)


def _tests(values: pd.Series, known: _Known) -> dict[Role, Callable[[], float]]:
    """Return for each role the share of the values that bear it out."""

    def share(holds: Callable[[str], bool]) -> float:
        return sum(holds(text) for text in values) / max(len(values), 1)

    def numbers() -> float:
        return 1 - float(parse_each(values, number_parser(values))[1].mean())

    def has_letters(text: str) -> bool:
        return any(sign.isalpha() for sign in text)

    return {
        Role.POINT: lambda: share(lambda t: len(_NUMBERS.findall(t)) == 2 and not has_letters(t)),  # noqa: PLR2004
        Role.LONGITUDE: numbers,
        Role.LATITUDE: numbers,
        Role.X: numbers,
        Role.Y: numbers,
        Role.NUMBER: numbers,
        Role.AMOUNT: lambda: share(lambda t: _AMOUNT.fullmatch(t) is not None),
        Role.COMMUNE_CODE: lambda: share(known.is_code),
        Role.POSTCODE: lambda: share(known.is_postcode),
        Role.COMMUNE: lambda: share(known.is_name),
        Role.ADDRESS: lambda: 1.0,
        Role.NAME: lambda: share(has_letters),
        Role.DATE: lambda: share(_is_date),
    }


def _are_names(words: str, values: pd.Series) -> bool:
    """Tell figures that name something from those that count: a SIREN, a telephone, ``007``."""
    padded = any(re.match(r"0\d", text) for text in values)
    return padded or NAMING.fullmatch(words) is not None


_FRENCH = re.compile(r"(?:0[1-9]|[1-8]\d|9[0-8])\d{3}")
"""A postcode of any département: a file may be about another one too."""
_NUMBERS = re.compile(r"-?\d+[.,]\d+")
_AMOUNT = re.compile(
    r"[+-]?[\d\s\u00a0\u202f.,]*\d[\d\s\u00a0\u202f.,]*(k?€|eur(os?)?)?\s*(ht|ttc)?", re.IGNORECASE
)


def _is_date(text: str) -> bool:
    try:
        parse_date(text)
    except ValueError:
        return False
    return True


def _instead(guess: Guess) -> Guess:
    """Return what a column is when its role is taken by another."""
    numeric = guess.role in POSITION - {Role.POINT}
    return Guess(Role.NUMBER if numeric else Role.TEXT, 1.0, guess.samples)


def _pair(guesses: dict[str, Guess]) -> None:
    """Keep one whole pair of coordinates, degrees first; half of a pair is a number."""
    roles = {guess.role for guess in guesses.values()}
    whole = next(
        (
            pair
            for pair in ({Role.LONGITUDE, Role.LATITUDE}, {Role.POINT}, {Role.X, Role.Y})
            if pair <= roles
        ),
        set(),
    )
    for name, guess in guesses.items():
        if guess.role in POSITION and guess.role not in whole:
            guesses[name] = _instead(guess)


def _name_one(frame: pd.DataFrame, guesses: dict[str, Guess]) -> None:
    """Call the rows by the text that tells most of them apart."""
    texts = [name for name, guess in guesses.items() if guess.role is Role.TEXT]
    if texts:
        best = max(texts, key=lambda name: frame[name].nunique())
        guesses[best] = Guess(Role.NAME, 1.0, guesses[best].samples)
