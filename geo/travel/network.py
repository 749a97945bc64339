"""The road network: made once from an extract, kept in a file, a sparse graph of minutes."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from geo.crs import EXCHANGE, MEASURE
from geo.travel.osm import Progress, Runs, read_roads
from geo.travel.osm_tags import RoadSpeeds
from geo.travel.times import Floats, Integers, Minutes, TravelError
from geo.whole_file import whole_file

FORMAT = 1
"""To be raised when the network is built otherwise, so that kept files are made again."""

STEP_M = 250.0
"""Along a road without crossings a node is kept this often, to start a trip from."""

SMALLEST_ISLAND = 100
"""Nodes of a part of the network from which trips may start, where the whole has as many."""


@dataclass(frozen=True, slots=True, eq=False)
class RoadNetwork:
    """Crossings, and the minutes by car from one to the next.

    Parameters
    ----------
    name
        Name of the extract, for messages.
    xy
        Shape (n, 2), metres, EPSG:2154.
    minutes
        Shape (n, n), sparse: the fastest direct road from one node to another, above zero.
    entry
        Shape (n,), bool: nodes that a trip may start from, because enough others can be reached
        from them and back; not the scraps that an extract has at its edges.
    """

    name: str
    xy: Floats
    minutes: Minutes
    entry: NDArray[np.bool_]

    @classmethod
    def build(cls, name: str, runs: Runs) -> Self:
        """Join runs of nodes into a network; they are driven at one speed each."""
        nodes, first, node = np.unique(runs.nodes, return_index=True, return_inverse=True)
        to_metres = Transformer.from_crs(EXCHANGE, MEASURE, always_xy=True).transform
        xy = np.column_stack(to_metres(np.asarray(runs.lon)[first], np.asarray(runs.lat)[first]))
        sizes = np.asarray(runs.sizes)
        run = np.repeat(np.arange(len(sizes)), sizes)
        inner = run[1:] == run[:-1]
        metres = np.where(inner, np.hypot(*(xy[node[1:]] - xy[node[:-1]]).T), 0)
        travelled = np.concatenate([[0], np.cumsum(metres)])
        at = np.flatnonzero(_kept(node, run, travelled, len(nodes)))
        pair = run[at[1:]] == run[at[:-1]]
        start, end = at[:-1][pair], at[1:][pair]
        minutes = (travelled[end] - travelled[start]) / np.asarray(runs.kmh)[run[start]] * 0.06
        ends = _join(node[start], node[end], minutes, runs, run[start])
        kept = np.unique(node[at])
        rows, columns = np.searchsorted(kept, ends[0]), np.searchsorted(kept, ends[1])
        graph = csr_array((ends[2], (rows, columns)), shape=(len(kept), len(kept)))
        return cls(name, xy[kept], graph, _entries(graph))

    def save(self, path: Path) -> None:
        """Write the network; a reader never sees half a file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path) as part, part.open("wb") as file:
            np.savez(
                file,
                name=np.array(self.name),
                xy=self.xy,
                data=self.minutes.data,
                indices=self.minutes.indices,
                indptr=self.minutes.indptr,
                entry=self.entry,
            )

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what :meth:`save` wrote.

        Raises
        ------
        TravelError
            The file is missing or damaged.
        """
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as held:
                xy = held["xy"]
                arrays = (held["data"], held["indices"], held["indptr"])
                graph = csr_array(arrays, shape=(len(xy), len(xy)))
                graph.check_format()
                return cls(str(held["name"]), xy, graph, held["entry"])
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            raise TravelError(
                f"Réseau routier « {path.name} » : absent ou abîmé ; effacez-le et relancez, "
                "il sera refait à partir de l’extrait."
            ) from error


def open_network(
    extract: Path, cache: Path, speeds: RoadSpeeds | None = None, progress: Progress | None = None
) -> RoadNetwork:
    """Return the network of an extract, made now or kept from a former time.

    Parameters
    ----------
    extract
        OpenStreetMap file.
    cache
        Folder of kept networks; one made from another state of the extract, or with other
        speeds, is another file.
    speeds
        The default speeds when left out.
    progress
        Told of the reading; not called when the network is there already.

    Raises
    ------
    TravelError
        The extract cannot be read, holds no road, or pyosmium is not installed.
    """
    speeds = speeds or RoadSpeeds()
    try:
        state = extract.stat()
    except OSError as error:
        raise TravelError(f"Extrait « {extract.name} » : fichier absent ou illisible.") from error
    stamp = [FORMAT, STEP_M, extract.name, state.st_size, state.st_mtime_ns, asdict(speeds)]
    digest = hashlib.sha256(json.dumps(stamp, sort_keys=True).encode()).hexdigest()
    path = cache / f"routes-{digest[:16]}.npz"
    if path.exists():
        return RoadNetwork.load(path)
    network = RoadNetwork.build(extract.name, read_roads(extract, speeds, progress))
    network.save(path)
    return network


def _kept(node: Integers, run: Integers, travelled: Floats, count: int) -> NDArray[np.bool_]:
    """Tell which places of the runs stay: ends, crossings, and one every step of the way."""
    ends = np.ones(len(node) + 1, dtype=bool)
    ends[1:-1] = run[1:] != run[:-1]
    end = ends[:-1] | ends[1:]
    crossing = np.bincount(node, minlength=count) > 1
    crossing[node[end]] = True
    steps = np.floor((travelled - travelled[ends[:-1]][run]) / STEP_M)
    step = np.concatenate([[False], steps[1:] > steps[:-1]])
    return np.asarray(crossing[node] | step)


def _join(
    start: Integers, end: Integers, minutes: Floats, runs: Runs, run: Integers
) -> tuple[Integers, Integers, Floats]:
    """Return one edge for each pair of nodes that may be driven: the fastest."""
    forward = np.asarray(runs.forward, dtype=bool)[run]
    backward = np.asarray(runs.backward, dtype=bool)[run]
    rows = np.concatenate([start[forward], end[backward]])
    columns = np.concatenate([end[forward], start[backward]])
    weights = np.concatenate([minutes[forward], minutes[backward]])
    useful = (rows != columns) & (weights > 0)
    rows, columns, weights = rows[useful], columns[useful], weights[useful]
    order = np.lexsort((weights, columns, rows))
    rows, columns, weights = rows[order], columns[order], weights[order]
    first = np.ones(len(rows), dtype=bool)
    first[1:] = (rows[1:] != rows[:-1]) | (columns[1:] != columns[:-1])
    return rows[first], columns[first], weights[first]


def _entries(graph: Minutes) -> NDArray[np.bool_]:
    _, part = connected_components(graph, directed=True, connection="strong")
    sizes = np.bincount(part)
    return np.asarray(sizes[part] >= min(SMALLEST_ISLAND, sizes.max()))
