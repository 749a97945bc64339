"""The states of the store: today's, those that are kept as backups, and how one follows another."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import geopandas as gpd
from psycopg import Connection, sql

from layers.model.schema import LayerError
from layers.store.adoptions import Adoption
from layers.store.backups import Backup, kept
from layers.store.description import Description
from layers.store.postgis.layout import CHANNEL, NEWEST
from layers.store.postgis.tables import Table, drop_table, plan_table, write_table

PREFIX: Final = "etat-"
"""How the names of backups begin; their number follows."""
_LAYERS: Final = """
    SELECT numero, colonnes, srid, description, origine, adoptee, lignes
    FROM atlas62.contenus JOIN atlas62.couches ON couches.numero = contenus.couche
    WHERE etat = {} ORDER BY rang"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A layer as a state has it.

    Parameters
    ----------
    table
        Where its rows are.
    """

    table: Table
    adoption: Adoption


def layers_of(connection: Connection, state: int | None = None) -> dict[str, Kept]:
    """Return the layers of a state by identifier, those of today by default.

    Raises
    ------
    LayerError
        What a layer says of itself cannot be read.
    """
    which = sql.SQL(f"({NEWEST})") if state is None else sql.Literal(state)
    lines = connection.execute(sql.SQL(_LAYERS).format(which)).fetchall()
    found = [_read(Table(number, names, srid), *told) for number, names, srid, *told in lines]
    return {each.adoption.description.id: each for each in found}


def _read(table: Table, text: str, source: str, moment: str, rows: int) -> Kept:
    try:
        description = Description.from_record(json.loads(text))
    except (json.JSONDecodeError, TypeError) as error:
        raise LayerError("descriptions illisibles.") from error
    return Kept(table, Adoption(description, source, moment, rows))


def make_layer(
    connection: Connection,
    description: Description,
    rows: gpd.GeoDataFrame,
    source: str,
    moment: str | None = None,
) -> Kept:
    """Write a layer and what is noted of it; it is seen once a state has it."""
    told = datetime.now(UTC).isoformat(timespec="seconds") if moment is None else moment
    line = connection.execute("SELECT nextval(pg_get_serial_sequence('atlas62.couches', 'numero'))")
    (number,) = line.fetchone() or (0,)
    table = plan_table(number, description, rows)
    connection.execute(
        "INSERT INTO atlas62.couches (numero, couche, description, colonnes, srid, origine, "
        "adoptee, lignes) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
        (
            number,
            description.id,
            json.dumps(description.to_record()),
            table.names,
            table.srid,
            source,
            told,
            len(rows),
        ),
    )
    write_table(connection, table, description, rows)
    return Kept(table, Adoption(description, source, told, len(rows)))


def follow(connection: Connection, layers: Iterable[Kept], source: str) -> None:
    """Leave the state of today for one that has other layers, and tell whoever listens."""
    connection.execute(
        "UPDATE atlas62.etats SET quitte = clock_timestamp(), par = %s WHERE quitte IS NULL",
        (source,),
    )
    line = connection.execute(
        "INSERT INTO atlas62.etats DEFAULT VALUES RETURNING numero"
    ).fetchone()
    state = int(line[0]) if line else 0
    for rank, each in enumerate(layers, start=1):
        connection.execute(
            "INSERT INTO atlas62.contenus VALUES (%s, %s, %s)", (state, rank, each.table.number)
        )
    connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, str(state)))


def backups(connection: Connection) -> tuple[Backup, ...]:
    """Return the states that were left, the newest first; those ahead of the clock come last."""
    lines = connection.execute(
        "SELECT quitte, par, numero FROM atlas62.etats WHERE quitte IS NOT NULL"
    ).fetchall()
    found = [Backup(when.astimezone(UTC), who, f"{PREFIX}{number}") for when, who, number in lines]
    now = clock(connection)
    newest_first = sorted(found, reverse=True)
    return tuple(sorted(newest_first, key=lambda backup: backup.is_ahead(now)))


def clock(connection: Connection) -> datetime:
    """Return the time of the server, which all machines share."""
    line = connection.execute("SELECT clock_timestamp()").fetchone()
    moment: datetime = line[0] if line else datetime.now(UTC)
    return moment.astimezone(UTC)


def prune(connection: Connection) -> None:
    """Take away the states that are not kept, and the layers that no state has any more."""
    found = backups(connection)
    stay = kept(found, clock(connection))
    gone = [int(one.name.removeprefix(PREFIX)) for one in found if one not in stay]
    connection.execute("DELETE FROM atlas62.etats WHERE numero = ANY(%s)", (gone,))
    lines = connection.execute(
        "DELETE FROM atlas62.couches WHERE numero NOT IN (SELECT couche FROM atlas62.contenus) "
        "RETURNING numero"
    ).fetchall()
    for (number,) in lines:
        drop_table(connection, number)


def named(connection: Connection, name: str) -> int | None:
    """Return the number of a backup, None where there is none of that name."""
    numbers: Mapping[str, int] = {
        one.name: int(one.name.removeprefix(PREFIX)) for one in backups(connection)
    }
    return numbers.get(name)
