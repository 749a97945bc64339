"""A perimeter: one place of one level, written the same way in a URL, a file name and a message."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class PlaceError(ValueError):
    """A place was asked for that cannot be given; the message is a French sentence for a person."""


class UnknownPlaceError(PlaceError):
    """No place answers to what was asked."""


class AmbiguousPlaceError(PlaceError):
    """Several places answer to what was asked."""


class Level(StrEnum):
    """The levels of the département, from the widest to the narrowest."""

    DEPARTEMENT = "departement"
    TERRITORY = "territoire"
    MDS = "mds"
    EPCI = "epci"
    CANTON = "canton"
    COMMUNE = "commune"


DEPARTEMENT_CODE = "62"
DEPARTEMENT_NAME = "Pas-de-Calais"

CODE_FORMS = {
    Level.DEPARTEMENT: (DEPARTEMENT_CODE, f"le code « {DEPARTEMENT_CODE} »"),
    Level.TERRITORY: (r"[a-z]+(-[a-z]+)*", "un nom court comme « calaisis »"),
    Level.MDS: (r"[a-z]+(-[a-z]+)*", "un nom court comme « ternois »"),
    Level.EPCI: (r"\d{9}", "un numéro SIREN à neuf chiffres"),
    Level.CANTON: (r"62\d{2}", "un code à quatre chiffres comme « 6201 »"),
    Level.COMMUNE: (r"62\d{3}", "un code Insee à cinq chiffres comme « 62193 »"),
}
"""For each level: the pattern of its codes, and how a person is told of it."""

LONGEST_TEXT = 60


@dataclass(frozen=True, slots=True, order=True)
class Perimeter:
    """One place of one level; ``str`` gives its written form, as ``epci:200090751``.

    Parameters
    ----------
    level
        Level of the place.
    code
        SIREN of an EPCI, INSEE code of a commune or canton, short name of a territory or MDS area.
    """

    level: Level
    code: str

    def __str__(self) -> str:
        return f"{self.level}:{self.code}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the written form; whether the place exists is for the reference to say.

        Raises
        ------
        UnknownPlaceError
            The text is not a level known here, a colon and a code of that level's form.
        """
        level_text, colon, code = text.strip().partition(":")
        try:
            level = Level(level_text)
        except ValueError:
            level = None
        if not colon or level is None:
            levels = ", ".join(Level)
            raise UnknownPlaceError(
                f"Territoire « {shorten(text)} » illisible : on attend un niveau ({levels}), "
                "deux-points et un code, par exemple « epci:200090751 »."
            )
        pattern, expected = CODE_FORMS[level]
        if not re.fullmatch(pattern, code, re.ASCII):
            raise UnknownPlaceError(
                f"Territoire « {shorten(text)} » illisible : pour le niveau « {level} », "
                f"on attend {expected}."
            )
        return cls(level, code)


DEPARTEMENT = Perimeter(Level.DEPARTEMENT, DEPARTEMENT_CODE)


def shorten(text: str) -> str:
    """Return a text from outside in a form fit for a message: one line, printable, bounded."""
    line = "".join(c if c.isprintable() else " " for c in text[: LONGEST_TEXT * 2])
    line = " ".join(line.split())
    return line if len(line) <= LONGEST_TEXT else f"{line[: LONGEST_TEXT - 1]}…"
