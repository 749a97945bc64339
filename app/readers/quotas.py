"""How much one client may bring: beyond it they are refused, and nobody loses anything for them.

A client is an address: whoever throws their cookie away is the same one. All that is known of it is
a word (:mod:`app.web.client`) in the folders of its visitors, and when it brought files in the last
hour.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.imports.limits import BroughtFileError
from app.jobs.share import HOUR, ShareError
from app.readers.sessions import CLIENT, Session, Sessions
from layers.french.wording import plural

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
        self.bringings = sessions.bringings(folder)
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
        bounds = self.bounds
        brought = plural(bounds.imports, "fichier apporté", "fichiers apportés")
        held = plural(bounds.layers, "fichier gardé", "fichiers gardés")
        recent = [age for age in sorted(self.bringings.ages(client)) if 0 <= age < HOUR]
        if len(recent) >= bounds.imports:
            raise QuotaError(
                f"Déjà {brought} en une heure depuis votre réseau : réessayez plus tard.",
                after=HOUR - recent[bounds.imports - 1],
            )
        accounts = list(self.sessions.accounts())
        ours = [account for account in accounts if account.client == client]
        if sum(account.files for account in ours) >= bounds.layers:
            raise QuotaError(
                f"Déjà {held} pour votre réseau : retirez-en un avant d’en apporter un autre."
            )
        if sum(account.bytes for account in ours) + more > bounds.megabytes * MEGABYTE:
            raise QuotaError(
                f"Plus de {bounds.megabytes} Mo seraient gardés pour votre réseau : retirez un "
                "fichier avant d’en apporter un autre."
            )
        if sum(account.bytes for account in accounts) + more > bounds.megabytes_in_all * MEGABYTE:
            raise QuotaError(
                "Le serveur n’a plus de place pour les fichiers des visiteurs : réessayez dans "
                "quelques heures.",
                after=HOUR, theirs=False,
            )  # fmt: skip

    def note(self, client: str, session: Session) -> None:
        """Note that a client brings a file now; raises OSError."""
        self.bringings.note(client)
        (session.folder / CLIENT).write_text(client, encoding="ascii")

    def sweep(self) -> None:
        """Forget the clients that brought nothing for an hour."""
        self.bringings.sweep()
