"""A process of its own for what a stranger gives: what it breaks or fills is thrown away with it.

Reading, repair, placing and the making of the layer happen there (:mod:`app.imports.steps`); what
comes back is a French refusal, or finished rows in the folder of the import.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import BoundedSemaphore
from typing import Final

from app.imports.kept import load_table
from app.imports.limits import BroughtFileError, where
from app.imports.table import Table

ROOT: Final = Path(__file__).parents[2]

REFUSED: Final = 3
LONGEST: Final = 120
"""Seconds that a step may take."""
MOST_MEMORY: Final = 4 << 30
"""Bytes of addresses, of which libraries reserve many more than they fill."""
NICENESS: Final = 10
"""By how much whoever reads a page goes before."""
AT_ONCE: Final = 2
"""Steps of one server process at a time: one more is refused at once, since to wait would hold a
thread that readers need."""
KEPT: Final = ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP", "LD_LIBRARY_PATH", "LANG")

_turns = BoundedSemaphore(AT_ONCE)


def read_apart(
    path: Path, name: str, folder: Path, part: str = "", heading: int | None = None
) -> Table:
    """Read a file in another process, and keep what it holds in a folder.

    Raises
    ------
    BroughtFileError
        It cannot be read, or not within the bounds of time and memory.
    """
    asked = "" if heading is None else str(heading)
    run_apart("read", name, [str(path), name, str(folder), part, asked])
    return load_table(folder)


def run_apart(step: str, name: str, arguments: Sequence[str]) -> None:
    """Take a step of :mod:`app.imports.steps` in another process.

    Parameters
    ----------
    name
        What the file is called for people.

    Raises
    ------
    BroughtFileError
        The step was refused, in its words, or exceeds the bounds of time and memory, or too many
        files are being read.
    """
    if not _turns.acquire(blocking=False):
        raise BroughtFileError(
            f"{where(name)} : d’autres fichiers sont en cours de lecture ; réessayez dans une "
            "minute."
        )
    try:
        code, told = _run([sys.executable, "-m", "app.imports.steps", step, *arguments])
    except subprocess.TimeoutExpired as error:
        raise BroughtFileError(
            f"{where(name)} : lecture abandonnée après {LONGEST} secondes."
        ) from error
    finally:
        _turns.release()
    if code == REFUSED:
        raise BroughtFileError(told)
    if code:
        raise BroughtFileError(
            f"{where(name)} : lecture impossible, fichier endommagé ou trop grand pour la mémoire."
        )


def bound_process() -> None:
    """Bound the memory and the time of this process, where the system can."""
    try:
        import resource  # noqa: PLC0415 - absent on Windows
    except ImportError:
        return
    os.nice(NICENESS)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST))


def _run(command: Sequence[str]) -> tuple[int, str]:
    """Run a command to its end, or end it with all the processes that it started."""
    with subprocess.Popen(  # noqa: S603 - our own program, no shell
        command,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            told, _ = process.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            process.kill()
            raise
        return process.returncode, told.decode().strip()


def _environment() -> dict[str, str]:
    """Return what the other process may know: no setting, and few of GDAL's readers."""
    import pyogrio  # noqa: PLC0415

    from app.imports.geofile import DRIVERS  # noqa: PLC0415 - GDAL takes its time

    others = [driver for driver in pyogrio.list_drivers() if driver not in DRIVERS]
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {
        **kept,
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "GDAL_SKIP": ",".join(others),
        "OGR_SKIP": ",".join(others),
        "SHAPE_RESTORE_SHX": "YES",
        "ARROW_DEFAULT_MEMORY_POOL": "system",
        "OMP_NUM_THREADS": "1",
    }
