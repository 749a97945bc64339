"""Normalise: from a text as people write it to words, the signs between them, and postcodes."""

import re
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final, TypeVar

from geo.geocoder.toponyms import LINKS, bare_word
from geo.names import WORDS, plain
from geo.names import normalise as spell

LONGEST_TEXT: Final = 2_000
"""Signs that are read, half of them at the end; an address has fewer than 200."""
MOST_PARTS: Final = 250
MOST_CODES: Final = 10
"""Words with the signs between them, and postcodes: each costs all that comes after some work."""
BREAK: Final = " ; "
"""What stands for the middle of a text that is too long."""

CODE_LENGTH: Final = 5
DIGITS_OF_A_CODE: Final = 3
"""Digits from which a word of five signs is a postcode with letters read in place of figures."""

HOME: Final = "62"
NEAR: Final = (["59"], ["62"], ["80"])
"""Beginnings of postcodes that people write apart: « 62 000 »."""

COUNTED: Final = frozenset((
    "documents", "eleves", "emplois", "entrees", "eur", "euro", "euros", "exemplaires", "foyers",
    "francs", "ha", "hab", "habitant", "habitants", "heures", "ht", "k", "keuros", "km", "kwh",
    "litres", "logements", "m2", "m3", "menages", "ml", "mwh", "ouvrages", "personnes", "places",
    "repas", "spectateurs", "tonnes", "ttc", "usagers", "vehicules", "visiteurs", "voyageurs", "€",
))  # fmt: skip
"""What stands behind a number that counts: « 80 500 € » is no postcode."""

MOST_DECIMALS: Final = 2

DASHES: Final = tuple("-\u2010\u2011\u2012\u2013\u2014\u2015")
CEDEX: Final = frozenset({"cedex", "cdx"})
BOXES: Final = frozenset({"bp", "cs", "tsa"})
COUNTRY: Final = (("hauts", "de", "france"), ("france",))

Read = TypeVar("Read", str, list[str])

_PARTS: Final = re.compile(
    r"[a-z0-9]+|\s[-\u2010-\u2015]\s|[\u2013-\u2015]|\s/\s|[^a-z0-9\s'’‘`´.\-\u2010-\u2012/]"
)
_ASIDE: Final = re.compile(r"\(\s*([^()]{2,40}?)\s*\)")
_GLUED: Final = re.compile(r"([a-z]*)(\d{5})([a-z]*)")
_FIGURES: Final = str.maketrans("oildszbg", "01105286")
"""The figure that each letter is taken for by machines that read."""

_SHORT: Final = {"gd": ("grand",), "gde": ("grande",), "nd": ("notre", "dame"), "vx": ("vieux",)}


class Gap(IntEnum):
    """What stands between two words; the higher, the more it parts them."""

    NONE = 0
    DASH = 1
    SIGN = 2
    POSTCODE = 3


@dataclass(slots=True)
class Words:
    """A text read word by word.

    Parameters
    ----------
    words
        Normalised; postcodes, CEDEX and post boxes are taken out.
    gaps
        What stands before each word, and after the last: one more than the words.
    codes
        Postcodes as written, four to six figures.
    bare, at
        The words by which names are looked up, and the place of each in ``words``.
    cedex
        Whether the postcode is that of a post office for firms.
    parted
        Whether figures that a space parts were read as a postcode: « 62 000 ».
    asides
        What stands between brackets, normalised, and what stands last behind a sign.
    cut
        Whether the text goes on beyond what is read.
    """

    words: list[str] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)
    at: list[int] = field(default_factory=list)
    cedex: bool = False
    parted: bool = False
    asides: tuple[str, ...] = ()
    cut: bool = False

    def between(self, start: int, end: int) -> str:
        """Return the words from ``start`` to before ``end``."""
        return " ".join(self.words[start:end])


