"""How a reader wants values cut into classes, as the address and the page's form write it."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, TypeVar

import numpy as np

from geo.perimeter import shorten
from layers.french.wording import enumerate_words


class Palette(StrEnum):
    """Ramps that a reader may choose instead of the usual one; money's is for amounts alone."""

    BLUE = "bleue"
    VIOLET = "violette"
    GREY = "grise"


FEWEST_CLASSES: Final = 2
MOST_CLASSES: Final = 7
LONGEST_BOUNDS: Final = 300
"""Characters of a pasted list."""
LARGEST_BOUND: Final = 1e12
BOUND_DECIMALS: Final = 6


class Method(StrEnum):
    """How bounds are found."""

    QUANTILES = "quantiles"
    NATURAL = "jenks"
    EQUAL = "egales"
    ROUNDED = "arrondies"
    MANUAL = "manuelles"


METHODS: Final = {
    Method.QUANTILES: "Quantiles (effectifs voisins)",
    Method.NATURAL: "Seuils naturels (Jenks-Fisher)",
    Method.EQUAL: "Amplitudes égales",
    Method.ROUNDED: "Bornes rondes",
    Method.MANUAL: "Bornes manuelles…",
}
"""How people call each."""


@dataclass(frozen=True, slots=True)
class ClassChoice:
    """What was chosen of the classes; the default leaves everything to the values.

    Parameters
    ----------
    method
        How bounds are found.
    classes
        How many, :data:`FEWEST_CLASSES` to :data:`MOST_CLASSES`; None follows the number of values.
    bounds
        Increasing, for :attr:`Method.MANUAL` alone.
    palette
        None is the usual one: money's for amounts, the plain one for the rest.
    """

    method: Method = Method.QUANTILES
    classes: int | None = None
    bounds: tuple[float, ...] = ()
    palette: Palette | None = None


USUAL_CLASSES: Final = ClassChoice()

Word = TypeVar("Word", Method, Palette)


class ClassChoiceError(ValueError):
    """A part of the choice cannot be used; the message is a French sentence."""


def read_method(choice: ClassChoice, text: str) -> ClassChoice:
    """Return the choice with a method; the manual one waits for its bounds.

    Raises
    ------
    ClassChoiceError
        There is no such method.
    """
    return replace(choice, method=_known(Method, text, "Méthode"))


def read_classes(choice: ClassChoice, text: str) -> ClassChoice:
    """Return the choice with a number of classes.

    Raises
    ------
    ClassChoiceError
        Not a number from :data:`FEWEST_CLASSES` to :data:`MOST_CLASSES`.
    """
    if text in {str(number) for number in range(FEWEST_CLASSES, MOST_CLASSES + 1)}:
        return replace(choice, classes=int(text))
    raise ClassChoiceError(
        f"Nombre de classes « {shorten(text)} » ignoré : "
        f"attendu de {FEWEST_CLASSES} à {MOST_CLASSES}."
    )


def read_bounds(choice: ClassChoice, text: str) -> ClassChoice:
    """Return the choice with bounds, which leave no say to a method or a number of classes.

    Raises
    ------
    ClassChoiceError
        They cannot be read.
    """
    return replace(choice, method=Method.MANUAL, classes=None, bounds=parse_bounds(text))


def read_palette(choice: ClassChoice, text: str) -> ClassChoice:
    """Return the choice with a palette.

    Raises
    ------
    ClassChoiceError
        There is no such palette.
    """
    return replace(choice, palette=_known(Palette, text, "Palette"))


def _known(words: type[Word], text: str, what: str) -> Word:
    try:
        return words(text)
    except ValueError:
        known = enumerate_words(f"« {word} »" for word in words)
        raise ClassChoiceError(
            f"{what} « {shorten(text)} » inconnue : ignorée ; attendu : {known}."
        ) from None


def make_drawable(choice: ClassChoice) -> tuple[ClassChoice, str | None]:
    """Return a choice that can be drawn, and what had to be given up, a French sentence."""
    if choice.method is not Method.MANUAL or choice.bounds:
        return choice, None
    given_up = replace(choice, method=Method.QUANTILES)
    return given_up, "Classes manuelles sans bornes : quantiles affichés."


def write_choice(choice: ClassChoice) -> Mapping[str, str | None]:
    """Return what an address says of a choice, part by part; None for what goes without saying."""
    usual = choice.method in {Method.QUANTILES, Method.MANUAL}
    return {
        "method": None if usual else str(choice.method),
        "classes": str(choice.classes) if choice.classes else None,
        "bounds": format_bounds(choice.bounds) or None,
        "palette": str(choice.palette) if choice.palette else None,
    }


def parse_bounds(text: str) -> tuple[float, ...]:
    """Read bounds that a person pasted or an address holds.

    Between semicolons, bars, tabs or line ends a comma is decimal and a space groups thousands;
    without any of these, spaces separate; without spaces, commas do. The words of a
    legend separate; brackets, ``€`` and ``%`` are left out.

    Returns
    -------
    tuple of float
        Increasing, without doubles, two at least and one more than :data:`MOST_CLASSES` at most.

    Raises
    ------
    ClassChoiceError
        Too long, too many or too few, or something that is no number.
    """
    if len(text) > LONGEST_BOUNDS:
        raise ClassChoiceError(
            f"Bornes trop longues : {len(text)} caractères, {LONGEST_BOUNDS} au plus sont lus."
        )
    bounds = tuple(sorted({_number(part) for part in _parts(text)}))
    if not FEWEST_CLASSES <= len(bounds) <= MOST_CLASSES + 1:
        raise ClassChoiceError(
            f"Bornes : {len(bounds)} valeur{'s' if len(bounds) > 1 else ''} "
            f"différente{'s' if len(bounds) > 1 else ''} trouvée{'s' if len(bounds) > 1 else ''}, "
            f"attendu : de {FEWEST_CLASSES} à {MOST_CLASSES + 1}, comme « 0 ; 10 ; 20,5 »."
        )
    return bounds


def format_bounds(bounds: tuple[float, ...]) -> str:
    """Write bounds as an address does: ``0,10.5,20``."""
    return ",".join(np.format_float_positional(bound, trim="-") for bound in bounds)


_WORDS: Final = re.compile(r"\b(?:à moins de|plus de|de|à)\b")
"""Of the classes of a legend."""


def _parts(text: str) -> list[str]:
    bare = re.sub(r"[\[\]€%]", " ", _WORDS.sub(";", text)).strip()
    if re.search(r"[;|\t\n\r]", bare):
        parts = re.split(r"[;|\t\n\r]+", bare)
    elif re.search(" ", bare):
        parts = [part.rstrip(",") for part in re.split(" +", bare)]
    else:
        parts = bare.split(",")
    return [part for part in (re.sub(r"[\s\u00a0\u202f]", "", part) for part in parts) if part]


def _number(text: str) -> float:
    if not re.fullmatch(r"[-−+]?\d{1,13}(?:[.,]\d{1,9})?", text, re.ASCII):
        raise ClassChoiceError(
            f"Borne « {shorten(text)} » illisible : un nombre est attendu, comme « 20,5 »."
        )
    value = float(text.replace("−", "-").replace(",", "."))
    if not math.isfinite(value) or abs(value) > LARGEST_BOUND:
        raise ClassChoiceError(f"Borne « {shorten(text)} » trop grande : mille milliards au plus.")
    return round(value, BOUND_DECIMALS) + 0.0
