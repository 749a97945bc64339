"""Where each row is: at its own point where that can be believed, else what is to geocode."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

import geopandas as gpd
import pandas as pd

from geo.crs import EXCHANGE
from geo.reference.places import Reference
from layers.brought.choice import Choice
from layers.brought.elsewhere import departement_elsewhere
from layers.brought.geometries import (
    NEAR,
    keep_one_kind,
    middles,
    read_coordinates,
    read_written_shapes,
    settle_areas,
    tell_system,
    transform,
    unread_positions,
)
from layers.brought.named_commune import NamedCommunes, article_before
from layers.brought.outlines import (
    Settle,
    Settler,
    settle_all,
)
from layers.brought.positions import (
    FAR,
    INSIDE,
    SEA,
    ZERO,
    Floats,
    Ground,
    Verdict,
    find_system,
    make_points,
)
from layers.brought.problems import (
    EMPTIED,
    LEFT_OUT,
    MENDED,
    TO_CHECK,
    Problem,
    tell,
)
from layers.brought.roles import Role
from layers.brought.told_communes import (
    CONTRADICTED,
    is_beside,
    strayed,
    tell_codes,
    tell_other_commune,
)
from layers.brought.values.cells import parse_code, parse_each
from layers.model.layer import GeometryKind

ONE_COMMUNE: Final = "une seule commune ; la ligne est à la première"
BESIDE: Final = "un point dans la commune annoncée, gardée : il est au bord de son contour"
EXPECTED: Final = {ZERO: "une position connue", SEA: "un point à terre", FAR: NEAR}


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
    settled
        What became of the outline of each area, with the communes that it lies in; missing for a
        point.
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
    settled: pd.Series
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
    kind, raw, (x, y, declared) = _given(frame, geometry, choice, problems)
    system = find_system(x, y, declared)
    tell_system(system, declared, choice, problems)
    shapes = transform(raw, system)
    settled = pd.Series([None] * len(frame), index=frame.index, dtype=object)
    if kind == "polygon":
        shapes, settled = settle_areas(shapes, Settler(reference), settle, problems)
    verdict, points = ground.judge(shapes if kind == "point" else shapes.representative_point())
    position = pd.Series(
        [f"{a:g}, {b:g}" for a, b in zip(x, y, strict=True)], index=frame.index, name="position"
    )
    problems += _tell_verdict(position, verdict)
    believed = verdict.where == INSIDE
    told = tell_codes(frame, choice, reference, believed, problems)
    contradicted = told == CONTRADICTED
    told = told.where(~contradicted, None)
    astray = strayed(points, told, believed, reference)
    problems += tell(position, astray, "un point dans la commune annoncée", EMPTIED)
    believed &= ~astray
    if not choice.columns(Role.ADDRESS):
        problems += [p for p in tell_several(frame, choice, reference) if not believed[p.line]]
    problems += tell(position, believed & is_beside(verdict.codes, told), BESIDE, TO_CHECK)
    problems += tell_other_commune(frame, choice, points, believed & told.isna(), reference)
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
        settled,
        told,
        _asked(frame[~believed], choice, told[~believed], reference).where(
            ~contradicted[~believed], ""
        ),
        problems,
    )


def _given(
    frame: pd.DataFrame,
    geometry: gpd.GeoSeries | None,
    choice: Choice,
    problems: list[Problem],
) -> tuple[GeometryKind, gpd.GeoSeries, tuple[Floats, Floats, str]]:
    """Return what the rows themselves say of their place, as they give it.

    Parameters
    ----------
    problems
        Appended to: rows whose place cannot be read.

    Returns
    -------
    kind : GeometryKind
        What the layer will hold.
    shapes : geopandas.GeoSeries
        In the system of the file.
    coordinates : tuple
        Both of each row, or of its middle, and the system that the file declares.
    """
    if geometry is None and (column := choice.column(Role.SHAPE)):
        geometry = read_written_shapes(frame[column], problems)
    elif geometry is None:
        problems += unread_positions(frame, choice)
    if geometry is None:
        x, y, declared = read_coordinates(frame, choice, problems)
        return "point", make_points(x, y, frame.index), (x, y, declared)
    kind, shapes = keep_one_kind(geometry.set_axis(frame.index), problems)
    declared = geometry.crs.to_string() if geometry.crs else EXCHANGE
    return kind, shapes, (*middles(shapes), declared)


def _tell_verdict(position: pd.Series, verdict: Verdict) -> Iterator[Problem]:
    """Yield what the ground says against a position as it is written."""
    for where, expected in EXPECTED.items():
        yield from tell(position, verdict.where == where, expected, EMPTIED)
    yield from tell(position, verdict.mended, "la longitude avant la latitude", MENDED)


def _first_named(text: str, known: NamedCommunes) -> str:
    """Return the first of the communes that a cell names, as it is asked for."""
    return article_before(next(iter(known.find_several(text)), text))


def tell_several(frame: pd.DataFrame, choice: Choice, reference: Reference) -> Iterator[Problem]:
    """Yield the rows whose cell names several communes: they are at the first."""
    column = choice.column(Role.COMMUNE)
    if column is None:
        return
    known = NamedCommunes(reference)
    texts = frame[column]
    several = texts.map(lambda text: isinstance(text, str) and bool(known.find_several(text)))
    yield from tell(texts, several.astype(bool), ONE_COMMUNE, TO_CHECK)


def _asked(frame: pd.DataFrame, choice: Choice, told: pd.Series, reference: Reference) -> pd.Series:
    """Return what to geocode for each row: its address, its postcode and its commune."""
    commune = choice.column(Role.COMMUNE)
    known = NamedCommunes(reference)
    names = told.map({code: c.name for code, c in reference.communes.items()})
    if commune is not None:
        written = frame[commune].map(lambda t: _first_named(t, known), na_action="ignore")
        names = written.where(frame[commune].notna(), names)
        elsewhere = departement_elsewhere(frame, choice.roles)
        other = names.notna() & elsewhere.notna() & told.isna()
        names = names.where(~other, names.astype(str) + " (" + elsewhere.astype(str) + ")")
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
