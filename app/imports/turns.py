"""The turns of what visitors bring: a long step waits here, never in a request.

What waits stands in a folder, a file each, so that every worker of the server sees the same queue
and a worker that dies loses nothing: its locks are let go by the system, and whoever looks next
takes the turn again. Few are taken at a time, by threads that end when nothing waits; the work
itself is done in processes of their own (:mod:`app.imports.sandbox`).
"""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import structlog
from filelock import FileLock, Timeout

from app.imports.brought_file import FileImport
from app.imports.file_folder import HELD
from app.imports.limits import BroughtFileError
from app.jobs.share import MINUTE, ShareError
from app.jobs.turn_order import Asker, in_turn, no_turns
from geo.reference.places import Reference
from geo.whole_file import write_whole

TAKE_IN: Final = "take in"
PLACE: Final = "place"
GEOCODE: Final = "geocode"
MAKE: Final = "make"
"""Steps that wait for their turn."""

AT_ONCE: Final = 2
"""Turns that are taken at one time, by all workers together."""
MOST_WAITING: Final = 200
MOST_TRIES: Final = 2
"""Times that a turn is begun, when the server stops in the middle of it."""
LOOK: Final = 0.2
"""Seconds between two looks for a place."""
FAILED: Final = "La lecture s’est interrompue : reprenez, ou apportez ce fichier de nouveau."

log = structlog.get_logger("app.imports.turns")


@dataclass(frozen=True, slots=True)
class Turn:
    """A step that waits or is taken.

    Parameters
    ----------
    entry
        Its file in the queue.
    folder
        Of the import.
    step, part, heading
        What is to be done, and with which part of the file; the line of the names of its columns,
        None where the file tells.
    client
        From whose address it was asked.
    tries
        How often it was begun.
    """

    entry: Path
    folder: Path
    step: str
    part: str
    client: str
    tries: int
    heading: int | None = None


class QueueError(BroughtFileError, ShareError):
    """So many files wait that no more can."""


