"""The background: what it is made of, at which details, and the one file that holds it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

FILE: Final = "background/openstreetmap.parquet"
CREDIT: Final = "© les contributeurs d’OpenStreetMap, ODbL"
"""What the licence wants said wherever anything of it is shown (ODbL 1.0, article 4.3)."""
SCHEMA: Final = pa.schema(
    [(name, pa.string()) for name in ("detail", "kind", "name", "ref")] + [("shape", pa.binary())]
)
"""``shape`` is WKB, metres, EPSG:2154."""


class BackgroundError(Exception):
    """A background cannot be read; the message is a French sentence."""


class Kind(StrEnum):
    """What is drawn, in the order in which it is drawn: the first lies lowest."""

    BUILT = "built"
    RIVER = "river"
    CANAL = "canal"
    RAIL = "rail"
    SECONDARY = "secondary"
    PRIMARY = "primary"
    TRUNK = "trunk"
    MOTORWAY = "motorway"

    @property
    def is_road(self) -> bool:
        """Whether cars drive on it."""
        return self in ROADS

    @property
    def is_water(self) -> bool:
        """Whether boats go on it."""
        return self in {Kind.RIVER, Kind.CANAL}


ROADS: Final = (Kind.SECONDARY, Kind.PRIMARY, Kind.TRUNK, Kind.MOTORWAY)


class Detail(StrEnum):
    """How fine it is drawn, for the whole département, for a territory, for a commune."""

    FAR = "far"
    MIDDLE = "middle"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Feature:
    """Lines or an area.

    Parameters
    ----------
    name
        Of a river or a canal, empty where it has none.
    ref
        Number of a road, as ``A26``, empty where it has none.
    shape
        Lines, or a polygon where the kind is :attr:`Kind.BUILT`; metres, EPSG:2154.
    """

    kind: Kind
    name: str
    ref: str
    shape: shapely.Geometry


Background = dict[Detail, tuple[Feature, ...]]
"""Features of each detail, those that lie lowest first."""


def write_background(background: Background) -> bytes:
    """Return the file of a background."""
    rows = [(detail, one) for detail in Detail for one in background[detail]]
    table = pa.table(
        {
            "detail": [str(detail) for detail, _ in rows],
            "kind": [str(one.kind) for _, one in rows],
            "name": [one.name for _, one in rows],
            "ref": [one.ref for _, one in rows],
            "shape": [shapely.to_wkb(one.shape) for _, one in rows],
        },
        schema=SCHEMA,
    )
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    return bytes(sink.getvalue())


def read_background(data: Path) -> Background | None:
    """Return the background among the facts, None where none was taken.

    Raises
    ------
    BackgroundError
        The file is damaged.
    """
    path = data / FILE
    if not path.is_file():
        return None
    try:
        columns = pq.read_table(path, schema=SCHEMA).to_pydict()
        shapes = shapely.from_wkb(np.array(columns.pop("shape"), dtype=object))
        background: dict[Detail, list[Feature]] = {detail: [] for detail in Detail}
        rows = zip(*columns.values(), shapes, strict=True)
        for detail, kind, name, ref, shape in rows:
            background[Detail(detail)].append(Feature(Kind(kind), name, ref, shape))
    except (
        OSError,
        ValueError,
        pa.ArrowInvalid,
        pa.ArrowTypeError,
        shapely.GEOSException,
    ) as error:
        raise BackgroundError(f"Fichier {FILE} : illisible ou endommagé.") from error
    return {detail: tuple(features) for detail, features in background.items()}


def kilometres(features: Iterable[Feature]) -> float:
    """Return the length of the lines among features."""
    return sum(shapely.length(one.shape) for one in features if one.kind is not Kind.BUILT) / 1000
