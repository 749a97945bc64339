"""The rows of a layer for geographic tools: GeoJSON (RFC 7946) and GeoPackage."""

import io
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import asdict
from typing import Any, Final

import geopandas as gpd
import numpy as np
import orjson
import pandas as pd
import pyogrio
import shapely

from app.exports.moment import moment_of_writing
from app.exports.qgis_style import largest_of, qgis_style
from app.exports.tables import BETWEEN_VALUES, cite, heading, iterate_rows, shown_fields
from layers.model.layer import Layer
from layers.model.schema import Dtype

DECIMALS: Final = 6
"""Of a degree: 11 cm, finer than any source."""

GEOPACKAGE: Final = "1.2"
"""Version that GDAL 3.6 and QGIS 3.22 know whole; they warn of a later one."""
_COLUMN_TYPES: Mapping[Dtype, str] = {
    "text": "object",
    "date": "object",
    "list": "object",
    "int": "Int64",
    "float": "float64",
    "money": "float64",
    "bool": "boolean",
}

_STYLES_TABLE: Final = """
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
  f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
  useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME
)
"""
"""As QGIS makes it itself."""
_STYLE_ROW: Final = """
INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column,
  styleName, styleQML, styleSLD, useAsDefault, description, owner, update_time)
VALUES ('', '', ?, 'geom', substr(?, 1, 30), ?, '', 1, ?, 'Atlas 62', ?)
"""
_STYLES_CONTENT: Final = """
INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change)
VALUES ('layer_styles', 'attributes', 'layer_styles', ?)
"""


_COLUMNS_TABLES: Final = """
CREATE TABLE gpkg_data_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT,
  mime_type TEXT, constraint_name TEXT,
  CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
  CONSTRAINT gdc_tn UNIQUE (table_name, name)
);
CREATE TABLE gpkg_data_column_constraints (
  constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC,
  min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
  CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value)
);
CREATE TABLE IF NOT EXISTS gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
  scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name)
);
INSERT INTO gpkg_extensions VALUES
  ('gpkg_data_columns', NULL, 'gpkg_schema',
   'http://www.geopackage.org/spec121/#extension_schema', 'read-write'),
  ('gpkg_data_column_constraints', NULL, 'gpkg_schema',
   'http://www.geopackage.org/spec121/#extension_schema', 'read-write');
"""
"""The extension Schema of GeoPackage (OGC 12-128r17, F.9): what each column is called and says."""
_COLUMN_ROW: Final = "INSERT INTO gpkg_data_columns VALUES (?, ?, ?, ?, ?, NULL, NULL)"


def to_geojson(layer: Layer, rows: gpd.GeoDataFrame) -> bytes:
    """Write the rows as an RFC 7946 feature collection.

    Longitude and latitude of WGS 84 with six decimals, exterior rings counter-clockwise, no ``crs``
    member. Title, sources, licences, vintages and the meaning of each column are foreign members of
    the collection. An amount is a JSON number with at most two decimals.

    Parameters
    ----------
    layer
        What the columns are; those that may not be shown are left out.
    rows
        As loaded from the layer, EPSG:4326.
    """
    fields = shown_fields(layer)
    names = [field.name for field in fields]
    features = []
    for values, outline in zip(iterate_rows(fields, rows), _outlines(rows), strict=True):
        properties = dict(zip(names, values, strict=True))
        features.append(
            {
                "type": "Feature",
                "id": properties[layer.key],
                "geometry": orjson.Fragment(outline),
                "properties": properties,
            }
        )
    collection = {"type": "FeatureCollection", **describe(layer), "features": features}
    return orjson.dumps(collection, default=float)  # Decimal is the one type that orjson lacks


def to_geopackage(layer: Layer, rows: gpd.GeoDataFrame) -> bytes:
    """Write the rows as a GeoPackage of one table, named after the layer.

    Amounts become REAL, which holds every cent of a number below 90 thousand billion: rounding to
    two decimals gives the amount back. Lists become text. The sources stand in the table's
    description and, one by one, in its metadata; the style in ``layer_styles``, where QGIS takes it
    from. The time in the file is :func:`app.exports.moment.moment_of_writing`.

    Parameters
    ----------
    layer
        What the columns are; those that may not be shown are left out.
    rows
        As loaded from the layer, EPSG:4326.
    """
    fields = shown_fields(layer)
    columns = zip(*iterate_rows(fields, rows), strict=True) if len(rows) else [()] * len(fields)
    table = {
        field.name: pd.Series(
            [BETWEEN_VALUES.join(value) if isinstance(value, tuple) else value for value in column],
            dtype=_COLUMN_TYPES[field.dtype],
        )
        for field, column in zip(fields, columns, strict=True)
    }
    frame = gpd.GeoDataFrame(table, geometry=rows.geometry.to_numpy(), crs=rows.crs)
    content = io.BytesIO()
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _stamp()})
    pyogrio.write_dataframe(
        frame,
        content,
        driver="GPKG",
        layer=layer.id,
        geometry_type="MultiPolygon" if layer.geometry == "polygon" else "Point",
        promote_to_multi=layer.geometry == "polygon",
        dataset_options={"VERSION": GEOPACKAGE},
        layer_options={
            "IDENTIFIER": layer.title,
            "DESCRIPTION": " ; ".join([*map(cite, layer.sources), layer.remark]).rstrip(" ;"),
        },
        layer_metadata={
            f"source {number}": cite(source) for number, source in enumerate(layer.sources, 1)
        },
    )
    return _styled(content.getvalue(), layer, qgis_style(layer, largest_of(layer, rows)))


def describe(layer: Layer) -> dict[str, Any]:
    """Return what a file or a list of layers says of a layer, ready for JSON."""
    return {
        "layer": layer.id,
        "title": layer.title,
        "remark": layer.remark,
        "sources": [asdict(source) for source in layer.sources],
        "fields": [
            {
                "name": field.name,
                "label": field.label,
                "type": field.dtype,
                "unit": field.unit,
                "meaning": field.meaning,
            }
            for field in shown_fields(layer)
        ],
    }


def _outlines(rows: gpd.GeoDataFrame) -> list[str]:
    rounded = shapely.transform(rows.geometry.to_numpy(), lambda xy: np.round(xy, DECIMALS))
    texts: list[str] = shapely.to_geojson(shapely.orient_polygons(rounded)).tolist()
    return texts


def _styled(content: bytes, layer: Layer, style: str) -> bytes:
    """Add the table where QGIS looks for the style of a layer that it opens."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.deserialize(content)
        database.executescript(_COLUMNS_TABLES)
        database.executemany(_COLUMN_ROW, _column_rows(layer))
        database.execute(_STYLES_TABLE)
        row = (layer.id, layer.title, style, layer.remark, _stamp())
        database.execute(_STYLE_ROW, row)
        database.execute(_STYLES_CONTENT, (_stamp(),))
        return database.serialize()


def _column_rows(layer: Layer) -> Iterator[tuple[str, str, str | None, str, str]]:
    """Yield what each column is called: a name that two columns have is the first one's alone."""
    taken = set()
    for field in shown_fields(layer):
        words = heading(field)
        name = None if words in taken else words
        taken.add(words)
        yield layer.id, field.name, name, words, field.meaning


def _stamp() -> str:
    return moment_of_writing().strftime("%Y-%m-%dT%H:%M:%S.000Z")
