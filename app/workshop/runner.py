"""The workshop's own process: ``python -m app.workshop.runner FOLDER``, started by its server.

It opens the data once. Each job then gets a process of its own that begins where this one is, so
that a page is drawn at once, a crash, a limit of time or a cancel ends that page alone, and what it
filled the memory with goes with it. It ends when its standard input does, which is when the server
that started it ends, however that comes about.
"""

import contextlib
import multiprocessing
import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Final

from filelock import FileLock, Timeout

from app.jobs.folder import (
    LONGEST_REPORT,
    PRIVATE,
    REMOVED,
    TEMPORARY,
    read_order,
    wanted_by,
    write_json,
)
from app.jobs.order import Order
from app.jobs.register import JobError, changing
from app.jobs.turn_order import Asker, in_turn, no_turns
from app.jobs.workshop import ASKED, LOCK

SLOTS: Final = {"page": 2, "lot": 1}
"""How many jobs of each queue run at one time."""
LONGEST: Final = {"page": 180.0, "lot": 4 * 3600.0}
"""Seconds that a job of each queue may take."""
TICK: Final = 0.05
"""Seconds between two looks."""
LOOK: Final = 2.0
"""Seconds after which a lock that is held is another workshop's."""
GRACE: Final = 60.0
"""Seconds that a long job has to finish what it writes, once it is asked to stop."""
IDLE: Final = 900.0
"""Seconds without a job after which the workshop closes."""
PRIVATE_KEPT: Final = 3600.0
"""Seconds that what was drawn of a visitor's own layers is kept for them to fetch."""


def _new_process(do: Callable[[Path], None], folder: Path) -> BaseProcess:
    """Return a process that begins from this one; where that cannot be it opens the data itself."""
    if sys.platform == "linux":
        return multiprocessing.get_context("fork").Process(target=do, args=(folder,))
    return multiprocessing.get_context("spawn").Process(target=do, args=(folder,))


@dataclass
class Running:
    """A job under way: where it stands in the queue, its folder, order and process."""

    entry: Path
    folder: Path
    order: Order
    process: BaseProcess
    until: float
    cancelled: bool = False
    late: bool = False


class Runner:
    """The jobs of one workshop.

    Parameters
    ----------
    root
        Folder of the workshop.
    private
        Folder of the visitors' folders, for what is to be swept away there.
    do
        Does the job of a folder, in a process of its own.
    """

    def __init__(self, root: Path, private: Path, do: Callable[[Path], None]) -> None:
        self.root = root
        self.private = private
        self.do = do
        self.running: list[Running] = []
        self.taken = {queue: no_turns() for queue in SLOTS}

    def work(self, over: threading.Event, opening: Iterator[None]) -> None:
        """Do what is asked until it is over, or nobody has asked for anything for a while.

        Parameters
        ----------
        opening
            What this process makes ready while nothing waits, a step at a time; the first step
            comes before any job.
        """
        self._forget_unfinished()
        next(opening, None)
        last = swept = time.monotonic()
        while not over.is_set():
            self._begin()
            self._look()
            now = time.monotonic()
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
        self._sweep(0)

    def _waiting(self) -> list[Path]:
        under_way = {job.entry for job in self.running}
        folder = self.root / ASKED
        entries = sorted(folder.glob("[!.]*"))
        return [entry for entry in entries if entry not in under_way]

    def _forget_unfinished(self) -> None:
        """Take what a workshop that was stopped had begun off the queue: it can be asked again."""
        for entry in self._waiting():
            folder = _folder_of(entry)
            if folder is None or (folder / "started").exists():
                entry.unlink(missing_ok=True)
            if folder is not None:
                _clear(folder)

    def _begin(self) -> None:
        """Start what waits and has a slot, in fair turns."""
        queues: dict[str, list[tuple[Path, Path, Order]]] = {queue: [] for queue in SLOTS}
        for entry in self._waiting():
            folder = _folder_of(entry)
            order = _order_of(folder) if folder else None
            if folder is None or order is None:
                entry.unlink(missing_ok=True)
            elif (folder / "cancel").exists():
                self._end(entry, folder, {"code": 0, "cancelled": True, "said": "", "error": ""})
            else:
                queues[order.queue].append((entry, folder, order))
        for queue, waiting in queues.items():
            taken = self.taken[queue]
            if not waiting:
                taken.clear()
            free = SLOTS[queue] - sum(job.order.queue == queue for job in self.running)
            for entry, folder, order in in_turn(waiting, taken, _askers)[:free]:
                taken.append(wanted_by(folder))
                self._start(entry, folder, order)

    def _start(self, entry: Path, folder: Path, order: Order) -> None:
        (folder / "started").touch()
        process = _new_process(self.do, folder)
        process.start()
        until = time.monotonic() + LONGEST[order.queue]
        self.running.append(Running(entry, folder, order, process, until))

    def _look(self) -> None:
        """Stop what is to be stopped; leave the result of what has ended."""
        for job in [*self.running]:
            if job.process.is_alive():
                self._stop(job)
                continue
            job.process.join()
            self.running.remove(job)
            self._end(job.entry, job.folder, _result(job))
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

    def _end(self, entry: Path, folder: Path, result: dict[str, Any]) -> None:
        # The disk may be full, the visitor have taken it all away: no concern of the next job.
        _clear(folder)
        with contextlib.suppress(OSError, JobError), changing(folder.parent):
            # somebody may be about to want it again
            if (folder / REMOVED).exists():
                shutil.rmtree(folder, ignore_errors=True)
            else:
                write_json(folder / "result.json", result)
            entry.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            entry.unlink(missing_ok=True)

    def _sweep(self, age: float) -> None:
        """Take away what was drawn of visitors' own layers and is older than so many seconds."""
        under_way = {job.folder for job in self.running}
        for folder in _private_jobs(self.private):
            with contextlib.suppress(OSError):
                old = time.time() - folder.stat().st_mtime >= age
                if old and folder not in under_way:
                    shutil.rmtree(folder, ignore_errors=True)


