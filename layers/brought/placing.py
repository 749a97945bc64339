"""Where each row is: at its own point where that can be believed, else what is to geocode."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.crs import EXCHANGE
from geo.perimeter import PlaceError
from geo.reference.places import Reference
from layers.brought.choice import Choice
from layers.brought.coordinates import is_degrees, parse_degrees, parse_pair, read_shapes
from layers.brought.headings import POSITION_WORDS, words_of
from layers.brought.named_commune import NamedCommunes, article_before, split_codes
from layers.brought.outlines import (
    COLUMN,
    Settle,
    Settler,
    bound_geometries,
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
    LONGEST_VALUE,
    MENDED,
    NOT_READ,
    TO_CHECK,
    WHOLE_FILE,
    Problem,
    tell,
)
from layers.brought.roles import POSITION, Role
from layers.brought.values import Parse, number_parser, parse_code, parse_each
from layers.french.wording import plural
from layers.model.layer import GeometryKind
from layers.model.points import FARTHEST_OUTSIDE, metres_outside

BESIDE: Final = "un point dans la commune annoncée, gardée : il est au bord de son contour"
NEAR: Final = "un point du Pas-de-Calais ou à moins de 40 km"
EXPECTED: Final = {ZERO: "une position connue", SEA: "un point à terre", FAR: NEAR}

CONTRADICTED: Final = ""
"""Stands for the code of a row whose code and name are of two communes."""
POSTCODE_FOR_CODE: Final = "un code Insee ; ce sont des codes postaux, le nom est suivi"
POSITION_EXPECTED: Final = "une position qui se lise : degrés, Lambert-93 ou géométrie"
LINES: Final = frozenset(("LineString", "MultiLineString", "LinearRing"))
SAID_OTHERWISE: Final = frozenset((Role.IGNORED, Role.ADDRESS, Role.COMMUNE, Role.NAME))
"""Roles that a column with such a heading may have and be read."""

KINDS: Final[dict[GeometryKind, frozenset[str]]] = {
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

    def without(self, lines: frozenset[int]) -> "Placed":
        """Return the rows with some of them in no place: they are no places of their own."""
        aside = self.shapes.index.isin(lines)
        return replace(
            self,
            shapes=self.shapes.where(~aside, None),
            told=self.told.where(~aside, None),
            asked=self.asked[~self.asked.index.isin(lines)],
            problems=[p for p in self.problems if p.line not in lines or p.outcome == LEFT_OUT],
        )


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
    if geometry is None and (column := choice.column(Role.SHAPE)):
        geometry = _written_shapes(frame[column], problems)
    elif geometry is None:
        problems += _unread_positions(frame, choice)
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
    believed = verdict.where == INSIDE
    told = _told_codes(frame, choice, reference, believed, problems)
    contradicted = told == CONTRADICTED
    told = told.where(~contradicted, None)
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
        _asked(frame, choice, told, reference).where(~contradicted, "")[~believed],
        problems,
    )


def _coordinates(
    frame: pd.DataFrame, choice: Choice, problems: list[Problem]
) -> tuple[Any, Any, str]:
    """Return the two coordinates of each row as floats, NaN for none, and the declared system."""
    if point := choice.column(Role.POINT):
        pairs, wrong = parse_each(frame[point], parse_pair)
        problems += tell(frame[point], wrong, "une latitude et une longitude", EMPTIED)
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
                values, wrong = parse_each(frame[name], _axis_parser(frame[name]))
                problems += tell(frame[name], wrong, "un nombre ou des degrés", EMPTIED)
                axes.append(values.astype(float).to_numpy())
            return axes[0], axes[1], declared
    nothing = np.full(len(frame), np.nan)
    return nothing, nothing, EXCHANGE


def _axis_parser(texts: pd.Series) -> Parse:
    """Return how one coordinate is read: a number, or degrees with minutes and seconds."""
    number = number_parser(texts)

    def parse(text: str) -> float:
        return parse_degrees(text) if is_degrees(text) else float(number(text))

    return parse


def _written_shapes(texts: pd.Series, problems: list[Problem]) -> gpd.GeoSeries:
    """Return the geometries that a column of texts holds, within the bounds of a file's."""
    shapes, wrong = read_shapes(texts)
    problems += tell(texts, wrong, "une géométrie en WKT, WKB ou GeoJSON", EMPTIED)
    bounded, told = bound_geometries(shapes)
    problems += told
    return bounded


