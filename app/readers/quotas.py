"""How much one client may bring: beyond it they are refused, and nobody loses anything for them.

A client is an address: whoever throws their cookie away is the same one. All that is known of it is
a word (:mod:`app.web.client`) in the folders of its visitors, and when it brought files in the last
hour.
"""

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.imports.limits import BroughtFileError
from app.jobs.folder import size_of
from app.jobs.share import HOUR, ShareError
from app.readers.sessions import Session, Sessions
from layers.french.wording import plural

CLIENT: Final = ".client"
MEGABYTE: Final = 1_000_000


class QuotaError(BroughtFileError, ShareError):
    """A client, or all of them, have as much as they may; the message is a French sentence."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one client may have, and all together.

    Parameters
    ----------
    layers
        Files and their layers, of all visitors of the client.
    megabytes
        Of what is kept of them.
    imports
        Files an hour.
    megabytes_in_all
        Of what is kept of all clients.
    """

    layers: int
    megabytes: int
    imports: int
    megabytes_in_all: int


class Quotas:
    """The accounts of the clients of one server.

    Parameters
    ----------
    sessions
        What visitors brought.
    folder
        Of the times at which each client brought something; made when it is first needed.
    bounds
        The operator's.
    """

    def __init__(self, sessions: Sessions, folder: Path, bounds: Bounds) -> None:
        self.sessions = sessions
        self.folder = folder
        self.bounds = bounds

    def check(self, client: str, more: int) -> None:
        """Refuse one more file where the client, or the server, has no room for it.

        Parameters
        ----------
        more
            Bytes of the file.

        Raises
        ------
        QuotaError
            Of whichever bound is reached first.
        """
        bounds, now = self.bounds, time.time()
        brought = plural(bounds.imports, "fichier apporté", "fichiers apportés")
        held = plural(bounds.layers, "fichier gardé", "fichiers gardés")
        ages = sorted(now - float(path.name) for path in self._times(client))
        recent = [age for age in ages if 0 <= age < HOUR]
        if len(recent) >= bounds.imports:
            raise QuotaError(
                f"Déjà {brought} en une heure depuis votre réseau : réessayez plus tard.",
                after=HOUR - recent[bounds.imports - 1],
            )
        sizes = {folder: size_of(folder) for folder in self.sessions.folders()}
        ours = [folder for folder in sizes if _client(folder) == client]
        if sum(Session(folder).count() for folder in ours) >= bounds.layers:
            raise QuotaError(
                f"Déjà {held} pour votre réseau : retirez-en un avant d’en apporter un autre."
            )
        if sum(sizes[folder] for folder in ours) + more > bounds.megabytes * MEGABYTE:
            raise QuotaError(
                f"Plus de {bounds.megabytes} Mo seraient gardés pour votre réseau : retirez un "
                "fichier avant d’en apporter un autre."
            )
        if sum(sizes.values()) + more > bounds.megabytes_in_all * MEGABYTE:
            raise QuotaError(
                "Le serveur n’a plus de place pour les fichiers des visiteurs : réessayez dans "
                "quelques heures.",
                after=HOUR, theirs=False,
            )  # fmt: skip

    def note(self, client: str, session: Session) -> None:
        """Note that a client brings a file now; raises OSError."""
        now = time.time()
        for path in self._times(client):
            if now - float(path.name) >= HOUR:
                path.unlink(missing_ok=True)
        folder = self.folder / client
        for last in (False, True):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            try:
                (folder / f"{now:.6f}").touch()
                break
            except FileNotFoundError:  # another worker has just swept away what was empty
                if last:
                    raise
        (session.folder / CLIENT).write_text(client, encoding="ascii")

    def sweep(self) -> None:
        """Forget the clients that brought nothing for an hour."""
        for folder in self.folder.glob("*"):
            with suppress(OSError):
                if time.time() - folder.stat().st_mtime > HOUR:
                    for path in folder.iterdir():
                        path.unlink(missing_ok=True)
                    folder.rmdir()

    def _times(self, client: str) -> Iterator[Path]:
        yield from list((self.folder / client).glob("*.*"))


def _client(folder: Path) -> str:
    with suppress(OSError):
        return (folder / CLIENT).read_text(encoding="ascii")
    return ""