def normalise(text: str, *, parted: bool = True) -> Words:
    """Read a text of any length and content: its two ends, where it is too long.

    Parameters
    ----------
    parted
        Whether figures that a space parts may be a postcode.
    """
    signs = plain(_both_ends(text, BREAK, LONGEST_TEXT))
    read = _both_ends(signs, BREAK, LONGEST_TEXT)  # « ﷺ » has become eighteen signs
    whole = _split(read)
    found = Words(cut=max(len(text), len(signs)) > LONGEST_TEXT or len(whole) > MOST_PARTS)
    parts = _both_ends(whole, [BREAK], MOST_PARTS)
    gap = Gap.SIGN
    box = after_cedex = False
    for number, part in enumerate(parts):
        if not part[0].isalnum():
            gap = max(gap, Gap.DASH if part.strip() in DASHES else Gap.SIGN)
            continue
        if part.isdigit() and (box or (after_cedex and len(part) < DIGITS_OF_A_CODE)):
            box = after_cedex = False
            continue
        box, after_cedex = part in BOXES, part.startswith("cedex") or part in CEDEX
        found.cedex |= after_cedex
        is_code = not (box or after_cedex or _counts(parts, number))
        code = _read_code(part, found, gap, parted=parted) if is_code else ""
        if code:
            found.codes[MOST_CODES - 1 :] = [code]  # the last one beyond the most
            gap = Gap.POSTCODE
        elif box or after_cedex:
            gap = max(gap, Gap.SIGN)
        else:
            for word in _SHORT.get(part, (part,)):
                found.words.append(WORDS.get(word, word))
                found.gaps.append(gap)
                gap = Gap.NONE
    found.gaps.append(max(gap, Gap.SIGN))
    found.asides = _asides(read, found)
    _drop_country(found)
    for position, word in enumerate(found.words):
        if word not in LINKS:
            found.bare.append(bare_word(word))
            found.at.append(position)
    return found


def _both_ends(whole: Read, between: Read, most: int) -> Read:
    """Return a text or its parts, without the middle where there are too many."""
    if len(whole) <= most:
        return whole
    return whole[: most // 2] + between + whole[-most // 2 :]


def _split(text: str) -> list[str]:
    """Return words and signs; a postcode that is glued to a word is parted from it."""
    parts = []
    for part in _PARTS.findall(text):
        glued = _GLUED.fullmatch(part) if len(part) > CODE_LENGTH else None
        parts += [piece for piece in glued.groups() if piece] if glued else [part]
    return parts


def _counts(parts: list[str], number: int) -> bool:
    """Tell whether a number counts something: money, people, metres."""
    after = parts[number + 1 : number + 4]
    if after[:1] == [","] and after[1:2] and after[1].isdigit() and len(after[1]) <= MOST_DECIMALS:
        after = after[2:]
    return bool(after) and after[0] in COUNTED


def _asides(text: str, found: Words) -> tuple[str, ...]:
    """Return what brackets hold, and what stands last behind a sign."""
    asides = [spell(aside) for aside in _ASIDE.findall(text)] if "(" in text else []
    last = len(found.words) - 1
    while last > 0 and found.gaps[last] is Gap.NONE:
        last -= 1
    if last > 0 and found.gaps[last] is not Gap.POSTCODE:
        asides.append(" ".join(found.words[last:]))
    return tuple(asides)


def _read_code(part: str, found: Words, gap: Gap, *, parted: bool) -> str:
    """Return the postcode that a word is, whole or damaged, else nothing."""
    if part.isdigit():
        if (
            parted
            and len(part) == DIGITS_OF_A_CODE
            and gap is Gap.NONE
            and found.words[-1:] in NEAR
        ):
            found.parted = True
            found.gaps.pop()
            return found.words.pop() + part
        if len(part) == CODE_LENGTH:
            return part
        return part if len(part) in {4, 6} and part.startswith(HOME) else ""
    if len(part) != CODE_LENGTH or part.isalpha():
        return ""
    figures = part.translate(_FIGURES)
    enough = sum(sign.isdigit() for sign in part) >= DIGITS_OF_A_CODE or part.startswith(HOME)
    return figures if enough and figures.isdigit() else ""


def _drop_country(found: Words) -> None:
    for country in COUNTRY:
        size = len(country)
        if len(found.words) > size and tuple(found.words[-size:]) == country:
            del found.words[-size:]
            del found.gaps[-size - 1 : -1]
