"""Geographic files of GDAL: GeoPackage, Shapefile; geometry as it is, attributes as texts."""

import sqlite3
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

from app.imports.attributes import free_headings, kind_of, read_json, write_value
from app.imports.entities import read_frame_codes
from app.imports.formats.dbf_text import decode_table
from app.imports.limits import BroughtFileError, refuse_many, where
from app.imports.table import Table, tell_parts
from layers.brought.outlines import COLUMN, bound_geometries
from layers.brought.problems import (
    EMPTIED,
    MENDED,
    NOT_READ,
    WHOLE_FILE,
    BroughtError,
    Problem,
)

DRIVERS: Final = ("GPKG", "ESRI Shapefile")
"""The only parts of GDAL that may read what people bring."""

BAD_RING: Final = "anneau ouvert ou trop court"
RING_EXPECTED: Final = "un anneau fermé d’au moins trois points"
VIEW_SECONDS: Final = 2.0
"""Of the clock, for counting the rows of a view."""
MOST_LOOKED_AT: Final = 200
"""Layers among which the largest is looked for."""
CURVED: Final = ("Curve", "Surface", "Circular")
JSON_FIELD: Final = "OFSTJSON"
HOUSEKEEPING: Final = frozenset(("layer_styles", "qgis_projects"))
"""Tables that QGIS keeps beside the layers."""


def read_geofile(path: Path, name: str, part: str = "") -> Table:
    """Read one layer of a geographic file: the one that is named, else the largest with geometry.

    Raises
    ------
    BroughtFileError
        The file is damaged, empty or too large, or has no such layer.
    """
    if path.suffix.lower() == ".gpkg":
        _drop_endless_views(path)
    try:
        parts = {
            str(layer): kind
            for layer, kind in pyogrio.list_layers(path).tolist()
            if layer not in HOUSEKEEPING
        }
        chosen = _choose(path, parts, part, name)
        information = pyogrio.read_info(path, layer=chosen, force_feature_count=True)
        refuse_many(name, information["features"], len(information["fields"]))
        bare = path.suffix.lower() in {".shp", ".dbf"}
        columns, shapes = _read(path, chosen, information, bytewise=bare)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise BroughtFileError(
            f"{where(name)} : fichier géographique illisible ou endommagé."
        ) from error
    except (pyogrio.errors.GeometryError, ValueError, RuntimeError) as error:
        raise BroughtFileError(f"{where(name)} : géométries illisibles ({chosen}).") from error
    rows = len(shapes) if shapes is not None else len(next(iter(columns.values()), []))
    if not rows:
        raise BroughtFileError(f"{where(name)} : aucun objet ; au moins un est attendu.")
    problems = [*tell_parts(chosen, tuple(parts), (), "couche")]
    encoding = ""
    if bare:
        columns, encoding, told = decode_table(columns, path)
        problems += told
    lines = pd.RangeIndex(1, rows + 1)
    headings = free_headings(columns)
    named = dict(zip(headings, columns.values(), strict=True))
    frame = pd.DataFrame(
        {heading: [write_value(value) for value in values] for heading, values in named.items()},
        index=lines,
        dtype=object,
    )
    frame, coded = read_frame_codes(frame)
    problems += coded
    kinds = {heading: kind for heading, values in named.items() if (kind := kind_of(values))}
    if shapes is None:
        return Table(
            name, frame, tuple(problems), part=chosen, parts=tuple(parts), kinds=kinds,
            encoding=encoding,
        )  # fmt: skip
    if any(word in str(information["geometry_type"]) for word in CURVED):
        problems.append(Problem(WHOLE_FILE, COLUMN, "des courbes", "des segments droits", MENDED))
    geometry = gpd.GeoSeries(_shapes(shapes, problems), index=lines, crs=information["crs"])
    return bounded_table(
        name, frame, geometry, problems, kinds=kinds, encoding=encoding, part=chosen,
        parts=tuple(parts),
    )  # fmt: skip


