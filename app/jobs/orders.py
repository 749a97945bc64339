"""Long work outside the web process: a command in a folder that every worker can read.

A job is a folder named after what was asked for, so that whichever worker is asked finds it, and
the same order asked twice is one job. It is done in the workshop (:mod:`app.jobs.workshop`), whose
lock says that somebody is at it: a machine that stops leaves a job that can be taken up again,
never one that seems to run for ever.
"""

import hashlib
import json
import re
import shutil
import time
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, Literal

from app.jobs.workshop import Workshop
from geo.whole_file import write_whole

MOST_WAITING: Final = 20
"""Jobs that may wait or run at one time."""
MOST_KEPT: Final = 60
MOST_BYTES: Final = 1_000_000_000
LONGEST_REPORT: Final = 6_000
"""Characters of what the command said."""

PRIVATE: Final = "livrets"
"""Folder, inside that of a visitor, of what shows layers of their own."""
TEMPORARY: Final = "tmp"
"""Folder, inside that of a job, of what its command needs for a moment."""
_ID: Final = re.compile(r"[0-9a-f]{16}", re.ASCII)
_REPORT: Final = re.compile(r"^(vert|orange|rouge)\s+(.+)$", re.MULTILINE)


class JobError(Exception):
    """A job cannot be started; the message is a French sentence."""


class Phase(StrEnum):
    """Where a job is."""

    WAITING = "attend"
    RUNNING = "court"
    DONE = "fini"
    FAILED = "échoué"
    CANCELLED = "annulé"
    STOPPED = "interrompu"
    """Nobody works at it any more; asking again takes it up where it was."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done.

    Parameters
    ----------
    title
        French words for people.
    words
        Of the command line, after ``atlas62``, without ``--sortie``.
    target
        What follows ``--sortie``, inside the folder of the job; empty for a command without it.
    file
        Name or pattern of the file that is wanted, inside the folder.
    pages
        Number of pages to expect, and their pattern is ``counted``; 0 when it is one file.
    queue
        ``page`` is short, ``lot`` long: a long one never keeps a short one waiting.
    edition
        What the data are: another edition is another job.
    owner
        Name of the folder of the visitor whose own layers it shows; empty when it shows none.
    layers
        Those layers.
    """

    title: str
    words: tuple[str, ...]
    target: str
    file: str
    pages: int = 0
    counted: str = ""
    queue: Literal["page", "lot"] = "page"
    edition: str = ""
    owner: str = ""
    layers: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Sixteen hexadecimal digits that the same order has again."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class State:
    """How far a job has come.

    Parameters
    ----------
    done, pages
        Pages written, of how many.
    message
        French sentence: what went wrong, or what is to be known.
    report
        The checks of the finished file: colour (``vert``, ``orange``, ``rouge``) and sentence.
    """

    id: str
    title: str
    phase: Phase
    done: int
    pages: int
    message: str
    report: tuple[tuple[str, str], ...] = ()

    @property
    def alive(self) -> bool:
        """Whether it will change by itself."""
        return self.phase in {Phase.WAITING, Phase.RUNNING}


