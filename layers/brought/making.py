"""From placed rows to a layer: its columns with their types, its rows, and what is left out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import geopandas as gpd
import pandas as pd

from geo.crs import EXCHANGE
from geo.names import normalise
from geo.precision import Precision
from geo.reference.places import Reference
from layers.brought.choice import Choice
from layers.brought.columns import (
    COMMUNE_AREAS,
    COMMUNE_CODES,
    CONFIDENCE,
    GROUND,
    free_name,
    type_columns,
)
from layers.brought.outlines import Settled
from layers.brought.placing import Placed
from layers.brought.problems import (
    EMPTIED,
    LEFT_OUT,
    LONGEST_VALUE,
    TO_CHECK,
    WHOLE_FILE,
    BroughtError,
    Problem,
    in_order,
    tell,
)
from layers.brought.roles import Role
from layers.brought.told_communes import is_found_elsewhere, tell_elsewhere, tell_other_epci
from layers.french.wording import plural
from layers.model.layer import Field, GeometryKind
from layers.model.measures import HOUSEHOLDS, INHABITANTS, Gathering, Measure
from layers.model.points import PLACE, town_hall_points
from layers.store.description import KEY, Description

SURE: Final = 0.9
"""Confidence below which a person should look at a row."""

MOST_CONTRADICTED: Final = 0.5
"""Confidence at the most where two columns of a row name two communes: either may be right."""

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
    _hold_against_columns(frame, placed, choice, reference, place, problems)
    kept = shapes.notna() & ~shapes.is_empty
    if not kept.any():
        raise BroughtError(
            f"Fichier « {name} » : aucune des {plural(len(frame), 'ligne')} n’a pu être placée. "
            + first_reason(problems)
        )
    columns = list(type_columns(frame, choice, placed.kind, problems))
    rows = pd.concat([values_of(frame, columns), place], axis="columns")[kept]
    fields = [field for field, _ in columns]
    return Made(
        _describe(layer_id, name, choice, placed.kind, fields, kept),
        gpd.GeoDataFrame(rows, geometry=shapes[kept], crs=EXCHANGE),
        tuple(int(line) for line in frame.index[~kept]),
        tuple(in_order(problems)),
    )


def _hold_against_columns(  # noqa: PLR0913, PLR0917 - what a place is held against
    frame: pd.DataFrame,
    placed: Placed,
    choice: Choice,
    reference: Reference,
    place: pd.DataFrame,
    problems: list[Problem],
) -> None:
    """Tell of the rows that say two places, and make none of them a sure one."""
    codes = place["commune_code"]
    asked = codes.index.isin(placed.asked.index)
    elsewhere = is_found_elsewhere(frame, choice, codes, reference) & asked
    problems += tell_elsewhere(frame, choice, elsewhere)
    problems += tell_other_epci(frame, choice, codes, reference)
    unsure = place.loc[elsewhere, CONFIDENCE.name].astype(float)
    place.loc[elsewhere, CONFIDENCE.name] = unsure.clip(upper=MOST_CONTRADICTED)


def values_of(frame: pd.DataFrame, columns: list[tuple[Field, pd.Series]]) -> pd.DataFrame:
    """Return the values of the columns of a file, after the lines that they stand in."""
    values = pd.DataFrame(
        {field.name: series for field, series in columns}, index=frame.index, dtype=object
    )
    values.insert(0, KEY.name, [str(line) for line in frame.index])
    return values


def _describe(  # noqa: PLR0913, PLR0917 - what a layer says of itself
    layer_id: str,
    name: str,
    choice: Choice,
    kind: GeometryKind,
    fields: list[Field],
    kept: pd.Series,
) -> Description:
    named = [field.name for field in fields if field.label == choice.column(Role.NAME)]
    told = [field.name for field in fields if field.label in choice.columns(Role.ADDRESS)]
    return Description(
        id=layer_id,
        title=choice.title,
        geometry=kind,
        fields=(KEY, *fields, *_place_fields(kind)),
        sources=(choice.source(name),),
        remark=tell_left(kept),
        named_by=named[0] if named else "",
        told_by=(*told, "commune"),
        gathering=Gathering(name_measures(choice, fields), int((~kept).sum())),
    )


def name_measures(choice: Choice, fields: list[Field]) -> tuple[Measure, ...]:
    """Return what is mapped, by the names of the layer's own columns instead of headings."""
    names = {
        field.label: field.name for field in fields if field.dtype in {"int", "float", "money"}
    }
    own = (INHABITANTS, HOUSEHOLDS)
    return tuple(
        replace(
            one,
            column=names[one.column],
            per=one.per if one.per in own else names.get(one.per, ""),
        )
        for one in choice.measures
        if one.column in names
    )


def name_layer(title: str, taken: frozenset[str]) -> str:
    """Return an identifier made of a title, that nothing else has."""
    return free_name("_".join(normalise(title).split())[:40].strip("_") or "couche", set(taken))


