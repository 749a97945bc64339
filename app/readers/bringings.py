"""When each client brought files in the last hour: an empty file for each, named by its moment."""

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from app.jobs.share import HOUR


class Bringings:
    """What clients brought in the last hour.

    Parameters
    ----------
    folder
        A folder for each client; made when it is first needed.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def ages(self, client: str) -> list[float]:
        """Return how many seconds ago a client brought each file."""
        now = time.time()
        return [now - float(path.name) for path in self._times(client)]

    def note(self, client: str) -> None:
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
