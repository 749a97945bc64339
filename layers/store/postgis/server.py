"""The database server: how it is reached, and what keeps it from answering, in French."""

from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from time import monotonic
from typing import Any, Final

import psycopg
from psycopg.conninfo import conninfo_to_dict

from layers.store.failure import CLOSED, FULL, HELD
from layers.store.protocol import StoreError

USUAL: Final[Mapping[str, str | int]] = {
    "connect_timeout": 3,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 8_000,
    "application_name": "atlas62",
}
"""Of libpq, where the address says nothing else: a server that is gone is not waited for."""
READING: Final = 20.0
CHANGING: Final = 120.0
"""Seconds for which the next word of the server is waited for: other changes take their time."""
GONE: Final = "serveur injoignable, ou base absente"
REFUSED: Final = "mot de passe ou compte refusé"
NO_POSTGIS: Final = (
    "l’extension PostGIS n’est pas dans la base ; son administrateur y tape « CREATE EXTENSION "
    "postgis », après l’avoir installée (paquet postgresql-…-postgis-3 sous Debian)"
)
_OF_STATE: Final[Mapping[str, str]] = {
    "22021": "un texte contient un caractère que la base ne peut pas garder",
    "22P05": "un texte contient un caractère que la base ne peut pas garder",
    "25006": CLOSED,
    "42P01": "la couche a changé depuis",
    "42501": f"{CLOSED} : le compte n’a pas ce droit",
    "53100": FULL,
    "53300": "trop de connexions au serveur",
    "54000": "trop de colonnes pour une table de la base",
    "54011": "trop de colonnes pour une table de la base",
    "55P03": HELD,
}
_OF_CLASS: Final[Mapping[str, str]] = {"08": GONE, "28": REFUSED, "57": GONE, "3D": GONE}


class ServerError(Exception):
    """The server did not do what was asked; the message is the cause, in French words.

    Parameters
    ----------
    away
        Whether it did not answer at all.
    """

    def __init__(self, cause: str, *, away: bool = False) -> None:
        super().__init__(cause)
        self.away = away


class PatientConnection(psycopg.Connection[tuple[Any, ...]]):
    """A connection that waits so long for the next word of the server, and then is closed.

    A pooler that has lost its server answers nothing for two minutes, and keeps the connection.
    """

    patience: float = READING

    def wait(self, gen: Generator[Any, Any, Any], *how: Any, **named: Any) -> Any:  # noqa: ANN401 - as psycopg has it
        """Consume what asks the server, as psycopg does, for so long."""
        try:
            return super().wait(_within(gen, self.patience), *how, **named)
        except TimeoutError as error:
            self.close()
            raise psycopg.OperationalError from error


def _within(asking: Generator[Any, Any, Any], seconds: float) -> Generator[Any, Any, Any]:
    """Consume a generator of psycopg; raises TimeoutError when nothing comes for so long."""
    until = monotonic() + seconds
    ready: Any = None
    while True:
        try:
            wanted = asking.send(ready)
        except StopIteration as end:
            return end.value
        ready = yield wanted
        if ready:
            until = monotonic() + seconds
        elif monotonic() >= until:
            raise TimeoutError


class Server:
    """A database of a server.

    Parameters
    ----------
    address
        As libpq reads it: ``postgresql://…``. It may hold a password, which is said nowhere.

    Raises
    ------
    StoreError
        It is no such address.
    """

    def __init__(self, address: str) -> None:
        try:
            told = conninfo_to_dict(address)
        except psycopg.Error:
            # what libpq says of it may repeat the password
            raise StoreError(
                "Réglage ATLAS62_STORE : adresse illisible, attendu "
                "postgresql://compte@serveur/base."
            ) from None
        self._told: dict[str, Any] = {**USUAL, **told}
        where = str(told.get("host") or told.get("service") or "/")
        if where.startswith("/"):  # a folder of this machine, which is nobody's business
            where = "cette machine"
        self.name = f"Magasin « {told.get('dbname') or 'base du compte'} » ({where})"

    def connect(self, patience: float, *, autocommit: bool = False) -> psycopg.Connection:
        """Return a new connection, to be closed by the caller.

        Nothing is prepared and nothing is set for longer than a transaction: a pooler such as
        pgbouncer may stand before the server.

        Parameters
        ----------
        patience
            Seconds for which the next word of the server is waited for.

        Raises
        ------
        ServerError
            The server does not answer, or refuses.
        """
        try:
            made = PatientConnection.connect(
                **self._told, autocommit=autocommit, prepare_threshold=None
            )
        except psycopg.Error as error:
            raise explain(error) from error
        made.patience = patience
        made.isolation_level = psycopg.IsolationLevel.READ_COMMITTED  # whatever is usual there
        return made

    @contextmanager
    def transaction(self, patience: float = READING) -> Iterator[psycopg.Connection]:
        """Give a connection in a transaction, kept when all went well.

        Parameters
        ----------
        patience
            As for :meth:`connect`.

        Raises
        ------
        ServerError
            The server does not answer, or refuses; nothing is changed.
        """
        connection = self.connect(patience)
        try:
            with connection:
                yield connection
        except UnicodeError as error:
            raise ServerError(_OF_STATE["22021"]) from error
        except psycopg.Error as error:
            raise explain(error) from error


def explain(error: psycopg.Error) -> ServerError:
    """Return the cause of a failure in French: the words of the server may be in any language."""
    state = error.sqlstate or ""
    attempt = error.pgconn
    if attempt is not None and (attempt.needs_password or attempt.used_password):
        return ServerError(REFUSED, away=True)
    if not state and isinstance(error, psycopg.OperationalError):
        return ServerError(GONE, away=True)
    if not state and isinstance(error, psycopg.DataError):
        return ServerError(_OF_STATE["22021"])
    cause = _OF_STATE.get(state) or _OF_CLASS.get(state[:2])
    away = state[:2] in _OF_CLASS
    return ServerError(cause or f"refus du serveur (SQLSTATE {state or 'inconnu'})", away=away)
