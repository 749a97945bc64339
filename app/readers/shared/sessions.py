"""What each visitor brought, for several machines: the database holds it, folders are copies."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress
from pathlib import Path

from app.imports.limits import BroughtFileError
from app.jobs.share import HOUR
from app.readers import sessions
from app.readers.bringings import Bringings
from app.readers.sessions import LINKS, Account, Session, Sessions
from app.readers.shared.folders import Folders
from app.readers.shared.links import SharedLinks
from layers.store.postgis.server import Server, ServerError


class SharedBringings(Bringings):
    """When each client brought files, whichever machine took them.

    Parameters
    ----------
    folders
        Those of the visitors, which know the database.
    """

    def __init__(self, folders: Folders) -> None:
        super().__init__(folders.root)
        self._folders = folders

    def ages(self, client: str) -> list[float]:
        """Return how many seconds ago a client brought each file."""
        asked = (
            "SELECT extract(epoch FROM clock_timestamp() - moment)::float FROM atlas62.apports "
            "WHERE client = %s"
        )
        with suppress(ServerError):
            return [float(str(age)) for (age,) in self._folders.ask(asked, client)]
        return []

    def note(self, client: str) -> None:
        """Note that a client brings a file now; raises OSError."""
        try:
            with self._folders.transaction() as connection:
                connection.execute("INSERT INTO atlas62.apports (client) VALUES (%s)", (client,))
        except ServerError as error:
            raise OSError(str(error)) from error

    def sweep(self) -> None:
        """Forget what was brought more than an hour ago."""
        with suppress(ServerError):
            self._folders.ask(
                "DELETE FROM atlas62.apports "
                "WHERE moment < clock_timestamp() - make_interval(secs => %s)",
                HOUR,
            )


class SharedSessions(Sessions):
    """What visitors of several machines brought.

    Parameters
    ----------
    root
        Where this machine has copies of their folders.
    address
        Of the database, as libpq reads it.
    """

    shared = True

    def __init__(self, root: Path, address: str) -> None:
        super().__init__(root)
        self._folders = Folders(root, Server(address))
        self.links = SharedLinks(root.with_name(LINKS), self._folders)

    def start(self) -> tuple[str, Session]:
        """Make a session; gives the word for its cookie.

        Raises
        ------
        BroughtFileError
            It cannot be kept.
        """
        token, session = super().start()
        try:
            self._folders.start(session.folder.name)
        except ServerError as error:
            raise BroughtFileError(f"Le serveur ne peut garder aucun fichier : {error}.") from error
        return token, session

    def changing(self, name: str) -> AbstractContextManager[None]:
        """Hold what a visitor brought while it is changed, on all machines; raises StoreError."""
        return self._folders.changing(name)

    def has(self, name: str) -> bool:
        """Tell whether there is a visitor of that name, once their folder is up to date."""
        return self._folders.has(name)

    def accounts(self) -> Iterator[Account]:
        """Yield what each visitor holds, on whichever machine it came in."""
        with suppress(ServerError):
            for client, files, size in self._folders.ask(
                "SELECT client, fichiers, octets FROM atlas62.visiteurs"
            ):
                yield Account(str(client), int(str(files)), int(str(size)))

    def bringings(self, folder: Path) -> Bringings:  # noqa: ARG002 - of one disk
        """Return when clients brought files, on whichever machine."""
        return SharedBringings(self._folders)

    def sweep(self) -> None:
        """Take away what was not used for long, here and in the database."""
        with suppress(ServerError):
            self._folders.sweep(sessions.LIFETIME)
