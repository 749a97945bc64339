"""Official outlines of the quartiers prioritaires of 2024, from the ANCT's file of all France."""

import tempfile
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import orjson
import shapely
from shapely.errors import GEOSException
from shapely.geometry import shape

from geo.crs import EXCHANGE, MEASURE
from geo.reference.places import Reference
from layers.connectors.declaration import (
    DATA_GOUV,
    Connector,
    ConnectorError,
    DataGouv,
    Feed,
    Taken,
)
from layers.connectors.reading import open_plain
from layers.priority_districts import (
    CODES,
    OFFICIAL_OUTLINES,
    PUBLISHED_METRES,
    QPV,
    TABLE,
    read_outlines,
)

CODE: Final = CODES[0]
LEAST_SHARED: Final = 0.5
"""Share of an embedded outline that the official one must cover: else codes have been mixed up."""


class DistrictOutlines(Feed):
    """Feeds the outlines of the quartiers; their names and inhabitants stay the embedded ones."""

    def usual(self, data: Path) -> int:
        """Return how many quartiers the département has."""
        return len(TABLE.texts(data))

    def make(
        self, path: Path, connector: Connector, _reference: Reference, data: Path, _at: date
    ) -> Taken:
        """Return the outlines of the quartiers that are known; raises ConnectorError."""
        known = read_outlines(data).to_crs(MEASURE)
        found = read_areas(path, connector, lambda properties: str(properties[CODE]))
        missing = [code for code in known.index if code not in found]
        if missing:
            raise ConnectorError(
                f"{connector.title} : pas de contour du quartier {missing[0]}, "
                f"{len(known)} attendus, {len(known) - len(missing)} trouvés."
            )
        ours = gpd.GeoSeries({code: found[code] for code in known.index}, crs=EXCHANGE)
        _refuse_others(ours.to_crs(MEASURE), known, connector)
        frame = gpd.GeoDataFrame({CODE: ours.index}, geometry=ours.to_numpy(), crs=EXCHANGE)
        return Taken({OFFICIAL_OUTLINES: _as_geopackage(frame)}, len(frame))


def read_areas(
    path: Path, connector: Connector, code_of: Callable[[dict[str, Any]], str]
) -> dict[str, shapely.Geometry]:
    """Return the valid areas of a GeoJSON file by the code in their properties.

    Raises
    ------
    ConnectorError
        It is no such file, it is cut, or a property is missing.
    """
    try:
        with open_plain(path, connector, ".geojson") as stream:
            features: list[dict[str, Any]] = orjson.loads(stream.read())["features"]
        return {
            code_of(feature["properties"]): shapely.make_valid(shape(feature["geometry"]))
            for feature in features
            if feature["geometry"]["type"] in {"Polygon", "MultiPolygon"}
        }
    except KeyError as error:
        raise ConnectorError(f"{connector.title} : « {error.args[0]} » absent.") from error
    except (ValueError, TypeError, EOFError, OSError, zlib.error, GEOSException) as error:
        raise ConnectorError(f"{connector.title} : fichier endommagé ou coupé.") from error


def _refuse_others(ours: gpd.GeoSeries, known: gpd.GeoSeries, connector: Connector) -> None:
    shared = ours.intersection(known, align=False).area / known.area
    for code, share in shared.items():
        if not (share >= LEAST_SHARED and ours[code].geom_type.endswith("Polygon")):
            raise ConnectorError(
                f"{connector.title} : le contour du quartier {code} n’est pas où on l’attend."
            )


def _as_geopackage(frame: gpd.GeoDataFrame) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(OFFICIAL_OUTLINES).name
        frame.to_file(path, driver="GPKG")
        return path.read_bytes()


CONNECTOR: Final = Connector(
    id="qpv",
    feed=DistrictOutlines(
        files=(OFFICIAL_OUTLINES,),
        title="les contours des quartiers prioritaires",
        layer=QPV,
        cited=QPV.id,
        remark=f"Contours officiels, à {PUBLISHED_METRES} mètres près ; noms et habitants tels que "
        "le projet les a.",
        replaces=QPV.sources[0].title,
    ),
    title="Quartiers prioritaires de la politique de la ville 2024",
    producer="Agence nationale de la cohésion des territoires (ANCT)",
    licence="Licence Ouverte 2.0",
    address=f"{DATA_GOUV}/datasets/5a561801c751df42d7fca9b6/",
    where=DataGouv("5a561801c751df42d7fca9b6", r"qpv.?2024.*geojson", form=""),
    columns=(CODE,),
    rhythm=2_000,
    change=0.0,
)
