"""Long work outside the web process: a command in a folder that every worker can read.

A job is a folder named after what was asked for, so that whichever worker is asked finds it, and
the same order asked twice is one job. It is done in the workshop (:mod:`app.jobs.workshop`), whose
lock says that somebody is at it: a machine that stops leaves a job that can be taken up again,
never one that seems to run for ever.
"""

import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from app.jobs.folder import (
    REMOVED,
    WANTED,
    asked_at,
    read_json,
    read_order,
    size_of,
    want,
    wanted_by,
    write_json,
)
from app.jobs.order import Order, Phase, State
from app.jobs.share import HOUR, MINUTE, ShareError
from app.jobs.turn_order import NOBODY, Asker
from app.jobs.workshop import Workshop
from geo.whole_file import write_whole

MOST_WAITING: Final = 200
"""Jobs that may wait or run at one time."""
MOST_EACH: Final = 10
"""Of them, of one visitor."""
MOST_KEPT: Final = 60
"""Jobs of one visitor that are kept; their own oldest go first."""
MOST_BYTES: Final = 1_000_000_000
LIFETIME: Final = 24 * 3600
"""Seconds after it was asked for which a job that is over is kept."""
LOCK: Final = "travaux.lock"
"""Held by whoever starts or takes away a job: no worker sees one half made, or makes it twice."""
LOCK_SECONDS: Final = 10.0
_ID: Final = re.compile(r"[0-9a-f]{16}", re.ASCII)
_REPORT: Final = re.compile(r"^(vert|orange|rouge)\s+(.+)$", re.MULTILINE)


class JobError(Exception):
    """A job cannot be started; the message is a French sentence."""


class JobShareError(JobError, ShareError):
    """So many jobs are under way that no more can be started."""


