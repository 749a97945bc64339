"""Reading the roads of an OpenStreetMap extract: runs of nodes that a car can drive."""

from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from pyproj import Geod

from geo.openstreetmap import open_pyosmium
from geo.travel.osm_tags import RoadSpeeds, Way, is_closed_barrier, judge
from geo.travel.times import TravelError

Progress = Callable[[int, int], None]
"""Called with the number of ways read, and of all ways."""

MOST_WAYS = 10_000_000
STEP = 5_000
GEOD = Geod(ellps="WGS84")


@dataclass(slots=True)
class Runs:
    """Runs of nodes driven without a break, one after the other in flat arrays.

    Parameters
    ----------
    nodes, lon, lat
        Length k: OSM identifier and position (degrees, WGS 84) of the nodes of all runs.
    sizes
        Length r: number of nodes of each run, two or more.
    kmh, forward, backward
        Length r: mean speed, and whether a run may be driven in its order and against it.
    """

    nodes: "array[int]" = field(default_factory=lambda: array("q"))
    lon: "array[float]" = field(default_factory=lambda: array("d"))
    lat: "array[float]" = field(default_factory=lambda: array("d"))
    sizes: "array[int]" = field(default_factory=lambda: array("q"))
    kmh: "array[float]" = field(default_factory=lambda: array("d"))
    forward: "array[int]" = field(default_factory=lambda: array("b"))
    backward: "array[int]" = field(default_factory=lambda: array("b"))

    def add(self, nodes: list[tuple[int, float, float]], way: Way) -> None:
        """Add a run; fewer than two nodes are no run."""
        if len(nodes) < 2:  # noqa: PLR2004 - a line has two ends
            return
        self.nodes.extend(node for node, _, _ in nodes)
        self.lon.extend(lon for _, lon, _ in nodes)
        self.lat.extend(lat for _, _, lat in nodes)
        self.sizes.append(len(nodes))
        self.kmh.append(way.kmh)
        self.forward.append(way.forward)
        self.backward.append(way.backward)


def read_roads(path: Path, speeds: RoadSpeeds, progress: Progress | None = None) -> Runs:
    """Read what a car can drive from an .osm, .osm.bz2 or .osm.pbf file.

    A way stops before a closed barrier, and where the extract was cut and its nodes are missing.
    The file is read twice: to count the ways, so that the progress is true, and to read them.

    Raises
    ------
    TravelError
        pyosmium is not installed, the file cannot be read, or holds no road.
    """
    osmium = open_pyosmium(TravelError)
    runs = Runs()
    barriers: set[int] = set()
    try:
        total = sum(1 for _ in _objects(osmium, path, osmium.osm.WAY))
        if total > MOST_WAYS:
            raise TravelError(
                f"Extrait « {path.name} » : {total} routes ; attendu un extrait régional."
            )
        done = 0
        for item in _objects(osmium, path, osmium.osm.NODE | osmium.osm.WAY):
            if item.is_node():
                if is_closed_barrier(item.tags):
                    barriers.add(item.id)
                continue
            way = judge(item.tags, speeds)
            if way is not None:
                _add_way(runs, item, way, barriers)
            done += 1
            if progress and (done % STEP == 0 or done == total):
                progress(done, total)
    except (RuntimeError, OSError, ValueError) as error:
        if isinstance(error, TravelError):
            raise
        raise TravelError(
            f"Extrait « {path.name} » : absent ou illisible ; attendu un fichier OpenStreetMap "
            "(.osm.pbf, .osm) dont les nœuds précèdent les chemins."
        ) from error
    if not runs.sizes:
        raise TravelError(f"Extrait « {path.name} » : aucune route ouverte aux voitures.")
    return runs


def _objects(osmium: ModuleType, path: Path, kinds: Any) -> Iterator[Any]:  # noqa: ANN401
    """Return the roads, ferries and barriers; with positions where nodes are read."""
    processor = osmium.FileProcessor(str(path), kinds)
    if kinds != osmium.osm.WAY:
        processor = processor.with_locations()
    yield from processor.with_filter(osmium.filter.KeyFilter("highway", "route", "barrier"))


def _add_way(runs: Runs, item: Any, way: Way, barriers: set[int]) -> None:  # noqa: ANN401
    nodes = [(n.ref, n.location) for n in item.nodes]
    pieces: list[list[tuple[int, float, float]]] = [[]]
    for node, place in nodes:
        if place.valid() and node not in barriers:
            pieces[-1].append((node, place.lon, place.lat))
        else:
            pieces.append([])
    whole = len(pieces) == 1
    if way.duration_min is not None and whole and len(nodes) > 1:
        metres = GEOD.line_length([n[1] for n in pieces[0]], [n[2] for n in pieces[0]])
        way = Way(metres / 1000 / way.duration_min * 60, way.forward, way.backward)
    if way.kmh > 0:
        for piece in pieces:
            runs.add(piece, way)
