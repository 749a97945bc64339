"""The journal of changes in the database that machines share: one line after the other."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from psycopg import Connection

from layers.model.schema import LayerError
from layers.store.journal import Journal, Line, Noting, cells_of, line_of, unread, unwritten
from layers.store.postgis.cells import plain
from layers.store.postgis.layout import LOCK, hold, make_schema
from layers.store.postgis.server import CHANGING, Server, ServerError

HELD: Final = LOCK + 1
"""Lock of who is writing a line; that of the store is taken after it, by the change itself."""
HELD_SECONDS: Final = 600
"""For which a change may take, before the server takes its program for vanished."""
_IS_THERE: Final = "SELECT to_regclass('atlas62.journal') IS NOT NULL"
_TABLE: Final = """CREATE TABLE atlas62.journal (
    numero bigint PRIMARY KEY, moment text NOT NULL, qui text NOT NULL, genre text NOT NULL,
    sujet text NOT NULL, quoi text NOT NULL, avant text NOT NULL, apres text NOT NULL,
    annule bigint REFERENCES atlas62.journal)"""
_LINES: Final = """SELECT numero, moment, qui, genre, sujet, quoi, avant, apres, annule,
    (SELECT max(numero) FROM atlas62.journal AS later WHERE later.annule = journal.numero)
    FROM atlas62.journal ORDER BY numero DESC"""


class SharedJournal(Journal):
    """A journal that is a table beside those of the store.

    Parameters
    ----------
    address
        Of the database, ``postgresql://…``.

    Raises
    ------
    StoreError
        It is no such address.
    """

    def __init__(self, address: str) -> None:
        self._server = Server(address)

    @contextmanager
    def noting(self) -> Iterator[Noting]:
        """Hold the journal, for all machines, while something is changed.

        Raises
        ------
        LayerError
            The journal cannot be written; the message says whether the change is made.
        """
        noting, begun = Noting(), False
        try:
            self._lay_out()
            with self._server.transaction(CHANGING) as connection:
                hold(connection, HELD, HELD_SECONDS)
                begun = True
                yield noting
                if noting.change is not None:
                    connection.execute(
                        "INSERT INTO atlas62.journal SELECT coalesce(max(numero), 0) + 1, "
                        "%s, %s, %s, %s, %s, %s, %s, %s FROM atlas62.journal",
                        [plain(c) if isinstance(c, str) else c for c in cells_of(noting.change)],
                    )
        except ServerError as error:
            if not begun:
                raise unwritten(error) from error
            raise LayerError(
                f"Le journal n’a pas pu garder la ligne d’un changement ({error}) : regardez si "
                "celui-ci est fait."
            ) from error

    def lines(self) -> tuple[Line, ...]:
        """Return the lines, the newest first; none where nothing was ever changed.

        Raises
        ------
        LayerError
            The server does not answer.
        """
        try:
            with self._server.transaction() as connection:
                rows = connection.execute(_LINES).fetchall() if _is_there(connection) else []
        except ServerError as error:
            raise unread(error) from error
        return tuple(line_of(*row) for row in rows)

    def _lay_out(self) -> None:
        """Make the table, in a change of its own: the change that is noted comes by another."""
        with self._server.transaction(CHANGING) as connection:
            if _is_there(connection):
                return
            hold(connection)
            make_schema(connection)
            if not _is_there(connection):
                connection.execute(_TABLE)


def _is_there(connection: Connection) -> bool:
    return connection.execute(_IS_THERE).fetchone() == (True,)
