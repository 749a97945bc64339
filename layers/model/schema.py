"""What a column must hold: declared once, used to read text, to check rows and to tell people."""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Literal

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from geo.perimeter import shorten

Aggregate = Literal["sum", "mean", "none"]
Dtype = Literal["text", "int", "float", "money", "date", "bool", "list"]

LONGEST_TEXT: Final = 2_000
"""Characters that a text may have; a longer one is a damaged file or an attack."""


class LayerError(Exception):
    """A table or a layer could not be loaded; the message is a French sentence for a person."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its type, its unit, what it means and what may be done with it.

    Parameters
    ----------
    name
        Column name, as in exports (ASCII, snake_case).
    label
        Short French label for a table header.
    meaning
        One French sentence that says what the value is.
    dtype
        ``money`` is :class:`decimal.Decimal` euros; ``date`` an ISO text that carries its precision
        (``2023``, ``2023-12``, ``2023-12-04``); ``list`` a tuple of texts.
    unit
        French unit (``€``, ``habitants``, ``km²``…), empty for none.
    nullable
        Whether a row may leave it unknown: missing in every type, an empty tuple for ``list``.
    allowed
        The only values that a text may take; empty for any.
    shown
        Whether it may appear on screen and in tables.
    aggregate
        How several rows combine; ``none`` when neither sum nor mean makes sense.
    """

    name: str
    label: str
    meaning: str
    dtype: Dtype = "text"
    unit: str = ""
    nullable: bool = False
    allowed: tuple[str, ...] = ()
    shown: bool = True
    aggregate: Aggregate = "none"

    @property
    def expected(self) -> str:
        """What a value must be, in French words that follow « attendu : »."""
        if self.allowed:
            return " ou ".join(f"« {value} »" for value in self.allowed)
        return KINDS[self.dtype].expected


@dataclass(frozen=True, slots=True)
class _Kind:
    expected: str
    parse: Callable[[str], Any]
    holds: Callable[[Any], bool]
    dtype: str


def validate(
    frame: pd.DataFrame, fields: Sequence[Field], *, key: str | None, where: str
) -> pd.DataFrame:
    """Return the columns of ``fields``, in that order and with their types.

    Parameters
    ----------
    frame
        Rows whose index is what a person would call the row (its line in the file); values are
        texts as read, or already of the declared type. Other columns are left out.
    fields
        Columns wanted.
    key
        Name of the column whose values are unique, if any.
    where
        What the rows are, for the message: a file or a layer.

    Raises
    ------
    LayerError
        A column is missing or a value is not what its field declares; the message says row, column,
        found and expected, and how many more there are.
    """
    missing = [field.name for field in fields if field.name not in frame.columns]
    if missing:
        raise LayerError(
            f"{where} : colonne « {missing[0]} » absente ; "
            f"trouvé : {shorten(', '.join(map(str, frame.columns)))}."
        )
    parsed = pd.DataFrame({f.name: _parse(frame[f.name], f) for f in fields}, index=frame.index)
    try:
        checked = schema(fields, key).validate(parsed, lazy=True)
    except SchemaErrors as error:
        raise LayerError(f"{where} : {_sentence(error.failure_cases, fields)}") from error
    return pd.DataFrame({f.name: _typed(checked[f.name], f) for f in fields}, index=frame.index)


def schema(fields: Sequence[Field], key: str | None = None) -> pa.DataFrameSchema:
    """Return the pandera schema of the fields, for columns of Python objects."""
    columns = {
        field.name: pa.Column(
            object,
            checks=_checks(field),
            nullable=field.nullable,
            unique=field.name == key,
        )
        for field in fields
    }
    return pa.DataFrameSchema(columns, strict=True, ordered=True)


def _checks(field: Field) -> list[pa.Check]:
    holds = KINDS[field.dtype].holds
    checks = [pa.Check(holds, element_wise=True, error=field.expected)]
    if field.allowed:
        checks = [pa.Check.isin(field.allowed, error=field.expected)]
    return checks


