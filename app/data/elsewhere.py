"""What another machine is at of a file: each knows its own queue, and all see this note."""

import json
import time
from dataclasses import asdict, dataclass
from typing import Final

from app.imports.brought_file import FileImport
from geo.whole_file import write_whole

NOTE: Final = "waits.json"
LOST: Final = 120.0
"""Seconds after which a machine that told nothing of a step is taken for lost."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A step that some machine was asked for.

    Parameters
    ----------
    step, part, client, heading
        As :meth:`app.imports.turns.Turns.ask` has them.
    told
        When it was last heard of, seconds since 1970.
    """

    step: str
    part: str = ""
    client: str = ""
    heading: int | None = None
    told: float = 0.0

    @property
    def is_lost(self) -> bool:
        """Whether nobody seems to be at it."""
        return time.time() - self.told > LOST


def note_waiting(job: FileImport, waiting: Waiting) -> None:
    """Note in the folder of a file what it waits for; raises OSError."""
    told = asdict(waiting) | {"told": time.time()}
    write_whole(job.folder / NOTE, json.dumps(told))


def forget_waiting(job: FileImport) -> None:
    """Note that a file waits for nothing any more."""
    (job.folder / NOTE).unlink(missing_ok=True)


def waiting_of(job: FileImport) -> Waiting | None:
    """Return what a file waits for on some machine, None for nothing."""
    try:
        return Waiting(**json.loads((job.folder / NOTE).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None
