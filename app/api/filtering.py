"""Filters in CQL2 (OGC 21-065r2): text or JSON, read by a library, bounded before they are used.

What is asked comes from outside: its length, its depth and the number of its parts have limits, and
:mod:`app.api.evaluation` holds each part against the rows in one pass.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import cql2

from app.api.collection import Collection
from app.api.evaluation import Evaluation
from app.api.refusals import ApiError
from app.api.rows import Mask, Rows
from app.api.systems import System
from geo.perimeter import shorten

LANGUAGES: Final = ("cql2-text", "cql2-json")
"""The first goes without saying."""
LONGEST: Final = 4_000
"""Characters of a filter."""
DEEPEST: Final = 24
"""Parts within parts."""
MOST_PARTS: Final = 1_000
"""Operations, names and values, the numbers of a geometry too."""


@dataclass(frozen=True)
class Filter:
    """What the rows must satisfy.

    Parameters
    ----------
    expression
        CQL2 JSON, within the limits.
    system
        Of the positions in it.
    """

    expression: Any
    system: System

    def holds(self, rows: Rows) -> Mask:
        """Tell for which rows it is true; where a value is not known it may be neither.

        Raises
        ------
        ApiError
            It names a column that there is not, or compares what cannot be compared.
        """
        return Evaluation(rows, self.system).truth(self.expression).true


def read_filter(text: str, language: str, collection: Collection, system: System) -> Filter:
    """Read a filter.

    Parameters
    ----------
    text
        From outside, so anything.
    language
        One of :data:`LANGUAGES`.
    collection
        Its columns are named in the refusal.
    system
        Of the positions in the filter.

    Raises
    ------
    ApiError
        It is no filter, or a larger one than is answered.
    """
    if len(text) > LONGEST or _depth(text) > DEEPEST:
        raise _too_large()
    try:
        read = cql2.parse_text(text) if language == "cql2-text" else cql2.parse_json(text)
        expression = read.to_json()
    except (cql2.ParseError, cql2.ValidationError, ValueError) as error:
        names = ", ".join(field.name for field in collection.queryable)
        said = shorten(text)
        raise ApiError(
            f"Paramètre « filter » : trouvé « {said} », attendu : un filtre {language} sur "
            f"{names}.",
            f"Parameter “filter”: found “{said}”, expected: a {language} filter on {names}.",
        ) from error
    _bound(expression)
    return Filter(expression, system)


def _depth(text: str) -> int:
    """Return how deep brackets stand in one another; those of a text count too, at worst."""
    deepest = depth = 0
    for sign in text:
        depth += (sign in "([{") - (sign in ")]}")
        deepest = max(deepest, depth)
    return deepest


def _bound(expression: Any) -> None:  # noqa: ANN401 - of JSON
    """Refuse an expression with more parts, or deeper ones, than are answered."""
    parts, level = 0, [expression]
    for _ in range(DEEPEST):
        parts += len(level)
        below: list[Any] = []
        for one in level:
            if isinstance(one, Mapping):
                below += one.values()
            elif isinstance(one, list):
                below += one
        if not below:
            return
        if parts > MOST_PARTS:
            break
        level = below
    raise _too_large()


def _too_large() -> ApiError:
    return ApiError(
        f"Paramètre « filter » : filtre trop grand ; {LONGEST} signes, {DEEPEST} niveaux au plus.",
        f"Parameter “filter”: too large; {LONGEST} characters and {DEEPEST} levels at most.",
    )
