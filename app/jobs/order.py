"""What is asked for, and how far it has come."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


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
