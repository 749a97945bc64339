"""Attributes of geographic files as texts: lists and objects as people write them."""

import datetime as dt
import json
import math
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import count
from typing import Any, Final

from app.imports.limits import LONGEST_CELL

MOST_EXACT: Final = 1e15
"""Up to which a float holds every whole number."""
DEEPEST: Final = 8
"""Lists within lists that are written; deeper ones are left as « … »."""

_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?")


def write_value(value: Any) -> str | None:  # noqa: ANN401 - whatever a file holds
    """Return a value as a text, None where there is none."""
    text = _write(value, 0)
    return text.strip()[:LONGEST_CELL] or None


def kind_of(values: Iterable[Any]) -> str:
    """Return what a file says that the values of a column are, empty where they are of several."""
    kinds = {_kind(value) for value in values if value is not None and value != ""}
    return kinds.pop() if len(kinds) == 1 else ""


def free_headings(names: Iterable[str]) -> list[str]:
    """Return headings that nothing else in the file bears, without signs that no file can show."""
    taken: set[str] = set()
    free = []
    for number, given in enumerate(names, 1):
        shown = "".join(sign if sign.isprintable() else " " for sign in str(given))
        name = " ".join(shown.split())[:100] or f"Colonne {number}"
        tries = count(2)
        tried = name
        while tried in taken:
            tried = f"{name} ({next(tries)})"
        taken.add(tried)
        free.append(tried)
    return free


def read_json(text: Any) -> Any:  # noqa: ANN401 - JSON of any kind
    """Return the list or object that a field of JSON holds, the text itself where it is none."""
    if not isinstance(text, str) or text[:1] not in {"[", "{"}:
        return text
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _write(value: Any, depth: int) -> str:  # noqa: ANN401, PLR0911 - one return a type
    if depth > DEEPEST:
        return "…"
    match value:
        case None:
            return ""
        case bool():
            return "oui" if value else "non"
        case float():
            return _write_float(value)
        case dt.datetime() if value.time() == dt.time() and value.tzinfo is None:
            return value.date().isoformat()
        case dt.datetime() | dt.date() | dt.time():
            return value.isoformat()
        case Mapping():
            between = ", " if depth == 0 else " ; "
            return between.join(f"{k} : {_write(v, depth + 1)}" for k, v in value.items())
        case list() | tuple():
            between = ", " if depth == 0 else " ; "
            return between.join(_write(each, depth + 1) for each in value)
        case bytes():
            return value.hex()
        case _:
            return str(value)


def _write_float(value: float) -> str:
    if not math.isfinite(value):
        return ""
    if value.is_integer() and abs(value) < MOST_EXACT:
        return str(int(value))
    return format(Decimal(repr(value)), "f")


def _kind(value: Any) -> str:  # noqa: ANN401 - whatever a file holds
    match value:
        case bool():
            return "text"
        case int() | float() | Decimal():
            return "number"
        case dt.date() | dt.datetime():
            return "date"
        case list() | tuple() | Mapping():
            return "list"
        case str() if _ISO.fullmatch(value):
            return "date"
        case _:
            return "text"
