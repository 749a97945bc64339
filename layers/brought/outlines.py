"""Outlines that people bring: bounded before anything is computed of them, then made valid.

What a repair costs cannot be told from the number of vertices: a star of 501 takes minutes where an
honest outline of 20 000 takes nothing. :meth:`Settler.settle` is therefore called where it can be
given up, and what it returns costs little to whoever draws or writes it later.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.crs import EXCHANGE, MEASURE
from geo.reference.places import Reference
from layers.brought.problems import EMPTIED, BroughtError, Problem, tell
from layers.catalogue.selection import SMALLEST_SHARE
from layers.french.wording import plural

MOST_VERTICES: Final = 100_000
"""Of one geometry; the finest public outline of the département has a third of that."""
MOST_RINGS: Final = 10_000
MOST_VERTICES_IN_ALL: Final = 1_000_000
FARTHEST: Final = 1e9
"""Beyond which a coordinate is of no system, degrees or metres."""
EASTERNMOST: Final = 180.0
NORTHERNMOST: Final = 90.0

HECTARE: Final = 10_000
"""Square metres."""
DECIMALS: Final = 4
"""Of hectares: a square metre."""
AREAS: Final = frozenset(("Polygon", "MultiPolygon"))
COLUMN: Final = "géométrie"

Shapes = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of an outline.

    Parameters
    ----------
    shape
        Valid Polygon or MultiPolygon within the bounds, EPSG:4326; None where there is none.
    codes
        Communes of the département with which it shares more ground than a border's blur.
    hectares
        Of its ground in each commune of the département, however small, and under no code beyond.
    mended
        Whether it crossed itself.
    """

    shape: shapely.Geometry | None
    codes: tuple[str, ...] = ()
    hectares: tuple[tuple[str, float], ...] = ()
    mended: bool = False


Settle = Callable[["Settler", Sequence[shapely.Geometry]], list[Settled | None]]
"""Settles outlines one by one or gives them up: None for an outline that took too long."""


def bound_geometries(geometry: gpd.GeoSeries) -> tuple[gpd.GeoSeries, list[Problem]]:
    """Empty the geometries that are too large or whose coordinates are no numbers.

    Only counts and extremes are looked at, in time proportional to the file.

    Parameters
    ----------
    geometry
        Two-dimensional, in any system; the index is the line.

    Raises
    ------
    BroughtError
        All together have more than :data:`MOST_VERTICES_IN_ALL` vertices.
    """
    shapes = geometry.to_numpy()
    vertices = shapely.get_num_coordinates(shapes)
    if (total := int(vertices.sum())) > MOST_VERTICES_IN_ALL:
        worst = int(geometry.index[int(vertices.argmax())])
        raise BroughtError(
            f"Géométries : trouvé {total} sommets en tout (ligne {worst} : {vertices.max()}), "
            f"attendu au plus {MOST_VERTICES_IN_ALL} ; simplifiez les contours."
        )
    rings = np.maximum(shapely.get_num_geometries(shapes), _count_rings(shapes))
    there = geometry.notna().to_numpy()
    # its depth has no bound, and no part of it is shown
    types = geometry.geom_type
    nested = (types == "GeometryCollection").to_numpy()
    wild = there & (vertices > 0) & ~_within(shapes, np.array([FARTHEST, FARTHEST]))
    told = pd.Series(vertices, geometry.index).map(lambda n: plural(n, "sommet"))
    parts = pd.Series(rings, geometry.index).map(lambda n: plural(n, "anneau", "anneaux"))
    numbers = pd.Series("coordonnées infinies ou démesurées", geometry.index)
    problems: list[Problem] = []
    refused = np.zeros(len(shapes), dtype=bool)
    for found, wrong, expected in (
        (types, nested, "une seule sorte de géométrie"),
        (numbers, wild, "des coordonnées en degrés ou en mètres"),
        (told, vertices > MOST_VERTICES, f"au plus {MOST_VERTICES} sommets"),
        (parts, rings > MOST_RINGS, f"au plus {MOST_RINGS} anneaux ou parties"),
    ):
        fresh = pd.Series(wrong & ~refused, geometry.index)
        problems += tell(found, fresh, expected, EMPTIED, COLUMN)
        refused |= wrong
    return gpd.GeoSeries(
        np.where(refused, None, shapes), geometry.index, crs=geometry.crs
    ), problems


