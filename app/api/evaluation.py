"""A filter held against rows: each part is one pass over them."""

import operator
from collections.abc import Callable, Mapping
from time import monotonic
from typing import Any, Final

import numpy as np

from app.api.operands import (
    GEOMETRY,
    Operand,
    as_text,
    read_operand,
    read_shape,
    unknown_operation,
)
from app.api.patterns import like as like_pattern
from app.api.refusals import ApiError
from app.api.rows import Mask, Rows
from app.api.systems import System
from app.api.times import Interval
from app.api.truth import Truth, both, either, everywhere, negated
from layers.french.wording import plural

LONGEST: Final = 2
"""Seconds that a filter may take."""
COMPARISONS: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "number": ("un nombre", "a number"),
    "truth": ("true ou false", "true or false"),
    "date": ("une date", "a date"),
    "text": ("un texte", "a text"),
}


class Evaluation:
    """Holds conditions against some rows.

    Parameters
    ----------
    system
        Of the positions in the conditions.
    """

    def __init__(self, rows: Rows, system: System) -> None:
        self.rows = rows
        self.system = system
        self._until = monotonic() + LONGEST
        self._operands: dict[int, Operand] = {}

    def truth(self, part: Any) -> Truth:  # noqa: ANN401 - CQL2 JSON
        """Return where a condition is true.

        Raises
        ------
        ApiError
            It cannot be answered.
        """
        if not isinstance(part, Mapping) or "op" not in part:
            return self._bare(part)
        self._check_time()
        name, arguments = str(part["op"]), part.get("args", [])
        if name not in _OPERATIONS:
            raise unknown_operation(name)
        count, act = _OPERATIONS[name]
        if not isinstance(arguments, list) or len(arguments) != (count or len(arguments)):
            raise ApiError(
                f"Paramètre « filter » : « {name} » attend {plural(count, 'argument')}.",
                f"Parameter “filter”: “{name}” expects {count} argument{'s' if count > 1 else ''}.",
            )
        return act(self, *arguments)

    def all_of(self, *parts: Any) -> Truth:  # noqa: ANN401 - CQL2 JSON
        """Return where all conditions are true."""
        return both(map(self.truth, parts), len(self.rows))

    def any_of(self, *parts: Any) -> Truth:  # noqa: ANN401 - CQL2 JSON
        """Return where one condition is true."""
        return either(map(self.truth, parts), len(self.rows))

    def none_of(self, part: Any) -> Truth:  # noqa: ANN401 - CQL2 JSON
        """Return where a condition is false."""
        return negated(self.truth(part))

    def between(self, value: Any, low: Any, high: Any) -> Truth:  # noqa: ANN401 - CQL2 JSON
        """Return where a value lies between two, both included."""
        ends = (self.compare(">=", value, low), self.compare("<=", value, high))
        return both(ends, len(self.rows))

    def among(self, value: Any, listed: Any) -> Truth:  # noqa: ANN401 - CQL2 JSON
        """Return where a value is one of several."""
        several = listed if isinstance(listed, list) else [listed]
        return either((self.compare("=", value, one) for one in several), len(self.rows))

    def _check_time(self) -> None:
        if monotonic() > self._until:
            raise ApiError(
                f"Paramètre « filter » : plus de {LONGEST} secondes de calcul ; demandez moins.",
                f"Parameter “filter”: more than {LONGEST} seconds of work; ask for less.",
            )

    def _operand(self, part: Any) -> Operand:  # noqa: ANN401 - CQL2 JSON
        """Return what a part stands for, found once however often it is compared."""
        if id(part) not in self._operands:
            self._operands[id(part)] = read_operand(part, self.rows)
        return self._operands[id(part)]

    def _bare(self, part: Any) -> Truth:  # noqa: ANN401 - CQL2 JSON
        """Return where a value that stands alone is true."""
        operand = self._operand(part)
        if operand.kind != "truth":
            raise ApiError(
                "Paramètre « filter » : une condition est attendue, comme « nom = 'Arras' ».",
                "Parameter “filter”: a condition is expected, such as “nom = 'Arras'”.",
            )
        return self.compare("=", part, True)  # noqa: FBT003 - a value of the filter

    def _spread(self, values: Any) -> Mask:  # noqa: ANN401 - a scalar or an array
        return np.broadcast_to(np.asarray(values, dtype=bool), (len(self.rows),))

    def compare(self, name: str, one: Any, other: Any) -> Truth:  # noqa: ANN401 - CQL2 JSON
        """Return where a comparison of two values is true."""
        self._check_time()
        left, right = self._operand(one), self._operand(other)
        if left.kind == right.kind == "date":
            return self._compare_times(name, left, right)
        left, right = as_text(left, self.rows), as_text(right, self.rows)
        if left.kind != right.kind:
            (french, english), (french_too, english_too) = WORDS[left.kind], WORDS[right.kind]
            raise ApiError(
                f"Paramètre « filter » : {french} est comparé à {french_too}.",
                f"Parameter “filter”: {english} is compared with {english_too}.",
            )
        known = self._spread(left.known) & self._spread(right.known)
        # only where both are known: what is not cannot be put in order
        sides = [
            side.values[known] if isinstance(side.values, np.ndarray) else side.values
            for side in (left, right)
        ]
        true = np.zeros(len(self.rows), dtype=bool)
        true[known] = COMPARISONS[name](*sides)
        return Truth(true, known)

    def _compare_times(self, name: str, left: Operand, right: Operand) -> Truth:
        """Compare as intervals: a year is before a day where all of it is."""
        (first, last), (begin, end) = self._ends(left), self._ends(right)
        known = self._spread(~(np.isnat(first) | np.isnat(begin)))
        tests: dict[str, Callable[[], Any]] = {
            "<": lambda: last < begin,
            ">": lambda: first > end,
            "<=": lambda: last <= end,
            ">=": lambda: first >= begin,
            "=": lambda: (first == begin) & (last == end),
            "<>": lambda: (first != begin) | (last != end),
        }
        return Truth(self._spread(tests[name]()) & known, known)

    def _ends(self, operand: Operand) -> tuple[Any, Any]:
        if isinstance(operand.values, Interval):
            return operand.values
        return self.rows.times(operand.values)

    def like(self, one: Any, other: Any) -> Truth:  # noqa: ANN401 - CQL2 JSON
        """Return where a text is like a pattern."""
        left, right = as_text(self._operand(one), self.rows), self._operand(other)
        if left.kind != "text" or not isinstance(right.values, str) or right.kind != "text":
            raise ApiError(
                "Paramètre « filter » : LIKE compare un texte à un modèle comme 'Saint%'.",
                "Parameter “filter”: LIKE compares a text with a pattern such as 'Saint%'.",
            )
        holds, known = like_pattern(right.values), self._spread(left.known)
        texts = np.broadcast_to(np.asarray(left.values, dtype=object), (len(self.rows),))
        true = np.zeros(len(self.rows), dtype=bool)
        for number in np.flatnonzero(known):
            self._check_time()  # how long a text takes is for who asks to choose
            true[number] = holds(texts[number])
        return Truth(true, known)

    def is_null(self, one: Any) -> Truth:  # noqa: ANN401 - CQL2 JSON
        """Return where a value is unknown."""
        if one == GEOMETRY:
            return everywhere(len(self.rows), true=self.rows.collection.geometry is None)
        known = self._spread(self._operand(one).known)
        return Truth(~known, np.ones(len(self.rows), dtype=bool))

    def intersects(self, one: Any, other: Any) -> Truth:  # noqa: ANN401 - CQL2 JSON
        """Return where a row has ground in common with a geometry."""
        shape = read_shape(other if one == GEOMETRY else one)
        if GEOMETRY not in (one, other):
            shape = read_shape(None)
        touched = self.rows.touching(shape, self.system)
        return Truth(touched, np.ones(len(self.rows), dtype=bool))


_OPERATIONS: Final[Mapping[str, tuple[int, Callable[..., Truth]]]] = {
    "and": (0, Evaluation.all_of),
    "or": (0, Evaluation.any_of),
    "not": (1, Evaluation.none_of),
    "isNull": (1, Evaluation.is_null),
    "like": (2, Evaluation.like),
    "between": (3, Evaluation.between),
    "in": (2, Evaluation.among),
    "s_intersects": (2, Evaluation.intersects),
    **{
        name: (2, lambda self, one, other, name=name: self.compare(name, one, other))
        for name in COMPARISONS
    },
}
"""Name in CQL2 JSON → how many arguments, 0 for any number, and what answers."""
