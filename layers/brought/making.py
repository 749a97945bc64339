"""From placed rows to a layer: its columns with their types, its rows, and what is left out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geo.crs import EXCHANGE
from geo.names import normalise
from geo.precision import Precision
from geo.reference.places import Reference
from layers.brought.choice import Choice
from layers.brought.placing import Placed
from layers.brought.problems import (
    EMPTIED,
    LEFT_OUT,
    LONGEST_VALUE,
    MENDED,
    TO_CHECK,
    WHOLE_FILE,
    BroughtError,
    Problem,
    in_order,
    tell,
)
from layers.brought.roles import POSITION, Role
from layers.brought.values import (
    amount_parser,
    are_percentages,
    date_parser,
    has_hour,
    number_parser,
    parse_code,
    parse_each,
    parse_text,
)
from layers.french.wording import plural
from layers.model.layer import Field, GeometryKind
from layers.model.points import PLACE, town_hall_points
from layers.model.schema import KINDS, LONGEST_TEXT, Dtype
from layers.store.description import KEY, Description

SURE: Final = 0.9
"""Confidence below which a person should look at a row."""

POINTED: Final = frozenset(
    str(p)
    for p in (
        Precision.ADDRESS,
        Precision.STREET,
        Precision.SITE,
        Precision.DISTRICT,
        Precision.COMMUNE,
    )
)
"""Precisions that give a row its point."""

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
RESERVED: Final = frozenset(
    (
        KEY.name,
        CONFIDENCE.name,
        COMMUNE_CODES.name,
        "geometry",
        "geom",
        "fid",
        "ogc_fid",
        *(f.name for f in PLACE),
    )
)
AT_TOWN_HALL: Final = "Placé à la mairie de la commune que la ligne nomme par son code."


@dataclass(frozen=True)
class Made:
    """A layer made of a table.

    Parameters
    ----------
    description
        What the layer says of itself.
    rows
        Its rows, EPSG:4326, with the columns of the description.
    left_out
        Lines of the rows that are not in it.
    problems
        In the file's order.
    """

    description: Description
    rows: gpd.GeoDataFrame
    left_out: tuple[int, ...]
    problems: tuple[Problem, ...]


def make_layer(  # noqa: PLR0913 - everything a layer is made of
    frame: pd.DataFrame,
    placed: Placed,
    geocoded: pd.DataFrame,
    choice: Choice,
    reference: Reference,
    *,
    layer_id: str,
    name: str,
) -> Made:
    """Make a layer of the rows that have a place.

    Parameters
    ----------
    frame
        Texts, None where a cell is empty; the index is the line.
    geocoded
        Columns of :data:`geo.geocoder.table.COLUMNS`, for the lines of ``placed.asked``.
    layer_id
        Identifier of the layer.
    name
        Name of the file.

    Raises
    ------
    BroughtError
        No row has a place.
    """
    problems = list(placed.problems)
    place, shapes = _join(placed, geocoded, reference, problems)
    kept = shapes.notna() & ~shapes.is_empty
    if not kept.any():
        raise BroughtError(
            f"Fichier « {name} » : aucune des {plural(len(frame), 'ligne')} n’a pu être placée. "
            + _first_reason(problems)
        )
    columns = list(type_columns(frame, choice, placed.kind, problems))
    values = pd.DataFrame(
        {field.name: series for field, series in columns}, index=frame.index, dtype=object
    )
    values.insert(0, KEY.name, [str(line) for line in frame.index])
    rows = pd.concat([values, place], axis="columns")[kept]
    named = [field.name for field, _ in columns if field.label == choice.column(Role.NAME)]
    told = [field.name for field, _ in columns if field.label in choice.columns(Role.ADDRESS)]
    description = Description(
        id=layer_id,
        title=choice.title,
        geometry=placed.kind,
        fields=(KEY, *(field for field, _ in columns), *_place_fields(placed.kind)),
        sources=(choice.source(name),),
        remark=_remark(len(frame), int(kept.sum())),
        named_by=named[0] if named else "",
        told_by=(*told, "commune"),
    )
    return Made(
        description,
        gpd.GeoDataFrame(rows, geometry=shapes[kept], crs=EXCHANGE),
        tuple(int(line) for line in frame.index[~kept]),
        tuple(in_order(problems)),
    )


def name_layer(title: str, taken: frozenset[str]) -> str:
    """Return an identifier made of a title, that nothing else has."""
    return _free("_".join(normalise(title).split())[:40].strip("_") or "couche", set(taken))


def _place_fields(kind: GeometryKind) -> tuple[Field, ...]:
    if kind == "point":
        return (*PLACE, CONFIDENCE)
    named = (field for field in PLACE if field.name in {"commune_code", "commune"})
    return (*named, COMMUNE_CODES)


def _join(
    placed: Placed, geocoded: pd.DataFrame, reference: Reference, problems: list[Problem]
) -> tuple[pd.DataFrame, gpd.GeoSeries]:
    """Return the place of each row, from its own point or from the geocoder, and its geometry."""
    index = placed.shapes.index
    place = pd.DataFrame(
        {
            "commune_code": placed.codes,
            "commune": placed.communes,
            "precision": str(Precision.SITE),
            "position_note": None,
            CONFIDENCE.name: None,
        },
        index=index,
        dtype=object,
    )
    shapes = placed.shapes.copy()
    if placed.kind == "polygon":
        own = place["commune_code"]
        place[COMMUNE_CODES.name] = [
            tuple(sorted({code, *codes} - {None}))
            for code, codes in zip(own, placed.shared, strict=True)
        ]
        problems += [
            Problem(int(line), "géométrie", "", "une surface du Pas-de-Calais", LEFT_OUT)
            for line in placed.asked.index
        ]
        return place, shapes
    found = geocoded.reindex(placed.asked.index)
    told = placed.told[found.index]
    other = told.notna() & found["code_commune"].notna() & (told != found["code_commune"])
    problems += tell(
        found["commune"], other, "la commune que la ligne nomme par son code", TO_CHECK, "adresse"
    )
    pointed = found["precision"].isin(POINTED) & ~other
    at_hall = ~pointed & told.notna()
    rows = found[pointed]
    shapes[rows.index] = gpd.GeoSeries.from_xy(
        rows["longitude"].astype(float), rows["latitude"].astype(float), crs=EXCHANGE
    )
    place.loc[rows.index] = rows[
        ["code_commune", "commune", "precision", "remarque", "confiance"]
    ].to_numpy()
    halls = told[at_hall]
    if len(halls):
        shapes[halls.index] = town_hall_points(halls, reference)
        names = halls.map({code: c.name for code, c in reference.communes.items()})
        place.loc[halls.index, "commune_code"] = halls
        place.loc[halls.index, "commune"] = names
        place.loc[halls.index, "precision"] = str(Precision.COMMUNE)
        place.loc[halls.index, "position_note"] = AT_TOWN_HALL
    problems += _unplaced(placed.asked, found, ~pointed & ~at_hall)
    unsure = pointed & (found["confiance"].astype(float) < SURE)
    problems += tell(
        placed.asked, unsure, "une adresse qui ne laisse pas de doute sur la commune", TO_CHECK,
        "adresse",
    )  # fmt: skip
    return place, shapes


def _unplaced(asked: pd.Series, found: pd.DataFrame, lost: pd.Series) -> Iterator[Problem]:
    """Yield why each row has no place."""
    remarks = found["remarque"]
    for line, text, remark in zip(asked.index[lost], asked[lost], remarks[lost], strict=True):
        expected = "un lieu du Pas-de-Calais" if text else "une adresse, une commune ou un point"
        if text and isinstance(remark, str):
            expected = f"{expected} ({remark.rstrip('.')})"
        yield Problem(int(line), "adresse", text[:LONGEST_VALUE], expected, LEFT_OUT)


def _first_reason(problems: list[Problem]) -> str:
    reasons = [p for p in in_order(problems) if p.outcome in {LEFT_OUT, EMPTIED}]
    if not reasons:
        return ""
    first = reasons[0]
    line = f"Ligne {first.line}" if first.line != WHOLE_FILE else "Tout le fichier"
    return f"{line} : trouvé « {first.value} », attendu {first.expected}."


def _remark(rows: int, kept: int) -> str:
    if rows == kept:
        return ""
    return f"{plural(rows - kept, 'ligne écartée', 'lignes écartées')} sur {rows} à l’import."


def type_columns(
    frame: pd.DataFrame, choice: Choice, kind: GeometryKind, problems: list[Problem]
) -> Iterator[tuple[Field, pd.Series]]:
    """Yield each column of the file that the layer keeps, with its values."""
    taken = set(RESERVED)
    for heading, role in choice.roles.items():
        if role in {Role.IGNORED, Role.SHAPE} or (role in POSITION and kind == "point"):
            continue
        percent = role is Role.NUMBER and are_percentages(frame[heading])
        dtype, values = _typed(frame[heading], role, problems)
        name = "_".join(normalise(heading).split())[:50] or "colonne"
        name = _free(f"{name}_fichier" if name in RESERVED else name, taken)
        taken.add(name)
        field = Field(
            name,
            heading,
            f"Colonne « {heading} » du fichier.",
            dtype,
            unit="€" if dtype == "money" else "%" if percent else "",
            nullable=True,
            aggregate="sum" if dtype == "money" else "none",
        )
        yield field, values


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
            problems += _tell_hours(texts)
        case Role.POSTCODE:
            parse, expected = parse_code, "un code postal"
        case _:
            parse = parse_text
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


def _free(name: str, taken: set[str]) -> str:
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name}_{number}"
    return free
