"""Geographic files: GeoJSON, GeoPackage, Shapefile; geometry as it is, attributes as texts."""

from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import pyogrio

from app.imports.limits import LONGEST_CELL, BroughtFileError, refuse_many, where
from app.imports.table import Table
from layers.brought.outlines import bound_geometries
from layers.brought.problems import BroughtError

DRIVERS: Final = ("GeoJSON", "GPKG", "ESRI Shapefile")
"""The only parts of GDAL that may read what people bring."""


def read_geofile(path: Path, name: str, part: str = "") -> Table:
    """Read one layer of a geographic file: the one that is named, else the largest with geometry.

    Raises
    ------
    BroughtFileError
        The file is damaged, empty or too large, or has no such layer.
    """
    try:
        parts = {str(layer): kind for layer, kind in pyogrio.list_layers(path).tolist()}
        chosen = _choose(path, parts, part, name)
        information = pyogrio.read_info(path, layer=chosen, force_feature_count=True)
        refuse_many(name, information["features"], len(information["fields"]))
        frame = pyogrio.read_dataframe(path, layer=chosen, datetime_as_string=True)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise BroughtFileError(
            f"{where(name)} : fichier géographique illisible ou endommagé."
        ) from error
    except (pyogrio.errors.GeometryError, ValueError, RuntimeError) as error:
        raise BroughtFileError(f"{where(name)} : géométries illisibles.") from error
    if not len(frame):
        raise BroughtFileError(f"{where(name)} : aucun objet ; au moins un est attendu.")
    frame.index = pd.RangeIndex(1, len(frame) + 1)
    if not isinstance(frame, gpd.GeoDataFrame):
        return Table(name, _as_texts(frame), part=chosen, parts=tuple(parts))
    rows = _as_texts(frame.drop(columns=frame.geometry.name))
    try:
        geometry, problems = bound_geometries(_forced_2d(frame.geometry))
    except BroughtError as error:
        raise BroughtFileError(f"{where(name)} : {error}") from error
    return Table(name, rows, tuple(problems), part=chosen, parts=tuple(parts), geometry=geometry)


def _choose(path: Path, parts: dict[str, Any], part: str, name: str) -> str:
    if part and part not in parts:
        raise BroughtFileError(
            f"{where(name)} : couche « {part[:80]} » absente, trouvé : {', '.join(parts)[:200]}."
        )
    if part:
        return part
    sizes = {
        each: (kind is not None, pyogrio.read_info(path, layer=each)["features"])
        for each, kind in parts.items()
    }
    if not sizes:
        raise BroughtFileError(f"{where(name)} : aucune couche.")
    return max(sizes, key=sizes.__getitem__)


def _forced_2d(shapes: gpd.GeoSeries) -> gpd.GeoSeries:
    return shapes.force_2d()


def _as_texts(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {str(name): [_as_text(value) for value in frame[name]] for name in frame},
        index=frame.index,
        dtype=object,
    )


def _as_text(value: Any) -> str | None:  # noqa: ANN401 - whatever a field holds
    if isinstance(value, float):
        return None if value != value else str(int(value)) if value.is_integer() else str(value)  # noqa: PLR0124
    if value is None or value is pd.NaT:
        return None
    if isinstance(value, bool):
        return "oui" if value else "non"
    return str(value).strip()[:LONGEST_CELL] or None
