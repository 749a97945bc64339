"""The classes of a map of gaps: three on each side of the threshold, cut where it is."""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pandas as pd

from app.drawing.palette import FAR_RAMP, NEAR_RAMP
from layers.french.wording import format_number, plural, typeset
from layers.gaps.measure import Gaps
from layers.gaps.sentences import short_unit

COLOURS: Final = (*NEAR_RAMP, *FAR_RAMP)
SHARES: Final = (1 / 3, 2 / 3, 1.0, 1.5, 2.0)
"""Of the threshold: the bounds between classes."""
LARGE: Final = 6
"""From this threshold on the bounds are whole."""


@dataclass(frozen=True, slots=True)
class GapClasses:
    """Communes by class of what separates them from the nearest service.

    Parameters
    ----------
    bounds
        Upper bound of each class but the last, included in it.
    class_of
        By code; communes from which nothing is in reach are left out.
    counts
        Communes in each class.
    out_of_reach
        Communes from which no service can be reached.
    """

    bounds: tuple[float, ...]
    class_of: dict[str, int]
    counts: tuple[int, ...]
    out_of_reach: int


def classify_gaps(gaps: Gaps) -> GapClasses:
    """Sort communes into classes of which the threshold is a bound."""
    digits = 0 if gaps.threshold >= LARGE else 1
    bounds = tuple(
        gaps.threshold if share == 1 else round(gaps.threshold * share, digits) for share in SHARES
    )
    return cut_into_classes(gaps.communes, "minutes", bounds)


def cut_into_classes(communes: pd.DataFrame, column: str, bounds: tuple[float, ...]) -> GapClasses:
    """Sort communes by a column; a bound is of the class below it, what is not finite of none."""
    reached = communes[np.isfinite(communes[column])]
    numbers = np.searchsorted(bounds, reached[column], side="left").tolist()
    found = Counter(numbers)
    return GapClasses(
        bounds,
        dict(zip(reached["code"], numbers, strict=True)),
        tuple(found[number] for number in range(len(COLOURS))),
        len(communes) - len(reached),
    )


def class_texts(classes: GapClasses) -> tuple[str, ...]:
    """Return the words of each class: ``de 0 à 5``, ``plus de 5 à 10``… ``plus de 30``."""
    texts = [format_number(bound, 0 if bound == round(bound) else 1) for bound in classes.bounds]
    between = [f"plus de {low} à {high}" for low, high in pairwise(texts)]
    return (f"de 0 à {texts[0]}", *between, f"plus de {texts[-1]}")


def map_title(gaps: Gaps) -> str:
    """Return the title of the map: ``Gares : qui est à plus de 20 minutes ?``."""
    far = plural(gaps.threshold, gaps.unit)
    return typeset(f"{gaps.question.title} : qui est à plus de {far} ?")


def for_browser(gaps: Gaps, classes: GapClasses) -> dict[str, Any]:
    """Return what the map's scripts need; a commune out of reach, or not asked about, is left out.

    ``table`` gives by code: class, central figure, low, high, and whether the threshold lies
    between the last two.
    """
    communes = gaps.communes
    rows = zip(
        communes["code"], communes["minutes"], communes["minutes_low"], communes["minutes_high"],
        communes["uncertain"], strict=True,
    )  # fmt: skip
    table = {
        code: [
            classes.class_of[code], round(at, 1), round(low, 1),
            round(high, 1) if np.isfinite(high) else None, int(uncertain),
        ]
        for code, at, low, high, uncertain in rows
        if code in classes.class_of
    }  # fmt: skip
    return {
        "level": "commune",
        "drawing": "aplats",
        "title": map_title(gaps),
        "colours": COLOURS,
        "unit": short_unit(gaps.model),
        "table": table,
        "lost": communes.loc[~np.isfinite(communes["minutes"]), "code"].tolist(),
        "values": {},
    }
