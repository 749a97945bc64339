"""The workshop's own process: ``python -m app.workshop.runner``, which its server starts.

It opens the data once. Each job then gets a process of its own that begins where this one is, so
that a page is drawn at once, a crash, a limit of time or a cancel ends that page alone, and what it
filled the memory with goes with it. It ends when its standard input does, which is when the server
that started it ends, however that comes about: what it was at goes back to the queue.
"""

import contextlib
import os
import shutil
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any, Final

from filelock import FileLock, Timeout

from app.jobs.asked import Asked
from app.jobs.folder import (
    PRIVATE,
    REMOVED,
    read_order,
    write_json,
)
from app.jobs.huey_of_process import QueueDownError
from app.jobs.order import Order
from app.jobs.queue import Queue
from app.jobs.queue_place import place_of
from app.jobs.register import JobError, changing
from app.jobs.workshop import LOCK, queues_of
from app.workshop.left import Left, own_name
from app.workshop.running import LONGEST, Running, clear, new_process, result_of

SLOTS: Final = {"page": 2, "lot": 1}
"""How many jobs of each queue run at one time."""
TICK: Final = 0.05
"""Seconds between two looks."""
LOOK: Final = 2.0
"""Seconds after which a lock that is held is another workshop's."""
GRACE: Final = 60.0
"""Seconds that a long job has to finish what it writes, once it is asked to stop."""
IDLE: Final = 900.0
"""Seconds without a job after which the workshop closes."""
ROUND: Final = 0.5
"""Seconds between two looks at all that is asked, and at what is taken back."""
BEAT: Final = 5.0
"""Seconds after which a workshop says again that it is at a job."""
AFTER_FAILURE: Final = 1.0
"""Seconds for which a queue that cannot be reached is left alone."""
CANCELLED: Final[Mapping[str, Any]] = {"code": 0, "cancelled": True, "said": "", "error": ""}
"""Result of a job that nobody wanted any more before it began."""
PRIVATE_KEPT: Final = 3600.0
"""Seconds that what was drawn of a visitor's own layers is kept for them to fetch."""


