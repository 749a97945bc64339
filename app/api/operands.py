"""What a filter compares: columns, values, and texts without their case or accents."""

import math
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import orjson
import shapely
from shapely.geometry.base import BaseGeometry

from app.api.patterns import without_accents, without_case
from app.api.refusals import ApiError
from app.api.rows import Rows
from app.api.times import Interval, read_interval
from geo.perimeter import shorten

KINDS: Final[Mapping[str, str]] = {
    "int": "number",
    "float": "number",
    "money": "number",
    "bool": "truth",
    "date": "date",
    "text": "text",
}
"""Of a column, by its type."""
CHANGES: Final[Mapping[str, Callable[[str], str]]] = {
    "casei": without_case,
    "accenti": without_accents,
}
GEOMETRY: Final[Mapping[str, str]] = {"property": "geometry"}
"""How a filter names the geometry of a row."""
LARGEST: Final = 1e8
"""Of a number of a position, whatever the system."""


class Operand(NamedTuple):
    """What is compared: of each row, or the same for all (then a scalar).

    Parameters
    ----------
    kind
        ``number``, ``text``, ``truth`` or ``date``.
    values
        Of a column of dates, its name; an array for any other column.
    known
        Of each row or of all.
    """

    kind: str
    values: Any
    known: npt.NDArray[np.bool_] | bool


def read_operand(part: Any, rows: Rows) -> Operand:  # noqa: ANN401 - CQL2 JSON
    """Return what a part of a filter stands for.

    Raises
    ------
    ApiError
        It is nothing that can be compared.
    """
    match part:
        case bool():
            return Operand("truth", part, known=True)
        case int() | float():
            return Operand("number", float(part), known=math.isfinite(part))
        case str():
            return Operand("text", part, known=True)
        case {"property": name}:
            return _column(str(name), rows)
        case {"date": text} | {"timestamp": text}:
            return Operand("date", read_interval(str(text), "filter"), known=True)
        case {"op": "casei" | "accenti" as name, "args": [inner]}:
            return _changed(read_operand(inner, rows), CHANGES[str(name)], rows)
        case {"op": name}:
            raise unknown_operation(str(name))
    raise ApiError(
        "Paramètre « filter » : une propriété ou une valeur est attendue de chaque côté.",
        "Parameter “filter”: a property or a value is expected on each side.",
    )


def as_text(operand: Operand, rows: Rows) -> Operand:
    """Return a column of dates as the texts that it holds; all else as it is."""
    if operand.kind == "date" and not isinstance(operand.values, Interval):
        return Operand("text", rows.column(operand.values).to_numpy(), operand.known)
    return operand


def read_shape(part: Any) -> BaseGeometry:  # noqa: ANN401 - CQL2 JSON
    """Return the geometry of a filter.

    Raises
    ------
    ApiError
        It is none, or one that cuts itself.
    """
    found: BaseGeometry | None = None
    try:
        if isinstance(part, Mapping) and "bbox" in part:
            west, south, east, north = map(float, part["bbox"])
            found = shapely.box(west, south, east, north)
        elif isinstance(part, Mapping):
            found = shapely.from_geojson(orjson.dumps(part))
    except (TypeError, ValueError, shapely.GEOSException):
        found = None
    sound = found is not None and not found.is_empty and found.is_valid
    if found is None or not sound or not np.all(np.abs(shapely.get_coordinates(found)) <= LARGEST):
        raise ApiError(
            "Paramètre « filter » : S_INTERSECTS attend « geometry » et une géométrie sans défaut.",
            "Parameter “filter”: S_INTERSECTS expects “geometry” and a valid geometry.",
        )
    return found


def unknown_operation(name: str) -> ApiError:
    """Return the refusal of an operation that is not answered here."""
    said = shorten(name)
    return ApiError(
        f"Paramètre « filter » : opération « {said} » inconnue ici.",
        f"Parameter “filter”: the operation “{said}” is not supported.",
    )


def _column(name: str, rows: Rows) -> Operand:
    field = rows.collection.field(name)
    if field is None or field.dtype not in KINDS:
        names, said = ", ".join(one.name for one in rows.collection.queryable), shorten(name)
        raise ApiError(
            f"Paramètre « filter » : propriété « {said} » inconnue ; propriétés : {names}.",
            f"Parameter “filter”: unknown property “{said}”; properties: {names}.",
        )
    column, kind = rows.column(name), KINDS[field.dtype]
    return Operand(kind, name if kind == "date" else column.to_numpy(), column.notna().to_numpy())


def _changed(operand: Operand, change: Callable[[str], str], rows: Rows) -> Operand:
    plain = as_text(operand, rows)
    if plain.kind != "text":
        raise ApiError(
            "Paramètre « filter » : CASEI et ACCENTI attendent un texte.",
            "Parameter “filter”: CASEI and ACCENTI expect a text.",
        )
    if isinstance(plain.values, str):
        return Operand("text", change(plain.values), plain.known)
    texts = [change(text) if isinstance(text, str) else None for text in plain.values]
    return Operand("text", np.array(texts, dtype=object), plain.known)
