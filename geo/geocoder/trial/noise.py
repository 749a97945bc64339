"""Wear: addresses as bad files have them, made from good ones, the same each time."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from geo.geocoder.streets import SHORTENED
from geo.names import unaccented


@dataclass(frozen=True, slots=True)
class Address:
    """A good address, in its parts; an empty part is not written.

    Parameters
    ----------
    street
        Number and way.
    postcode
        Five figures.
    commune
        Name as people write it.
    tail
        What stands after the name: « CEDEX 2 ».
    """

    street: str
    postcode: str
    commune: str
    tail: str = ""

    def __str__(self) -> str:
        last = " ".join(part for part in (self.postcode, self.commune, self.tail) if part)
        return ", ".join(part for part in (self.street, last) if part)


Wearing = Callable[[Address, Random], Address]

LOOKS_LIKE: Final = {
    "o": "0", "l": "1", "i": "l", "s": "5", "b": "8", "m": "rn", "e": "c", "g": "9", "u": "ii",
    "n": "ri", "h": "b", "t": "f", "O": "0", "I": "1", "S": "5", "B": "8", "Z": "2", "G": "6",
    "M": "RN", "E": "F", "U": "V",
}  # fmt: skip
"""What a machine reads in place of a letter."""

BESIDE: Final = {
    "a": "qz", "b": "vn", "c": "xv", "d": "sf", "e": "zr", "f": "dg", "g": "fh", "h": "gj",
    "i": "uo", "j": "hk", "k": "jl", "l": "km", "m": "lp", "n": "bv", "o": "ip", "p": "om",
    "q": "as", "r": "et", "s": "qd", "t": "ry", "u": "yi", "v": "cb", "w": "xq", "x": "wc",
    "y": "tu", "z": "ae",
}  # fmt: skip
"""Keys beside each key of a French keyboard."""

SHORT_WORDS: Final = (
    (r"\bSainte\b", "Ste"), (r"\bSaint\b", "St"), (r"\bsur\b", "s/"), (r"\bNotre-Dame\b", "ND"),
    (r"\bl[eè][sz]\b", "l"), (r"\bLe[sz]?[ -]|\bLa[ -]|\bL'", ""),
    (r"-(en|sur|l[eè][sz]|la)-", " "),
)  # fmt: skip


def change_case(address: Address, random: Random) -> Address:
    """Write all in capitals, or none."""
    change = random.choice((str.upper, str.upper, str.lower))
    return _everywhere(address, change)


def drop_accents(address: Address, _random: Random) -> Address:
    """Lose accents and ligatures."""
    return _everywhere(address, unaccented)


def drop_hyphens(address: Address, random: Random) -> Address:
    """Write spaces for hyphens and apostrophes, or nothing between words, or a comma less."""
    between = random.choice((" ", " ", " ", ""))
    name = re.sub(r"[-'’ ]", between, address.commune)
    return replace(address, commune=name)


def split_word(address: Address, random: Random) -> Address:
    """Put a space inside the name."""
    if len(address.commune) < 2:  # noqa: PLR2004 - one letter has no inside
        return address
    place = random.randrange(1, len(address.commune))
    return replace(address, commune=f"{address.commune[:place]} {address.commune[place:]}")


def mistype(address: Address, random: Random) -> Address:
    """Swap, drop, double or miss a letter of the name."""
    return replace(address, commune=mistype_word(address.commune, random))


def mistype_word(word: str, random: Random) -> str:
    """Swap, drop, double or change a letter of a word."""
    places = [i for i, letter in enumerate(word) if letter.isalpha()]
    if len(places) < 3:  # noqa: PLR2004 - a shorter word would not be known again
        return word
    i = random.choice(places)
    letter = word[i]
    return random.choice((
        word[:i] + word[i + 1 : i + 2] + letter + word[i + 2 :],
        word[:i] + word[i + 1 :],
        word[:i] + letter + word[i:],
        word[:i] + random.choice(BESIDE.get(letter.lower(), letter)) + word[i + 1 :],
    ))  # fmt: skip


def misread(address: Address, random: Random) -> Address:
    """Read one or two signs as a machine does, in the name, the postcode or the street."""

    def read(text: str) -> str:
        places = [i for i, sign in enumerate(text) if sign in LOOKS_LIKE]
        for i in sorted(random.sample(places, min(len(places), random.choice((1, 1, 2)))))[::-1]:
            text = text[:i] + LOOKS_LIKE[text[i]] + text[i + 1 :]
        return text

    postcode = address.postcode
    if postcode and random.random() < 0.3:  # noqa: PLR2004 - about a third of pages read badly
        postcode = random.choice((postcode.replace("0", "O"), postcode.replace("1", "l")))
    return replace(
        address, street=read(address.street), postcode=postcode, commune=read(address.commune)
    )


def shorten(address: Address, random: Random) -> Address:
    """Shorten words of the name and of the way."""
    name = address.commune
    for pattern, short in SHORT_WORDS:
        if random.random() < 0.7:  # noqa: PLR2004 - most of them
            name = re.sub(pattern, short, name)
    street = address.street
    for short, whole in SHORTENED.items():
        street = re.sub(rf"\b{whole}\b", short, street, count=1, flags=re.IGNORECASE)
    return replace(address, street=street, commune=name.strip() or address.commune)


def cut_name(address: Address, random: Random) -> Address:
    """Leave out the end of a compound name, or cut its last word."""
    words = re.split(r"[- ]", address.commune)
    long_enough = [i for i, word in enumerate(words) if len(word) > 3 and word != "Saint"]  # noqa: PLR2004
    if len(words) < 2 or not long_enough:  # noqa: PLR2004
        return address
    last = words[-1]
    choices = [" ".join([*words[:-1], f"{last[: random.choice((1, 2, 3))]}."])]
    if long_enough[0] < len(words) - 1:
        choices.append(" ".join(words[: long_enough[0] + 1]))
    return replace(address, commune=random.choice(choices))


def drop_postcode(address: Address, _random: Random) -> Address:
    """Write no postcode."""
    return replace(address, postcode="")


def spoil_postcode(address: Address, random: Random) -> Address:
    """Change, swap or drop a figure of the postcode."""
    code = address.postcode
    if len(code) < 2:  # noqa: PLR2004 - one figure has no neighbour
        return address
    i = random.randrange(1, len(code))
    wrong = random.choice((
        code[:i] + random.choice("0123456789") + code[i + 1 :],
        code[: i - 1] + code[i] + code[i - 1] + code[i + 1 :],
        code[:i] + code[i + 1 :],
    ))  # fmt: skip
    return replace(address, postcode=wrong)


def make_cedex(address: Address, random: Random) -> Address:
    """Write the postcode of a post office for firms, with CEDEX and a box."""
    code = f"{address.postcode[:3]}{random.randrange(1, 100):02d}" if address.postcode else ""
    box = random.choice(("", f"BP {random.randrange(1, 400)}, ", f"CS {random.randrange(9999)}, "))
    tail = random.choice(("CEDEX", "Cedex", f"CEDEX {random.randrange(1, 10)}"))
    return replace(address, street=f"{box}{address.street}", postcode=code, tail=tail)


def drop_street(address: Address, _random: Random) -> Address:
    """Write the commune only."""
    return replace(address, street="")


def _everywhere(address: Address, change: Callable[[str], str]) -> Address:
    return Address(
        change(address.street),
        address.postcode,
        change(address.commune),
        change(address.tail),
    )


WEARINGS: Final[tuple[Wearing, ...]] = (
    shorten, cut_name, drop_postcode, spoil_postcode, make_cedex, mistype, mistype, split_word,
    misread, drop_hyphens, drop_accents, change_case, drop_street,
)  # fmt: skip
"""In the order in which an address suffers them: written first, read by machines last."""


def wear(address: Address, random: Random, most: int = 4) -> Address:
    """Wear an address in one to ``most`` ways."""
    chosen = random.sample(range(len(WEARINGS)), random.randint(1, most))
    for i in sorted(chosen):
        address = WEARINGS[i](address, random)
    return address


def write(address: Address, random: Random) -> str:
    """Write an address on one line, with the signs between its parts that files have."""
    last = " ".join(part for part in (address.postcode, address.commune, address.tail) if part)
    after = " ".join(part for part in (address.commune, address.tail, address.postcode) if part)
    forms = [f"{address.street}, {last}"] * 4 + [f"{address.street} {last}"] * 4
    forms += [
        f"{address.street} - {last}",
        f"{last}, {address.street}",
        f"{address.street} {after}",
    ]
    return random.choice(forms).strip(" ,-")
