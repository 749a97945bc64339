"""Values cut into classes that a legend can be honest about: [a ; b[, the last one closed."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from app.drawing.bounds_text import format_bound
from app.drawing.class_bounds import Bounds, cut_values, extend_bounds
from app.view.class_choice import USUAL_CLASSES, ClassChoice, Method
from layers.french.wording import enumerate_words, plural

USUAL_NUMBER: Final = 5
"""As many as come by themselves: more tints are hard to tell apart."""

METHODS: Final = {
    Method.QUANTILES: "d’effectifs voisins (quantiles), bornes arrondies à deux chiffres",
    Method.NATURAL: "aux écarts internes les plus faibles (Jenks-Fisher), bornes arrondies "
    "sans qu’aucune valeur change de classe",
    Method.EQUAL: "de même amplitude, bornes arrondies",
    Method.ROUNDED: "aux bornes rondes et régulières",
    Method.MANUAL: "aux bornes données",
}


@dataclass(frozen=True, slots=True)
class Classes:
    """How the values of an indicator are cut.

    Parameters
    ----------
    bounds
        Increasing, one more than there are classes; class *i* is [bounds[i], bounds[i+1][, the
        last one [a, b]; empty when no value is left to cut.
    counts
        Number of values in each class.
    zeros
        Number of values that are exactly zero, set apart from the classes where they are mixed
        with others; None where zero is not apart.
    missing
        Number of perimeters without a value.
    method
        How the bounds were found, French sentences.
    """

    bounds: tuple[float, ...]
    counts: tuple[int, ...]
    zeros: int | None
    missing: int
    method: str = ""


def classify(values: pd.Series, choice: ClassChoice = USUAL_CLASSES) -> Classes:
    """Cut values as chosen, by default into at most five classes of about equal size.

    Where no number of classes is chosen it is the square root of the number of values, rounded up:
    six values do not make five classes.

    Parameters
    ----------
    values
        Floats, NaN where nothing is known.
    """
    known = values.dropna().to_numpy(dtype=float)
    missing = len(values) - len(known)
    apart = bool((known == 0).any())
    cut = known[known != 0] if apart else known
    zeros = int((known == 0).sum()) if apart else None
    if not len(cut):
        return Classes((), (), zeros, missing)
    bounds = _bounds(cut, choice)
    counts = tuple(int(count) for count in np.histogram(cut, bounds)[0])
    return Classes(tuple(bounds), counts, zeros, missing, _sentence(bounds, cut, choice))


def _bounds(cut: np.ndarray, choice: ClassChoice) -> Bounds:
    if choice.method is Method.MANUAL:
        return extend_bounds(choice.bounds, cut)
    usual = min(USUAL_NUMBER, math.ceil(math.sqrt(len(cut))))
    return cut_values(cut, choice.method, choice.classes or usual)


def _sentence(bounds: Bounds, cut: np.ndarray, choice: ClassChoice) -> str:
    classes = len(bounds) - 1
    if classes > 1:
        text = f"{plural(classes, 'classe')} {METHODS[choice.method]}."
    else:
        given = choice.method is Method.MANUAL
        text = "Une seule classe, aux bornes données." if given else "Une seule classe."
    if choice.method is Method.MANUAL:
        return text + _extension(bounds, choice)
    if choice.classes and classes < choice.classes and choice.method is not Method.ROUNDED:
        different = len(np.unique(cut))
        text += (
            f" {choice.classes} étaient demandées : "
            f"{plural(different, 'valeur différente', 'valeurs différentes')}, "
            "trop proches ou trop peu nombreuses pour plus."
        )
    return text


def _extension(bounds: Bounds, choice: ClassChoice) -> str:
    added = [format_bound(bound) for bound in bounds if bound not in choice.bounds]
    if not added:
        return ""
    return f" Étendues jusqu’à {enumerate_words(added)}, pour que chaque valeur ait sa classe."
