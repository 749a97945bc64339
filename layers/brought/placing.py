"""Where each row is: at its own point where that can be believed, else what is to geocode."""

import re
from dataclasses import dataclass, field
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.crs import EXCHANGE
from geo.perimeter import PlaceError
from geo.reference.places import Reference
from layers.brought.choice import Choice
from layers.brought.outlines import (
    COLUMN,
    Settle,
    Settler,
    on_the_globe,
    settle_all,
    unsettled,
)
from layers.brought.positions import (
    FAR,
    INSIDE,
    SEA,
    ZERO,
    Ground,
    System,
    find_system,
    make_points,
)
from layers.brought.problems import (
    EMPTIED,
    LEFT_OUT,
    MENDED,
    TO_CHECK,
    WHOLE_FILE,
    BroughtError,
    Problem,
    tell,
)
from layers.brought.roles import Role
from layers.brought.values import number_parser, parse_code, parse_each
from layers.model.layer import GeometryKind
from layers.model.points import FARTHEST_OUTSIDE, metres_outside

BESIDE: Final = "un point dans la commune annoncée, gardée : il est au bord de son contour"
NEAR: Final = "un point du Pas-de-Calais ou à moins de 40 km"
EXPECTED: Final = {ZERO: "une position connue", SEA: "un point à terre", FAR: NEAR}

_PAIR = re.compile(r"\D*?(-?\d+(?:[.,]\d+)?)[\s,;/]+(-?\d+(?:[.,]\d+)?)\D*")

KINDS: Final[dict[GeometryKind, frozenset[str]]] = {
    "point": frozenset(("Point", "MultiPoint")),
    "polygon": frozenset(("Polygon", "MultiPolygon")),
}


@dataclass
class Placed:
    """The rows of a table on their way to the map.

    Parameters
    ----------
    kind
        What the layer will hold.
    shapes
        Geometry of each row, EPSG:4326; None where it is not known (yet).
    codes, communes
        Commune of each row, None where it is not known.
    shared
        Codes of all the communes that an area lies in; empty for a point.
    told
        Code of the commune that the row itself names by its code, None where it does not.
    asked
        Text to geocode for each row that has no geometry and says where it is.
    problems
        What was found on the way.
    """

    kind: GeometryKind
    shapes: gpd.GeoSeries
    codes: pd.Series
    communes: pd.Series
    shared: pd.Series
    told: pd.Series
    asked: pd.Series
    problems: list[Problem] = field(default_factory=list)


def place_rows(  # noqa: PLR0913 - what a place is judged by
    frame: pd.DataFrame,
    geometry: gpd.GeoSeries | None,
    choice: Choice,
    reference: Reference,
    ground: Ground,
    *,
    settle: Settle = settle_all,
) -> Placed:
    """Place the rows that give a point or an outline, and say what to geocode for the others.

    Parameters
    ----------
    frame
        Texts, None where a cell is empty; the index is the line.
    geometry
        Of each row, in the system of the file, within the bounds of
        :func:`layers.brought.outlines.bound_geometries`; None when the file has none.
    settle
        Makes outlines valid; for those of strangers one that gives up in time.

    Raises
    ------
    BroughtError
        The geometries are of no kind that is shown.
    """
    problems: list[Problem] = []
    kind: GeometryKind = "point"
    if geometry is None:
        x, y, declared = _coordinates(frame, choice, problems)
        raw = make_points(x, y, frame.index)
    else:
        kind, raw = _one_kind(geometry.set_axis(frame.index), problems)
        x, y = _middles(raw)
        declared = geometry.crs.to_string() if geometry.crs else EXCHANGE
    system = find_system(x, y, declared)
    _tell_system(system, declared, choice, problems)
    shapes = _transformed(raw, system)
    shared = pd.Series([()] * len(frame), index=frame.index, dtype=object)
    if kind == "polygon":
        shapes, shared = _settled(shapes, Settler(reference), settle, problems)
    verdict, points = ground.judge(shapes if kind == "point" else shapes.representative_point())
    position = pd.Series(
        [f"{a:g}, {b:g}" for a, b in zip(x, y, strict=True)], index=frame.index, name="position"
    )
    for where, expected in EXPECTED.items():
        problems += tell(position, verdict.where == where, expected, EMPTIED)
    problems += tell(position, verdict.mended, "la longitude avant la latitude", MENDED)
    told = _told_codes(frame, choice, reference, problems)
    believed = verdict.where == INSIDE
    strayed = _strayed(points, told, believed, reference)
    problems += tell(position, strayed, "un point dans la commune annoncée", EMPTIED)
    believed &= ~strayed
    problems += tell(position, believed & _is_beside(verdict.codes, told), BESIDE, TO_CHECK)
    codes = told.where(told.notna(), verdict.codes)  # outlines are drawn more simply than land is
    names = told.map({code: c.name for code, c in reference.communes.items()})
    names = names.where(told.notna(), verdict.names)
    if kind == "point":
        shapes = points
    return Placed(
        kind,
        shapes.where(believed, None),
        codes.where(believed, None),
        names.where(believed, None),
        shared,
        told,
        _asked(frame, choice, told, reference)[~believed],
        problems,
    )


