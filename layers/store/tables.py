"""The tables of the store's GeoPackage: one for each layer, and one that describes them."""

import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio

from layers.model.schema import Field, LayerError
from layers.store.adoptions import CATALOGUE, note_adoption, read_adoptions
from layers.store.description import Description
from layers.store.failure import DAMAGED, explain
from layers.store.rows import read_table
from layers.store.sqlite import open_database

APPLICATION_ID: Final = 0x47504B47
"""« GPKG » in ASCII, which a GeoPackage says of itself."""

COLUMN_TYPES: Final = {
    "text": "object",
    "date": "object",
    "int": "Int64",
    "float": "float64",
    "money": "float64",
    "list": "object",
}
BETWEEN_VALUES: Final = ";"


class UnavailableError(LayerError):
    """The file is in use or closed to us: nothing is said of what it holds."""


def check_file(path: Path) -> None:
    """Refuse a file that is no store, or a damaged one.

    Raises
    ------
    UnavailableError
        It cannot be looked into now.
    LayerError
        Says what is wrong.
    """
    try:
        with closing(open_database(path)) as database:
            (application,) = database.execute("PRAGMA application_id").fetchone()
            (state,) = database.execute("PRAGMA integrity_check(1)").fetchone()
            tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
    except sqlite3.OperationalError as error:
        damaged = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_IOERR
        kind = LayerError if damaged else UnavailableError
        raise kind(f"{explain(error)}.") from error
    except sqlite3.Error as error:
        raise LayerError(f"{explain(error)}.") from error
    if application != APPLICATION_ID or not {CATALOGUE, "gpkg_contents"} <= tables:
        raise LayerError("ce n’est pas un magasin d’Atlas 62.")
    if state != "ok":
        raise LayerError(f"{DAMAGED}.")


def check_whole(path: Path) -> None:
    """Refuse a file that is no store, is damaged, or holds a layer that cannot be read.

    Raises
    ------
    UnavailableError, LayerError
        As for :func:`check_file`.
    """
    check_file(path)
    adoptions = read_adoptions(path)
    try:
        with closing(open_database(path)) as database:
            for layer_id in adoptions:
                read_table(database, layer_id)
    except sqlite3.Error as error:
        raise LayerError(f"couches illisibles : {explain(error)}.") from error


def read_rows(path: Path, description: Description) -> gpd.GeoDataFrame:
    """Return the rows of a layer, with the values that its columns declare.

    Raises
    ------
    LayerError
        The table is missing or damaged.
    """
    try:
        with closing(open_database(path)) as database:
            cells, shapes = read_table(database, description.id)
    except sqlite3.Error as error:
        raise LayerError(f"table « {description.id} » illisible : {explain(error)}.") from error
    rows = {f.name: _from_column(cells[f.name], f) for f in description.fields if f.name in cells}
    return gpd.GeoDataFrame(rows, geometry=shapes)


def write_table(
    path: Path,
    description: Description,
    rows: gpd.GeoDataFrame,
    source: str = "",
    moment: str | None = None,
) -> None:
    """Write a layer and its description into a GeoPackage, in place of what it was before.

    The file is a copy that nobody reads and that is thrown away: it is whole only when this
    returns, and it is not waited for until the disk holds it. Nor is any file that GDAL writes in
    this process from then on: all are thrown away, or read back and written otherwise.

    Parameters
    ----------
    source
        Who adopts it; empty for the operator.
    moment
        Of the adoption; None for now.
    """
    if path.exists():
        remove_table(path, description.id, keep_rank=True)
    columns = {f.name: _to_column(rows[f.name], f) for f in description.fields}
    polygon = description.geometry == "polygon"
    pyogrio.set_gdal_config_options({"OGR_SQLITE_SYNCHRONOUS": "OFF"})
    pyogrio.write_dataframe(
        gpd.GeoDataFrame(columns, geometry=rows.geometry.to_numpy(), crs=rows.crs),
        path,
        driver="GPKG",
        layer=description.id,
        geometry_type="MultiPolygon" if polygon else "Point",
        promote_to_multi=polygon,
        layer_options={
            "IDENTIFIER": f"{description.title} ({description.id})",
            "DESCRIPTION": " ; ".join(source.title for source in description.sources),
        },
    )
    note_adoption(path, description, source, moment)


def remove_table(path: Path, layer_id: str, *, keep_rank: bool = False) -> None:
    """Take a layer out of a GeoPackage; nothing happens when it is not there.

    The file is a copy, as for :func:`write_table`.

    Parameters
    ----------
    keep_rank
        Leave its line among the descriptions, to be written anew.
    """
    with closing(open_database(path, lasting=False)) as database, database:
        database.execute("BEGIN")
        held = database.execute(
            "SELECT 1 FROM gpkg_contents WHERE table_name = ?", (layer_id,)
        ).fetchone()
        if held:
            _drop(database, layer_id)
        if not keep_rank:
            database.execute(f"DELETE FROM {CATALOGUE} WHERE couche = ?", (layer_id,))  # noqa: S608


def _drop(database: sqlite3.Connection, layer_id: str) -> None:
    """Drop a table with its spatial index and all that the GeoPackage says of it."""
    quoted = layer_id.replace('"', '""')
    triggers = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (layer_id,)
    ).fetchall()
    for (trigger,) in triggers:
        database.execute(f'DROP TRIGGER "{trigger}"')
    database.execute(f'DROP TABLE IF EXISTS "rtree_{quoted}_geom"')
    database.execute(f'DROP TABLE "{quoted}"')
    for table in ("gpkg_extensions", "gpkg_ogr_contents", "gpkg_geometry_columns", "gpkg_contents"):
        known = database.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        if known:
            database.execute(f"DELETE FROM {table} WHERE table_name = ?", (layer_id,))  # noqa: S608


def _to_column(values: pd.Series, field: Field) -> Any:  # noqa: ANN401 - pandas array
    if field.dtype == "list":
        return pd.Series([BETWEEN_VALUES.join(value) for value in values], dtype="object")
    plain = [None if pd.isna(value) else value for value in values]
    if field.dtype in {"money", "float"}:
        return np.array([np.nan if value is None else float(value) for value in plain])
    return pd.Series(plain, dtype=COLUMN_TYPES[field.dtype])


def _from_column(values: pd.Series, field: Field) -> pd.Series:
    """Return values as the schema wants them, None where a cell is empty."""
    plain = values.astype(object)
    plain = plain.where(values.notna(), None)
    cells: list[Any]
    if field.dtype == "money":
        cells = [None if value is None else Decimal(f"{value:.2f}") for value in plain]
    elif field.dtype == "int":
        cells = [None if value is None else int(value) for value in plain]
    elif field.dtype == "list":
        cells = [tuple(value.split(BETWEEN_VALUES)) if value else () for value in plain]
    else:
        return plain
    return pd.Series(cells, index=values.index, dtype=object)