def _unread_positions(frame: pd.DataFrame, choice: Choice) -> Iterator[Problem]:
    """Yield the columns whose heading speaks of a position, where none is read."""
    if choice.columns(*POSITION):
        return
    for column, role in choice.roles.items():
        texts = frame[column].dropna()
        if role in SAID_OTHERWISE or texts.empty or not POSITION_WORDS.fullmatch(words_of(column)):
            continue
        value = str(texts.iloc[0])[:LONGEST_VALUE]
        yield Problem(WHOLE_FILE, column, value, POSITION_EXPECTED, NOT_READ)


def _one_kind(
    geometry: gpd.GeoSeries, problems: list[Problem]
) -> tuple[GeometryKind, gpd.GeoSeries]:
    """Keep the points or the polygons, whichever are more."""
    types = geometry.geom_type
    areas = types.isin(KINDS["polygon"])
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
    frame: pd.DataFrame,
    choice: Choice,
    reference: Reference,
    sited: pd.Series,
    problems: list[Problem],
) -> pd.Series:
    """Return today's code of the commune that each row names by its code."""
    column = choice.column(Role.COMMUNE_CODE)
    if column is None:
        return pd.Series(None, index=frame.index, dtype=object)

    def today(text: str) -> str:
        try:
            return reference.resolve_code(parse_code((split_codes(text) or [text])[0]))[0]
        except PlaceError as error:
            raise ValueError(text) from error

    texts = frame[column]
    codes, wrong = parse_each(texts, today)
    several = texts.map(lambda text: isinstance(text, str) and bool(split_codes(text)))
    problems += tell(texts, several, "un seul code ; la ligne est au premier", TO_CHECK)
    named = choice.column(Role.COMMUNE)
    if named is not None:
        codes, wrong = _named_first(
            texts, codes, wrong, frame[named].where(~sited, None), reference, problems
        )
    problems += tell(texts, wrong, "le code Insee d’une commune du Pas-de-Calais", EMPTIED)
    return codes


def _named_first(  # noqa: PLR0913, PLR0917 - what a code is held against
    texts: pd.Series,
    codes: pd.Series,
    wrong: pd.Series,
    names: pd.Series,
    reference: Reference,
    problems: list[Problem],
) -> tuple[pd.Series, pd.Series]:
    """Hold codes against the names beside them: a postcode of the commune gives way to its name.

    A code that is another commune's than the name is believed no more than the name: it becomes
    :data:`CONTRADICTED`.
    """
    known = NamedCommunes(reference)
    named = names.map(lambda text: known.find(text) if isinstance(text, str) else None)
    named = named.astype(object).where(named.notna(), None)
    written = texts.map(lambda text: _five_figures(text) if isinstance(text, str) else "")
    postal = pd.Series(
        [
            commune is not None and known.is_postcode_of(code, commune)
            for code, commune in zip(written, named, strict=True)
        ],
        index=texts.index,
    )
    mistaken = postal & named.notna() & (codes != named)
    if mistaken.any():
        first = str(texts[mistaken].iloc[0])
        words = f"{first} ({plural(int(mistaken.sum()), 'ligne')})"
        problems.append(Problem(WHOLE_FILE, str(texts.name), words, POSTCODE_FOR_CODE, MENDED))
    differ = codes.notna() & named.notna() & (codes != named) & ~mistaken
    told = texts.astype(str) + ", " + names.astype(str)
    problems += tell(
        told, differ, "un code et un nom de la même commune", LEFT_OUT, str(texts.name)
    )
    codes = codes.where(~mistaken, named).where(~differ, CONTRADICTED)
    return codes, wrong & ~mistaken


def _five_figures(text: str) -> str:
    try:
        return parse_code(text)
    except ValueError:
        return ""


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
        written = frame[commune].map(article_before, na_action="ignore")
        names = written.where(frame[commune].notna(), names)
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
