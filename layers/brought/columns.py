"""The columns of a table as those of a layer: each with its type, its unit and its values."""

from collections.abc import Callable, Iterator
from typing import Any, Final

import pandas as pd

from geo.names import normalise
from layers.brought.choice import Choice
from layers.brought.coordinates import is_map_link
from layers.brought.problems import (
    EMPTIED,
    LONGEST_VALUE,
    MENDED,
    TO_CHECK,
    WHOLE_FILE,
    Problem,
    tell,
)
from layers.brought.roles import AXES, POSITION, Role
from layers.brought.values.cells import parse_code, parse_each, parse_text
from layers.brought.values.dates import DAY_FIRST, date_parser, has_hour, order_of
from layers.brought.values.numbers import (
    amount_parser,
    number_parser,
    separator_of,
)
from layers.brought.values.unit_signs import scale_of, unit_of
from layers.french.wording import plural
from layers.model.layer import Field, GeometryKind
from layers.model.measures import AREAS_COLUMN
from layers.model.points import PLACE
from layers.model.schema import KINDS, LONGEST_TEXT, Dtype
from layers.store.description import KEY

CONFIDENCE: Final = Field(
    "confidence",
    "Confiance",
    "Probabilité que la commune trouvée soit la bonne ; vide pour un point du fichier.",
    "float",
    nullable=True,
)
COMMUNE_CODES: Final = Field(
    "commune_codes",
    "Codes communes",
    "Codes Insee de toutes les communes que la surface couvre en partie.",
    "list",
    nullable=True,
)
"""Found once, so that what lies in a perimeter is chosen without cutting outlines."""
COMMUNE_AREAS: Final = Field(
    AREAS_COLUMN,
    "Surface par commune",
    "Hectares de la surface dans chaque commune, en Lambert-93 ; sans code, hors du département.",
    "list",
    nullable=True,
    shown=False,
)
"""Measured once, where an outline of a stranger may be given up."""
RESERVED: Final = frozenset(
    (
        KEY.name,
        CONFIDENCE.name,
        COMMUNE_CODES.name,
        COMMUNE_AREAS.name,
        "geometry",
        "geom",
        "fid",
        "ogc_fid",
        *(f.name for f in PLACE),
    )
)
PERIMETER: Final = Field(
    "perimeter", "Territoire", "Le territoire de la ligne : son niveau et son code."
)
PERIMETER_NAME: Final = Field("perimeter_name", "Nom du territoire", "Son nom d’aujourd’hui.")
FORMER: Final = Field(
    "former",
    "Partie",
    "Ancienne commune que la ligne nomme et qui n’est plus qu’une partie du territoire.",
    nullable=True,
)
JOINED: Final = (PERIMETER, PERIMETER_NAME, FORMER)
"""Columns of a row that is a whole perimeter."""
GROUND: Final = (
    *(field for field in PLACE if field.name in {"commune_code", "commune"}),
    COMMUNE_CODES,
)
"""Columns that say in which communes an area lies, the first of them, then all."""


def type_columns(
    frame: pd.DataFrame,
    choice: Choice,
    kind: GeometryKind,
    problems: list[Problem],
    reserved: frozenset[str] = RESERVED,
) -> Iterator[tuple[Field, pd.Series]]:
    """Yield each column of the file that the layer keeps, with its values.

    Parameters
    ----------
    reserved
        Names that are those of columns of the layer's own.
    """
    taken = set(reserved)
    for heading, role in choice.roles.items():
        position = role in POSITION and kind == "point" and not _are_links(frame[heading], role)
        if role in {Role.IGNORED, Role.SHAPE} or position:
            continue
        counted = role is Role.NUMBER
        unit = (unit_of(frame[heading]) or scale_of(heading)) if counted else ""
        kept = Role.NUMBER if role in AXES else role  # of an area, they are figures like others
        dtype, values = _typed(frame[heading], kept, problems)
        name = "_".join(normalise(heading).split())[:50] or "colonne"
        name = free_name(f"{name}_fichier" if name in reserved else name, taken)
        taken.add(name)
        field = Field(
            name,
            heading,
            f"Colonne « {heading} » du fichier.",
            dtype,
            unit="€" if dtype == "money" else unit,
            nullable=True,
            aggregate="sum" if dtype == "money" else "none",
        )
        yield field, values


def _are_links(texts: pd.Series, role: Role) -> bool:
    """Tell whether a position is told by addresses of maps, which people want to follow too."""
    return role is Role.POINT and bool(texts.dropna().map(is_map_link).any())


