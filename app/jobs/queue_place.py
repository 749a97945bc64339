"""Where a queue is kept: in a file of this machine, or in a PostgreSQL that several share."""

import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from huey import PostgresHuey, SqliteHuey
from huey.api import Huey
from huey.serializer import SignedSerializer

from app.secret import read_secret
from app.settings import Settings

FILE: Final = "file.sqlite3"
"""Name of the file, where no other is told."""
PATIENCE: Final = 20
"""Seconds that another process's change of the queue is waited for."""
CONNECTING: Final = 5
"""Seconds that a database may take to let us in."""
SALT: Final = "atlas62"
"""Of the signatures: what the same secret signs elsewhere is no order."""
TABLES: Final = "travaux"
"""Beginning of the names of the tables in a database, in the schema of Atlas 62."""
MADE: Final = ("CREATE SCHEMA IF NOT EXISTS atlas62", "SET search_path TO atlas62")


@dataclass(frozen=True, slots=True)
class QueuePlace:
    """Where the orders of one deployment wait.

    Parameters
    ----------
    file
        SQLite file of this machine; made when something is first asked.
    address
        Of the PostgreSQL that several machines share; empty for none. It may hold a password.
    secret
        File of what all of them sign their orders with; None for the one that is made beside the
        file, which no other machine knows.
    """

    file: Path
    address: str = field(default="", repr=False)
    secret: Path | None = None

    def here(self) -> "QueuePlace":
        """Return the place of what only this machine can do: its files lie on its disk."""
        return QueuePlace(self.file) if self.address else self

    def open(self, name: str) -> Huey:
        """Open a queue, in the process that will use it.

        A message is a pickle: whoever could write one that is believed could run anything. Each
        is signed, and one that is not ours is never read.

        Raises
        ------
        OSError
            The file, or the secret, cannot be had.
        """
        secret = self.secret.read_bytes() if self.secret else read_secret(self.file.parent)
        shared: dict[str, Any] = {
            "results": False, "serializer": SignedSerializer(secret, salt=SALT),
        }  # fmt: skip
        if self.address:
            return PostgresHuey(
                name, connection=self._connect, blocking=False, table_prefix=TABLES, **shared
            )
        return SqliteHuey(name, filename=str(self.file), timeout=PATIENCE, cache_mb=1, **shared)

    def _connect(self) -> Any:  # noqa: ANN401 - of an option
        import psycopg  # noqa: PLC0415 - an option

        connection = psycopg.connect(
            self.address, autocommit=True, connect_timeout=CONNECTING, application_name="atlas62"
        )
        for words in MADE:
            connection.execute(words)
        return connection

    @property
    def failures(self) -> tuple[type[Exception], ...]:
        """What is raised where the queue cannot be reached."""
        if not self.address:
            return (sqlite3.Error,)
        import psycopg  # noqa: PLC0415 - an option

        return (psycopg.Error,)


def place_of(settings: Settings) -> QueuePlace:
    """Return where the orders of a deployment wait, as its operator says."""
    return QueuePlace(settings.queue_file, settings.queue_address, settings.queue_secret_file)
