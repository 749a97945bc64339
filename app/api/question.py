"""What is asked of a collection: how many, in which place and time, with which values."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely
from werkzeug.datastructures import MultiDict

from app.api.collection import Collection
from app.api.filtering import LANGUAGES, Filter, read_filter
from app.api.refusals import unknown_parameter, wrong_value
from app.api.rows import Rows
from app.api.systems import CRS84, SYSTEMS, System
from app.api.times import Interval, read_interval
from layers.model.schema import Field

USUAL_LIMIT: Final = 100
MOST: Final = 10_000
"""Objects of one answer."""
FARTHEST: Final = 1_000_000_000
OFTEN: Final = ("limit", "offset", "bbox", "bbox-crs", "crs", "datetime", "filter", "filter-lang")
PARAMETERS: Final = (*OFTEN, "filter-crs", "f")
"""What every collection can be asked with, beside its columns."""
CORNERS: Final = {4: (0, 1, 2, 3), 6: (0, 1, 3, 4)}
"""Where the two axes of the plane stand among the numbers of a box."""
LARGEST: Final = 1e8
"""Of a number of a box, whatever the system."""
_NUMBER: Final = re.compile(r"[+-]?(\d{1,20}(\.\d{0,20})?|\.\d{1,20})([eE][+-]?\d{1,2})?", re.ASCII)
_WHOLE: Final = re.compile(r"\d{1,12}", re.ASCII)

Numbers = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Question:
    """A question to a collection, checked.

    Parameters
    ----------
    limit, offset
        How many rows of those that answer, from which.
    system
        That positions are answered in.
    shape
        With which the rows must have ground in common, in the axes of ``shape_system``; None for
        any.
    interval
        With which they must have a time in common; None for any.
    equal
        Column → value that it must have.
    filter
        That they must satisfy; None for none.
    """

    limit: int
    offset: int
    system: System
    shape: shapely.Geometry | None
    shape_system: System
    interval: Interval | None
    equal: Mapping[str, Any]
    filter: Filter | None

    def matched(self, rows: Rows) -> Numbers:
        """Return the numbers of the rows that answer, all of them, in the order of the rows.

        Raises
        ------
        ApiError
            The filter compares what cannot be compared.
        """
        kept = np.ones(len(rows), dtype=bool)
        if self.shape is not None:
            kept &= rows.touching(self.shape, self.shape_system)
        if self.interval is not None:
            kept &= rows.during(self.interval)
        for name, value in self.equal.items():
            kept &= (rows.column(name) == value).to_numpy(dtype=bool, na_value=False)
        if self.filter is not None:
            kept &= self.filter.holds(rows)
        return np.flatnonzero(kept)


def read_question(collection: Collection, asked: MultiDict[str, str]) -> Question:
    """Read the parameters of an address.

    Parameters
    ----------
    asked
        From outside, so anything.

    Raises
    ------
    ApiError
        One is unknown, comes twice or has a value that cannot be used.
    """
    columns = {field.name: field for field in collection.queryable if field.name not in PARAMETERS}
    check_names(asked, (*PARAMETERS, *columns))
    shape_system = _system(asked, "bbox-crs")
    language = asked.get("filter-lang", LANGUAGES[0])
    if language not in LANGUAGES:
        raise wrong_value("filter-lang", language, " ou ".join(LANGUAGES), " or ".join(LANGUAGES))
    text = asked.get("filter")
    return Question(
        limit=min(_whole(asked, "limit", USUAL_LIMIT, 1), MOST),
        offset=_whole(asked, "offset", 0, 0),
        system=_system(asked, "crs"),
        shape=_shape(asked["bbox"], shape_system) if "bbox" in asked else None,
        shape_system=shape_system,
        interval=read_interval(asked["datetime"]) if "datetime" in asked else None,
        equal={
            name: _value(field, asked[name]) for name, field in columns.items() if name in asked
        },
        filter=None
        if text is None
        else read_filter(text, language, collection, _system(asked, "filter-crs")),
    )


def check_names(asked: MultiDict[str, str], known: tuple[str, ...]) -> None:
    """Refuse a parameter that is not known, or that comes twice.

    Raises
    ------
    ApiError
        There is one.
    """
    for name, values in asked.lists():
        if name not in known:
            raise unknown_parameter(name, known)
        if len(values) > 1:
            raise wrong_value(name, " ; ".join(values[:2]), "une seule valeur", "one value only")


def _whole(asked: Mapping[str, str], name: str, usual: int, least: int) -> int:
    if name not in asked:
        return usual
    text = asked[name]
    if not _WHOLE.fullmatch(text) or not least <= int(text) <= FARTHEST:
        most = MOST if name == "limit" else FARTHEST
        raise wrong_value(
            name, text, f"un entier de {least} à {most}", f"an integer from {least} to {most}"
        )
    return int(text)


def _system(asked: Mapping[str, str], name: str) -> System:
    uri = asked.get(name, CRS84)
    if uri not in SYSTEMS:
        known = ", ".join(SYSTEMS)
        raise wrong_value(name, uri, f"un de {known}", f"one of {known}")
    return SYSTEMS[uri]


def _shape(text: str, system: System) -> shapely.Geometry:
    parts = text.split(",")
    numbers = [float(part) if _NUMBER.fullmatch(part.strip()) else math.nan for part in parts]
    if len(numbers) not in CORNERS or not all(abs(number) <= LARGEST for number in numbers):
        raise wrong_value(
            "bbox", text, "quatre ou six nombres, des virgules entre eux", "four or six numbers"
        )
    low_1, low_2, high_1, high_2 = (numbers[place] for place in CORNERS[len(numbers)])
    east, north = (1, 0) if system.swapped else (0, 1)
    low, high = (low_1, low_2), (high_1, high_2)
    if not system.projected and (
        max(abs(low[east]), abs(high[east])) > 180 or max(abs(low[north]), abs(high[north])) > 90  # noqa: PLR2004
    ):
        raise wrong_value("bbox", text, "des degrés de la Terre", "degrees on the Earth")
    if low[north] > high[north] or (system.projected and low[east] > high[east]):
        raise wrong_value(
            "bbox", text, "le coin bas avant le coin haut", "the lower corner before the upper one"
        )
    if low[east] <= high[east]:
        return shapely.box(low_1, low_2, high_1, high_2)
    # over the antimeridian: to its west and to its east
    halves = ((low[east], 180.0), (-180.0, high[east]))
    boxes = [shapely.box(west, low[north], end, high[north]) for west, end in halves]
    both = shapely.union_all(boxes)
    return shapely.transform(both, lambda xy: xy[:, ::-1]) if system.swapped else both


def _number(text: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return float(text)


def _truth(text: str) -> bool:
    return {"true": True, "false": False}[text]


_READERS: Final[Mapping[str, tuple[Callable[[str], Any], str, str]]] = {
    "int": (_number, "un nombre", "a number"),
    "float": (_number, "un nombre", "a number"),
    "money": (_number, "un nombre", "a number"),
    "bool": (_truth, "true ou false", "true or false"),
}


def _value(field: Field, text: str) -> Any:  # noqa: ANN401 - of the field's type
    if field.dtype not in _READERS:
        return text
    read, expected, english = _READERS[field.dtype]
    try:
        return read(text)
    except (ValueError, KeyError) as error:
        raise wrong_value(field.name, text, expected, english) from error