class Runner:
    """The jobs of one workshop.

    Parameters
    ----------
    root
        Folder of the workshop.
    queues
        Where orders wait.
    private
        Folder of the visitors' folders, for what is to be swept away there.
    do
        Does the job of a folder, in a process of its own.
    """

    def __init__(
        self, root: Path, queues: Iterable[Queue], private: Path, do: Callable[[Path], None]
    ) -> None:
        self.name = own_name(root)
        self.queues = deque(queues)
        self.private = private
        self.do = do
        self.running: list[Running] = []
        self._left = Left(self.name)
        self._next_round = self._not_before = 0.0

    def work(self, over: threading.Event, opening: Iterator[None]) -> None:
        """Do what is asked until it is over, or nobody has asked for anything for a while.

        Parameters
        ----------
        opening
            What this process makes ready while nothing waits, a step at a time; the first step
            comes before any job.
        """
        next(opening, None)
        last = swept = time.monotonic()
        while not over.is_set():
            self._look()
            now = time.monotonic()
            self._turn_to_queues(now)
            drawing = any(job.order.queue == "page" for job in self.running)
            ready = drawing or next(opening, IDLE) == IDLE
            if self.running:
                last = now
            elif ready and now - last > IDLE:
                break
            if now - swept > PRIVATE_KEPT / 60:
                swept = now
                self._sweep(PRIVATE_KEPT)
            if self.running:
                wait([job.process.sentinel for job in self.running], TICK)
            else:
                over.wait(TICK)
        for job in self.running:
            job.process.kill()
            job.process.join()
            with contextlib.suppress(QueueDownError):
                job.queue.leave(job.asked)
        self._sweep(0)

    def _turn_to_queues(self, now: float) -> None:
        """Begin what has its turn; from time to time, look at all that waits or is done."""
        if now < self._not_before:
            return
        try:
            if now >= self._next_round:
                self._next_round = now + ROUND
                self._tell(now)
                for queue in self.queues:
                    self._go_through(queue, now)
            while self._begin():
                pass
        except QueueDownError:
            self._not_before = now + AFTER_FAILURE  # what runs goes on, and is told then

    def _tell(self, now: float) -> None:
        """Say of what runs that it does; stop what another workshop has taken meanwhile."""
        for job in self.running:
            if now - job.told >= BEAT:
                job.told = now
                job.lost = not job.queue.beat(job.asked)
                if job.lost:
                    job.process.kill()

    def _go_through(self, queue: Queue, now: float) -> None:
        """Drop what nobody wants any more; put back what a workshop that ended was at."""
        rows = queue.all()
        ours = {job.asked.token for job in self.running}
        for one in rows:
            if not one.by and (Path(one.folder) / "cancel").exists():
                self._end(one, queue, CANCELLED)
        left = self._left.of(queue.kind, [one for one in rows if one.token not in ours], now)
        if left or any(not one.by for one in rows):
            queue.put_back(lambda one: one.token in left)

    def _begin(self) -> bool:
        """Start what has its turn and a slot; tell whether there was any."""
        for queue in self.queues:
            free = SLOTS[queue.kind] - sum(job.queue.kind == queue.kind for job in self.running)
            one = queue.take(self.name) if free > 0 else None
            if one is not None:
                self.queues.rotate(-1 - self.queues.index(queue))  # others have the next slot
                self._start(one, queue)
                return True
        return False

    def _start(self, one: Asked, queue: Queue) -> None:
        folder = Path(one.folder)
        order = _order_of(folder)
        if order is None or (folder / "result.json").exists():
            queue.over(one)
            return
        if (folder / "cancel").exists():
            self._end(one, queue, CANCELLED)
            return
        clear(folder)
        process = new_process(self.do, folder)
        process.start()
        now = time.monotonic()
        self.running.append(Running(one, queue, order, process, now + LONGEST[order.queue], now))

    def _look(self) -> None:
        """Stop what is to be stopped; leave the result of what has ended."""
        for job in [*self.running]:
            if job.process.is_alive():
                self._stop(job)
                continue
            job.process.join()
            self.running.remove(job)
            if not job.lost:
                self._end(job.asked, job.queue, result_of(job))
            job.process.close()

    def _stop(self, job: Running) -> None:
        if not job.cancelled and (job.folder / "cancel").exists():
            job.cancelled = True
            if job.order.queue == "page":
                job.process.kill()
            else:
                os.kill(job.process.pid or 0, signal.SIGINT)
                job.until = time.monotonic() + GRACE
        elif time.monotonic() > job.until:
            job.late = not job.cancelled
            job.process.kill()

    def _end(self, one: Asked, queue: Queue, result: Mapping[str, Any]) -> None:
        # The disk may be full, the visitor have taken it all away: no concern of the next job.
        folder = Path(one.folder)
        clear(folder)
        with contextlib.suppress(OSError, JobError), changing(folder.parent):
            # somebody may be about to want it again
            if (folder / REMOVED).exists():
                shutil.rmtree(folder, ignore_errors=True)
            else:
                write_json(folder / "result.json", dict(result))
            queue.over(one)
        with contextlib.suppress(OSError):
            queue.over(one)

    def _sweep(self, age: float) -> None:
        """Take away what was drawn of visitors' own layers and is older than so many seconds."""
        under_way = {job.folder for job in self.running}
        for folder in _private_jobs(self.private):
            with contextlib.suppress(OSError):
                old = time.time() - folder.stat().st_mtime >= age
                if old and folder not in under_way:
                    shutil.rmtree(folder, ignore_errors=True)


def _private_jobs(private: Path) -> Iterator[Path]:
    return private.glob(f"*/{PRIVATE}/*")


def _order_of(folder: Path) -> Order | None:
    try:
        return read_order(folder)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _server_ends() -> threading.Event:
    """Return an event that is set when standard input ends."""
    over = threading.Event()

    def listen() -> None:
        # Not by way of sys.stdin: a process that begins from this one would inherit its lock.
        while os.read(0, 1):
            pass
        over.set()

    threading.Thread(target=listen, daemon=True).start()
    return over


def open_workshop(root: Path, file: Path) -> None:
    """Do the jobs of a folder, unless another workshop is at it.

    Parameters
    ----------
    root
        Folder of the workshop.
    file
        Of the queue of this machine.
    """
    with contextlib.suppress(Timeout), FileLock(root / LOCK, timeout=LOOK):
        from app.settings import read_settings  # noqa: PLC0415
        from app.workshop.work import prepare, work  # noqa: PLC0415 - a workshop too many ends before

        over, settings = _server_ends(), read_settings()
        queues = queues_of(replace(place_of(settings), file=file))
        Runner(root, queues, settings.sessions, work).work(over, prepare())


if __name__ == "__main__":
    open_workshop(Path(sys.argv[1]), Path(sys.argv[2]))
