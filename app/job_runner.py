"""The runner of one job: ``python -m app.job_runner FOLDER``.

It waits for its turn, runs the command of the order, stops it when it is asked to, and leaves the
result in the folder; the lock that it holds says that it is there.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from app.exports.formats import save
from app.jobs import LONGEST_REPORT, PROJECT, Order, read_order

SLOTS: Final = {"page": ("page-1", "page-2"), "lot": ("lot",)}
"""How many jobs of each queue run at one time."""
PATIENCE: Final = 0.2
"""Seconds between two looks."""
LOOK: Final = 2.0
"""Seconds after which a lock that is held is a runner's."""
GRACE: Final = 60.0
"""Seconds that a command has to finish what it writes, once it is asked to stop."""
POLITENESS: Final = 10
"""How much the work gives way to whoever reads the map."""


def run(folder: Path) -> None:
    """Do the job of a folder, unless another runner is at it."""
    try:
        # whoever looks whether the lock is held holds it for a moment
        with FileLock(folder / "lock", timeout=LOOK):
            order = read_order(folder)
            with _turn(folder, order) as has_turn:
                code, cancelled = _command(folder, order) if has_turn else (0, True)
            _leave_result(folder, code, cancelled=cancelled)
    except Timeout:
        return


@contextlib.contextmanager
def _turn(folder: Path, order: Order) -> Iterator[bool]:
    """Wait for a slot of the queue; False when the job was cancelled meanwhile."""
    slots = [FileLock(folder.parent / f"{name}.lock", timeout=0) for name in SLOTS[order.queue]]
    while not (folder / "cancel").exists():
        for slot in slots:
            with contextlib.suppress(Timeout):
                slot.acquire()
                try:
                    yield True
                finally:
                    slot.release()
                return
        time.sleep(PATIENCE)
    yield False


def _command(folder: Path, order: Order) -> tuple[int, bool]:
    (folder / "started").touch()
    words = [word.replace("{folder}", str(folder)) for word in order.words]
    with (folder / "said").open("wb") as said, (folder / "error").open("wb") as error:
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "app", *words], cwd=PROJECT, stdin=subprocess.DEVNULL,
            stdout=said, stderr=error,
        )  # fmt: skip
        stop_at = None
        while process.poll() is None:
            if stop_at is None and (folder / "cancel").exists():
                process.send_signal(signal.SIGINT)
                stop_at = time.monotonic() + GRACE
            if stop_at is not None and time.monotonic() > stop_at:
                process.kill()
            time.sleep(PATIENCE)
    return process.returncode, stop_at is not None and process.returncode != 0


def _leave_result(folder: Path, code: int, *, cancelled: bool) -> None:
    result = {
        "code": code,
        "cancelled": cancelled,
        "said": _read(folder / "said"),
        "error": _read(folder / "error").strip().removeprefix("Erreur\u00a0: "),
    }
    save(json.dumps(result).encode(), folder / "result.json", replace=True)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")[-LONGEST_REPORT:]
    except FileNotFoundError:
        return ""


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(POLITENESS)
    run(Path(sys.argv[1]))
