"""The rows of a collection, ready to be asked: by place, by time, by value, and to be written."""

from contextlib import suppress
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import orjson
import pandas as pd
import shapely

from app.api.collection import Bounds, Collection
from app.api.systems import CRS84, Outlines, System
from app.api.times import Interval, of_column
from app.exports.tables import iterate_rows

Mask = npt.NDArray[np.bool_]
Moments = npt.NDArray[np.datetime64]

MOST_KEPT: Final = 20_000
"""Rows up to which what was written of each is kept; of more it is written each time."""
NOTHING: Final = b"null"


class Rows:
    """The rows of a collection; nothing of them changes.

    Parameters
    ----------
    collection
        Says what they are.
    frame
        As it loads them.
    """

    def __init__(self, collection: Collection, frame: pd.DataFrame) -> None:
        self.collection = collection
        self.frame = frame
        self._outlines: dict[str, Outlines] = {}
        self._trees: dict[str, shapely.STRtree] = {}
        self._times: dict[str, tuple[Moments, Moments]] = {}
        self._written: dict[tuple[str, int], bytes] = {}

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.frame)

    @cached_property
    def places(self) -> dict[str, int]:
        """The number of each row by its key."""
        return {str(key): number for number, key in enumerate(self.frame[self.collection.key])}

    def outlines(self, system: System) -> Outlines:
        """Return the geometry of each row in a system, rounded as it is written there."""
        if system.uri not in self._outlines:
            moved = _as_parts(system.write(self.frame["geometry"].to_numpy()))
            turned = shapely.orient_polygons(moved) if system.uri == CRS84 else moved
            self._outlines[system.uri] = turned
        return self._outlines[system.uri]

    def touching(self, shape: shapely.Geometry, system: System) -> Mask:
        """Tell which rows have ground in common with a shape of a system; all have without any."""
        found = np.ones(len(self), dtype=bool)
        if self.collection.geometry is None:
            return found
        if system.uri not in self._trees:
            self._trees[system.uri] = shapely.STRtree(self.outlines(system))
        found[:] = False
        found[self._trees[system.uri].query(shape, predicate="intersects")] = True
        return found

    def during(self, asked: Interval) -> Mask:
        """Tell which rows have a time in common with an interval; those without a date have."""
        if self.collection.dated is None:
            return np.ones(len(self), dtype=bool)
        starts, ends = self.times(self.collection.dated.name)
        unknown = np.isnat(starts)
        return unknown | ((starts <= asked.end) & (ends >= asked.start))

    def column(self, name: str) -> pd.Series:
        """Return a column as it is compared: numbers float64, else objects, None for unknown."""
        field = self.collection.field(name)
        values = self.frame[name]
        if field is not None and field.dtype in {"int", "float", "money"}:
            numbers: pd.Series = pd.to_numeric(values, errors="coerce").astype("float64")
            return numbers
        known = values.astype(object)
        return known.where(known.notna(), None)

    @cached_property
    def bounds(self) -> Bounds | None:
        """What the geometries lie in; None without any."""
        if self.collection.geometry is None or not len(self):
            return None
        west, south, east, north = shapely.total_bounds(self.frame["geometry"].to_numpy()).tolist()
        return west, south, east, north

    @cached_property
    def period(self) -> Interval | None:
        """From the first to the last date; None without any."""
        if self.collection.dated is None:
            return None
        starts, ends = self.times(self.collection.dated.name)
        known = ~np.isnat(starts)
        return Interval(starts[known].min(), ends[known].max()) if known.any() else None

    def write(self, numbers: npt.NDArray[np.intp], system: System) -> list[bytes]:
        """Write some rows as GeoJSON features, each without its last brace.

        An amount is a JSON number of at most two decimals; a value that is not known is ``null``.

        Parameters
        ----------
        numbers
            Of the rows, in the order wanted.
        """
        missing = [int(one) for one in numbers if (system.uri, int(one)) not in self._written]
        made = dict(zip(missing, self._features(missing, system), strict=True))
        if len(self) <= MOST_KEPT:
            self._written |= {(system.uri, number): text for number, text in made.items()}
            return [self._written[system.uri, int(number)] for number in numbers]
        return [made[int(number)] for number in numbers]

    def _features(self, numbers: list[int], system: System) -> list[bytes]:
        fields = self.collection.fields
        names = [field.name for field in fields]
        shapes = self._shapes(numbers, system)
        written = []
        for values, shape in zip(
            iterate_rows(fields, self.frame.iloc[numbers]), shapes, strict=True
        ):
            properties = dict(zip(names, values, strict=True))
            key = orjson.dumps(str(properties[self.collection.key]))
            body = orjson.dumps(properties, default=_plain)
            written.append(
                b'{"type":"Feature","id":%b,"geometry":%b,"properties":%b' % (key, shape, body)
            )
        return written

    def _shapes(self, numbers: list[int], system: System) -> list[bytes]:
        if self.collection.geometry is None:
            return [NOTHING] * len(numbers)
        texts: list[str] = shapely.to_geojson(self.outlines(system)[numbers]).tolist()
        return [text.encode() for text in texts]

    def times(self, name: str) -> tuple[Moments, Moments]:
        """Return the first and the last second of each date of a column, NaT for unknown."""
        if name not in self._times:
            pairs = [_interval(text) for text in self.frame[name]]
            nothing = np.datetime64("NaT", "s")
            self._times[name] = (
                np.array([pair.start if pair else nothing for pair in pairs], "datetime64[s]"),
                np.array([pair.end if pair else nothing for pair in pairs], "datetime64[s]"),
            )
        return self._times[name]


def _as_parts(outlines: Outlines) -> Outlines:
    """Return areas as areas of several parts, all of them: a client takes one kind for all."""
    single = np.flatnonzero(shapely.get_type_id(outlines) == shapely.GeometryType.POLYGON)
    parts = outlines.copy()
    parts[single] = shapely.multipolygons(outlines[single], indices=np.arange(len(single)))
    return parts


def _interval(text: object) -> Interval | None:
    """Return the interval of a cell; a day that no calendar has, as the 31st of June, has none."""
    with suppress(ValueError):
        return of_column(text) if isinstance(text, str) else None
    return None


def _plain(value: Any) -> Any:  # noqa: ANN401 - of a type that orjson lacks
    """Return a Decimal as a number; a column of another type has none but ours."""
    return float(value)
