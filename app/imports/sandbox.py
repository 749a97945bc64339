"""A process of its own for what a stranger gives: what it breaks or fills is thrown away with it.

Reading, repair, placing and the making of the layer happen there (:mod:`app.imports.steps`); what
comes back is a French refusal, or finished rows in the folder of the import.
"""

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.imports import child
from app.imports.child import ROOT, Child, NotBegunError, begin_step
from app.imports.kept import load_table
from app.imports.limits import BroughtFileError, where
from app.imports.table import Table

REFUSED: Final = 3
NO_MEMORY: Final = 4
"""Exit codes of a step: refused in words, out of memory."""
OUT_OF_MEMORY: Final = (NO_MEMORY, -getattr(signal, "SIGABRT", signal.SIGTERM))
"""Libraries that get no memory abort the whole process."""
LOOK: Final = 0.5
"""Seconds between two looks at whether the result is still wanted."""
TEMPORARY: Final = "tmp"
"""Folder, inside that of an import, of what a step unpacks or copies for a moment."""
KEPT: Final = ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP", "LD_LIBRARY_PATH", "LANG")
NETWORK: Final = ("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR")
"""What the operator says of the way out, for the one step that may ask a service."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a step may take.

    Parameters
    ----------
    seconds
        Of the clock, and of processor time.
    memory
        Bytes of addresses, of which libraries reserve many more than they fill.
    """

    seconds: int
    memory: int


USUAL: Final = Bounds(seconds=120, memory=4 << 30)
ACT: Final = Bounds(seconds=60, memory=1 << 30)
"""Of a deliberation: the largest that are held take a tenth of either."""
GEOCODE: Final = Bounds(seconds=240, memory=4 << 30)
"""Of a turn of geocoding, which ends by itself after :data:`GEOCODING_SECONDS`; a service that does
not answer is waited for nearly two minutes."""
GEOCODING_SECONDS: Final = 60.0


def warm_up() -> None:
    """Start what steps begin from, while there is other work to do."""
    child.warm_up(_environment(None, network=False))


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
    run_apart("read", name, [str(path), name, str(folder), part, asked], room=folder)
    return load_table(folder)


def run_apart(  # noqa: PLR0913 - what bounds it, each by its name
    step: str,
    name: str,
    arguments: Sequence[str],
    *,
    bounds: Bounds = USUAL,
    room: Path | None = None,
    wanted: Callable[[], bool] = lambda: True,
) -> str:
    """Take a step of :mod:`app.imports.steps` in another process; return what it said.

    Parameters
    ----------
    name
        What the file is called for people.
    bounds
        Of time and memory.
    room
        Folder that holds what the step needs for a moment, and is emptied of it; when it is gone
        nobody wants the result any more, and the process ends. None for a step that needs none.
    wanted
        Asked again and again: whether somebody still wants the result.

    Raises
    ------
    BroughtFileError
        The step was refused, in its words, or exceeds the bounds of time and memory.
    """
    words = [str(bounds.seconds), str(bounds.memory), step, *arguments]
    doing = f"{where(name)} : {_doing(step)}"
    try:
        with _emptied(room) as temporary:
            child = begin_step(words, _environment(temporary, network=step == "geocode"))
            code, told = _finish(
                child, bounds.seconds, lambda: (room is None or room.exists()) and wanted()
            )
    except TimeoutError as error:
        raise BroughtFileError(f"{doing} après {bounds.seconds} secondes.") from error
    except NotBegunError as error:
        raise BroughtFileError(
            f"{doing}, le serveur ne peut rien commencer pour le moment ; réessayez dans quelques "
            "minutes."
        ) from error
    if code == REFUSED:
        raise BroughtFileError(told)
    if code:
        raise BroughtFileError(f"{doing}{_why_ended(code, bounds)}")
    return told


def _why_ended(code: int, bounds: Bounds) -> str:
    """Return the end of the sentence about a process that a signal or an error ended."""
    if hasattr(signal, "SIGXCPU") and code == -signal.SIGXCPU:
        return f" après {bounds.seconds} secondes de calcul."
    if code in OUT_OF_MEMORY:
        return (
            f", {bounds.memory >> 30} Go de mémoire n’y suffisent pas ; attendu moins de lignes, "
            "moins de colonnes, aucune cellule loin des autres."
        )
    return (
        ", le fichier est endommagé ; attendu un fichier que le logiciel qui l’a fait sait rouvrir."
    )


@contextmanager
def _emptied(room: Path | None) -> Iterator[Path | None]:
    """Give a place for what is needed for a moment; what a killed step left goes too."""
    if room is None:
        yield None
        return
    temporary = room / TEMPORARY
    shutil.rmtree(temporary, ignore_errors=True)
    try:
        temporary.mkdir()
    except OSError as error:
        raise BroughtFileError("Le serveur ne peut garder aucun fichier.") from error
    try:
        yield temporary
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def bound_process(bounds: Bounds) -> None:
    """Bound the memory and the time of this process, where the system can."""
    try:
        import resource  # noqa: PLC0415 - absent on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (bounds.memory, bounds.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (bounds.seconds, bounds.seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _doing(step: str) -> str:
    return "placement abandonné" if step == "geocode" else "lecture abandonnée"


def _finish(child: Child, seconds: float, wanted: Callable[[], bool]) -> tuple[int, str]:
    """Return the exit code of a process and what it said; end it when its time is over."""
    until = time.monotonic() + seconds
    try:
        while True:
            ended = child.wait(LOOK)
            if ended is not None:
                return ended
            if time.monotonic() > until or not wanted():
                raise TimeoutError  # noqa: TRY301 - ended as by any other error
    except BaseException:
        child.kill()
        raise


def _environment(temporary: Path | None, *, network: bool) -> dict[str, str]:
    """Return what the other process may know: no setting, and few of GDAL's readers."""
    import pyogrio  # noqa: PLC0415

    from app.imports.formats.geofile import DRIVERS  # noqa: PLC0415 - GDAL takes its time

    others = [driver for driver in pyogrio.list_drivers() if driver not in DRIVERS]
    names = (*KEPT, *NETWORK, *map(str.lower, NETWORK)) if network else KEPT
    kept = {name: os.environ[name] for name in names if name in os.environ}
    if temporary:
        kept |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary.resolve()))
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
