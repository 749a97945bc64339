"""The turns of what visitors bring: a long step waits here, never in a request.

What waits stands in a queue, so that every worker of the server sees the same and a worker that
dies loses nothing: its locks are let go by the system, and whoever looks next takes the turn again.
Few are taken at a time, by threads that end when nothing waits; the work itself is done in
processes of their own (:mod:`app.imports.sandbox`).
"""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import structlog
from filelock import FileLock, Timeout

from app.imports.brought_file import FileImport
from app.imports.held import held, is_held
from app.imports.limits import BroughtFileError
from app.jobs.asked import Asked
from app.jobs.queue import Queue
from app.jobs.queue_place import FILE, QueuePlace
from app.jobs.share import MINUTE, ShareError
from geo.reference.places import Reference

TAKE_IN: Final = "take in"
PLACE: Final = "place"
GEOCODE: Final = "geocode"
MAKE: Final = "make"
"""Steps that wait for their turn."""

KIND: Final = "import"
"""Of the queue."""
AT_ONCE: Final = 2
"""Turns that are taken at one time, by all workers together."""
MOST_WAITING: Final = 200
LOOK: Final = 0.2
"""Seconds between two looks for a place."""
HOLDING: Final = 2.0
"""Seconds within which whoever has taken a turn surely holds its folder."""
FAILED: Final = "La lecture s’est interrompue : reprenez, ou apportez ce fichier de nouveau."

log = structlog.get_logger("app.imports.turns")


@dataclass(frozen=True, slots=True)
class Turn:
    """A step that is taken.

    Parameters
    ----------
    step, part, heading
        What is to be done, and with which part of the file; the line of the names of its columns,
        None where the file tells.
    client
        From whose address it was asked.
    is_wanted
        Tells whether it was not taken away meanwhile.
    """

    step: str
    part: str
    heading: int | None
    client: str
    is_wanted: Callable[[], bool]


class QueueError(BroughtFileError, ShareError):
    """So many files wait that no more can."""


class Turns:
    """The queue of one server.

    Parameters
    ----------
    root
        Folder of its places; made when something is first asked.
    reference
        Places.
    take
        Takes a turn; gives the step that is to wait for the next one, empty for none. What it
        raises is told on the page of the file.
    file
        Of the queue; None for one in that folder.
    """

    def __init__(
        self,
        root: Path,
        reference: Reference,
        take: Callable[[FileImport, Turn], str],
        file: Path | None = None,
    ) -> None:
        self.root = root
        self.reference = reference
        self.take = take
        self.queue = Queue(QueuePlace(file or root / FILE), KIND)
        self._threads = 0
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
            Too many wait, or the queue cannot be written to.
        """
        try:
            if self.queue.find(job.folder.name) is not None:
                return
            if len(self.queue.all()) >= MOST_WAITING:
                raise QueueError(
                    f"Déjà {MOST_WAITING} fichiers attendent d’être lus : réessayez dans quelques "
                    "minutes.",
                    after=5 * MINUTE, theirs=False,
                )  # fmt: skip
            folder, asker = job.folder.resolve(), (job.folder.parent.name, client)
            self.queue.ask(folder.name, str(folder), [asker], _words(step, part, heading))
        except OSError as error:
            raise BroughtFileError("Le serveur ne peut garder aucun fichier.") from error
        self.wake()

    def place(self, job: FileImport) -> int | None:
        """Return how many turns come before that of an import, None when it has none.

        One that is being taken has none before it. Whoever looks sees to it that turns are taken.
        """
        one = self.queue.find(job.folder.name)
        if one is None:
            return None
        self.wake()
        waiting = [] if one.by else [each.name for each in self.queue.waiting()]
        return waiting.index(one.name) + 1 if one.name in waiting else 0

    def step(self, job: FileImport) -> str:
        """Return which step of an import waits or is taken; empty for none."""
        one = self.queue.find(job.folder.name)
        return str(one.what["step"]) if one else ""

    def forget(self, job: FileImport) -> None:
        """Take an import off the queue."""
        self.queue.forget(job.folder.name)

    def wake(self) -> None:
        """See to it that what waits is taken."""
        with self._starting:
            while self._threads < min(AT_ONCE, len(self.queue.all())):
                self._threads += 1
                threading.Thread(target=self._work, name="turns", daemon=True).start()

    def _work(self) -> None:
        while True:
            try:
                with self._starting:
                    if not self.queue.all():
                        self._threads -= 1
                        return
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
            self._put_back()
            passed = list[Asked]()
            while (one := self.queue.take(KIND)) is not None:
                folder = Path(one.folder)
                with held(folder) as ours:
                    if ours:
                        self._leave(passed)
                        self._begin(one)
                        return True
                if folder.is_dir():  # a request is at it
                    passed.append(one)
                else:
                    self.queue.over(one)
            self._leave(passed)
        return False

    def _put_back(self) -> None:
        for one in self.queue.put_back(_is_left):
            FileImport(Path(one.folder), self.reference).refuse(FAILED)

    def _leave(self, passed: Iterable[Asked]) -> None:
        for one in passed:
            self.queue.leave(one)

    def _begin(self, one: Asked) -> None:
        job = FileImport(Path(one.folder), self.reference)
        ((_, client),) = one.askers
        turn = Turn(**one.what, client=client, is_wanted=lambda: self.queue.is_wanted(one))
        following, why = "", FAILED
        try:
            following, why = self.take(job, turn), ""
        except BroughtFileError as error:
            # who stopped it knows why
            why = str(error) if turn.is_wanted() else ""
        except Exception as error:
            if job.folder.exists():
                log.exception("step failed", step=turn.step, exc_info=error)
        if why:
            with suppress(OSError):  # the visitor may have taken it all away
                job.refuse(why)
        if following:
            self.queue.again(one, _words(following))
        else:
            self.queue.over(one)

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


def _words(step: str, part: str = "", heading: int | None = None) -> dict[str, Any]:
    return {"step": step, "part": part, "heading": heading}


def _is_left(one: Asked) -> bool:
    """Tell whether who took a turn is at it no more: the system has let its folder go."""
    return abs(time.time() - one.beat) > HOLDING and not is_held(Path(one.folder))
