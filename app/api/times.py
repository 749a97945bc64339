"""Dates of columns and of questions as intervals: a year, a month, a day, a moment, or from to."""

import re
from contextlib import suppress
from typing import Final, NamedTuple

import numpy as np

from app.api.refusals import wrong_value

OPEN: Final = ("", "..")
"""Stands for an end that is not told."""
EARLIEST: Final = np.datetime64("0001-01-01T00:00:00", "s")
LATEST: Final = np.datetime64("9999-12-31T23:59:59", "s")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT: Final = re.compile(
    r"(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2})(?:\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})", re.ASCII
)
"""RFC 3339, 5.6; a leap second is no moment of ours."""
_SECOND: Final = np.timedelta64(1, "s")


class Interval(NamedTuple):
    """A time from its first to its last second, both in it."""

    start: np.datetime64
    end: np.datetime64


def of_column(text: str) -> Interval:
    """Return the interval of a date of a column: ``2023``, ``2023-12`` or ``2023-12-04``."""
    unit = {4: "Y", 7: "M"}.get(len(text), "D")
    first = np.datetime64(text, unit)  # type: ignore[call-overload]
    return Interval(first.astype("datetime64[s]"), (first + 1).astype("datetime64[s]") - _SECOND)


def read_interval(text: str, name: str = "datetime") -> Interval:
    """Read a moment, a day or an interval, as OGC 17-069r4 has the parameter ``datetime``.

    Parameters
    ----------
    text
        From outside, so anything.
    name
        Of the parameter, for the refusal.

    Raises
    ------
    ApiError
        It is none, or ends before it begins.
    """
    with suppress(ValueError):
        first, stroke, last = text.partition("/")
        if not stroke:
            return _read(first)
        start = EARLIEST if first in OPEN else _read(first).start
        end = LATEST if last in OPEN else _read(last).end
        if start <= end and (start, end) != (EARLIEST, LATEST):
            return Interval(start, end)
    raise wrong_value(
        name,
        text,
        "une date (2023-12-04), un moment (2023-12-04T00:00:00Z) ou un intervalle (…/…, .. pour un "
        "bout ouvert)",
        "a date (2023-12-04), a date-time (2023-12-04T00:00:00Z) or an interval (…/…, .. for an "
        "open end)",
    )


def _read(text: str) -> Interval:
    if _DAY.fullmatch(text):
        return of_column(text)
    found = _MOMENT.fullmatch(text)
    if not found:
        raise ValueError(text)
    day, hour, zone = found.groups()
    moment = np.datetime64(f"{day}T{hour}", "s")
    if zone not in {"Z", "z"}:
        minutes = int(zone[1:3]) * 60 + int(zone[4:6])
        away = np.timedelta64(minutes, "m")
        moment = moment - away if zone[0] == "+" else moment + away
    return Interval(moment, moment)