def _coordinates(
    frame: pd.DataFrame, choice: Choice, problems: list[Problem]
) -> tuple[Any, Any, str]:
    """Return the two coordinates of each row as floats, NaN for none, and the declared system."""
    if point := choice.column(Role.POINT):
        found = [_PAIR.fullmatch(text) if text else None for text in frame[point]]
        wrong = frame[point].notna() & pd.Series([m is None for m in found], index=frame.index)
        problems += tell(frame[point], wrong, "une latitude et une longitude", EMPTIED)
        pairs = [
            (float(m[2].replace(",", ".")), float(m[1].replace(",", ".")))
            if m
            else (np.nan, np.nan)
            for m in found
        ]
        x, y = np.array(pairs, dtype=float).reshape(-1, 2).T
        return x, y, EXCHANGE
    for pair, declared in (
        ((Role.LONGITUDE, Role.LATITUDE), EXCHANGE),
        ((Role.X, Role.Y), "EPSG:2154"),
    ):
        names = [choice.column(role) for role in pair]
        if None not in names:
            axes = []
            for name in names:
                values, wrong = parse_each(frame[name], number_parser(frame[name]))
                problems += tell(frame[name], wrong, "un nombre", EMPTIED)
                axes.append(values.astype(float).to_numpy())
            return axes[0], axes[1], declared
    nothing = np.full(len(frame), np.nan)
    return nothing, nothing, EXCHANGE


def _one_kind(
    geometry: gpd.GeoSeries, problems: list[Problem]
) -> tuple[GeometryKind, gpd.GeoSeries]:
    """Keep the points or the polygons, whichever are more."""
    counts = {kind: int(geometry.geom_type.isin(types).sum()) for kind, types in KINDS.items()}
    kind: GeometryKind = "polygon" if counts["polygon"] > counts["point"] else "point"
    if not counts[kind] and geometry.notna().any():
        raise BroughtError(
            f"Géométries : trouvé {geometry.dropna().geom_type.iloc[0]}, attendu des points ou des "
            "surfaces."
        )
    empty = geometry.isna() | geometry.is_empty
    other = ~empty & ~geometry.geom_type.isin(KINDS[kind])
    noun = "un point" if kind == "point" else "une surface"
    problems += tell(geometry.geom_type, other, noun, LEFT_OUT, "géométrie")
    shapes = geometry.where(~(empty | other), None)
    if kind == "point":
        middles = gpd.GeoSeries(shapely.centroid(shapes.to_numpy()), shapes.index, shapes.crs)
        return kind, shapes.where(shapes.geom_type != "MultiPoint", middles)
    return kind, shapes


def _settled(
    shapes: gpd.GeoSeries, settler: Settler, settle: Settle, problems: list[Problem]
) -> tuple[gpd.GeoSeries, pd.Series]:
    """Return the outlines, valid, and the communes of each; tell of those that cannot be."""
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
    codes = dict(zip(kept.index, (one.codes for one in kept), strict=True))
    shared = [codes.get(line, ()) for line in shapes.index]
    return settled.reindex(shapes.index), pd.Series(shared, shapes.index, dtype=object)