def _clear(folder: Path) -> None:
    """Take away what a job needed for a moment."""
    with contextlib.suppress(OSError):
        shutil.rmtree(folder / TEMPORARY, ignore_errors=True)
        for part in folder.rglob(".*.part"):
            part.unlink(missing_ok=True)


def _private_jobs(private: Path) -> Iterator[Path]:
    return private.glob(f"*/{PRIVATE}/*")


def _askers(waiting: tuple[Path, Path, Order]) -> list[Asker]:
    return wanted_by(waiting[1])


def _folder_of(entry: Path) -> Path | None:
    with contextlib.suppress(OSError, ValueError):
        folder = Path(entry.read_text(encoding="utf-8"))
        return folder if folder.is_dir() else None
    return None


def _order_of(folder: Path) -> Order | None:
    try:
        return read_order(folder)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _result(job: Running) -> dict[str, Any]:
    code = job.process.exitcode or 0
    error = _read(job.folder / "error").strip().removeprefix("Erreur\u00a0: ")
    if job.late:
        minutes = round(LONGEST[job.order.queue] / 60)
        error = f"Travail arrêté : il a pris plus de {minutes} minutes."
    elif code < 0:
        error = "Le dessin s’est interrompu, la mémoire a pu manquer : demandez-le de nouveau."
    return {
        "code": code,
        "cancelled": job.cancelled and code != 0,
        "said": _read(job.folder / "said"),
        # where it is on this machine is nobody's business
        "error": error.replace(f"{job.folder}{os.sep}", ""),
    }


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")[-LONGEST_REPORT:]
    except FileNotFoundError:
        return ""


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


def open_workshop(root: Path) -> None:
    """Do the jobs of a folder, unless another workshop is at it."""
    with contextlib.suppress(Timeout), FileLock(root / LOCK, timeout=LOOK):
        from app.settings import read_settings  # noqa: PLC0415
        from app.workshop.work import prepare, work  # noqa: PLC0415 - a workshop too many ends before

        over = _server_ends()
        Runner(root, read_settings().sessions, work).work(over, prepare())


if __name__ == "__main__":
    open_workshop(Path(sys.argv[1]))