def _drop_endless_views(path: Path) -> None:
    """Take away, from our copy of a GeoPackage, the views whose rows cannot be counted in time.

    A view may be without end, and GDAL counts the rows of all before one is chosen.
    """
    until = 0.0
    try:
        with closing(sqlite3.connect(path)) as database, database:
            database.execute("PRAGMA trusted_schema = OFF")
            database.set_progress_handler(lambda: time.monotonic() > until, 10_000)
            views = database.execute("SELECT name FROM sqlite_master WHERE type = 'view'")
            for (view,) in views.fetchall():
                quoted = view.replace('"', '""')
                until = time.monotonic() + VIEW_SECONDS
                try:
                    database.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()  # noqa: S608
                except sqlite3.Error:
                    until = time.monotonic() + VIEW_SECONDS  # what follows may have triggers
                    database.execute(f'DROP VIEW "{quoted}"')
                    for table in ("gpkg_geometry_columns", "gpkg_contents"):
                        database.execute(f"DELETE FROM {table} WHERE table_name = ?", (view,))  # noqa: S608
    except sqlite3.Error:
        return  # it is damaged: whoever reads it says so


def bounded_table(  # noqa: PLR0913 - everything a table says of itself
    name: str,
    frame: pd.DataFrame,
    geometry: gpd.GeoSeries,
    problems: Sequence[Problem],
    *,
    kinds: Mapping[str, str],
    encoding: str = "",
    part: str = "",
    parts: tuple[str, ...] = (),
) -> Table:
    """Return a table whose geometries are within bounds, flat; heights are told.

    Raises
    ------
    BroughtFileError
        All geometries together are too large.
    """
    told = [*problems]
    if shapely.has_z(geometry.to_numpy()).any():
        told.append(Problem(WHOLE_FILE, COLUMN, "des altitudes", "deux coordonnées", NOT_READ))
    if not len(frame.columns):
        told.append(Problem(WHOLE_FILE, "", "aucune colonne", "des colonnes", NOT_READ))
    try:
        bounded, problems_of_bounds = bound_geometries(geometry.force_2d())
    except BroughtError as error:
        raise BroughtFileError(f"{where(name)} : {error}") from error
    return Table(
        name, frame, (*told, *problems_of_bounds), part=part, parts=parts, geometry=bounded,
        encoding=encoding, kinds=kinds,
    )  # fmt: skip


def _choose(path: Path, parts: dict[str, Any], part: str, name: str) -> str:
    if part and part not in parts:
        raise BroughtFileError(
            f"{where(name)} : couche « {part[:80]} » absente, trouvé : {', '.join(parts)[:200]}."
        )
    if part:
        return part
    sizes = {
        each: (kind is not None, pyogrio.read_info(path, layer=each)["features"])
        for each, kind in islice(parts.items(), MOST_LOOKED_AT)
    }
    if not sizes:
        raise BroughtFileError(f"{where(name)} : aucune couche.")
    return max(sizes, key=sizes.__getitem__)


def _read(
    path: Path, layer: str, information: Mapping[str, Any], *, bytewise: bool
) -> tuple[dict[str, list[Any]], Any]:
    """Return the attributes as Python's values and the geometries as WKB, None where it has none.

    Attributes come by Arrow, which keeps whole numbers whole beside missing ones; geometries by the
    plain way, which makes segments of curves. ``bytewise`` leaves each byte of a text a sign.
    """
    encoding = "ISO-8859-1" if bytewise else None
    columns: dict[str, list[Any]] = {}
    if len(information["fields"]):
        _, table = pyogrio.raw.read_arrow(path, layer=layer, encoding=encoding, read_geometry=False)
        json_fields = {
            field
            for field, kind in zip(information["fields"], information["ogr_subtypes"], strict=True)
            if kind == JSON_FIELD
        }
        for field in table.column_names:
            values = table.column(field).to_pylist()
            columns[field] = [*map(read_json, values)] if field in json_fields else values
    if information["geometry_type"] is None:
        return columns, None
    _, _, shapes, _ = pyogrio.raw.read(path, layer=layer, columns=[])
    return columns, shapes


def _shapes(blobs: Any, problems: list[Problem]) -> Any:  # noqa: ANN401 - arrays of objects
    """Return the shapes of WKB; an open ring is closed and told, what cannot be read is told."""
    with np.errstate(all="ignore"):
        shapes = shapely.from_wkb(blobs, on_invalid="ignore")
        lost = np.array(
            [b is not None and s is None for b, s in zip(blobs, shapes, strict=True)], dtype=bool
        )
        for rank in np.flatnonzero(lost):
            shapes[rank] = shapely.from_wkb(blobs[rank], on_invalid="fix")
            fixed = shapes[rank] is not None and not shapely.is_empty(shapes[rank])
            shapes[rank] = shapes[rank] if fixed else None
            outcome = MENDED if fixed else EMPTIED
            problems.append(Problem(int(rank) + 1, COLUMN, BAD_RING, RING_EXPECTED, outcome))
    return shapes
