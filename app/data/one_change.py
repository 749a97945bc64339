"""One change of a visitor after another: a form that is sent twice at once is done once."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from filelock import FileLock, Timeout

from app.readers.sessions import Session
from layers.store.protocol import StoreError

LOCK: Final = "changement.lock"
PATIENCE: Final = 30.0
"""Seconds that a change waits for the one before it."""


@contextmanager
def one_change(session: Session) -> Iterator[None]:
    """Hold the layers of a visitor against other changes of theirs, in whatever process.

    Raises
    ------
    StoreError
        Another one goes on for too long.
    """
    lock = FileLock(session.folder / LOCK, timeout=PATIENCE)
    try:
        lock.acquire()
    except Timeout as error:
        raise StoreError("Un autre changement est en cours : réessayez dans un moment.") from error
    try:
        yield
    finally:
        lock.release()