class Settler:
    """Makes outlines valid, and finds the communes that they share ground with.

    Parameters
    ----------
    reference
        Places.
    """

    def __init__(self, reference: Reference) -> None:
        communes = reference.coverage.communes(0)
        self._codes = communes["code"].to_numpy()
        self._shapes = communes.geometry.to_numpy()
        self._tree = shapely.STRtree(self._shapes)

    def settle(self, shapes: Sequence[shapely.Geometry]) -> list[Settled]:
        """Return what becomes of outlines, EPSG:4326; the time that this takes has no bound."""
        given = np.array(shapes, dtype=object)
        valid = shapely.is_valid(given)
        mended = [shape if fine else mend(shape) for shape, fine in zip(given, valid, strict=True)]
        metres = gpd.GeoSeries(mended, crs=EXCHANGE).to_crs(MEASURE)
        return [
            Settled(shape, *(self._shared(ground) if shape else ((), ())), mended=not fine)
            for shape, ground, fine in zip(mended, metres, valid, strict=True)
        ]

    def _shared(
        self, ground: shapely.Geometry
    ) -> tuple[tuple[str, ...], tuple[tuple[str, float], ...]]:
        """Return the communes of an outline, EPSG:2154, and its hectares in each and beyond."""
        near = self._tree.query(ground, predicate="intersects")
        shapely.prepare(ground)
        whole = shapely.contains_properly(ground, self._shapes[near])
        pieces = shapely.area(self._shapes[near])
        pieces[~whole] = shapely.area(shapely.intersection(ground, self._shapes[near[~whole]]))
        codes = sorted(self._codes[near[whole | (pieces > SMALLEST_SHARE)]])
        beyond = max(0.0, shapely.area(ground) - float(pieces.sum()))
        measured = [*zip(self._codes[near], pieces, strict=True), ("", beyond)]
        hectares = ((code, round(float(m2) / HECTARE, DECIMALS)) for code, m2 in measured)
        return tuple(codes), tuple((code, ha) for code, ha in hectares if ha)


def mend(shape: shapely.Geometry) -> shapely.Geometry | None:
    """Return the area inside an outline that crosses itself, None when it has none within bounds.

    Shells are united and holes taken away (the « structure » method of GEOS), as QGIS does: the
    even-odd rule would give a ribbon that crosses itself thousands of parts and cost minutes.
    """
    made = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    fits = (
        made.geom_type in AREAS
        and not made.is_empty
        and shapely.get_num_coordinates(made) <= MOST_VERTICES
        and _count_rings(np.array([made]))[0] <= MOST_RINGS
        and shapely.is_valid(made)
    )
    return made if fits else None


def settle_all(settler: Settler, shapes: Sequence[shapely.Geometry]) -> list[Settled | None]:
    """Settle outlines that are known to be harmless."""
    return [*settler.settle(shapes)]


def on_the_globe(shapes: gpd.GeoSeries) -> npt.NDArray[np.bool_]:
    """Tell which geometries, EPSG:4326, have all their coordinates on the globe."""
    return _within(shapes.to_numpy(), np.array([EASTERNMOST, NORTHERNMOST]))


def _count_rings(shapes: Shapes) -> npt.NDArray[np.intp]:
    """Return the rings of each geometry, 0 for what has none."""
    areas = np.array([shape is not None and shape.geom_type in AREAS for shape in shapes])
    parts, owner = shapely.get_parts(shapes[areas], return_index=True)
    counts = np.zeros(len(shapes), dtype=np.intp)
    inner = shapely.get_num_interior_rings(parts) + 1
    counts[areas] = np.bincount(owner, inner, minlength=int(areas.sum())).astype(np.intp)
    return counts


def _within(shapes: Shapes, most: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Tell which geometries have only coordinates that are at most so large; none is NaN."""
    coordinates, owner = shapely.get_coordinates(shapes, return_index=True)
    wild = ~(np.abs(coordinates) <= most).all(axis=1)
    within = np.ones(len(shapes), dtype=bool)
    within[owner[wild]] = False
    return within


def unsettled(shape: Any) -> str:  # noqa: ANN401 - a geometry
    """Return the French words for an outline that was given up."""
    return f"contour de {plural(int(shapely.get_num_coordinates(shape)), 'sommet')}"
