"""Reading an OpenStreetMap extract: the ways and areas that a background is made of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any, Final, Protocol

import numpy as np
import shapely
from pyproj import Transformer

from geo.background.features import BackgroundError, Kind
from geo.crs import EXCHANGE, MEASURE
from geo.openstreetmap import open_pyosmium

BUILT_UP: Final = ("residential", "commercial", "industrial", "retail")
"""Values of ``landuse``."""
HIGHWAYS: Final = {
    "motorway": Kind.MOTORWAY,
    "trunk": Kind.TRUNK,
    "primary": Kind.PRIMARY,
    "secondary": Kind.SECONDARY,
}
WATERWAYS: Final = {"river": Kind.RIVER, "canal": Kind.CANAL}
MOST_POINTS: Final = 30_000_000
LONGEST_NAME: Final = 60
HEAD: Final = 64
FORMS: Final = ((b"OSMHeader", "pbf"), (b"<?xml", "osm"), (b"<osm", "osm"))
_REF: Final = re.compile(r"[A-Z]{1,2}\d{1,4}[A-Z0-9]{0,4}", re.ASCII)


class Tags(Protocol):
    """What pyosmium gives, and a dictionary."""

    def get(self, key: str, default: str) -> str:
        """Return the value of a key."""


@dataclass(slots=True)
class Raw:
    """What an extract holds: kinds, names, refs and shapes (metres, EPSG:2154), as many of each.

    Parameters
    ----------
    day
        Of which the extract is, ISO; empty where it does not say.
    broken
        Areas that are left out: their outline is not closed, or crosses itself.
    """

    day: str = ""
    broken: int = 0
    kinds: list[Kind] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    refs: list[str] = field(default_factory=list)
    shapes: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=object))


def read_extract(path: Path) -> Raw:
    """Read what a background is made of from a .osm.pbf or .osm file.

    A way stops where the extract was cut and its nodes are missing.

    Raises
    ------
    BackgroundError
        pyosmium is not installed, or the file is none, is damaged, or is that of a continent.
    """
    osmium = open_pyosmium(BackgroundError)
    raw, shapes = Raw(), list[shapely.Geometry]()
    points = 0
    try:
        processor = osmium.FileProcessor(osmium.io.File(str(path), _form(path)))
        raw.day = _day(processor.header.get("osmosis_replication_timestamp", ""))
        for kind, tags, shape in _shapes(osmium, processor):
            if shape is None:
                raw.broken += 1
                continue
            points += int(shapely.get_num_coordinates(shape))
            if points > MOST_POINTS:
                raise BackgroundError(
                    f"Extrait « {path.name} » : plus de {MOST_POINTS} points ; attendu une région."
                )
            raw.kinds.append(kind)
            raw.names.append(name_of(tags.get("name", "")) if kind.is_water else "")
            raw.refs.append(ref_of(tags.get("ref", "")) if kind.is_road else "")
            shapes.append(shape)
    except (RuntimeError, OSError, ValueError, shapely.GEOSException) as error:
        raise BackgroundError(
            f"Extrait « {path.name} » : illisible, endommagé ou coupé ; attendu un fichier "
            "OpenStreetMap (.osm.pbf, .osm)."
        ) from error
    raw.shapes = _in_metres(shapes)
    return raw


def kind_of(tags: Tags) -> Kind | None:
    """Return what a way is in a background, ``None`` for nothing; areas are judged apart.

    Sidings, yards and the tracks of a factory are no railway, slip roads no road.
    """
    if tags.get("area", "") == "yes":
        return None
    road = HIGHWAYS.get(tags.get("highway", ""))
    if road:
        return road
    water = WATERWAYS.get(tags.get("waterway", ""))
    if water:
        return water
    main_line = tags.get("railway", "") == "rail" and not tags.get("service", "")
    return Kind.RAIL if main_line and tags.get("usage", "") != "industrial" else None


def ref_of(text: str) -> str:
    """Return the first number of a road, as ``A26`` or ``D939E1``; empty for anything else."""
    first = re.sub(r"\s", "", text.partition(";")[0]).upper()
    return first if _REF.fullmatch(first) else ""


def name_of(text: str) -> str:
    """Return a name on one line; empty where it is longer than a name or holds other signs."""
    name = " ".join(text.split())
    return name if len(name) <= LONGEST_NAME and name.isprintable() else ""


def _form(path: Path) -> str:
    """Return the form of a file by what it begins with: a download has no suffix."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    return next((form for sign, form in FORMS if sign in head), "pbf")


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        return ""


def _shapes(
    osmium: ModuleType,
    processor: Any,  # noqa: ANN401 - pyosmium has no types
) -> Iterator[tuple[Kind, Tags, shapely.Geometry | None]]:
    """Yield each line and area; None for an area that cannot be put together."""
    factory = osmium.geom.WKBFactory()
    built_up = osmium.filter.TagFilter(*(("landuse", value) for value in BUILT_UP))
    wanted = osmium.filter.KeyFilter("highway", "waterway", "railway", "landuse")
    for item in processor.with_areas(built_up).with_filter(wanted):
        if item.is_area() and item.tags.get("landuse", "") in BUILT_UP:
            yield Kind.BUILT, item.tags, _area(factory, item)
        elif item.is_way() and (kind := kind_of(item.tags)):
            for line in _lines(item):
                yield kind, item.tags, line


def _area(factory: Any, area: Any) -> shapely.Geometry | None:  # noqa: ANN401 - pyosmium has no types
    try:
        written = factory.create_multipolygon(area)
    except RuntimeError:  # some of every extract: cut at its edge, or drawn wrong
        return None
    shape: shapely.Geometry = shapely.from_wkb(written)
    return shape


def _lines(way: Any) -> Iterator[shapely.LineString]:  # noqa: ANN401 - pyosmium has no types
    pieces: list[list[tuple[float, float]]] = [[]]
    for node in way.nodes:
        if node.location.valid():
            pieces[-1].append((node.location.lon, node.location.lat))
        else:
            pieces.append([])
    for piece in pieces:
        if len(piece) > 1:
            yield shapely.LineString(piece)


def _in_metres(shapes: list[shapely.Geometry]) -> np.ndarray:
    to_metres = Transformer.from_crs(EXCHANGE, MEASURE, always_xy=True).transform
    found: np.ndarray = shapely.transform(
        np.array(shapes, dtype=object), lambda xy: np.column_stack(to_metres(*xy.T))
    )
    return found
