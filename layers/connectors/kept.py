"""What was taken from sources, kept beside the store: the last good versions, how each try went.

A version is a folder with the files and their origin; ``state.json`` says which one is in use. A
version is written beside the others and takes its name when it is whole; the state is changed
after that, in one step: whoever is killed between the two has changed nothing.
"""

import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import orjson
from filelock import FileLock, Timeout

from geo.whole_file import write_whole
from layers.connectors.declaration import Connector, ConnectorError, Origin

STATE: Final = "state.json"
ORIGIN: Final = "origin.json"
LOCK: Final = "lock"
KEPT: Final = 3
"""Versions of each source, the one in use among them."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """How the last try went: when (ISO, UTC), whether it changed anything, in which words."""

    at: str
    good: bool
    said: str


@dataclass(frozen=True, slots=True)
class Version:
    """What is in use: its files, by path inside the folder of the facts, and its origin."""

    files: Mapping[str, Path]
    origin: Origin


class KeptSource:
    """What is kept of one source.

    Parameters
    ----------
    root
        Folder of all sources; need not exist.
    """

    def __init__(self, root: Path, connector: Connector) -> None:
        self.folder = root / connector.id
        self.connector = connector

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other programs from taking the source meanwhile; raises ConnectorError if one is."""
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self.folder / LOCK, timeout=0):
                yield
        except Timeout:
            raise ConnectorError(
                f"{self.connector.title} : une autre mise à jour est en cours."
            ) from None

    def current(self) -> Version | None:
        """Return the version in use, None for the embedded facts."""
        name = self._state().get("current")
        if not isinstance(name, str) or Path(name).name != name:
            return None
        folder = self.folder / name
        try:
            told = orjson.loads((folder / ORIGIN).read_bytes())
            origin = Origin(**{**told, "told": tuple(told["told"])})
        except (OSError, ValueError, KeyError, TypeError):
            return None
        files = {file: folder / Path(file).name for file in self.connector.feed.files}
        whole = all(path.is_file() for path in files.values())
        return Version(files, origin) if whole else None

    def attempt(self) -> Attempt | None:
        """Return how the last try went, None when there was none."""
        told = self._state().get("attempt")
        try:
            return Attempt(**told) if isinstance(told, dict) else None
        except TypeError:
            return None

    def note(self, attempt: Attempt) -> None:
        """Remember how a try went that changed nothing."""
        self._write({**self._state(), "attempt": asdict(attempt)})

    def keep(self, files: Mapping[str, bytes], origin: Origin, said: str) -> None:
        """Keep files and put them in use, all of them or none; raises OSError.

        Parameters
        ----------
        files
            By path inside the folder of the facts.
        """
        name = f"{origin.taken.replace(':', '')}-{secrets.token_hex(4)}"
        making = self.folder / f".{name}.part"
        making.mkdir(parents=True)
        for file, content in files.items():
            write_whole(making / Path(file).name, content)
        write_whole(making / ORIGIN, orjson.dumps(asdict(origin), option=orjson.OPT_INDENT_2))
        making.replace(self.folder / name)
        in_use = self._state().get("current")
        before = ([in_use] if in_use else []) + list(self._state().get("before", []))
        attempt = asdict(Attempt(origin.taken, good=True, said=said))
        self._write({"current": name, "before": before[: KEPT - 1], "attempt": attempt})
        self._sweep()

    def go_back(self) -> bool:
        """Use the version of before, the embedded rows when there is none; False if they were."""
        state = self._state()
        if not state.get("current"):
            return False
        before = list(state.get("before", []))
        self._write({**state, "current": before[0] if before else None, "before": before[1:]})
        self._sweep()
        return True

    def _state(self) -> Mapping[str, Any]:
        try:
            told = orjson.loads((self.folder / STATE).read_bytes())
        except (OSError, ValueError):
            return {}
        return told if isinstance(told, dict) else {}

    def _write(self, state: Mapping[str, Any]) -> None:
        write_whole(self.folder / STATE, orjson.dumps(state, option=orjson.OPT_INDENT_2))

    def _sweep(self) -> None:
        state = self._state()
        wanted = {state.get("current"), *state.get("before", [])}
        for folder in self.folder.iterdir():
            if folder.is_dir() and folder.name not in wanted:
                shutil.rmtree(folder, ignore_errors=True)
