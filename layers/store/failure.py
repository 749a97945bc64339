"""What keeps a file from being read or written, in French: the words of a library help nobody."""

import errno
import sqlite3
from typing import Final

HELD: Final = "un autre programme le tient"
FULL: Final = "plus de place sur le disque"
CLOSED: Final = "écriture refusée"
DAMAGED: Final = "fichier endommagé"
UNREADABLE: Final = "fichier illisible"

_OF_SQLITE: Final = {
    sqlite3.SQLITE_BUSY: HELD,
    sqlite3.SQLITE_LOCKED: HELD,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: CLOSED,
    sqlite3.SQLITE_PERM: CLOSED,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
}
_OF_SYSTEM: Final = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: FULL,
    errno.EROFS: CLOSED,
    errno.EACCES: CLOSED,
    errno.EPERM: CLOSED,
}


class HeldError(Exception):
    """Another program holds the file, for longer than is waited for."""

    def __init__(self) -> None:
        super().__init__(HELD)


def explain(error: BaseException) -> str:
    """Return the cause of a failure as French words, without capital or full stop."""
    if isinstance(error, OSError):
        return _OF_SYSTEM.get(error.errno or 0, UNREADABLE)
    if isinstance(error, sqlite3.Error):
        return _OF_SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, UNREADABLE)
    return str(error).rstrip(".") if isinstance(error, HeldError) else UNREADABLE


def is_held(error: sqlite3.Error) -> bool:
    """Tell whether it is only that another program holds the file."""
    return _OF_SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF) == HELD
