"""The role of each column, guessed from its heading and from what it holds."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

import pandas as pd

from geo.reference.places import Reference
from layers.brought.headings import COUNTING, MONEY, NAMING, NUMBERS, roles_of, words_of
from layers.brought.role_tests import (
    Known,
    could_be_communes,
    has_money,
    proofs_of,
    tests_of,
)
from layers.brought.roles import ALONE, AREAS, POSITION, Role
from layers.brought.values.cells import MARKS, UNKNOWN
from layers.brought.values.numbers import are_sections, has_currency
from layers.brought.values.unit_signs import scale_of
from layers.brought.values.whole_codes import complete_codes

SAMPLE: Final = 500
"""Different values of a column that are looked at."""

MOST: Final = 0.8
"""Share of the values that must be of a kind for the column to be."""

SOME: Final = 0.5
SURE: Final = 0.9
"""Share from which figures are codes whatever their heading says."""
CODES: Final = frozenset((Role.POSTCODE, Role.COMMUNE_CODE))
LOCATING: Final = POSITION | {
    Role.ADDRESS, Role.POSTCODE, Role.COMMUNE, Role.COMMUNE_CODE, *AREAS
}  # fmt: skip
"""Roles of the columns that say where a row is."""
CODED: Final = frozenset(("code", "codes", "code insee", "com"))
"""Headings of codes, most often of communes."""
CUT: Final = re.compile(r"(code |num |numero )?(com|commune|insee)( insee)?|codcom|codgeo")
"""Headings of codes of communes that may want that of their département."""
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
    known = Known.of(reference)
    told: Mapping[str, str] = kinds or {}
    guesses: dict[str, Guess] = {}
    for column in frame.columns:
        name = str(column)
        guesses[name] = _guess(name, frame[name], known, told.get(name, ""))
    _complete_codes(frame, guesses, known)
    if placed:
        guesses = {n: _instead(g) if g.role in POSITION else g for n, g in guesses.items()}
    for role in ALONE:
        several = [name for name, guess in guesses.items() if guess.role is role]
        best = max(several, key=lambda name: guesses[name].share, default=None)
        for name in several:
            if name != best:
                guesses[name] = _instead(guesses[name])
    if not placed and not any(guess.role in LOCATING for guess in guesses.values()):
        _locate_by_name(frame, guesses, known)
    _pair(guesses)
    _number_streets(frame, guesses)
    if not any(guess.role is Role.NAME for guess in guesses.values()):
        _name_one(frame, guesses)
    return guesses


def _guess(heading: str, texts: pd.Series, known: Known, kind: str) -> Guess:
    values = texts.dropna().drop_duplicates()
    samples = tuple(str(text) for text in values.head(3))
    told = (rank for rank, text in enumerate(values) if not _says_nothing(text.strip()))
    values = values.iloc[[*islice(told, SAMPLE)]]
    tests = tests_of(values, known)
    words = words_of(heading)
    scaled = bool(scale_of(heading)) and not any(map(has_currency, values))
    for role in _meant(words, values, kind):
        if role is Role.AMOUNT and scaled:
            continue  # thousands of euros are no euros
        if role is Role.ADDRESS and (position := _position(tests)):
            return Guess(position, tests[position](), samples)
        share = tests[role]()
        believed = role is Role.COMMUNE and share < SOME and could_be_communes(values)
        if share >= SOME or believed or (values.empty and role is not Role.SHAPE):
            return Guess(role, share, samples)
    proofs = {**tests, **proofs_of(values, known, coded=words in CODED)}
    for role in _possible(words, values, kind):
        share = proofs[role]() if len(values) else 0.0
        if share >= (SURE if role in CODES else MOST):
            return Guess(role, share, samples)
    return Guess(Role.TEXT if samples else Role.IGNORED, 1.0, samples)


def _position(tests: Mapping[Role, Callable[[], float]]) -> Role | None:
    """Return the position that the values of a column are, whatever its heading says."""
    return next((role for role in (Role.SHAPE, Role.POINT) if tests[role]() >= MOST), None)


def _says_nothing(text: str) -> bool:
    """Tell whether a text says that a value is unknown, secret or without object."""
    return any(mark.fullmatch(text) for mark in (UNKNOWN, *MARKS.values()))


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
    roles = [Role.SHAPE, Role.COMMUNE, Role.EPCI, Role.TERRITORY, Role.MDS]
    roles += [Role.DISTRICT, Role.POINT]
    counted = COUNTING.fullmatch(words) or MONEY.fullmatch(words)
    if not counted:
        roles += [Role.POSTCODE, Role.COMMUNE_CODE]
    roles.append(Role.AMOUNT)
    if kind != "text":
        if not _are_names(words, values):
            roles.append(Role.NUMBER)
        if kind != "number":
            roles.append(Role.DATE)
    return roles


def _are_years(values: pd.Series) -> bool:
    return all(len(text) == YEAR and text.isdecimal() for text in values)


def _are_names(words: str, values: pd.Series) -> bool:
    """Tell figures that name something from those that count: a SIREN, a telephone, ``007``."""
    padded = any(re.match(r"0\d", text) for text in values)
    named = NAMING.fullmatch(words) is not None and COUNTING.fullmatch(words) is None
    return padded or named or are_sections([*values])


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


def _complete_codes(frame: pd.DataFrame, guesses: dict[str, Guess], known: Known) -> None:
    """Take figures beside a département for the rest of codes of communes: « 62 », « 498 »."""
    roles = {guess.role: name for name, guess in guesses.items()}
    if Role.DEPARTEMENT not in roles or Role.COMMUNE_CODE in roles:
        return
    for name, guess in guesses.items():
        if not CUT.fullmatch(words_of(name)):
            continue
        whole = complete_codes(frame[name], frame[roles[Role.DEPARTEMENT]])
        if Role.COMMUNE in roles and not _agree(whole, frame[roles[Role.COMMUNE]], known):
            continue
        values = whole.dropna()[whole != frame[name]].drop_duplicates().head(SAMPLE)
        if len(values) and (share := tests_of(values, known)[Role.COMMUNE_CODE]()) >= SURE:
            guesses[name] = Guess(Role.COMMUNE_CODE, share, guess.samples)
            return


def _agree(codes: pd.Series, names: pd.Series, known: Known) -> bool:
    """Tell whether codes are those of the communes that are named beside them."""
    pairs = pd.DataFrame({"code": codes, "name": names}).dropna().drop_duplicates().head(SAMPLE)
    found = [known.communes.find(name) for name in pairs["name"]]
    same = [code == own for code, own in zip(pairs["code"], found, strict=True) if own]
    return not same or sum(same) >= SURE * len(same)


def _locate_by_name(frame: pd.DataFrame, guesses: dict[str, Guess], known: Known) -> None:
    """Take a column of texts for the places that they name, where nothing else says where."""
    texts = [name for name, guess in guesses.items() if guess.role in {Role.NAME, Role.TEXT}]
    held = {name: frame[name].dropna().drop_duplicates().head(SAMPLE) for name in texts}
    for name, values in held.items():
        tests = tests_of(values, known)
        for role in (Role.COMMUNE, Role.EPCI, Role.TERRITORY, Role.MDS, Role.DISTRICT):
            share = tests[role]()
            if share >= MOST:
                guesses[name] = Guess(role, share, guesses[name].samples)
                return
    shares = {name: known.share_that_names(values) for name, values in held.items()}
    best = max(shares, key=lambda name: shares[name], default="")
    if best and shares[best] >= SOME:
        guesses[best] = Guess(Role.ADDRESS, shares[best], guesses[best].samples)


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
