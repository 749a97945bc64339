"""A queue of huey as each process has opened it: no connection is used after a process divides."""

import os
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, NamedTuple

from huey.api import Huey, Task, TaskWrapper

from app.jobs.queue_place import QueuePlace

DOWN: Final = "La file des travaux ne répond pas : réessayez dans un instant."


class QueueDownError(OSError):
    """The queue cannot be reached; the message is a French sentence."""


class _Opened(NamedTuple):
    huey: Huey
    turn: TaskWrapper


class HueyOfProcess:
    """The way of a process to a queue.

    Parameters
    ----------
    place
        Where it is kept.
    kind
        Its name.
    """

    def __init__(self, place: QueuePlace, kind: str) -> None:
        self._place = place
        self._kind = kind
        self._opened: dict[int, _Opened] = {}
        self._opening = threading.Lock()
        weakref.finalize(self, _close, self._opened)

    @contextmanager
    def __call__(self) -> Iterator[Huey]:
        """Give the queue, opened in this process.

        Raises
        ------
        QueueDownError
            It cannot be reached.
        """
        try:
            yield self._own().huey
        except self._place.failures as error:
            raise QueueDownError(DOWN) from error

    def turn(self, name: str, token: str, priority: float) -> Task:
        """Return the message that gives a turn to what was asked."""
        return self._own().turn.s(name, token, priority=priority)

    def _own(self) -> _Opened:
        with self._opening:
            if os.getpid() not in self._opened:
                # those of other processes stay: to close them here would be felt there
                self._opened[os.getpid()] = _open(self._place, self._kind)
            return self._opened[os.getpid()]


def _open(place: QueuePlace, kind: str) -> _Opened:
    huey = place.open(kind)

    def turn(name: str, token: str) -> None:
        """Stand for what is done by whoever takes the message."""

    return _Opened(huey, huey.task(name="turn")(turn))


def _close(opened: dict[int, _Opened]) -> None:
    """Close what this process has opened."""
    if os.getpid() in opened:
        opened[os.getpid()].huey.storage.close()
