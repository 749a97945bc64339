"""Where what visitors bring is kept: on the disk, or where the store is a database, in that."""

from pydantic import SecretStr

from app.readers.sessions import Sessions
from app.settings import Settings


def open_sessions(settings: Settings) -> Sessions:
    """Return what visitors brought; raises StoreError where a database has no such address."""
    if not isinstance(settings.store, SecretStr):
        return Sessions(settings.sessions)
    # nobody who keeps a file waits for it
    from app.readers.shared.sessions import SharedSessions  # noqa: PLC0415

    return SharedSessions(settings.sessions, settings.store.get_secret_value())
