"""Streets, numbers and localities, from the Base Adresse Nationale: they feed the geocoder."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
from pyproj import Transformer

from geo.crs import EXCHANGE, MEASURE
from geo.geocoder.addresses.building import AddressRows, as_file
from geo.geocoder.addresses.index import HOUSES, LOCALITIES, STREETS, House
from geo.perimeter import UnknownPlaceError
from geo.reference.places import Reference
from layers.connectors.declaration import Connector, ConnectorError, Direct, Feed, Taken
from layers.connectors.positions import far_from_commune, refuse_mixed_up
from layers.connectors.reading import stream_rows
from layers.french.wording import plural
from layers.model.points import FARTHEST_OUTSIDE

SITE: Final = "https://adresse.data.gouv.fr"
LATEST: Final = f"{SITE}/data/ban/adresses/latest/csv"
ORIGINS: Final = (SITE, "https://object.files.data.gouv.fr", "https://static.data.gouv.fr")
ADDRESS_COLUMNS: Final = (
    *("numero", "rep", "nom_voie", "code_insee", "nom_ancienne_commune", "lon", "lat"),
    "type_position",
)
LOCALITY_COLUMNS: Final = ("nom_lieu_dit", "code_insee", "nom_ancienne_commune", "lon", "lat")
ALONG: Final = "segment"
"""Kind of position of a number whose point was only reckoned along its street."""
MOST_ADDRESSES: Final = 2_000_000
FOLDER: Final = "gazetteer"

_Read = Callable[[list[str]], tuple[str, str, str, House]]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressFeed(Feed):
    """Feeds the geocoder.

    Parameters
    ----------
    read
        Code of the commune, name, former commune and house of one row.
    """

    read: _Read

    def make(
        self, path: Path, connector: Connector, reference: Reference, _data: Path, _at: date
    ) -> Taken:
        """Return the index of a file's rows; raises ConnectorError.

        A row without a point is left out, and so is one that lies far from its commune.
        """
        rows, unplaced = self._gather(path, connector, reference)
        if not len(rows):
            raise ConnectorError(f"{connector.title} : aucune adresse avec un point.")
        near = _near_commune(rows, reference)
        far = len(rows) - int(near.sum())
        refuse_mixed_up(far, len(rows))
        streets, houses = rows.tables(near)
        told = (
            *_tell(unplaced, "sans point"),
            *_tell(far, f"à plus de {FARTHEST_OUTSIDE} m de sa commune"),
        )
        made = {Path(file).name: file for file in self.files}
        tables: dict[str, pa.Table] = {STREETS: streets, LOCALITIES: streets, HOUSES: houses}
        content = {file: as_file(tables[name]) for name, file in made.items()}
        return Taken(content, int(near.sum()), told=told)

    def _gather(
        self, path: Path, connector: Connector, reference: Reference
    ) -> tuple[AddressRows, int]:
        rows, unplaced = AddressRows(), 0
        codes: dict[str, str] = {}
        for line, row in stream_rows(path, connector):
            code, name, former, house = self.read(row)
            if code not in codes:
                codes[code] = _today(code, line, reference)
            if not (house.lon and house.lat) or not name:
                unplaced += 1
                continue
            if len(rows) == MOST_ADDRESSES:
                raise ConnectorError(f"{connector.title} : plus de {MOST_ADDRESSES} lignes.")
            rows.add((codes[code], name, former), house)
        return rows, unplaced


def _today(code: str, line: int, reference: Reference) -> str:
    try:
        return reference.resolve_code(code)[0]
    except UnknownPlaceError as error:
        raise ConnectorError(f"Ligne {line} : {error}") from error


def read_address(row: list[str]) -> tuple[str, str, str, House]:
    """Return code of the commune, street, former commune and house of a row of addresses."""
    number, repeated, name, code, former, lon, lat, kind = row
    house = House(
        int(number) if number.isdecimal() else 0,
        repeated.lower(),
        _degrees(lon),
        _degrees(lat),
        kind == ALONG,
    )
    return code, name, former, house


def read_locality(row: list[str]) -> tuple[str, str, str, House]:
    """Return code of the commune, name, former commune and point of a row of localities."""
    name, code, former, lon, lat = row
    return code, name, former, House(0, "", _degrees(lon), _degrees(lat), along=False)


def _degrees(text: str) -> float:
    try:
        degrees = float(text)
    except ValueError:
        return 0.0
    return degrees if abs(degrees) <= 180 else 0.0  # noqa: PLR2004 - there are no more


def _near_commune(rows: AddressRows, reference: Reference) -> np.ndarray:
    """Tell of each address whether it lies in its commune, or near the generalised outline."""
    codes, lon, lat = rows.points
    to_metres = Transformer.from_crs(EXCHANGE, MEASURE, always_xy=True).transform
    return ~far_from_commune(codes, np.column_stack(to_metres(lon, lat)), reference)


def _tell(count: int, why: str) -> Iterator[str]:
    if count:
        yield f"{plural(count, 'adresse laissée de côté', 'adresses laissées de côté')}, {why}."


CONNECTOR: Final = Connector(
    id="ban",
    feed=AddressFeed(
        title="le géocodeur (rues et numéros)",
        files=(f"{FOLDER}/{STREETS}", f"{FOLDER}/{HOUSES}"),
        read=read_address,
        about=700_000,
    ),
    title="Base Adresse Nationale, adresses du Pas-de-Calais",
    producer="IGN et DINUM, avec les communes",
    licence="Licence Ouverte 2.0",
    address=f"{LATEST}/",
    where=Direct(f"{LATEST}/adresses-62.csv.gz", ORIGINS),
    columns=ADDRESS_COLUMNS,
    rhythm=30,
    most_bytes=200_000_000,
)
LIEUX_DITS: Final = Connector(
    id="lieux-dits",
    feed=AddressFeed(
        title="le géocodeur (lieux-dits)",
        files=(f"{FOLDER}/{LOCALITIES}",),
        read=read_locality,
        about=10_000,
    ),
    title="Base Adresse Nationale, lieux-dits du Pas-de-Calais",
    producer="IGN et DINUM, avec les communes",
    licence="Licence Ouverte 2.0",
    address=f"{LATEST}/",
    where=Direct(f"{LATEST}/lieux-dits-62-beta.csv.gz", ORIGINS),
    columns=LOCALITY_COLUMNS,
    rhythm=180,
    change=0.9,
)
