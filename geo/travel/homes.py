"""Where people set out from: small communes at their town halls, towns all over their area."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geo.crs import MEASURE
from geo.perimeter import Level
from geo.reference.places import Reference
from geo.travel.communes import commune_points
from geo.travel.internal import internal_distance_km
from geo.travel.times import Floats, Integers, Points

TOWN: Final = 2000
"""Inhabitants from which a commune is a town, as Insee's unités urbaines have it: below, one
village holds most people, and its town hall says better where they are than its area does."""
CELL_M: Final = 1000
"""Side of the squares over which a town's people are spread: half the way of the shortest
threshold that is asked about (5 minutes in a town, some 2 km)."""
SLIVER: Final = 0.25
"""Share of a whole square below which what a border leaves of one is no home of its own."""

NO_QUARTER: Final = -1


@dataclass(frozen=True, slots=True, eq=False)
class Homes:
    """Places where people live, each in one commune; those of a commune stand together.

    Parameters
    ----------
    points
        Length h: where they set out from, with the mean distance within the place.
    commune
        Shape (h,), number of the commune in the order of the reference.
    quarter
        Shape (h,), number of the quarter with its own outline, ``NO_QUARTER`` for none.
    people
        Shape (h,), inhabitants; whole numbers whose sum over a commune is its population.
    quarter_people
        Shape (h,), inhabitants that the quarter is known to have there, 0 elsewhere; of another
        year than ``people``.
    groups
        Shape (h,) each: what a grid counts there, see :class:`geo.travel.grid.Grid`; empty where
        people are supposed to be somewhere.
    approached
        Shape (h,), whether the grid has no value of the home itself; empty without a grid.
    """

    points: Points
    commune: Integers
    quarter: Integers
    people: Floats
    quarter_people: Floats
    groups: Mapping[str, Floats] = field(default_factory=dict)
    approached: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=bool))

    @property
    def on_grid(self) -> bool:
        """Whether a grid says where people live."""
        return bool(self.groups)

    def __len__(self) -> int:
        return len(self.points)

    def sum_by_commune(self, amounts: Floats, communes: int) -> Floats:
        """Return the sum of amounts (h,) over each commune, shape (communes,)."""
        return np.asarray(np.bincount(self.commune, amounts, communes), dtype=np.float64)


def no_quarters() -> gpd.GeoDataFrame:
    """Return quarters where none is known, as :func:`homes_of` takes them."""
    return gpd.GeoDataFrame(
        {"communes": [], "population": []}, geometry=gpd.GeoSeries([], crs=MEASURE)
    )


def homes_of(reference: Reference, quarters: gpd.GeoDataFrame) -> Homes:
    """Return where people live, commune by commune in the order of the reference.

    A commune below :data:`TOWN` inhabitants is one home at its town hall, as far from it as its
    area is on average. A town's people are spread: those of a quarter over its outline, the
    others evenly over squares of the rest of its area. A quarter in a small commune is a home too.

    Parameters
    ----------
    quarters
        EPSG:2154, columns ``communes`` (codes of those that it touches) and ``population``; the
        people of one in several communes are divided by the area that lies in each.
    """
    codes, halls = list(reference.communes), commune_points(reference)
    outlines = reference.outlines(Level.COMMUNE).set_index("code").geometry.loc[codes]
    parts = parts_of_quarters(quarters, outlines)
    places = list[_Place]()
    for number, code in enumerate(codes):
        population = reference.communes[code].population
        places += _places(number, population, outlines.loc[code], parts.get(code, []))
    numbers = np.array([place.commune for place in places])
    xy, internal_km = halls.xy[numbers], np.array(halls.internal_km[numbers])
    spread = np.array([place.outline is not None for place in places])
    areas = np.array([place.outline for place in places], dtype=object)[spread]
    if len(areas):
        xy[spread] = shapely.get_coordinates(shapely.centroid(areas))
        internal_km[spread] = internal_distance_km(areas, xy[spread])
    return Homes(
        Points.of([codes[n] for n in numbers], xy, halls.density[numbers], internal_km),
        numbers,
        np.array([place.quarter for place in places]),
        np.array([place.people for place in places]),
        np.array([place.quarter_people for place in places]),
    )


@dataclass(slots=True)
class _Place:
    """Without an outline it is the town hall."""

    commune: int
    people: float
    outline: shapely.Geometry | None = None
    quarter: int = NO_QUARTER
    quarter_people: float = 0.0


@dataclass(frozen=True, slots=True)
class QuarterPart:
    """What a commune has of a quarter.

    Parameters
    ----------
    quarter
        Its number.
    outline
        In the commune, EPSG:2154.
    people
        Its inhabitants there.
    """

    quarter: int
    outline: shapely.Geometry
    people: float


def parts_of_quarters(
    quarters: gpd.GeoDataFrame, outlines: gpd.GeoSeries
) -> dict[str, list[QuarterPart]]:
    """Return what each commune has of the quarters, by its code.

    Parameters
    ----------
    quarters
        As :func:`homes_of` takes them.
    outlines
        Of the communes by code, EPSG:2154.
    """
    found = defaultdict[str, list[QuarterPart]](list)
    rows = zip(quarters["communes"], quarters["population"], quarters.geometry, strict=True)
    for number, (codes, people, outline) in enumerate(rows):
        known = [code for code in codes if code in outlines.index]
        shapes = [outline]
        if len(known) > 1:
            shapes = [shapely.intersection(outline, outlines.loc[code]) for code in known]
        areas = shapely.area(shapes)
        for code, shape, area in zip(known, shapes, areas, strict=True):
            if area > 0:
                found[code].append(QuarterPart(number, shape, float(people * area / areas.sum())))
    return found


def _places(
    number: int, population: int, outline: shapely.Geometry, parts: list[QuarterPart]
) -> list[_Place]:
    """Return the homes of a commune: its part of each quarter, then the rest of it."""
    quarters = [_Place(number, 0, one.outline, one.quarter, one.people) for one in parts]
    known = sum(place.quarter_people for place in quarters)
    inside = min(known, population)
    weights = [place.quarter_people / max(known, 1) * inside for place in quarters]
    cells = list[shapely.Geometry]()
    if population >= TOWN:
        without = [one.outline for one in parts]
        cells = _squares(shapely.difference(outline, shapely.union_all(without)))
    areas = shapely.area(cells) if cells else np.ones(1)
    rest = [_Place(number, 0, cell) for cell in cells] or [_Place(number, 0)]
    weights += ((population - inside) * areas / areas.sum()).tolist()
    for place, people in zip(quarters + rest, whole_parts(weights, population), strict=True):
        place.people = float(people)
    return quarters + rest


def _squares(area: shapely.Geometry) -> list[shapely.Geometry]:
    """Cut an area along the kilometres of the projection; slivers are left out."""
    west, south, east, north = shapely.bounds(area)
    xs = np.arange(np.floor(west / CELL_M), np.ceil(east / CELL_M)) * CELL_M
    ys = np.arange(np.floor(south / CELL_M), np.ceil(north / CELL_M)) * CELL_M
    boxes = shapely.box(xs[:, None], ys, xs[:, None] + CELL_M, ys + CELL_M)
    cut = shapely.intersection(area, boxes.ravel())
    return list(cut[shapely.area(cut) >= SLIVER * CELL_M**2])


def whole_parts(weights: Sequence[float], total: int) -> Floats:
    """Return whole numbers in proportion to weights whose sum is the total (largest remainder).

    Where all weights are zero, all is the last's.
    """
    shares = np.asarray(weights, dtype=np.float64)
    if shares.sum() <= 0:
        shares = np.eye(len(shares))[-1]
    exact = shares / shares.sum() * total
    parts = np.floor(exact)
    left = round(total - parts.sum())
    parts[np.argsort(-(exact - parts), kind="stable")[:left]] += 1
    return np.asarray(parts)
