"""Short questions to the server, on one connection a process, which is kept."""

import os
from collections.abc import Sequence
from threading import Lock
from time import monotonic
from typing import Any, Final
from weakref import finalize

import psycopg

from layers.store.postgis.server import GONE, Server, ServerError, explain

PAUSE: Final = 5.0
"""Seconds for which a server that did not answer is not asked again."""
ANSWER: Final = 2.0
"""Seconds for which an answer is waited for."""


class Line:
    """The connection of one process: a fork begins another.

    Parameters
    ----------
    server
        Who is asked.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self._begin()

    def _begin(self) -> None:
        self._owner, self._turn, self._quiet_until = os.getpid(), Lock(), 0.0
        self._open: list[psycopg.Connection] = []
        finalize(self, _close, self._open, self._owner)

    def ask(self, question: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        """Return the rows of an answer; none where the tables are not made yet.

        Raises
        ------
        ServerError
            The server does not answer, or did not a moment ago.
        """
        if self._owner != os.getpid():
            self._begin()
        with self._turn:
            if monotonic() < self._quiet_until:
                raise ServerError(GONE, away=True)
            try:
                return self._ask(question, values)
            except ServerError:
                self._quiet_until = monotonic() + PAUSE
                raise

    def _ask(self, question: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        if self._open:
            try:
                return _rows(self._open[0], question, values)
            except ServerError:  # the server may have closed it
                self._open.pop().close()
        self._open.append(self._server.connect(ANSWER, autocommit=True))
        return _rows(self._open[0], question, values)


def _close(opened: list[psycopg.Connection], owner: int) -> None:
    """Let a connection go, where it is that of this process."""
    if owner == os.getpid():
        for connection in opened:
            connection.close()


def _rows(
    connection: psycopg.Connection, question: str, values: Sequence[object]
) -> list[tuple[Any, ...]]:
    try:
        asked = connection.execute(question.encode(), values)
        return asked.fetchall() if asked.description else []
    except psycopg.errors.UndefinedTable:
        return []
    except psycopg.Error as error:
        raise explain(error) from error
