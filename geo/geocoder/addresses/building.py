"""The index of streets and numbers, made row by row: 700 000 of them in some 60 MB."""

from array import array
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from pyproj import Transformer

from geo.crs import EXCHANGE, MEASURE
from geo.geocoder.addresses.index import HOUSE_COLUMNS, STREET_COLUMNS, House
from geo.geocoder.streets import whole_name
from geo.names import normalise

_Key = tuple[str, str, str]


@dataclass(slots=True)
class AddressRows:
    """Addresses as they are read, gathered by street.

    A street is a name in a commune, or in what was a commune: two hamlets that were joined may
    have a « rue Haute » each.
    """

    _ids: dict[_Key, int] = field(default_factory=dict)
    _names: list[str] = field(default_factory=list)
    _keys: dict[str, str] = field(default_factory=dict)
    _repeated: list[str] = field(default_factory=list)
    _street: "array[int]" = field(default_factory=lambda: array("i"))
    _number: "array[int]" = field(default_factory=lambda: array("i"))
    _along: "array[int]" = field(default_factory=lambda: array("b"))
    _lon: "array[float]" = field(default_factory=lambda: array("d"))
    _lat: "array[float]" = field(default_factory=lambda: array("d"))

    def add(self, street: tuple[str, str, str], house: House) -> None:
        """Add an address; a locality has the number 0.

        Parameters
        ----------
        street
            Code of today's commune; name as it is written; former commune, empty for none.
        """
        commune, name, former = street
        key = self._keys.get(name)
        if key is None:
            words = normalise(name)
            key = self._keys.setdefault(name, whole_name(words.split()) or words)
        place = self._ids.setdefault((commune, key, former), len(self._names))
        if place == len(self._names):
            self._names.append(name)
        self._street.append(place)
        self._number.append(house.number)
        self._repeated.append(house.repeated)
        self._along.append(house.along)
        self._lon.append(house.lon)
        self._lat.append(house.lat)

    def __len__(self) -> int:
        return len(self._street)

    @property
    def points(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Codes of the communes, longitudes, latitudes: one of each for an address."""
        codes = np.array([commune for commune, _, _ in self._ids])
        streets = np.frombuffer(self._street, dtype=np.int32)
        return codes[streets], np.frombuffer(self._lon), np.frombuffer(self._lat)

    def tables(self, kept: np.ndarray) -> tuple[pa.Table, pa.Table]:
        """Return the streets and their houses, in the order that they are looked up in.

        Parameters
        ----------
        kept
            Whether each address is to be kept, in the order in which they were added.
        """
        ids = sorted(self._ids.items())
        rank = np.empty(len(ids), dtype=np.int32)
        rank[[place for _, place in ids]] = np.arange(len(ids), dtype=np.int32)
        where = np.flatnonzero(kept)
        streets = rank[np.frombuffer(self._street, dtype=np.int32)[where]]
        numbers = np.frombuffer(self._number, dtype=np.int32)[where]
        order = np.lexsort((numbers, streets))
        where, streets, numbers = where[order], streets[order], numbers[order]
        lon, lat = np.frombuffer(self._lon)[where], np.frombuffer(self._lat)[where]
        present, first, count = np.unique(streets, return_index=True, return_counts=True)
        middles, reaches = _middles(lon, lat, first, count)
        houses = pa.table(
            [
                numbers,
                pa.array([self._repeated[place] for place in where], pa.string()),
                lon,
                lat,
                pa.array(np.frombuffer(self._along, dtype=np.int8)[where].astype(bool)),
            ],
            schema=HOUSE_COLUMNS,
        )
        chosen = [ids[place] for place in present]
        table = pa.table(
            [
                pa.array([int(commune) for (commune, _, _), _ in chosen], pa.int32()),
                pa.array([key for (_, key, _), _ in chosen]),
                pa.array([self._names[place] for _, place in chosen]),
                pa.array([former for (_, _, former), _ in chosen]),
                lon[middles],
                lat[middles],
                reaches.astype(np.float32),
                first.astype(np.int32),
                count.astype(np.int32),
            ],
            schema=STREET_COLUMNS,
        )
        return table, houses


def as_file(table: pa.Table) -> bytes:
    """Return a table as a file that can be mapped: one batch, not compressed."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table.combine_chunks())
    return bytes(sink.getvalue())


def _middles(
    lon: np.ndarray, lat: np.ndarray, first: np.ndarray, count: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the house in the middle of each street, and metres to the farthest one from it."""
    x, y = Transformer.from_crs(EXCHANGE, MEASURE, always_xy=True).transform(lon, lat)
    middles = np.empty(len(first), dtype=np.int64)
    reaches = np.empty(len(first))
    for street, (start, size) in enumerate(zip(first, count, strict=True)):
        xs, ys = x[start : start + size], y[start : start + size]
        apart = np.hypot(xs - np.median(xs), ys - np.median(ys))
        middle = int(apart.argmin())
        middles[street] = start + middle
        reaches[street] = np.hypot(xs - xs[middle], ys - ys[middle]).max()
    return middles, reaches