def _typed(texts: pd.Series, role: Role, problems: list[Problem]) -> tuple[Dtype, pd.Series]:
    """Return the type and the values of a column; what cannot be read is left empty and told."""
    parse: Callable[[str], Any]
    dtype: Dtype = "text"
    expected = ""
    match role:
        case Role.AMOUNT:
            dtype, parse, expected = "money", amount_parser(texts), "un montant en euros"
        case Role.NUMBER:
            dtype, parse, expected = (
                "float",
                number_parser(texts),
                "un nombre de 15 chiffres au plus",
            )
        case Role.DATE:
            dtype, parse = "date", date_parser(texts)
            expected = "une date (jj/mm/aaaa, mm/aaaa ou aaaa)"
        case Role.POSTCODE:
            parse, expected = parse_code, "un code postal"
        case _:
            parse = parse_text
    problems += _tell_readings(texts, role)
    values, wrong = parse_each(texts, parse)
    if role is Role.POSTCODE:
        values = values.where(~wrong, texts)
    elif wrong.any():
        problems += tell(texts, wrong, expected or KINDS["text"].expected, EMPTIED)
    if dtype == "text":
        problems += _tell_changed(texts, values, role)
    if role is Role.NUMBER:
        if all(v is None or isinstance(v, int) for v in values):
            return "int", values
        return "float", values.map(lambda v: None if v is None else float(v)).astype(object)
    return dtype, values.where(values != "", None)


def _tell_readings(texts: pd.Series, role: Role) -> Iterator[Problem]:
    """Yield what of a column is read in one of two ways, or kept less exactly than it is."""
    if role is Role.DATE:
        yield from _tell_hours(texts)
        yield from _tell_order(texts)
    if role in {Role.AMOUNT, Role.NUMBER}:
        yield from _tell_separator(texts, role)
    if role is Role.AMOUNT:
        yield from _tell_rounded(texts)


def _tell_separator(texts: pd.Series, role: Role) -> Iterator[Problem]:
    """Yield that the dots or commas of a column could part thousands as well as decimals."""
    separator = separator_of(texts, money=role is Role.AMOUNT)
    if separator.sure:
        return
    signed = texts.dropna()[lambda each: each.str.contains(r"\d[.,]\d{3}")]
    found = f"{signed.iloc[0][: LONGEST_VALUE // 2]} ({plural(len(signed), 'ligne')})"
    read = "des milliers sont lus" if separator.groups else "des décimales sont lues"
    words = f"des milliers ou des décimales sans équivoque ; {read}"
    yield Problem(WHOLE_FILE, str(texts.name), found, words, TO_CHECK)


def _tell_rounded(texts: pd.Series) -> Iterator[Problem]:
    """Yield that an amount holds parts of a cent, which a layer does not keep."""
    whole = parse_each(texts, amount_parser(texts))[0]
    exact = parse_each(texts, amount_parser(texts, exact=True))[0]
    rounded = texts[(whole != exact) & exact.notna()]
    if len(rounded):
        found = f"{rounded.iloc[0][: LONGEST_VALUE // 2]} ({plural(len(rounded), 'ligne')})"
        yield Problem(WHOLE_FILE, str(texts.name), found, "un montant au centime ; arrondi", MENDED)


def _tell_order(texts: pd.Series) -> Iterator[Problem]:
    """Yield that the month of a column comes before the day, or that cells say both of it."""
    order = order_of(texts)
    if order is DAY_FIRST:
        return
    found = f"{order.sample[: LONGEST_VALUE // 2]} ({plural(order.count, 'ligne')})"
    if order.month_first:
        read = "le jour avant le mois ; le mois est lu d’abord, comme d’autres lignes le prouvent"
        yield Problem(WHOLE_FILE, str(texts.name), found, read, MENDED)
    else:
        read = "le jour avant le mois partout ; des lignes prouvent l’inverse"
        yield Problem(WHOLE_FILE, str(texts.name), found, read, TO_CHECK)


def _tell_hours(texts: pd.Series) -> Iterator[Problem]:
    """Yield that hours are left aside: a layer holds days."""
    hours = [text for text in texts.dropna() if has_hour(text)]
    if hours:
        found = f"{hours[0][: LONGEST_VALUE // 2]} ({plural(len(hours), 'ligne')})"
        yield Problem(WHOLE_FILE, str(texts.name), found, "un jour ; l’heure est laissée", MENDED)


def _tell_changed(texts: pd.Series, values: pd.Series, role: Role) -> Iterator[Problem]:
    """Yield the texts that are not kept as they are: too long, or a code that got back its zero."""
    if role is Role.POSTCODE:
        return
    for line, text, value in zip(texts.index, texts, values, strict=True):
        if isinstance(text, str) and len(text.strip()) > LONGEST_TEXT:
            yield Problem(
                int(line), str(texts.name), f"{str(value)[:60]}…",
                f"au plus {LONGEST_TEXT} signes ; la suite est coupée", MENDED,
            )  # fmt: skip


def free_name(name: str, taken: set[str]) -> str:
    """Return a name that nothing else has: itself, or itself with a number."""
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name}_{number}"
    return free
