"""The geometry that a file gives each row: coordinates, a column of shapes, or its own shapes."""

from collections.abc import Iterator
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.crs import EXCHANGE
from layers.brought.choice import Choice
from layers.brought.coordinates import (
    is_degrees,
    is_map_link,
    parse_degrees,
    parse_pair,
    read_shapes,
    shows_middle,
    without_metres,
)
from layers.brought.headings import POSITION_WORDS, words_of
from layers.brought.outlines import (
    COLUMN,
    Settle,
    Settler,
    bound_geometries,
    on_the_globe,
    unsettled,
)
from layers.brought.positions import System
from layers.brought.problems import (
    EMPTIED,
    LEFT_OUT,
    LONGEST_VALUE,
    MENDED,
    NOT_READ,
    TO_CHECK,
    WHOLE_FILE,
    Problem,
    tell,
)
from layers.brought.roles import POSITION, Role
from layers.brought.values.cells import Parse, parse_each
from layers.brought.values.numbers import is_plain_number, number_parser
from layers.french.wording import plural
from layers.model.layer import GeometryKind

NEAR: Final = "un point du Pas-de-Calais ou à moins de 40 km"
POSITION_EXPECTED: Final = "une position qui se lise : degrés, Lambert-93 ou géométrie"
BOTH_EXPECTED: Final = "les deux coordonnées"
MARK_EXPECTED: Final = "un repère sur la carte ; le milieu de ce qu’elle montre est pris"
SHAPE_EXPECTED: Final = "une géométrie sans courbe, en WKT, WKB ou GeoJSON"
LINES: Final = frozenset(("LineString", "MultiLineString", "LinearRing"))
SAID_OTHERWISE: Final = frozenset((Role.IGNORED, Role.ADDRESS, Role.COMMUNE, Role.NAME))
"""Roles that a column with such a heading may have and be read."""
AREAS: Final = frozenset(("Polygon", "MultiPolygon"))


def read_coordinates(
    frame: pd.DataFrame, choice: Choice, problems: list[Problem]
) -> tuple[Any, Any, str]:
    """Return the two coordinates of each row as floats, NaN for none, and the declared system."""
    if point := choice.column(Role.POINT):
        pairs, wrong = parse_each(frame[point], parse_pair)
        problems += tell(frame[point], wrong, "une latitude et une longitude", EMPTIED)
        views = frame[point].map(shows_middle, na_action="ignore").eq(other=True)
        problems += tell(frame[point], views, MARK_EXPECTED, TO_CHECK)
        known = [(np.nan, np.nan) if pair is None else pair for pair in pairs]
        y, x = np.array(known, dtype=float).reshape(-1, 2).T
        return x, y, EXCHANGE
    for pair, declared in (
        ((Role.LONGITUDE, Role.LATITUDE), EXCHANGE),
        ((Role.X, Role.Y), "EPSG:2154"),
    ):
        names = [choice.column(role) for role in pair]
        if None not in names:
            axes = []
            for name in names:
                bare = frame[name].map(without_metres, na_action="ignore")
                values, wrong = parse_each(bare, _axis_parser(bare))
                problems += tell(frame[name], wrong, "un nombre ou des degrés", EMPTIED)
                axes.append(values.astype(float).to_numpy())
            halves = pd.Series(np.isnan(axes[0]) != np.isnan(axes[1]), index=frame.index)
            halves &= frame[names].isna().any(axis="columns")
            written = frame[names].fillna("").agg(" ".join, axis="columns").str.strip()
            problems += tell(written, halves, BOTH_EXPECTED, EMPTIED, ", ".join(map(str, names)))
            return axes[0], axes[1], declared
    nothing = np.full(len(frame), np.nan)
    return nothing, nothing, EXCHANGE


def _axis_parser(texts: pd.Series) -> Parse:
    """Return how one coordinate is read: a number, or degrees with minutes and seconds."""
    number = number_parser(texts)

    def parse(text: str) -> float:
        degrees = not is_plain_number(text) and is_degrees(text)
        return parse_degrees(text) if degrees else float(number(text))

    return parse


def read_written_shapes(texts: pd.Series, problems: list[Problem]) -> gpd.GeoSeries:
    """Return the geometries that a column of texts holds, within the bounds of a file's."""
    shapes, wrong = read_shapes(texts)
    problems += tell(texts, wrong, SHAPE_EXPECTED, EMPTIED)
    bounded, told = bound_geometries(shapes)
    problems += told
    return bounded


def unread_positions(frame: pd.DataFrame, choice: Choice) -> Iterator[Problem]:
    """Yield the columns whose heading speaks of a position, and that are not the one read."""
    read = choice.columns(*POSITION)
    expected = f"la seule position de la ligne : {', '.join(read)}" if read else POSITION_EXPECTED
    for column, role in choice.roles.items():
        texts = frame[column].dropna()
        if column in read or texts.empty or role is Role.IGNORED:
            continue
        spoken = role not in SAID_OTHERWISE and POSITION_WORDS.fullmatch(words_of(column))
        links = texts[texts.map(is_map_link)]
        if spoken or len(links):
            value = str((texts if spoken else links).iloc[0])[:LONGEST_VALUE]
            yield Problem(WHOLE_FILE, column, value, expected, NOT_READ)