class Jobs:
    """The jobs of one folder.

    Parameters
    ----------
    folder
        Made when the first job is started.
    workshop
        Where they are done.
    """

    def __init__(self, folder: Path, workshop: Workshop) -> None:
        self.folder = folder
        self.workshop = workshop

    def start(self, order: Order) -> str:
        """Start a job, or take it up where it was; one that runs or is finished is left alone.

        Raises
        ------
        JobError
            Too many are waiting, or the folder cannot be written to.
        """
        folder = self.folder / order.id
        state = self.state(order.id)
        if state and (state.alive or state.phase is Phase.DONE):
            return order.id
        try:
            self._tidy()
            folder.mkdir(parents=True, exist_ok=True)
            for name in ("result.json", "cancel", "started"):
                (folder / name).unlink(missing_ok=True)
            write_json(folder / "order.json", asdict(order))
            write_whole(folder / "asked", str(time.time()))
            self.workshop.ask(folder)
        except OSError as error:
            raise JobError("Le serveur ne peut rien écrire : disque plein ou fermé.") from error
        return order.id

    def state(self, job_id: str) -> State | None:
        """Return how far a job has come, None when there is no such job."""
        folder = self._folder(job_id)
        if folder is None:
            return None
        try:
            order = read_order(folder)
        except (KeyError, TypeError, ValueError):
            return None  # a folder that another version left: it is swept away in its turn
        done = len(list(folder.glob(order.counted))) if order.counted else 0
        phase, message, report = self._phase(folder)
        return State(
            job_id, order.title, phase, min(done, order.pages), order.pages, message, report
        )

    def _phase(self, folder: Path) -> tuple[Phase, str, tuple[tuple[str, str], ...]]:
        result = read_json(folder / "result.json")
        if result is not None:
            said = str(result["said"])
            report = tuple((colour, text) for colour, text in _REPORT.findall(said))
            if result["cancelled"]:
                return Phase.CANCELLED, "Ce qui est fait est gardé.", report
            if result["code"]:
                return Phase.FAILED, str(result["error"]), report
            return Phase.DONE, "", report
        running = (folder / "started").exists()
        if self.workshop.entry(folder.name) and (not running or self.workshop.is_open()):
            self.workshop.wake()
            return (Phase.RUNNING if running else Phase.WAITING), "", ()
        return Phase.STOPPED, "Le reprendre garde ce qui est fait.", ()

    def cancel(self, job_id: str) -> None:
        """Ask a job to stop; its runner hears of it within a second."""
        folder = self._folder(job_id)
        if folder is not None:
            (folder / "cancel").touch()

    def file(self, job_id: str) -> Path | None:
        """Return the file that a finished job has made."""
        folder = self._folder(job_id)
        result = read_json(folder / "result.json") if folder else None
        if folder is None or result is None or result["cancelled"]:
            return None
        return next(iter(sorted(folder.glob(read_order(folder).file))), None)

    def order(self, job_id: str) -> Order | None:
        """Return what a job was asked to do, None when there is no such job."""
        folder = self._folder(job_id)
        return read_order(folder) if folder else None

    def _folder(self, job_id: str) -> Path | None:
        folder = self.folder / job_id
        known = _ID.fullmatch(job_id) is not None and (folder / "order.json").is_file()
        return folder if known else None

    def _tidy(self) -> None:
        """Remove the oldest jobs that nobody works at, beyond a number and a size."""
        if not self.folder.is_dir():
            return
        folders = sorted(
            (path for path in self.folder.iterdir() if _ID.fullmatch(path.name)),
            key=_asked,
            reverse=True,
        )
        alive = [path for path in folders if (state := self.state(path.name)) and state.alive]
        if len(alive) >= MOST_WAITING:
            raise JobError(
                f"{len(alive)} travaux attendent déjà : réessayez dans quelques minutes."
            )
        room = MOST_BYTES
        for number, folder in enumerate(folders):
            room -= sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
            if (number >= MOST_KEPT or room < 0) and folder not in alive:
                shutil.rmtree(folder, ignore_errors=True)


def read_order(folder: Path) -> Order:
    """Return the order of a job's folder."""
    held: dict[str, Any] = json.loads((folder / "order.json").read_text(encoding="utf-8"))
    return Order(**{**held, "words": tuple(held["words"]), "layers": tuple(held["layers"])})


def read_json(path: Path) -> dict[str, Any] | None:
    """Return what a file holds, None when it is not there."""
    try:
        held: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return held


def write_json(path: Path, value: dict[str, Any]) -> None:
    """Write a file that is whole whenever somebody reads it; raises OSError."""
    write_whole(path, json.dumps(value))


def _asked(folder: Path) -> float:
    try:
        return float((folder / "asked").read_text())
    except (OSError, ValueError):
        return 0.0
