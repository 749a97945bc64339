"""A layer's own table: written by COPY, read back before the change is kept, read by all."""

from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import shapely
from psycopg import Connection, sql
from pyproj import CRS

from layers.model.schema import LayerError
from layers.store.description import Description
from layers.store.postgis.cells import (
    COLUMN_TYPES,
    RANK,
    SHAPE,
    column_names,
    from_cells,
    plain,
    to_columns,
)
from layers.store.postgis.layout import geometry_type, table_of

AT_ONCE: Final = 5_000
"""Rows that are read back at a time."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the store.

    Parameters
    ----------
    number
        It is named by.
    names
        Of its columns, in the order of the fields.
    srid
        Of its shapes.
    """

    number: int
    names: list[str]
    srid: int

    @property
    def columns(self) -> sql.Composed:
        """The columns that are written and read: rank, values, shape."""
        return sql.SQL(", ").join(map(sql.Identifier, (RANK, *self.names, SHAPE)))

    @property
    def selection(self) -> sql.Composed:
        """The query of all rows, in their order."""
        order = sql.Identifier(RANK)
        return sql.SQL("SELECT {} FROM {} ORDER BY {}").format(
            self.columns, table_of(self.number), order
        )


def plan_table(number: int, description: Description, rows: gpd.GeoDataFrame) -> Table:
    """Return the table that a layer is written into.

    Raises
    ------
    LayerError
        Its system of coordinates has no number.
    """
    code = None if rows.crs is None else rows.crs.to_epsg()
    if code is None:
        raise LayerError(f"système de coordonnées sans numéro EPSG ({rows.crs}).")
    return Table(number, column_names(description.fields), int(code))


def write_table(
    connection: Connection, table: Table, description: Description, rows: gpd.GeoDataFrame
) -> None:
    """Write a layer into a table of its own, in the transaction of a change, and read it back.

    Raises
    ------
    LayerError
        What is read back is not what was written.
    """
    _create(connection, table, description, flat=_is_flat(rows))
    columns = to_columns(description, rows, table.srid)
    texts = [None if shape is None else shape.hex() for shape in columns[-1]]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(table_of(table.number), table.columns)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for cells in zip(*columns[:-1], texts, strict=True):
            copy.write_row(cells)
    _check(connection, table, description, columns)
    index = sql.SQL("CREATE INDEX ON {} USING gist ({})")
    connection.execute(index.format(table_of(table.number), sql.Identifier(SHAPE)))


def read_table(connection: Connection, table: Table, description: Description) -> gpd.GeoDataFrame:
    """Return the rows of a layer, as :class:`layers.store.protocol.Content` gives them."""
    with connection.cursor(binary=True) as cursor:
        cursor.execute(table.selection)
        lines = cursor.fetchall()
    columns: list[list[Any]] = [list(column) for column in zip(*lines, strict=True)]
    if not lines:
        columns = [[] for _ in range(len(table.names) + 2)]
    rows = from_cells(description.fields, columns[1:-1], columns[-1])
    return rows.set_crs(CRS.from_epsg(table.srid))


def drop_table(connection: Connection, number: int) -> None:
    """Take a layer's table away, with all that hangs on it."""
    connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(table_of(number)))


def _create(connection: Connection, table: Table, description: Description, *, flat: bool) -> None:
    kinds = (COLUMN_TYPES[field.dtype] for field in description.fields)
    shape = geometry_type(connection)
    # the type of a column with heights is not narrowed: PostGIS wants them of all or of none
    kind = sql.SQL("{}(Geometry, {})").format(shape, sql.Literal(table.srid)) if flat else shape
    parts = [sql.SQL("{} integer PRIMARY KEY").format(sql.Identifier(RANK))]
    parts += [
        sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(of_type))
        for name, of_type in zip(table.names, kinds, strict=True)
    ]
    parts.append(sql.SQL("{} {}").format(sql.Identifier(SHAPE), kind))
    columns = sql.SQL(", ").join(parts)
    connection.execute(sql.SQL("CREATE TABLE {} ({})").format(table_of(table.number), columns))
    told = plain(f"{description.title} ({description.id})")
    comment = sql.SQL("COMMENT ON TABLE {} IS {}")
    connection.execute(comment.format(table_of(table.number), sql.Literal(told)))


def _check(
    connection: Connection, table: Table, description: Description, wanted: tuple[list[Any], ...]
) -> None:
    """Hold what the table holds against what was to be written, cell by cell."""
    begun = 0
    with connection.cursor(binary=True) as cursor:
        cursor.execute(table.selection)
        while lines := cursor.fetchmany(AT_ONCE):
            read = [list(column) for column in zip(*lines, strict=True)]
            part = [column[begun : begun + len(lines)] for column in wanted]
            if read != part:
                _find_difference(description, read, part)
            begun += len(lines)
    left = len(wanted[0]) - begun
    if left:
        raise LayerError(f"couche « {description.id} » : {left} lignes manquent à la relecture.")


def _find_difference(
    description: Description, read: list[list[Any]], wanted: list[list[Any]]
) -> None:
    titles = ["rang", *(field.name for field in description.fields), "géométrie"]
    for title, cells, others in zip(titles, read, wanted, strict=True):
        for rank, cell, other in zip(read[0], cells, others, strict=True):
            if cell != other and not _is_same_shape(cell, other):
                raise LayerError(
                    f"couche « {description.id} », colonne « {title} », ligne {rank} : relue "
                    "autrement qu’écrite."
                )


def _is_same_shape(cell: Any, wanted: Any) -> bool:  # noqa: ANN401 - any cell
    """Tell whether two spellings in WKB are one shape: an empty one has many."""
    if not isinstance(cell, bytes) or not isinstance(wanted, bytes):
        return False
    return bool(shapely.equals_identical(*shapely.from_wkb([cell, wanted])))


def _is_flat(rows: gpd.GeoDataFrame) -> bool:
    return not shapely.has_z(rows.geometry.to_numpy()).any()