def _middles(shapes: gpd.GeoSeries) -> tuple[Any, Any]:
    bounds = shapes.bounds
    return (
        ((bounds["minx"] + bounds["maxx"]) / 2).to_numpy(),
        ((bounds["miny"] + bounds["maxy"]) / 2).to_numpy(),
    )


def _tell_system(
    system: System | None, declared: str, choice: Choice, problems: list[Problem]
) -> None:
    said = System(declared)
    column = ", ".join(choice.columns(*(Role.LONGITUDE, Role.LATITUDE, Role.POINT, Role.X, Role.Y)))
    if system is None:
        problems.append(Problem(WHOLE_FILE, column, f"coordonnées en {said.words}", NEAR, EMPTIED))
    elif system != said:
        problems.append(
            Problem(WHOLE_FILE, column, f"coordonnées en {system.words}", said.words, MENDED)
        )


def _transformed(raw: gpd.GeoSeries, system: System | None) -> gpd.GeoSeries:
    """Return the shapes in degrees, none where the system is not known or does not reach."""
    if system is None:
        return gpd.GeoSeries([None] * len(raw), index=raw.index, crs=EXCHANGE)

    def convert(xy: Any) -> Any:  # noqa: ANN401 - array of coordinates
        return np.column_stack(system.to_degrees(xy[:, 0], xy[:, 1]))

    shapes = shapely.transform(raw.to_numpy(), convert)
    shapes[~np.isfinite(shapely.bounds(shapes)).all(axis=1)] = None
    return gpd.GeoSeries(shapes, index=raw.index, crs=EXCHANGE)


def _told_codes(
    frame: pd.DataFrame, choice: Choice, reference: Reference, problems: list[Problem]
) -> pd.Series:
    """Return today's code of the commune that each row names by its code."""
    column = choice.column(Role.COMMUNE_CODE)
    if column is None:
        return pd.Series(None, index=frame.index, dtype=object)

    def today(text: str) -> str:
        try:
            return reference.resolve_code(parse_code(text))[0]
        except PlaceError as error:
            raise ValueError(text) from error

    codes, wrong = parse_each(frame[column], today)
    problems += tell(frame[column], wrong, "le code Insee d’une commune du Pas-de-Calais", EMPTIED)
    return codes


def _strayed(
    points: gpd.GeoSeries, told: pd.Series, believed: pd.Series, reference: Reference
) -> pd.Series:
    """Tell which points lie far from the commune that their row names."""
    both = believed & told.notna()
    strayed = pd.Series(data=False, index=points.index)
    if both.any():
        strayed[both] = metres_outside(points[both], told[both], reference) > FARTHEST_OUTSIDE
    return strayed


def _is_beside(around: pd.Series, told: pd.Series) -> pd.Series:
    """Tell which points lie in another commune than the one that their row names by its code."""
    return told.notna() & around.notna() & (around != told)


def _asked(frame: pd.DataFrame, choice: Choice, told: pd.Series, reference: Reference) -> pd.Series:
    """Return what to geocode for each row: its address, its postcode and its commune."""
    commune = choice.column(Role.COMMUNE)
    names = told.map({code: c.name for code, c in reference.communes.items()})
    if commune is not None:
        names = frame[commune].where(frame[commune].notna(), names)
    postcode = choice.column(Role.POSTCODE)
    codes, _ = (
        parse_each(frame[postcode], parse_code) if postcode else (names.map(lambda _: None), 0)
    )
    streets = frame[choice.columns(Role.ADDRESS)].to_numpy().tolist()
    return pd.Series(
        [
            ", ".join(
                part
                for part in (
                    " ".join(filter(None, street)),
                    " ".join(text for text in (code, name) if isinstance(text, str)),
                )
                if part
            )
            for street, code, name in zip(streets, codes, names, strict=True)
        ],
        index=frame.index,
        dtype=object,
    )