class Jobs:
    """The jobs of one folder.

    Parameters
    ----------
    folder
        Made when the first job is started.
    workshop
        Where they are done.
    most_each_client
        Jobs that may wait or run at one time for visitors from one address.
    """

    def __init__(self, folder: Path, workshop: Workshop, most_each_client: int = 40) -> None:
        self.folder = folder
        self.workshop = workshop
        self.most_each_client = most_each_client

    def start(self, order: Order, asker: Asker = NOBODY) -> str:
        """Start a job, or take it up where it was; one that runs or is finished is left alone.

        Parameters
        ----------
        asker
            Who wants it, from now on.

        Raises
        ------
        JobError
            Too many are waiting, or the folder cannot be written to.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with changing(self.folder):
                self._start(order, asker)
        except OSError as error:
            raise JobError("Le serveur ne peut rien écrire : disque plein ou fermé.") from error
        return order.id

    def _start(self, order: Order, asker: Asker) -> None:
        folder = self.folder / order.id
        state = self.state(order.id)
        if state and (state.alive or state.phase is Phase.DONE):
            known = self.is_wanted_by(order.id, asker[0])
            want(folder, asker)
            if state.phase is Phase.WAITING and not known:
                self.workshop.want(folder, asker)
            return
        self._check_room(asker)
        self._tidy(asker)
        folder.mkdir(exist_ok=True)
        (folder / "result.json").unlink(missing_ok=True)
        write_json(folder / "order.json", asdict(order))
        write_whole(folder / "asked", str(time.time()))
        want(folder, asker)
        self.workshop.ask(folder)

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
        phase, message, report = self._phase(folder, order)
        return State(
            job_id, order.title, phase, min(done, order.pages), order.pages, message, report
        )

    def _phase(self, folder: Path, order: Order) -> tuple[Phase, str, tuple[tuple[str, str], ...]]:
        result = read_json(folder / "result.json")
        if result is not None:
            said = str(result["said"])
            report = tuple((colour, text) for colour, text in _REPORT.findall(said))
            if result["cancelled"]:
                return Phase.CANCELLED, "Ce qui est fait est gardé.", report
            if result["code"]:
                return Phase.FAILED, str(result["error"]), report
            return Phase.DONE, "", report
        asked = self.workshop.find(order)
        if asked is not None:
            self.workshop.wake()
            if asked.by:
                return Phase.RUNNING, "", ()
            return Phase.WAITING, turn_words(self.workshop.turn(order)), ()
        return Phase.STOPPED, "Le reprendre garde ce qui est fait.", ()

    def is_wanted_by(self, job_id: str, visitor: str) -> bool:
        """Tell whether a visitor asked for a job and still wants it."""
        folder = self._folder(job_id)
        return folder is not None and (folder / WANTED / visitor).is_file()

    def cancel(self, job_id: str, visitor: str) -> bool:
        """Stop a job for a visitor who asked for it; tell whether nobody else wants it.

        Only then it is asked to stop; its runner hears of it within a second.
        """
        folder = self._folder(job_id)
        if folder is None or not self.is_wanted_by(job_id, visitor):
            return False
        if set(dict(wanted_by(folder))) != {visitor}:
            (folder / WANTED / visitor).unlink(missing_ok=True)
            return False
        (folder / "cancel").touch()
        return True

    def remove(self, job_id: str, visitor: str) -> None:
        """Take a job away from a visitor, and from the disk when nobody else wants it."""
        if self._folder(job_id) is not None:
            with changing(self.folder):
                self._remove(job_id, visitor)

    def _remove(self, job_id: str, visitor: str) -> None:
        folder = self._folder(job_id)
        if folder is None or not self.cancel(job_id, visitor):
            return
        state = self.state(job_id)
        if state is not None and state.alive:
            (folder / REMOVED).touch()  # its runner takes it away once it has stopped
        else:
            shutil.rmtree(folder, ignore_errors=True)

    def of_visitor(self, visitor: str) -> list[State]:
        """Return the jobs that a visitor asked for and still wants, the last one first."""
        folders = [path.parent.parent for path in self.folder.glob(f"*/{WANTED}/{visitor}")]
        states = (self.state(path.name) for path in sorted(folders, key=asked_at, reverse=True))
        return [state for state in states if state]

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

    def _check_room(self, asker: Asker) -> None:
        """Refuse one more job where the visitor, their client or all have many under way."""
        visitor, client = asker
        under_way = [wanted_by(folder) for folder in self.workshop.jobs().values()]
        ours = sum(visitor in dict(askers) for askers in under_way)
        near = sum(client in dict(askers).values() for askers in under_way)
        for found, most, whose, theirs in (
            (ours, MOST_EACH, "à vous", True),
            (near, self.most_each_client, "demandés depuis votre réseau", True),
            (len(under_way), MOST_WAITING, "en tout", False),
        ):
            if found >= most:
                raise JobShareError(
                    f"Déjà {found} travaux {whose} sont en attente ou en cours : réessayez quand "
                    "l’un d’eux est fini.",
                    after=MINUTE, theirs=theirs,
                )  # fmt: skip

    def _tidy(self, asker: Asker) -> None:
        """Remove what is over: the old ones, and this visitor's oldest beyond their number.

        Nobody's jobs make room for those of another.
        """
        visitor, _ = asker
        under_way = self.workshop.jobs()
        over = [path for path in self._folders() if path.name not in under_way]
        for folder in [*over]:
            if time.time() - asked_at(folder) > LIFETIME:
                shutil.rmtree(folder, ignore_errors=True)
                over.remove(folder)
        ours = [path for path in over if (path / WANTED / visitor).is_file()]
        for folder in ours[MOST_KEPT - 1 :]:
            self._remove(folder.name, visitor)
        left = sum(map(size_of, self._folders())) - MOST_BYTES
        for folder in reversed(ours[: MOST_KEPT - 1]):
            if left <= 0:
                return
            left -= size_of(folder)
            self._remove(folder.name, visitor)
        if left > 0:
            raise JobShareError(
                "Le serveur n’a plus de place pour ce travail : réessayez dans quelques heures.",
                after=HOUR, theirs=False,
            )  # fmt: skip

    def _folders(self) -> list[Path]:
        """Return the folders of all jobs, the last one asked first."""
        folders = (path for path in self.folder.glob("*") if _ID.fullmatch(path.name))
        return sorted(folders, key=asked_at, reverse=True)


def turn_words(turn: int) -> str:
    """Say which turn a job has among those that wait, in a French sentence; 0 is none."""
    if turn <= 1:
        return "Son tour vient dès qu’une place se libère." if turn else ""
    return f"{turn}ᵉ de la file d’attente."


@contextmanager
def changing(jobs: Path) -> Iterator[None]:
    """Let nobody else start or take away a job of a folder meanwhile.

    Raises
    ------
    JobError
        Somebody does for too long.
    OSError
        The folder cannot be written to.
    """
    if not jobs.is_dir():  # the lock would make it
        raise FileNotFoundError(jobs)
    try:
        with FileLock(jobs / LOCK, timeout=LOCK_SECONDS):
            yield
    except Timeout as error:
        raise JobError("Le serveur est occupé : réessayez dans un instant.") from error