class Turns:
    """The queue of one server.

    Parameters
    ----------
    root
        Its folder; made when something is first asked.
    reference
        Places.
    take
        Takes a turn; gives the step that is to wait for the next one, empty for none. What it
        raises is told on the page of the file.
    """

    def __init__(
        self, root: Path, reference: Reference, take: Callable[[FileImport, Turn], str]
    ) -> None:
        self.root = root
        self.reference = reference
        self.take = take
        self._threads = 0
        self._taken = no_turns()
        self._starting = threading.Lock()

    def ask(
        self,
        job: FileImport,
        step: str,
        part: str = "",
        client: str = "",
        heading: int | None = None,
    ) -> None:
        """Let a step of an import wait for its turn; one that has a turn already keeps it.

        Raises
        ------
        BroughtFileError
            Too many wait, or the folder cannot be written to.
        """
        if self._entry(job) is not None:
            return
        if len(self._entries()) >= MOST_WAITING:
            raise QueueError(
                f"Déjà {MOST_WAITING} fichiers attendent d’être lus : réessayez dans quelques "
                "minutes.",
                after=5 * MINUTE, theirs=False,
            )  # fmt: skip
        self._put(job, step, part, client, heading)
        self.wake()

    def _put(self, job: FileImport, step: str, part: str, client: str, heading: int | None) -> None:
        record = {"folder": str(job.folder.resolve()), "step": step, "part": part,
                  "client": client, "tries": 0, "heading": heading}  # fmt: skip
        try:
            self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_whole(self.root / f"{time.time_ns():020d}-{job.folder.name}", json.dumps(record))
        except OSError as error:
            raise BroughtFileError("Le serveur ne peut garder aucun fichier.") from error

    def place(self, job: FileImport) -> int | None:
        """Return how many turns come before that of an import, None when it has none.

        One that is being taken has none before it. Whoever looks sees to it that turns are taken.
        """
        entry = self._entry(job)
        if entry is None:
            return None
        self.wake()
        waiting = [turn.entry for turn in self._waiting()]
        return waiting.index(entry) + 1 if entry in waiting else 0

    def step(self, job: FileImport) -> str:
        """Return which step of an import waits or is taken; empty for none."""
        entry = self._entry(job)
        turn = _read(entry) if entry else None
        return turn.step if turn else ""

    def forget(self, job: FileImport) -> None:
        """Take an import off the queue."""
        if self._entry(job) is None:
            return
        with self._changing():
            for entry in self.root.glob(f"[0-9]*-{job.folder.name}"):
                entry.unlink(missing_ok=True)

    def wake(self) -> None:
        """See to it that what waits is taken."""
        with self._starting:
            while self._threads < min(AT_ONCE, len(self._entries())):
                self._threads += 1
                threading.Thread(target=self._work, name="turns", daemon=True).start()

    def _work(self) -> None:
        while True:
            with self._starting:
                if not self._entries():
                    self._taken.clear()
                    self._threads -= 1
                    return
            try:
                taken = self._take_one()
            except Exception as error:
                log.exception("turn failed", exc_info=error)
                taken = False
            if not taken:
                time.sleep(LOOK)

    def _take_one(self) -> bool:
        """Take the next turn that no other thread or worker is at; tell whether there was one."""
        with self._slot() as free:
            if not free:
                return False
            for turn in self._waiting():
                with held(turn.folder) as ours:
                    if ours and turn.entry.exists():
                        self._taken.append(_askers(turn))
                        self._begin(turn)
                        return True
        return False

    def _begin(self, turn: Turn) -> None:
        job = FileImport(turn.folder, self.reference)
        why = FAILED
        try:
            if turn.tries < MOST_TRIES:
                if self._count_try(turn):
                    self._hand_on(job, turn, self.take(job, turn))
                why = ""
        except BroughtFileError as error:
            # who stopped it knows why
            why = str(error) if turn.entry.exists() else ""
        except Exception as error:
            if turn.folder.exists():
                log.exception("step failed", step=turn.step, exc_info=error)
        finally:
            if why:
                with suppress(OSError):  # the visitor may have taken it all away
                    job.refuse(why)
            turn.entry.unlink(missing_ok=True)

    def _count_try(self, turn: Turn) -> bool:
        """Note that a turn is begun; tell whether it is still wanted."""
        with self._changing():
            if not turn.entry.exists():
                return False
            record = json.loads(turn.entry.read_text(encoding="utf-8"))
            write_whole(turn.entry, json.dumps({**record, "tries": turn.tries + 1}))
            return True

    def _hand_on(self, job: FileImport, turn: Turn, following: str) -> None:
        """Let the next step wait for its turn before the old one goes: a file is never without."""
        with self._changing():
            if following and turn.entry.exists():
                self._put(job, following, "", turn.client, None)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Change turns that others may be changing: one forgotten meanwhile would come back."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        with FileLock(self.root / "changing.lock", poll_interval=0.005):
            yield

    @contextmanager
    def _slot(self) -> Iterator[bool]:
        """Give one of the few places, if one is free."""
        for number in range(AT_ONCE):
            lock = FileLock(self.root / f"place-{number}.lock", timeout=0)
            try:
                lock.acquire()
            except Timeout:
                continue
            try:
                yield True
            finally:
                lock.release()
            return
        yield False

    def _waiting(self) -> list[Turn]:
        """Return what nobody is at yet, in the order of its turns."""
        waiting = []
        for entry in self._entries():
            turn = _read(entry)
            if turn is None or not turn.folder.is_dir():
                entry.unlink(missing_ok=True)
            elif not is_held(turn.folder):
                waiting.append(turn)
        return in_turn(waiting, [*self._taken], _askers)

    def _entries(self) -> list[Path]:
        return sorted(self.root.glob("[0-9]*-*"))

    def _entry(self, job: FileImport) -> Path | None:
        return next(iter(self.root.glob(f"[0-9]*-{job.folder.name}")), None)


@contextmanager
def held(folder: Path, seconds: float = 0) -> Iterator[bool]:
    """Hold the folder of an import; gives whether it was there, and free within some seconds."""
    if not folder.is_dir():  # the lock would make it
        yield False
        return
    lock = FileLock(folder / HELD, timeout=seconds)
    try:
        lock.acquire()
    except (Timeout, OSError):
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


def is_held(folder: Path) -> bool:
    """Tell whether some process is at an import."""
    if not (folder / HELD).exists():
        return False
    with held(folder) as ours:
        return not ours


def _askers(turn: Turn) -> list[Asker]:
    return [(turn.folder.parent.name, turn.client)]


def _read(entry: Path) -> Turn | None:
    try:
        record = json.loads(entry.read_text(encoding="utf-8"))
        folder = Path(record.pop("folder"))
        return Turn(entry, folder, **record)
    except (OSError, ValueError, KeyError, TypeError):
        return None
