"""The streets and numbers of the communes, mapped from the disk and read as they are asked for."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

import numpy as np
import pyarrow as pa

from geo.geocoder.streets import Street
from geo.tables import DamagedReferenceError

STREETS: Final = "ban_streets.arrow"
HOUSES: Final = "ban_houses.arrow"
LOCALITIES: Final = "ban_localities.arrow"

STREET_COLUMNS: Final = pa.schema(
    [
        ("commune", pa.int32()),
        ("key", pa.string()),
        ("name", pa.string()),
        ("former", pa.string()),
        ("lon", pa.float64()),
        ("lat", pa.float64()),
        ("reach", pa.float32()),
        ("first", pa.int32()),
        ("count", pa.int32()),
    ]
)
"""Of streets and of localities, in the order of ``commune``; localities have no house."""

HOUSE_COLUMNS: Final = pa.schema(
    [
        ("number", pa.int32()),
        ("repeated", pa.string()),
        ("lon", pa.float64()),
        ("lat", pa.float64()),
        ("along", pa.bool_()),
    ]
)
"""Of houses, those of a street together and in the order of their numbers."""

ACROSS: Final = 4
"""Numbers by which a house on the other side of the street counts as farther."""
SAME: Final = {"b": "bis", "t": "ter", "q": "quater"}
"""What stands behind a number, shortened."""


@dataclass(frozen=True, slots=True)
class KnownStreet:
    """A street or a locality of one commune.

    Parameters
    ----------
    name
        As its commune writes it.
    former
        Name of the former commune that it lies in; empty where there is none.
    lon, lat
        Degrees, WGS 84: the house in its middle, or the point of the locality.
    reach
        Metres from there to its farthest house.
    first, count
        Its houses.
    """

    name: str
    former: str
    lon: float
    lat: float
    reach: float
    first: int
    count: int


@dataclass(frozen=True, slots=True)
class House:
    """A number in a street.

    Parameters
    ----------
    lon, lat
        Degrees, WGS 84.
    along
        Whether its point was only reckoned along the street.
    """

    number: int
    repeated: str
    lon: float
    lat: float
    along: bool


Named = Mapping[str, tuple[KnownStreet, ...]]
"""Streets by the one spelling of their name (:func:`geo.geocoder.streets.whole_name`)."""


class Addresses:
    """What is known of the streets of the département.

    Parameters
    ----------
    streets, localities
        With :data:`STREET_COLUMNS`; ``None`` where there are none.
    houses
        With :data:`HOUSE_COLUMNS`, those of ``streets``.
    """

    def __init__(
        self, streets: pa.Table | None, houses: pa.Table | None, localities: pa.Table | None
    ) -> None:
        self._streets, self._houses, self._localities = streets, houses, localities
        self._known: dict[tuple[str, bool], Named] = {}
        if houses is not None:
            self._numbers = houses["number"].chunk(0).to_numpy()
            self._points = tuple(houses[name].chunk(0).to_numpy() for name in ("lon", "lat"))

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Map what the folder holds; nothing is known where it holds nothing.

        Raises
        ------
        geo.tables.DamagedReferenceError
            A file is damaged.
        """
        streets = _map(folder / STREETS, STREET_COLUMNS)
        houses = _map(folder / HOUSES, HOUSE_COLUMNS) if streets is not None else None
        if houses is None:
            streets = None
        return cls(streets, houses, _map(folder / LOCALITIES, STREET_COLUMNS))

    def __bool__(self) -> bool:
        return self._streets is not None

    def streets(self, code: str) -> Named:
        """Return the streets of a commune; none where it is not known."""
        return self._of(code, localities=False)

    def localities(self, code: str) -> Named:
        """Return the localities of a commune, « lieux-dits »."""
        return self._of(code, localities=True)

    def houses(self, street: KnownStreet, number: int, repeated: str) -> list[House]:
        """Return the houses of a number: more than one where the street bears it twice."""
        found = self._between(street, number, number)
        return [house for house in found if _same(house.repeated, repeated)]

    def nearest(self, street: KnownStreet, number: int) -> House | None:
        """Return the house whose number is nearest, rather on the same side of the street."""
        numbers = self._numbers[street.first : street.first + street.count]
        if not len(numbers):
            return None
        apart = np.abs(numbers - number) + ACROSS * (numbers % 2 != number % 2)
        return self._house(street.first + int(apart.argmin()))

    def knows(self, code: str, street: Street) -> bool:
        """Tell whether a commune has such a house, or such a street where no number is given."""
        found = self.streets(code).get(street.name, ())
        if not street.number:
            return bool(found)
        return any(self.houses(one, int(street.number), street.repeated) for one in found)

    def _of(self, code: str, *, localities: bool) -> Named:
        table = self._localities if localities else self._streets
        if table is None:
            return {}
        if (code, localities) not in self._known:
            self._known[code, localities] = _read(table, code)
        return self._known[code, localities]

    def _between(self, street: KnownStreet, low: int, high: int) -> list[House]:
        numbers = self._numbers[street.first : street.first + street.count]
        start, end = np.searchsorted(numbers, low), np.searchsorted(numbers, high, "right")
        return [self._house(street.first + place) for place in range(int(start), int(end))]

    def _house(self, place: int) -> House:
        assert self._houses is not None  # noqa: S101 - a street is known by its houses
        lon, lat = (float(degrees[place]) for degrees in self._points)
        repeated, along = (self._houses[name][place].as_py() for name in ("repeated", "along"))
        return House(int(self._numbers[place]), repeated, lon, lat, along)


def _read(table: pa.Table, code: str) -> Named:
    if not code.isdigit():
        return {}
    communes = table["commune"].chunk(0).to_numpy()
    start, end = np.searchsorted(communes, int(code)), np.searchsorted(communes, int(code), "right")
    named: defaultdict[str, list[KnownStreet]] = defaultdict(list)
    _, keys, *columns = (column.to_pylist() for column in table.slice(start, end - start).columns)
    for key, *row in zip(keys, *columns, strict=True):
        named[key].append(KnownStreet(*row))
    return {key: tuple(found) for key, found in named.items()}


def _same(ours: str, theirs: str) -> bool:
    return SAME.get(ours, ours) == SAME.get(theirs, theirs)


def _map(path: Path, columns: pa.Schema) -> pa.Table | None:
    try:
        table = pa.ipc.open_file(pa.memory_map(str(path))).read_all()
    except FileNotFoundError:
        return None
    except (OSError, pa.ArrowInvalid) as error:
        raise DamagedReferenceError(f"Fichier {path.name} : illisible ou endommagé.") from error
    if not table.schema.equals(columns) or not table.num_rows:
        raise DamagedReferenceError(f"Fichier {path.name} : colonnes inattendues, ou aucune ligne.")
    return table
