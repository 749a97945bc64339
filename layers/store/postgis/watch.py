"""Which state of the store is today's, asked of the server at each request and soon answered.

A query a request, on one connection a process, takes a third of a millisecond on a machine's own
server. It is asked rather than listened for (LISTEN): pgbouncer hands a connection to somebody else
after each transaction, so that whoever listens behind it hears nothing, and a reader who has just
adopted a layer must see it in the next answer, whichever process or machine gives it.
"""

import os
from threading import Lock
from time import monotonic
from typing import Final
from weakref import finalize

import psycopg

from layers.store.postgis.layout import NEWEST
from layers.store.postgis.server import Server, ServerError, explain

PAUSE: Final = 5.0
"""Seconds for which a server that did not answer is not asked again."""
ANSWER: Final = 2.0
"""Seconds for which an answer is waited for."""
PATIENCE: Final = 0.1
"""Seconds for which one thread waits for the question of another."""
OUTAGE: Final = 1 << 40
"""What a silence of the server adds to the version, once it is over."""


class _Line:
    """The connection of one process, and what it was told last.

    A connection belongs to the process that made it, and so does a lock: a fork begins another.
    """

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.turn = Lock()
        self.connection: psycopg.Connection | None = None
        self.state = 0
        self.silent = False
        self.quiet_until = 0.0

    def close(self) -> None:
        """Let the connection go, where it is that of this process."""
        if self.connection is not None and self.owner == os.getpid():
            self.connection.close()


class Watch:
    """The version of one store, as one process sees it.

    Parameters
    ----------
    server
        Where it is kept.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self._silences = 0
        self._begin()

    def _begin(self) -> _Line:
        self._line = _Line()
        finalize(self, self._line.close)
        return self._line

    def version(self) -> int:
        """Return a number that changes with the state; the last one known while nobody answers."""
        line = self._own()
        if monotonic() >= line.quiet_until and line.turn.acquire(timeout=PATIENCE):
            try:
                line.state = self._ask(line)
                self._silences += line.silent  # what failed meanwhile is to be read again
                line.silent = False
            except ServerError:
                self.note_silence()
            finally:
                line.turn.release()
        return line.state + self._silences * OUTAGE

    def note_silence(self) -> None:
        """Take note that the server does not answer: whoever asks soon is told the same at once."""
        line = self._own()
        line.silent, line.quiet_until = True, monotonic() + PAUSE

    def is_silent(self) -> bool:
        """Tell whether the server did not answer just now."""
        return monotonic() < self._own().quiet_until

    def _own(self) -> _Line:
        return self._line if self._line.owner == os.getpid() else self._begin()

    def _ask(self, line: _Line) -> int:
        """Ask on the connection that is kept, or on a new one where the server has closed it."""
        if line.connection is not None:
            try:
                return _newest(line.connection)
            except ServerError:
                line.connection.close()
        line.connection = self._server.connect(ANSWER, autocommit=True)
        return _newest(line.connection)


def _newest(connection: psycopg.Connection) -> int:
    try:
        found = connection.execute(NEWEST).fetchone()
    except psycopg.errors.UndefinedTable:
        return 0  # nothing was ever adopted here
    except psycopg.Error as error:
        raise explain(error) from error
    return int(found[0]) if found else 0
