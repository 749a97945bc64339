"""The folders of visitors on this machine, kept as the database has them."""

import shutil
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import time
from typing import Final

import structlog
from filelock import FileLock, Timeout
from flask import g, has_request_context
from psycopg import Connection

from app.readers.sessions import RECENT, Session
from app.readers.shared.line import Line
from app.readers.shared.pieces import Note, Pieces
from app.readers.shared.tables import act_as, make_ready
from layers.store.postgis.layout import hold
from layers.store.postgis.server import CHANGING, READING, Server, ServerError
from layers.store.protocol import StoreError

NOTES: Final = "miroir"
"""Folder, beside the visitors', of what was noted of them."""
WAIT: Final = 30.0
"""Seconds for which whoever changes a folder on this machine is waited for."""
IDLE: Final = 300
"""Seconds that a change may think: a layer of a hundred thousand rows is written meanwhile."""
_SEEN: Final = (
    "SELECT revision, extract(epoch FROM clock_timestamp() - vu)::float FROM atlas62.visiteurs "
    "WHERE visiteur = %s"
)
_VISITED: Final = (
    "UPDATE atlas62.visiteurs SET vu = clock_timestamp() WHERE visiteur = %s RETURNING 1"
)
_FOUND: Final = "SELECT revision FROM atlas62.visiteurs WHERE visiteur = %s"
_KEPT: Final = (
    "UPDATE atlas62.visiteurs SET revision = %s, vu = clock_timestamp(), client = %s, "
    "fichiers = %s, octets = %s WHERE visiteur = %s"
)
log = structlog.get_logger("app.readers")


class Folders:
    """The folders of all visitors.

    Parameters
    ----------
    root
        Where they are on this machine.
    server
        The database.
    """

    def __init__(self, root: Path, server: Server) -> None:
        self.root, self._server = root, server
        self._notes = root.with_name(NOTES)
        self._line = Line(server)
        self._ready = False

    @contextmanager
    def transaction(self, patience: float = READING) -> Iterator[Connection]:
        """Give a transaction over tables that are there; raises ServerError."""
        if not self._ready:
            make_ready(self._server)
            self._ready = True
        with self._server.transaction(patience) as connection:
            yield connection

    def ask(self, question: str, *values: object) -> list[tuple[object, ...]]:
        """Ask a short question, whoever it is about; raises ServerError."""
        return self._line.ask(question, values)

    def start(self, name: str) -> None:
        """Make room for a visitor; raises ServerError."""
        with self.transaction() as connection:
            connection.execute("INSERT INTO atlas62.visiteurs (visiteur) VALUES (%s)", (name,))

    def has(self, name: str) -> bool:
        """Bring a folder up to date, once a request; tell whether there is such a visitor.

        While the database does not answer, what this machine has is shown.
        """
        seen: dict[str, bool] = {}
        if has_request_context():
            seen = g.setdefault("visitors_seen", seen)
        if name not in seen:
            try:
                seen[name] = self._look(name)
            except (ServerError, Timeout) as error:
                log.warning("visitor not brought up to date", reason=str(error))
                seen[name] = (self.root / name).is_dir()
        return seen[name]

    def _look(self, name: str) -> bool:
        told, pieces = self.ask(_SEEN, name), Pieces(self.root / name, self._notes)
        if not told:
            pieces.forget()
            return False
        revision, since = told[0]
        if isinstance(since, float) and since > RECENT:
            self.ask(_VISITED, name)
        begun = pieces.was_begun
        if pieces.note().revision == revision and not begun:
            return True
        try:
            # one who is at it on this machine will have the newest soon
            with self._held(pieces, 0 if begun else WAIT), self.transaction() as connection:
                # what another machine keeps meanwhile is seen the next time, not half of it now
                connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                act_as(connection, name)
                self._bring(connection, pieces)
        except Timeout:
            if not begun:
                raise
        return True

    @contextmanager
    def changing(self, name: str) -> Generator[None]:
        """Hold a visitor's folder on all machines; keep what was changed in it, or nothing.

        Raises
        ------
        StoreError
            It cannot be kept; every machine shows it as it was before.
        """
        pieces = Pieces(self.root / name, self._notes)
        try:
            with self._held(pieces, WAIT):
                with self._acting(name) as connection:
                    before = self._bring(connection, pieces)
                    if has_request_context():
                        g.setdefault("visitors_seen", {})[name] = True
                    pieces.begin()
                    yield
                    after = self._keep(connection, pieces, before)
                pieces.over(after)
        except (ServerError, Timeout) as error:
            raise StoreError(
                f"Vos fichiers ne peuvent pas être gardés pour l’instant ({error}) : rien n’est "
                "changé, réessayez."
            ) from error

    def _bring(self, connection: Connection, pieces: Pieces) -> Note:
        line = connection.execute(_FOUND, (pieces.folder.name,)).fetchone()
        if line is None:
            raise ServerError("ils ne sont plus là")
        note = pieces.note()
        if note.revision != line[0] or pieces.was_begun:
            note = pieces.bring(connection, int(line[0]))
            pieces.over(note)
        return note

    def _keep(self, connection: Connection, pieces: Pieces, before: Note) -> Note:
        if not pieces.folder.is_dir():
            pieces.folder.mkdir(mode=0o700, parents=True)
        after, account = pieces.push(connection, before), Session(pieces.folder).account
        size = sum(size for _, _, size in after.pieces.values())
        values = (after.revision, account.client, account.files, size, pieces.folder.name)
        connection.execute(_KEPT, values)
        return after

    @contextmanager
    def _held(self, pieces: Pieces, seconds: float) -> Iterator[None]:
        self._notes.mkdir(mode=0o700, parents=True, exist_ok=True)
        with FileLock(pieces.lock_file, timeout=seconds):
            yield

    @contextmanager
    def _acting(self, name: str) -> Iterator[Connection]:
        with self.transaction(CHANGING) as connection:
            hold(connection, int(name[:15], 16), IDLE)
            act_as(connection, name)
            yield connection

    def sweep(self, seconds: float) -> None:
        """Take away what was not used for so long, but for what a link shows.

        Raises
        ------
        ServerError
            The database does not answer; nothing is taken away here either.
        """
        self.ask(
            "DELETE FROM atlas62.visiteurs WHERE vu < clock_timestamp() - make_interval(secs => %s)"
            " AND (montre_jusque IS NULL OR montre_jusque < clock_timestamp())",
            seconds,
        )
        kept = {str(name) for (name,) in self.ask("SELECT visiteur FROM atlas62.visiteurs")}
        for folder in self.root.glob("*"):
            if folder.name not in kept and _age(folder) > RECENT:  # else one is being made
                shutil.rmtree(folder, ignore_errors=True)


def _age(folder: Path) -> float:
    try:
        return time() - folder.stat().st_mtime
    except OSError:
        return 0.0
