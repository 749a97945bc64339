"""Outlines of communes read from what holds them: a file of the operator, or geo.api.gouv.fr."""

from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import orjson
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError

from geo.crs import EXCHANGE
from geo.finer_outlines.match import DEPARTEMENT_PREFIX, OutlineError
from geo.http_service import BrokenAnswerError, HttpService, RequestPolicy

ADDRESS: Final = "https://geo.api.gouv.fr"
PATH: Final = (
    f"/departements/{DEPARTEMENT_PREFIX}/communes"
    "?fields=code,nom,contour&format=geojson&geometry=contour"
)
LARGEST_ANSWER: Final = 100_000_000
MOST_ROWS: Final = 50_000
"""France has some 35 000 communes."""
SUFFIXES: Final = (".gpkg", ".shp", ".zip", ".geojson", ".json")
CODE_COLUMNS: Final = ("insee_com", "code_insee", "codgeo", "com", "insee", "code")
COMMUNE_LAYERS: Final = ("commune", "communes")


def read_file(path: Path) -> gpd.GeoDataFrame:
    """Read the communes of the département from a GeoPackage, Shapefile or GeoJSON.

    Returns
    -------
    geopandas.GeoDataFrame
        ``code``, ``geometry`` in the CRS of the file.

    Raises
    ------
    OutlineError
        The file is missing or damaged, or no layer of polygons has a column of codes.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise OutlineError(
            f"Fichier « {path.name} » : un GeoPackage, un Shapefile (.shp ou .zip) ou un GeoJSON "
            "est attendu."
        )
    if not path.is_file():
        raise OutlineError(f"Fichier « {path} » absent.")
    try:
        return _read_layer(path)
    except (DataSourceError, DataLayerError, ValueError, OSError, RuntimeError) as error:
        raise OutlineError(f"Fichier « {path.name} » : illisible ou endommagé.") from error


def _read_layer(path: Path) -> gpd.GeoDataFrame:
    layers = [str(name) for name, kind in pyogrio.list_layers(path) if _holds_polygons(kind)]
    layers.sort(key=lambda name: name.lower() not in COMMUNE_LAYERS)
    for layer in layers:
        info = pyogrio.read_info(path, layer=layer)
        named = {str(field).lower(): str(field) for field in info["fields"]}
        found = next((named[name] for name in CODE_COLUMNS if name in named), None)
        if found is None:
            continue
        text = dict(zip(info["fields"], info["ogr_types"], strict=True))[found] == "OFTString"
        where = f"\"{found}\" LIKE '{DEPARTEMENT_PREFIX}%'" if text else None
        frame = pyogrio.read_dataframe(
            path, layer=layer, columns=[found], where=where, max_features=MOST_ROWS
        )
        if isinstance(frame, gpd.GeoDataFrame):
            codes = frame[found].astype("str").str.strip()
            return gpd.GeoDataFrame({"code": codes}, geometry=frame.geometry, crs=frame.crs)
    raise OutlineError(
        f"Fichier « {path.name} » : aucune couche de polygones avec une colonne de codes Insee "
        f"({', '.join(CODE_COLUMNS)})."
    )


def _holds_polygons(kind: str | None) -> bool:
    return kind is not None and ("Polygon" in kind or kind in {"Unknown", "GeometryCollection"})


def fetch_outlines(address: str = ADDRESS, policy: RequestPolicy | None = None) -> gpd.GeoDataFrame:
    """Ask geo.api.gouv.fr for the communes of the département.

    Returns
    -------
    geopandas.GeoDataFrame
        ``code``, ``geometry``, EPSG:4326.

    Raises
    ------
    OutlineError
        The service does not answer, or answers what cannot be used.
    """
    service = HttpService(
        "Découpage administratif", address, OutlineError, LARGEST_ANSWER, policy or RequestPolicy()
    )
    return service.ask("GET", PATH, None, read_answer)


def read_answer(body: bytes) -> gpd.GeoDataFrame:
    """Read the GeoJSON of the service.

    Raises
    ------
    BrokenAnswerError
        It is cut short, or is something else.
    """
    try:
        features: list[Any] = orjson.loads(body)["features"]
        codes = [str(feature["properties"]["code"]) for feature in features]
        return gpd.GeoDataFrame.from_features(features, crs=EXCHANGE)[["geometry"]].assign(
            code=codes
        )[["code", "geometry"]]
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise BrokenAnswerError("réponse illisible") from error
