"""The journal of changes as commands write it, where people sign on: by the account they run."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.opening.data import NO_PACKAGE
from app.settings import Settings
from layers.store.journal import FILE, Change, FileJournal, Journal, Noting
from layers.store.protocol import StoreError


def open_journal(settings: Settings) -> Journal:
    """Return the journal, which stands beside the store: a file, or a table of its database.

    Raises
    ------
    StoreError
        As :func:`app.opening.data.open_store`.
    """
    if isinstance(settings.store, Path):
        return FileJournal(settings.folder / FILE)
    try:
        # nobody who keeps a file waits for it
        from layers.store.postgis.journal import SharedJournal  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise StoreError(NO_PACKAGE) from error
    return SharedJournal(settings.store.get_secret_value())


def account(named: str | None = None) -> str:
    """Return who runs a command: as they name themselves, else their account."""
    try:
        return f"{named or getpass.getuser()} (commande)"
    except (OSError, KeyError):
        return "compte inconnu (commande)"


@contextmanager
def noting(settings: Settings) -> Iterator[Noting]:
    """Hold the journal while a command changes something; without sign-on there is none.

    Raises
    ------
    LayerError
        The journal cannot be written: nothing has been changed then.
    """
    if not settings.signs_on:
        yield Noting()
        return
    with open_journal(settings).noting() as line:
        yield line


def note(settings: Settings, kind: str, subject: str, what: str, who: str | None = None) -> None:
    """Write that a command has changed something that is not undone from the journal.

    Raises
    ------
    LayerError
        The journal cannot be written.
    """
    with noting(settings) as line:
        line.change = Change(account(who), kind, subject, what, {}, {})
