"""The questions of the page Écarts in a process of their own, so that no reader waits for them.

A question takes a quarter of a second, with the best sites a whole one, of which most holds the
interpreter: whoever reads the map in the same process would wait as long. That process divides from
the server with all data open, before there are threads, keeps what it finds between questions, and
ends with the server. A process that only waits stands between them, and begins another one where
one ends: a question that takes too long, or too much memory, takes nothing else with it.
"""

import gc
import os
import pickle
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final, NoReturn

import structlog

from app.gaps.calculator import NO_ANSWER, Answer
from app.gaps.view import GapView
from app.jobs.processes import end_with_parent, give_way, go_by_name
from layers.gaps.question import GapError

NAME: Final = "atlas62-ecarts"
"""Of the processes, fifteen signs at most."""
POLITENESS: Final = 5
"""By how many ranks whoever reads the map goes before."""
MOST_SECONDS: Final = 30.0
"""Of processor time, of one question; the usual ones take one."""
MOST_MEMORY: Final = 6 << 30
"""Bytes of addresses, of which libraries reserve many more than they fill."""
PATIENCE: Final = 60.0
"""Seconds that an answer is waited for."""
LONGEST: Final = 1 << 16
"""Bytes of a question."""
PIECE: Final = 1 << 18
"""Bytes of an answer that are read at once."""
BEFORE_ANOTHER: Final = 0.5
"""Seconds between the end of one and the beginning of the next."""
FIRST: Final = GapView(proposed=1)
"""What is found before anybody asks: all questions need the same journeys, two seconds' work, which
the workers of the server are spared, and the hundred megabytes that they take."""
INTERRUPTED: Final = (
    "Le calcul s’est interrompu : il a pu prendre trop de temps ou de mémoire. Demandez moins à la "
    "fois, ou réessayez."
)

log = structlog.get_logger("app.gaps")


class Aside:
    """The way to that process, from any worker of the server.

    Parameters
    ----------
    find
        Finds the answer to the view of a visitor: the name of their folder, empty for all who
        brought nothing.
    """

    def __init__(self, find: Callable[[str, GapView], Answer]) -> None:
        self._find = find
        self._way: socket.socket | None = None

    @property
    def is_open(self) -> bool:
        """Whether questions are answered there; they are here where the system cannot."""
        return self._way is not None

    def open(self) -> None:
        """Divide this process, which must have one thread; its workers come after."""
        if sys.platform != "linux":
            return
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        parent = os.getpid()
        if os.fork() == 0:
            ours.close()
            _end_without(parent)
            self._keep_open(theirs)
        theirs.close()
        self._way = ours

    def ask(self, whose: str, view: GapView) -> Answer:
        """Return the answer to a view.

        Raises
        ------
        GapError
            It has none, or the process did not come to its end.
        """
        if self._way is None:
            return self._find(whose, view)
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                try:
                    socket.send_fds(self._way, [pickle.dumps((whose, view))], [theirs.fileno()])
                except OSError:  # both were ended from outside
                    return self._find(whose, view)
            told = _read(ours)
        # what is read comes from this program: nobody else holds an end of the way
        found: Answer | str = pickle.loads(told) if told else INTERRUPTED  # noqa: S301
        if isinstance(found, str):
            raise GapError(found)
        return found

    def _keep_open(self, way: socket.socket) -> NoReturn:
        self._told("", FIRST)
        gc.collect()
        gc.freeze()  # what is there already stays shared with the server
        while True:
            parent = os.getpid()
            child = os.fork()
            if child == 0:
                _end_without(parent)
                self._answer_all(way)
            os.waitpid(child, 0)
            time.sleep(BEFORE_ANOTHER)

    def _answer_all(self, way: socket.socket) -> NoReturn:
        import resource  # noqa: PLC0415 - absent on Windows

        give_way(0, POLITENESS)
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        while True:
            asked, handed, _, _ = socket.recv_fds(way, LONGEST, 1)
            if not asked:
                os._exit(0)
            with socket.socket(fileno=handed[0]) as asker, suppress(OSError):
                asker.settimeout(PATIENCE)
                signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)  # whose end ends the process
                told = pickle.dumps(self._told(*pickle.loads(asked)))  # noqa: S301 - as above
                signal.setitimer(signal.ITIMER_PROF, 0)
                asker.sendall(told)

    def _told(self, whose: str, view: GapView) -> Answer | str:
        """Return an answer, or why there is none."""
        try:
            return self._find(whose, view)
        except NO_ANSWER as error:
            return str(error)
        except Exception as error:
            log.exception("question failed", exc_info=error)
            return INTERRUPTED


def _end_without(parent: int) -> None:
    end_with_parent()
    go_by_name(NAME)
    if os.getppid() != parent:  # it ended before
        os._exit(0)


def _read(way: socket.socket) -> bytes:
    """Return what is told until its end; nothing where that does not come."""
    way.settimeout(PATIENCE)
    pieces = list[bytes]()
    with suppress(OSError):
        while piece := way.recv(PIECE):
            pieces.append(piece)
        return b"".join(pieces)
    return b""