def _parse(values: pd.Series, field: Field) -> pd.Series:
    """Turn text into values; what cannot be turned stays as it is, for the check to refuse."""
    kind = KINDS[field.dtype]

    def parse(value: Any) -> Any:  # noqa: ANN401 - a cell of any type
        if isinstance(value, tuple):
            return value
        # most are texts, and pandas takes longer to say whether one is missing than it is read
        if value == "" if isinstance(value, str) else value is None or pd.isna(value):
            return () if field.dtype == "list" and field.nullable else None
        if not isinstance(value, str):
            return value.item() if hasattr(value, "item") else value
        try:
            return kind.parse(value)
        except (ValueError, KeyError):
            return value

    return pd.Series([parse(v) for v in values.tolist()], index=values.index, dtype=object)


def _typed(values: pd.Series, field: Field) -> pd.Series:
    dtype = pd.api.types.pandas_dtype(KINDS[field.dtype].dtype)
    if field.nullable:
        # NumPy has no missing whole number and no missing truth value.
        dtype = {"int64": pd.Int64Dtype(), "bool": pd.BooleanDtype()}.get(dtype.name, dtype)
    return values.astype(dtype)


def _sentence(cases: pd.DataFrame, fields: Sequence[Field]) -> str:
    """Tell the first failure in reading order, and how many more there are."""
    by_name = {field.name: field for field in fields}
    order = {name: rank for rank, name in enumerate(by_name)}
    cases = cases.assign(rank=cases["column"].map(order)).sort_values(
        ["index", "rank"], kind="stable"
    )
    case = cases.iloc[0]
    field = by_name[case["column"]]
    expected = field.expected
    if case["check"] == "not_nullable":
        found = "rien"
    else:
        found = f"« {shorten(str(case['failure_case']))} »"
    if case["check"] == "field_uniqueness":
        expected = "une valeur unique"
    more = len(cases) - 1
    others = f" (et {more} autre{'s' if more > 1 else ''})" if more else ""
    return (
        f"ligne {case['index']}, colonne « {field.name} » : trouvé {found}, "
        f"attendu : {expected}{others}."
    )


def _integer(text: str) -> int:
    if not re.fullmatch(r"-?\d{1,15}", text, re.ASCII):
        raise ValueError(text)
    return int(text)


def _decimal(text: str) -> Decimal:
    if not re.fullmatch(r"-?\d{1,13}(\.\d{1,2})?", text, re.ASCII):
        raise ValueError(text)
    return Decimal(text)


def _boolean(text: str) -> bool:
    return {"yes": True, "no": False}[text]


def _is_date(value: object) -> bool:
    pattern = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
    return isinstance(value, str) and re.fullmatch(pattern, value, re.ASCII) is not None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


KINDS: Final[dict[Dtype, _Kind]] = {
    "text": _Kind(
        "un texte de 2 000 caractères au plus",
        str,
        lambda v: isinstance(v, str) and 0 < len(v) <= LONGEST_TEXT,
        "str",
    ),
    "int": _Kind(
        "un nombre entier",
        _integer,
        lambda v: isinstance(v, int) and not isinstance(v, bool),
        "int64",
    ),
    "float": _Kind("un nombre", float, _is_number, "float64"),
    "money": _Kind(
        "un montant en euros (1234.56)",
        _decimal,
        lambda v: isinstance(v, Decimal) and v.is_finite(),
        "object",
    ),
    "date": _Kind("une date (AAAA, AAAA-MM ou AAAA-MM-JJ)", str, _is_date, "str"),
    "bool": _Kind("« yes » ou « no »", _boolean, lambda v: isinstance(v, bool), "bool"),
    "list": _Kind(
        "une liste de textes",
        lambda text: tuple(part.strip() for part in re.split(r"[;|]", text)),
        lambda v: isinstance(v, tuple) and all(isinstance(part, str) for part in v),
        "object",
    ),
}
"""For each type: what it is called, how text becomes it, how it is known, what pandas calls it."""
