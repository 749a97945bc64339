"""What each visitor brought: a folder of their own, known by a random word in their cookie.

The folders are all the state there is, so that any process of the server can answer; they are named
after a hash, so that whoever lists them can open no one's. What is not used is swept away.
"""

import hashlib
import math
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.imports.brought_file import FileImport
from app.imports.file_folder import REFUSAL
from app.imports.limits import BroughtFileError
from app.jobs.folder import PRIVATE, size_of
from app.jobs.share import ShareError
from app.readers.bringings import Bringings
from app.readers.secret_links import LAYERS, SecretLinks
from geo.reference.places import Reference
from layers.model.layer import Layer
from layers.store.edited import EditedStore

LIFETIME: Final = 24 * 3600
"""Seconds after its last use for which a folder is kept."""

MOST_FILES: Final = 20
"""Files of one visitor."""

RECENT: Final = 60
"""Seconds for which a visit need not be noted again."""

TOKEN_BYTES: Final = 32
TOKEN: Final = re.compile(r"[\w-]{43}", re.ASCII)
NAME: Final = re.compile(r"[0-9a-f]{16}")
USED: Final = ".used"
LINKS: Final = "links"
"""Folder beside the visitors' of the links to their layers."""


CLIENT: Final = ".client"
"""File of whose network a visitor brought something from."""


@dataclass(frozen=True, slots=True)
class Account:
    """What one visitor holds.

    Parameters
    ----------
    client
        Whose network it came from; empty where nothing came.
    files
        That were not refused.
    bytes
        Of all that is kept.
    """

    client: str
    files: int
    bytes: int


class FilesShareError(BroughtFileError, ShareError):
    """A visitor has as many files as one may have."""


class Session:
    """What one visitor brought.

    Parameters
    ----------
    folder
        Theirs alone.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = EditedStore(folder / LAYERS)

    def job(self, name: str, reference: Reference) -> FileImport | None:
        """Return one of the visitor's files, None when there is none of that name."""
        folder = self.folder / name
        return FileImport(folder, reference) if NAME.fullmatch(name) and folder.is_dir() else None

    def jobs(self, reference: Reference) -> Iterator[FileImport]:
        """Yield the visitor's files, the oldest first."""
        for folder in sorted(self._files(), key=_begun):
            yield FileImport(folder, reference)

    @property
    def account(self) -> Account:
        """What the visitor holds."""
        client = ""
        with suppress(OSError):
            client = (self.folder / CLIENT).read_text(encoding="ascii")
        return Account(client, self.count(), size_of(self.folder))

    def count(self) -> int:
        """Return the number of the visitor's files; those that could not be read do not count."""
        return sum(not (folder / REFUSAL).exists() for folder in self._files())

    def _files(self) -> list[Path]:
        # glob gives nothing where the folder is swept away meanwhile
        return [path for path in self.folder.glob("*") if NAME.fullmatch(path.name)]

    def begin(self, reference: Reference) -> FileImport:
        """Make a place for one more file.

        Raises
        ------
        BroughtFileError
            The visitor has as many as one may have.
        """
        if self.count() >= MOST_FILES:
            raise FilesShareError(
                f"Vous avez déjà apporté {MOST_FILES} fichiers : retirez-en un avant d’en apporter "
                "un autre."
            )
        folder = self.folder / secrets.token_hex(8)
        folder.mkdir()
        return FileImport(folder, reference)

    def forget_drawn(self) -> None:
        """Take away the pages that show the visitor's layers."""
        shutil.rmtree(self.folder / PRIVATE, ignore_errors=True)

    def touch(self) -> None:
        """Note that the visitor is there: whatever page they look at, what they brought stays."""
        if time.time() - _last_use(self.folder) > RECENT:
            with suppress(OSError):
                (self.folder / USED).touch()


class Sessions:
    """The folders of all visitors.

    Parameters
    ----------
    root
        Where they are.

    Attributes
    ----------
    shared
        Whether other machines see the same.
    """

    shared = False

    def __init__(self, root: Path) -> None:
        self.root = root
        self.links = SecretLinks(root.with_name(LINKS), root)

    def find(self, token: str | None) -> Session | None:
        """Return the session of a cookie, None when it was made up or is swept away."""
        if not token or not TOKEN.fullmatch(token):
            return None
        folder = self._folder(token)
        return Session(folder) if self.has(folder.name) else None

    def start(self) -> tuple[str, Session]:
        """Make a session; gives the word for its cookie.

        Raises
        ------
        BroughtFileError
            The folder cannot be written.
        """
        token = secrets.token_urlsafe(TOKEN_BYTES)
        session = Session(self._folder(token))
        try:
            self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
            session.folder.mkdir(mode=0o700)
            (session.folder / USED).touch()
        except OSError as error:
            raise BroughtFileError("Le serveur ne peut garder aucun fichier.") from error
        return token, session

    def changing(self, name: str) -> AbstractContextManager[None]:  # noqa: ARG002 - of the one that is shared
        """Hold what a visitor brought while it is changed; on one disk nothing is to be done."""
        return nullcontext()

    def has(self, name: str) -> bool:
        """Tell whether there is a visitor of that name, whose folder is as it should be."""
        return (self.root / name).is_dir()

    def accounts(self) -> Iterator[Account]:
        """Yield what each visitor holds."""
        for folder in self.folders():
            yield Session(folder).account

    def bringings(self, folder: Path) -> Bringings:
        """Return when clients brought files, noted in a folder."""
        return Bringings(folder)

    def folders(self) -> list[Path]:
        """Return the folders of all visitors."""
        return [path for path in self.root.glob("*") if path.is_dir()]

    def every_job(self, reference: Reference) -> Iterator[FileImport]:
        """Yield the files of all visitors."""
        for folder in self.folders():
            yield from Session(folder).jobs(reference)

    def sweep(self) -> None:
        """Take away the folders that were not used for long; those of others never make room.

        What a secret link shows stays until the link is over.
        """
        shown = self.links.owners()
        for folder in self.folders():
            if folder.name not in shown and time.time() - _last_use(folder) > LIFETIME:
                shutil.rmtree(folder, ignore_errors=True)

    def _folder(self, token: str) -> Path:
        return self.root / hashlib.sha256(token.encode()).hexdigest()


def _begun(folder: Path) -> int:
    with suppress(OSError):  # it may be taken away meanwhile
        return folder.stat().st_ctime_ns
    return 0


def _last_use(folder: Path) -> float:
    for path in (folder / USED, folder):  # one that another worker is making has no mark yet
        with suppress(OSError):
            return path.stat().st_mtime
    return math.inf


def seen_alone(sessions: Sessions, session: Session) -> tuple[Layer, ...]:
    """Return the layers that a visitor sees and not all: their own, and those of links."""
    links = sessions.links
    return (*session.store.layers(), *links.layers(links.opened(session.folder)))
