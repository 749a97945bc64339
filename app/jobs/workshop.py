"""The workshop: one warm process beside the server, in which every job of its page is done.

It is started when somebody wants it, has opened the data once, and gives each job a process of its
own that begins where it is (:mod:`app.workshop.runner`). It ends with the server, or when nobody
has wanted it for a while. What waits stands in a queue (:mod:`app.jobs.queue`), so that every
worker of the server, and the workshop, see the same; where several machines share it, so do their
workshops.
"""

import atexit
import os
import subprocess
import sys
import threading
import weakref
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from app.jobs.asked import Asked
from app.jobs.folder import read_order, wanted_by
from app.jobs.order import Order
from app.jobs.processes import BESIDE, give_way
from app.jobs.queue import Queue
from app.jobs.queue_place import FILE, QueuePlace
from app.jobs.turn_order import Asker

PROJECT: Final = Path(__file__).parents[2]
KINDS: Final = ("page", "lot")
"""The queues of orders."""
LOCK: Final = "atelier.lock"
"""Held by the workshop as long as it is open."""
QUIET: Final = {"PYTHONUTF8": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
"""Of its environment: a process without threads is the one that others can begin from."""
POLITENESS: Final = 10
"""By how many ranks whoever reads the map goes before its work."""
PATIENCE: Final = 5.0
"""Seconds that a workshop has to end with its server."""


class Workshop:
    """The way to the workshop, from any worker of the server.

    Parameters
    ----------
    root
        Its folder, of this machine; made when it is first wanted.
    place
        Where orders wait; None for a file in that folder.
    """

    def __init__(self, root: Path, place: QueuePlace | None = None) -> None:
        self.root = root
        self.place = place or QueuePlace(root / FILE)
        self.queues = queues_of(self.place)
        self._process: subprocess.Popen[bytes] | None = None
        self._starter = 0
        self._starting = threading.Lock()
        atexit.register(self.close)

    def ask(self, job: Path) -> None:
        """Let the job of a folder wait for its turn.

        Raises
        ------
        OSError
            The queue cannot be written to.
        """
        self._queue(read_order(job)).ask(job.name, str(job.resolve()), wanted_by(job))
        self.wake()

    def want(self, job: Path, asker: Asker) -> None:
        """Let one more want what waits: it has the better of their turns."""
        self._queue(read_order(job)).want(job.name, asker)

    def wake(self) -> None:
        """See to it that the workshop is open, or about to be."""
        with self._starting:
            if self.is_open():
                return
            self.close()
            self._starter = os.getpid()
            self.root.mkdir(parents=True, exist_ok=True)
            words = [str(path.resolve()) for path in (self.root, self.place.file)]
            # its standard input is never written to: it ends when this process does, however
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-P", "-m", "app.workshop.runner", *words],
                cwd=PROJECT, stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                env={**os.environ, **QUIET}, **BESIDE,
            )  # fmt: skip
            give_way(self._process.pid, POLITENESS)
            if self._process.stdin is not None:
                weakref.finalize(self, self._process.stdin.close)
            # whoever waits for a child leaves no dead one behind
            threading.Thread(target=self._process.wait, daemon=True).start()

    def is_open(self) -> bool:
        """Tell whether the workshop is open, or was started by this worker and is about to be."""
        process = self._own()
        started = process is not None and process.poll() is None
        return started or is_held(self.root / LOCK)

    def find(self, order: Order) -> Asked | None:
        """Return an order that waits or is being done, None when it does neither."""
        return self._queue(order).find(order.id)

    def turn(self, order: Order) -> int:
        """Return which turn an order has among those that wait, 0 when it does not wait."""
        waiting = [one.name for one in self._queue(order).waiting()]
        return waiting.index(order.id) + 1 if order.id in waiting else 0

    def jobs(self) -> dict[str, Path]:
        """Return the folders of the jobs that wait or are being done, by their names."""
        return {one.name: Path(one.folder) for queue in self.queues for one in queue.all()}

    def close(self) -> None:
        """End the workshop that this worker started, and what is done in it."""
        process, self._process = self._own(), None
        if process is None or process.stdin is None:
            return
        process.stdin.close()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()

    def _own(self) -> subprocess.Popen[bytes] | None:
        """Return the workshop that this very process started.

        A worker that begins from the process that opened it holds a copy, which would pass for
        alive for ever: only a parent hears of the end of its child.
        """
        return self._process if self._starter == os.getpid() else None

    def _queue(self, order: Order) -> Queue:
        """Return where an order waits: one of a visitor's own layers where these are."""
        place = self.place.here() if order.owner else self.place
        return next(one for one in self.queues if (one.place, one.kind) == (place, order.queue))


def queues_of(place: QueuePlace) -> tuple[Queue, ...]:
    """Return the queues of a workshop: what only its machine can do, and what any can."""
    places = dict.fromkeys((place.here(), place))
    return tuple(Queue(each, kind) for each in places for kind in KINDS)


def is_held(path: Path) -> bool:
    """Tell whether some process holds a lock."""
    if not path.exists():
        return False
    lock = FileLock(path, timeout=0)
    try:
        with lock:
            return False
    except Timeout:
        return True
