"""The rows of a GeoPackage, read by the SQLite that Python carries and by nothing else.

The wheels of GDAL carry a SQLite of their own. Two of them in one process may not open one file:
POSIX forgets the locks of a process on a file as soon as it closes any descriptor of that file, so
that each takes the locks of the other away, and whoever writes then believes that nobody reads
(https://www.sqlite.org/howtocorrupt.html, 2.2 and 2.2.1). Handing GDAL a finished copy would do as
well, but would copy the whole store for each layer that is read, and leave the copy behind whenever
the reader is killed. A row is simple enough to be read here: a few bytes before plain WKB
(GeoPackage 1.3, clause 2.1.3, https://www.geopackage.org/spec130/#gpb_format).
"""

import sqlite3
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from layers.model.schema import LayerError

HEADER: Final = 8
"""Bytes of the header: « GP », version, flags, SRS identifier on four."""
ENVELOPES: Final = (0, 32, 48, 48, 64)
"""Bytes of the envelope that follows: none, xy, xyz, xym, xyzm."""


def read_table(database: sqlite3.Connection, table: str) -> tuple[pd.DataFrame, gpd.GeoSeries]:
    """Return the cells and the shapes of a table of features, in the order of its primary key.

    All is read in one transaction, so that it is of one state of the file.

    Returns
    -------
    pandas.DataFrame
        The columns but for key and geometry, of dtype object: cells are what SQLite gives
        (``str``, ``int``, ``float`` or None).
    geopandas.GeoSeries
        The shapes, None where there is none, in the CRS of the table.

    Raises
    ------
    LayerError
        There is no such table, or a geometry is damaged.
    sqlite3.Error
        The file is damaged or in use for too long.
    """
    database.execute("BEGIN")
    try:
        geometry, crs = _geometry_column(database, table)
        columns = database.execute("SELECT name, pk FROM pragma_table_info(?)", (table,)).fetchall()
        keys = [name for name, rank in columns if rank]
        names = [name for name, rank in columns if not rank]
        rows = database.execute(
            f"SELECT {', '.join(map(_quote, names))} FROM {_quote(table)} "  # noqa: S608 - quoted
            f"ORDER BY {', '.join(map(_quote, keys)) or 'rowid'}"
        ).fetchall()
    finally:
        database.rollback()
    frame = pd.DataFrame(rows, columns=names, dtype=object)
    shapes = _shapes(frame.pop(geometry), table)
    return frame, gpd.GeoSeries(shapes, crs=crs)


def _geometry_column(database: sqlite3.Connection, table: str) -> tuple[str, CRS | None]:
    found = database.execute(
        "SELECT column_name, organization, organization_coordsys_id, definition "
        "FROM gpkg_geometry_columns JOIN gpkg_spatial_ref_sys USING (srs_id) WHERE table_name = ?",
        (table,),
    ).fetchone()
    if found is None:
        raise LayerError(f"table « {table} » absente.")
    column, authority, code, definition = found
    if authority.upper() == "NONE":
        return column, None
    try:
        return column, CRS.from_authority(authority, code)
    except CRSError:
        return column, CRS.from_user_input(definition)


def _shapes(blobs: pd.Series, table: str) -> npt.NDArray[np.object_]:
    try:
        texts = [None if blob is None else _wkb(blob) for blob in blobs]
        return shapely.from_wkb(np.array(texts, dtype=object))
    except (ValueError, TypeError, IndexError, shapely.errors.GEOSException) as error:
        raise LayerError(f"table « {table} » : géométrie illisible.") from error


def _wkb(blob: bytes) -> bytes:
    if blob[:2] != b"GP":
        raise ValueError("no GeoPackage geometry")
    return blob[HEADER + ENVELOPES[blob[3] >> 1 & 0b111] :]


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
