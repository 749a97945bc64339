"""Secret links in the database: seen by whoever made them, and by whoever holds their word."""

import json
import time
from dataclasses import asdict
from pathlib import Path

from app.readers.secret_links import NAME, SecretLink, SecretLinks
from app.readers.shared.folders import Folders
from app.readers.shared.tables import act_as
from layers.store.edited import EditedStore
from layers.store.postgis.server import ServerError

_SHOWN: str = (
    "UPDATE atlas62.visiteurs SET montre_jusque = "
    "(SELECT max(jusque) FROM atlas62.liens WHERE visiteur = %s) WHERE visiteur = %s"
)


class SharedLinks(SecretLinks):
    """The links of all visitors of several machines.

    Parameters
    ----------
    root
        As for :class:`SecretLinks`; nothing is kept there.
    folders
        The visitors' folders.
    """

    def __init__(self, root: Path, folders: Folders) -> None:
        super().__init__(root, folders.root)
        self._folders = folders

    def keep(self, link: SecretLink) -> None:
        """Keep a link; raises OSError."""
        try:
            with self._folders.transaction() as connection:
                act_as(connection, link.owner)
                connection.execute(
                    "INSERT INTO atlas62.liens (nom, visiteur, jusque, fiche) "
                    "VALUES (%s, %s, to_timestamp(%s), %s)",
                    (link.name, link.owner, link.until, json.dumps(asdict(link))),
                )
                connection.execute(_SHOWN, (link.owner, link.owner))
        except ServerError as error:
            raise OSError(str(error)) from error

    def read(self, name: str) -> SecretLink | None:
        """Return a link that is not over."""
        found = self._ask("", name) if NAME.fullmatch(name) else []
        return found[0] if found else None

    def of_owner(self, owner: str) -> list[SecretLink]:
        """Return the links to the layers of a visitor, the first to end first."""
        return sorted(self._ask(owner, ""), key=lambda link: link.until)

    def revoke(self, owner: str, name: str) -> None:
        """Take away a link of a visitor; nothing happens where it is none of theirs."""
        with self._folders.transaction() as connection:
            act_as(connection, owner)
            connection.execute(
                "DELETE FROM atlas62.liens WHERE nom = %s AND visiteur = %s", (name, owner)
            )
            connection.execute(_SHOWN, (owner, owner))

    def store(self, link: SecretLink) -> EditedStore:
        """Return the layers of whoever made a link, as they are now."""
        self._folders.has(link.owner)
        return super().store(link)

    def _ask(self, owner: str, name: str) -> list[SecretLink]:
        try:
            with self._folders.transaction() as connection:
                act_as(connection, owner, name)
                found = connection.execute("SELECT fiche FROM atlas62.liens").fetchall()
        except ServerError:  # a database that does not answer shows nothing of another's
            return []
        links = [SecretLink(**json.loads(told)) for (told,) in found]
        return [link for link in links if link.until > time.time()]
