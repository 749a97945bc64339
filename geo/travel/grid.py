"""Where people live by a grid that counts them: each square is a home of its commune."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from geo.perimeter import Level
from geo.reference.places import Reference
from geo.travel.cells import MEAN_WAY
from geo.travel.communes import commune_points
from geo.travel.homes import NO_QUARTER, Homes, QuarterPart, parts_of_quarters, whole_parts
from geo.travel.internal import internal_distance_km
from geo.travel.times import Floats, Integers, Points

SIDE_M: Final = 200
"""Side of a square."""


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Squares in which people were counted.

    Parameters
    ----------
    codes
        Length m: commune of today that each is counted in.
    xy
        Shape (m, 2): the middles, metres, EPSG:2154.
    people
        Shape (m,), estimates with decimals, of the year of the grid.
    groups
        Shape (m,) each: what else is counted there, as households or people of an age.
    approached
        Shape (m,): whether the producer gives values there that are not those of the square
        itself.
    """

    codes: tuple[str, ...]
    xy: Floats
    people: Floats
    groups: Mapping[str, Floats]
    approached: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.codes)


@dataclass(frozen=True, slots=True)
class _Lone:
    """A home that is no square: of whom the grid has no square."""

    commune: int
    xy: tuple[float, float]
    internal_km: float
    quarter: int = NO_QUARTER
    quarter_people: float = 0.0


def homes_on(grid: Grid, reference: Reference, quarters: gpd.GeoDataFrame) -> Homes:
    """Return where people live, commune by commune in the order of the reference.

    The grid says where in a commune they live, the reference how many they are. A commune without
    a square is one home at its town hall. The people whom a quarter is known to have are those of
    its squares, in proportion; a quarter without a square is a home where nobody else lives.

    Parameters
    ----------
    quarters
        As :func:`geo.travel.homes.homes_of` takes them.
    """
    codes, halls = list(reference.communes), commune_points(reference)
    numbers = {code: number for number, code in enumerate(codes)}
    commune = np.array([numbers[code] for code in grid.codes], dtype=np.int64)
    quarter, quarter_people, lone = _in_quarters(grid, commune, reference, quarters)
    empty = np.setdiff1d(np.arange(len(codes)), commune)
    lone += [_Lone(n, tuple(halls.xy[n]), float(halls.internal_km[n])) for n in empty.tolist()]
    commune = np.concatenate([commune, np.array([one.commune for one in lone], dtype=np.int64)])
    order = np.argsort(commune, kind="stable")
    commune = commune[order]
    none = np.zeros(len(lone))

    def joined(of_squares: ArrayLike, of_lone: ArrayLike) -> Floats:
        return np.asarray(np.concatenate([of_squares, of_lone])[order], dtype=np.float64)

    return Homes(
        Points.of(
            [codes[number] for number in commune.tolist()],
            joined(grid.xy, np.array([one.xy for one in lone]).reshape(-1, 2)),
            halls.density[commune],
            joined(
                np.full(len(grid), MEAN_WAY * SIDE_M / 1000),
                np.array([one.internal_km for one in lone]),
            ),
        ),
        commune,
        joined(quarter, np.array([one.quarter for one in lone])).astype(np.int64),
        _whole(joined(grid.people, none), commune, reference),
        joined(quarter_people, np.array([one.quarter_people for one in lone])),
        {name: joined(counted, none) for name, counted in grid.groups.items()},
        joined(grid.approached, none).astype(bool),
    )


def _in_quarters(
    grid: Grid, commune: Integers, reference: Reference, quarters: gpd.GeoDataFrame
) -> tuple[Integers, Floats, list[_Lone]]:
    """Return the quarter of each square, its people there, and the quarters without a square."""
    quarter = np.full(len(grid), NO_QUARTER)
    people, lone = np.zeros(len(grid)), list[_Lone]()
    for number, part in _parts(reference, quarters):
        own = np.flatnonzero(commune == number)
        within = own[shapely.contains_xy(part.outline, *grid.xy[own].T)]
        counted = grid.people[within]
        if counted.sum() > 0:
            quarter[within] = part.quarter
            people[within] = part.people * counted / counted.sum()
        else:
            middle = shapely.get_coordinates(shapely.centroid(part.outline))
            (km,) = internal_distance_km(np.array([part.outline], dtype=object), middle)
            lone.append(_Lone(number, tuple(middle[0]), float(km), part.quarter, part.people))
    return quarter, people, lone


def _parts(reference: Reference, quarters: gpd.GeoDataFrame) -> Iterator[tuple[int, QuarterPart]]:
    """Yield what each commune has of the quarters, with the number of the commune."""
    outlines = reference.outlines(Level.COMMUNE).set_index("code").geometry
    of_communes = parts_of_quarters(quarters, outlines)
    for number, code in enumerate(reference.communes):
        yield from ((number, part) for part in of_communes.get(code, []))


def _whole(people: Floats, commune: Integers, reference: Reference) -> Floats:
    """Return whole numbers of people in proportion, whose sums are the communes' populations.

    Where the grid has nobody in a commune, they are all in its last home.
    """
    whole = np.zeros(len(people))
    ends = np.searchsorted(commune, np.arange(len(reference.communes) + 1))
    for one, start, end in zip(reference.communes.values(), ends, ends[1:], strict=False):
        whole[start:end] = whole_parts(people[start:end].tolist(), one.population)
    return whole