def keep_one_kind(
    geometry: gpd.GeoSeries, problems: list[Problem]
) -> tuple[GeometryKind, gpd.GeoSeries]:
    """Keep the points or the polygons, whichever are more."""
    types = geometry.geom_type
    areas = types.isin(AREAS)
    kind: GeometryKind = "polygon" if areas.sum() > (geometry.notna() & ~areas).sum() else "point"
    empty = geometry.isna() | geometry.is_empty
    if kind == "polygon":
        problems += tell(types, ~empty & ~areas, "une surface", LEFT_OUT, COLUMN)
        return kind, geometry.where(~empty & areas, None)
    shapes = geometry.where(~empty, None)
    parts = pd.Series(shapely.get_num_geometries(shapes.to_numpy()), geometry.index)
    several = (types == "MultiPoint") & (parts > 1)
    words = parts.map(lambda count: plural(count, "point"))
    problems += tell(words, several, "un seul point ; le premier est pris", TO_CHECK, COLUMN)
    lines = ~empty & types.isin(LINES)
    problems += tell(types, lines, "un point ; le milieu du tracé est pris", TO_CHECK, COLUMN)
    problems += tell(
        types, ~empty & areas, "un point ; le premier sommet du contour est pris", TO_CHECK, COLUMN
    )
    return kind, gpd.GeoSeries(
        [_point_of(shape) for shape in shapes], geometry.index, crs=geometry.crs
    )


def _point_of(shape: Any) -> Any:  # noqa: ANN401 - a geometry or None
    """Return a point on a geometry: the first of several, the middle of a line, one in an area."""
    if shape is None or shape.geom_type == "Point":
        return shape
    if shape.geom_type == "MultiPoint":
        return shape.geoms[0]
    if shape.geom_type in LINES:
        parts = getattr(shape, "geoms", [shape])
        longest = max(parts, key=lambda part: part.length)
        return longest.interpolate(0.5, normalized=True)
    # no repair of a stranger's outline for the sake of one point: its first vertex is on it
    return shapely.Point(shapely.get_coordinates(shape)[0])


def settle_areas(
    shapes: gpd.GeoSeries, settler: Settler, settle: Settle, problems: list[Problem]
) -> tuple[gpd.GeoSeries, pd.Series]:
    """Return the outlines, valid, and how each was settled; tell of those that cannot be."""
    there = shapes.notna()
    beyond = there & ~on_the_globe(shapes)
    asked = shapes[there & ~beyond]
    found = pd.Series(settle(settler, [*asked]), index=asked.index, dtype=object)
    given_up = found.map(lambda one: one is None).astype(bool)
    flat = found.map(lambda one: one is not None and one.shape is None).astype(bool)
    mended = found.map(lambda one: one is not None and one.shape is not None and one.mended)
    words = asked.map(unsettled).astype(object)
    for texts, wrong, expected, outcome in (
        (shapes.geom_type, beyond, "des coordonnées sur le globe", EMPTIED),
        (words, given_up, "un contour assez simple pour être vérifié", EMPTIED),
        (words, flat, "un contour qui enferme une surface", EMPTIED),
        (asked.geom_type, mended.astype(bool), "un contour qui ne se croise pas", MENDED),
    ):
        problems += tell(texts, wrong, expected, outcome, COLUMN)
    kept = found[~given_up & ~flat]
    settled = gpd.GeoSeries([one.shape for one in kept], kept.index, crs=EXCHANGE)
    return settled.reindex(shapes.index), kept.reindex(shapes.index)


def middles(shapes: gpd.GeoSeries) -> tuple[Any, Any]:
    """Return the middle of the envelope of each shape, as two arrays in its own system."""
    bounds = shapes.bounds
    return (
        ((bounds["minx"] + bounds["maxx"]) / 2).to_numpy(),
        ((bounds["miny"] + bounds["maxy"]) / 2).to_numpy(),
    )


def tell_system(
    system: System | None, declared: str, choice: Choice, problems: list[Problem]
) -> None:
    """Tell in which system the coordinates are read, where it is not the one that was said."""
    said = System(declared)
    column = ", ".join(choice.columns(*(Role.LONGITUDE, Role.LATITUDE, Role.POINT, Role.X, Role.Y)))
    if system is None:
        problems.append(Problem(WHOLE_FILE, column, f"coordonnées en {said.words}", NEAR, EMPTIED))
    elif system != said:
        problems.append(
            Problem(WHOLE_FILE, column, f"coordonnées en {system.words}", said.words, MENDED)
        )


def transform(raw: gpd.GeoSeries, system: System | None) -> gpd.GeoSeries:
    """Return the shapes in degrees, none where the system is not known or does not reach."""
    if system is None:
        return gpd.GeoSeries([None] * len(raw), index=raw.index, crs=EXCHANGE)

    def convert(xy: Any) -> Any:  # noqa: ANN401 - array of coordinates
        return np.column_stack(system.to_degrees(xy[:, 0], xy[:, 1]))

    shapes = shapely.transform(raw.to_numpy(), convert)
    shapes[~np.isfinite(shapely.bounds(shapes)).all(axis=1)] = None
    return gpd.GeoSeries(shapes, index=raw.index, crs=EXCHANGE)
