"""What is told of the encoding of a file: its lines in another one, mended, doubtful or worn."""

from collections.abc import Iterable
from typing import Final

from app.imports.limits import BroughtFileError, where
from layers.brought.problems import MENDED, TO_CHECK, WHOLE_FILE, Problem
from layers.french.encoding import Decoded, NotTextError, decode

OTHER_EXPECTED: Final = "le même encodage que les autres lignes"
TWICE_EXPECTED: Final = "un texte encodé une seule fois (é, et non Ã©)"
WORN_EXPECTED: Final = "un texte dont nul signe n’est perdu"
SURE_EXPECTED: Final = "un encodage certain ; voyez si les accents sont justes"


def decode_file(content: bytes, name: str) -> Decoded:
    """Return the text of a file, in the encoding that makes French of it.

    Raises
    ------
    BroughtFileError
        It is not text.
    """
    try:
        return decode(content)
    except NotTextError as error:
        raise BroughtFileError(f"{where(name)} : ce n’est pas du texte.") from error


def tell_encoding(decoded: Decoded, column: str = "") -> list[Problem]:
    """Return what a person wants to know of how a text was decoded, nothing when all is plain."""
    problems = [] if decoded.sure else [_doubt(decoded.encoding)]
    for lines, expected, outcome in (
        (decoded.mixed, OTHER_EXPECTED, MENDED),
        (decoded.twice, TWICE_EXPECTED, MENDED),
        (decoded.worn, WORN_EXPECTED, TO_CHECK),
    ):
        problems += _each(lines, column, expected, outcome)
    return problems


def _doubt(encoding: str) -> Problem:
    return Problem(WHOLE_FILE, "", f"lu en {encoding}", SURE_EXPECTED, TO_CHECK)


def _each(lines: Iterable[int], column: str, expected: str, outcome: str) -> list[Problem]:
    return [Problem(line, column, "", expected, outcome) for line in lines]
