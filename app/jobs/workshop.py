"""The workshop: one warm process beside the server, in which every job of its page is done.

It is started when somebody wants it, has opened the data once, and gives each job a process of its
own that begins where it is (:mod:`app.workshop.runner`). It ends with the server, or when nobody
has wanted it for a while. What waits stands in a folder, so that every worker of the server, and
the workshop, see the same.
"""

import atexit
import os
import subprocess
import sys
import threading
import time
import weakref
from contextlib import suppress
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from app.jobs.processes import BESIDE, give_way
from geo.whole_file import write_whole

PROJECT: Final = Path(__file__).parents[2]
ASKED: Final = "attente"
"""Folder of the jobs that wait or run: a file each, whose name begins with when it was asked."""
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
        Its folder; made when it is first wanted.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._process: subprocess.Popen[bytes] | None = None
        self._starting = threading.Lock()
        atexit.register(self.close)

    def ask(self, job: Path) -> None:
        """Let the job of a folder wait for its turn.

        Raises
        ------
        OSError
            The folder cannot be written to.
        """
        folder = self.root / ASKED
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / f"{time.time_ns():020d}-{job.name}", str(job.resolve()))
        self.wake()

    def wake(self) -> None:
        """See to it that the workshop is open, or about to be."""
        with self._starting:
            if self.is_open():
                return
            self.close()
            self.root.mkdir(parents=True, exist_ok=True)
            # its standard input is never written to: it ends when this process does, however
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-P", "-m", "app.workshop.runner", str(self.root.resolve())],
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
        started = self._process is not None and self._process.poll() is None
        return started or is_held(self.root / LOCK)

    def entry(self, job_id: str) -> Path | None:
        """Return where a job stands among those that wait or run, None when it does not."""
        return next(iter((self.root / ASKED).glob(f"*-{job_id}")), None)

    def jobs(self) -> list[Path]:
        """Return the folders of the jobs that wait or run."""
        folders = []
        for entry in (self.root / ASKED).glob("[!.]*"):
            with suppress(OSError):  # it may have ended just now
                folders.append(Path(entry.read_text(encoding="utf-8")))
        return folders

    def close(self) -> None:
        """End the workshop that this worker started, and what is done in it."""
        process, self._process = self._process, None
        if process is None or process.stdin is None:
            return
        process.stdin.close()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()


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