def _place_fields(kind: GeometryKind) -> tuple[Field, ...]:
    if kind == "point":
        return (*PLACE, CONFIDENCE)
    return (*GROUND, COMMUNE_AREAS)


def _join(
    placed: Placed, geocoded: pd.DataFrame, reference: Reference, problems: list[Problem]
) -> tuple[pd.DataFrame, gpd.GeoSeries]:
    """Return the place of each row, from its own point or from the geocoder, and its geometry."""
    place = pd.DataFrame(
        {
            "commune_code": placed.codes,
            "commune": placed.communes,
            "precision": str(Precision.SITE),
            "position_note": None,
            CONFIDENCE.name: None,
        },
        index=placed.shapes.index,
        dtype=object,
    )
    if placed.kind == "polygon":
        own = place["commune_code"]
        place[COMMUNE_CODES.name] = [
            tuple(sorted({code, *(one.codes if isinstance(one, Settled) else ())} - {None}))
            for code, one in zip(own, placed.settled, strict=True)
        ]
        place[COMMUNE_AREAS.name] = [
            tuple(f"{code}:{ha:.4f}" for code, ha in getattr(one, "hectares", ()))
            for one in placed.settled
        ]
        problems += [
            Problem(int(line), "géométrie", "", "une surface du Pas-de-Calais", LEFT_OUT)
            for line in placed.asked.index
        ]
        return place, placed.shapes
    return place, _place_asked(placed, geocoded, reference, place, problems)


def _place_asked(
    placed: Placed,
    geocoded: pd.DataFrame,
    reference: Reference,
    place: pd.DataFrame,
    problems: list[Problem],
) -> gpd.GeoSeries:
    """Return the points of all rows, and write the places that the geocoder found into theirs."""
    shapes = placed.shapes.copy()
    found = geocoded.reindex(placed.asked.index)
    told = placed.told[found.index]
    other = told.notna() & found["code_commune"].notna() & (told != found["code_commune"])
    problems += tell(
        found["commune"], other, "la commune que la ligne nomme par son code", TO_CHECK, "adresse"
    )
    pointed = found["precision"].isin(POINTED) & ~other
    rows = found[pointed]
    shapes[rows.index] = gpd.GeoSeries.from_xy(
        rows["longitude"].astype(float), rows["latitude"].astype(float), crs=EXCHANGE
    )
    place.loc[rows.index] = rows[
        ["code_commune", "commune", "precision", "remarque", "confiance"]
    ].to_numpy()
    at_hall = ~pointed & told.notna()
    if at_hall.any():
        _place_at_halls(told[at_hall], reference, place, shapes)
    problems += _unplaced(placed.asked, found, ~pointed & ~at_hall)
    unsure = pointed & (found["confiance"].astype(float) < SURE)
    problems += tell(
        placed.asked, unsure, "une adresse qui ne laisse pas de doute sur la commune", TO_CHECK,
        "adresse",
    )  # fmt: skip
    return shapes


def _place_at_halls(
    halls: pd.Series, reference: Reference, place: pd.DataFrame, shapes: gpd.GeoSeries
) -> None:
    """Write the town hall of the commune that each row names, for want of a better point."""
    shapes[halls.index] = town_hall_points(halls, reference)
    place.loc[halls.index, "commune_code"] = halls
    place.loc[halls.index, "commune"] = halls.map(
        {code: commune.name for code, commune in reference.communes.items()}
    )
    place.loc[halls.index, "precision"] = str(Precision.COMMUNE)
    place.loc[halls.index, "position_note"] = AT_TOWN_HALL


def _unplaced(asked: pd.Series, found: pd.DataFrame, lost: pd.Series) -> Iterator[Problem]:
    """Yield why each row has no place."""
    remarks = found["remarque"]
    for line, text, remark in zip(asked.index[lost], asked[lost], remarks[lost], strict=True):
        expected = "un lieu du Pas-de-Calais" if text else "une adresse, une commune ou un point"
        if text and isinstance(remark, str):
            expected = f"{expected} ({remark.rstrip('.')})"
        yield Problem(int(line), "adresse", text[:LONGEST_VALUE], expected, LEFT_OUT)


def first_reason(problems: list[Problem]) -> str:
    """Return why the first row is left out, a French sentence; empty where none says."""
    reasons = [p for p in in_order(problems) if p.outcome in {LEFT_OUT, EMPTIED}]
    if not reasons:
        return ""
    first = next((reason for reason in reasons if reason.value), reasons[0])
    line = f"Ligne {first.line}" if first.line != WHOLE_FILE else "Tout le fichier"
    return f"{line} : trouvé « {first.value} », attendu {first.expected}."


def tell_left(kept: pd.Series) -> str:
    """Return how many rows were left out of how many, a French sentence; empty where none was."""
    left = int((~kept).sum())
    if not left:
        return ""
    return f"{plural(left, 'ligne écartée', 'lignes écartées')} sur {len(kept)} à l’import."
