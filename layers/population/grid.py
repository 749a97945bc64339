"""The grid of 200 m of Filosofi, once it was taken: people, households and ages by square."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from pyproj import Transformer

from geo.crs import MEASURE
from geo.perimeter import UnknownPlaceError
from geo.reference.places import Reference
from geo.travel.grid import SIDE_M, Grid
from geo.travel.times import Floats
from layers.model.layer import LayerError, Source

FILE: Final = "population/grid.parquet"
GRID_CRS: Final = 3035
"""EPSG code of the system of the grid, equal-area over Europe (regulation INSPIRE)."""
HOUSEHOLDS: Final = "households"
AGE_GROUPS: Final[Mapping[str, tuple[int, int]]] = {
    "age_0_3": (0, 4),
    "age_4_5": (4, 6),
    "age_6_10": (6, 11),
    "age_11_17": (11, 18),
    "age_18_24": (18, 25),
    "age_25_39": (25, 40),
    "age_40_54": (40, 55),
    "age_55_64": (55, 65),
    "age_65_79": (65, 80),
    "age_80_plus": (80, 95),
}
"""Ages from and before; the last group is as if it ended there."""
AMOUNTS: Final = ("people", HOUSEHOLDS, *AGE_GROUPS)
SCHEMA: Final = pa.schema(
    [
        ("commune_code", pa.string()),
        ("x", pa.int32()),
        ("y", pa.int32()),
        ("approached", pa.bool_()),
        *((name, pa.float32()) for name in AMOUNTS),
    ]
)
"""``x`` and ``y`` are the lower left corner of a square, metres, EPSG:3035."""
GRID_SOURCE: Final = Source(
    "Données carroyées à 200 m (Filosofi)",
    "Insee, DGFiP, Cnaf, Cnav et CCMSA",
    "Licence Ouverte 2.0",
    "pas encore pris",
    "https://www.insee.fr/fr/statistiques/8735162",
)


def write_grid(table: pa.Table) -> bytes:
    """Return the file of a table of :data:`SCHEMA`."""
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    return bytes(sink.getvalue())


def read_grid(reference: Reference, data: Path) -> Grid | None:
    """Return the grid, None where none was taken.

    Raises
    ------
    LayerError
        The file is damaged, or of other communes.
    """
    path = data / FILE
    if not path.is_file():
        return None
    try:
        table = pq.read_table(path, schema=SCHEMA)
    except (OSError, pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise LayerError(f"Fichier {FILE} : illisible ou endommagé.") from error
    amounts = {name: table[name].to_numpy().astype(np.float64) for name in AMOUNTS}
    corners = np.column_stack([table["x"].to_numpy(), table["y"].to_numpy()])
    return Grid(
        _today(table["commune_code"].to_pylist(), reference),
        middles_of(corners),
        amounts.pop("people"),
        amounts,
        table["approached"].to_numpy(),
    )


def middles_of(corners: Floats) -> Floats:
    """Return the middles of squares, shape (m, 2), EPSG:2154, from their lower left corners."""
    to_metres = Transformer.from_crs(GRID_CRS, MEASURE, always_xy=True).transform
    return np.column_stack(to_metres(*(corners + SIDE_M / 2).T))


def _today(codes: list[str], reference: Reference) -> tuple[str, ...]:
    """Return codes of today: what was taken may be older than the reference."""
    try:
        known = {code: reference.resolve_code(code)[0] for code in set(codes)}
    except UnknownPlaceError as error:
        raise LayerError(f"Fichier {FILE} : {error}") from error
    return tuple(known[code] for code in codes)


@dataclass(frozen=True, slots=True)
class GridBesideCensus:
    """What the squares of the département count, beside its population.

    Parameters
    ----------
    people
        In all squares.
    population
        Of the communes, by the reference.
    approached
        People of squares without values of their own.
    apart
        Communes whose squares count otherwise than their population, and by what share: the
        farthest apart first.
    """

    people: float
    population: int
    approached: float
    apart: tuple[tuple[str, float], ...]


APART: Final = 0.15
"""Share of its population by which the squares of a commune may count otherwise.

The grid counts who lives in an ordinary household that the taxes know, two years before the census:
hostels, prisons and boarding schools are not in it.
"""


def beside_census(grid: Grid, reference: Reference) -> GridBesideCensus:
    """Compare the sums of the squares of each commune with its population."""
    communes = reference.communes
    sums = dict.fromkeys(communes, 0.0)
    for code, people in zip(grid.codes, grid.people.tolist(), strict=True):
        sums[code] += people
    shares = {c: sums[c] / one.population - 1 for c, one in communes.items() if one.population}
    apart = sorted((c for c in shares if abs(shares[c]) > APART), key=lambda c: -abs(shares[c]))
    return GridBesideCensus(
        float(grid.people.sum()),
        sum(one.population for one in communes.values()),
        float(grid.people[grid.approached].sum()),
        tuple((communes[c].name, shares[c]) for c in apart),
    )
