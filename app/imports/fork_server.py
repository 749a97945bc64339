"""``python -m app.imports.fork_server FD``: the warm process that steps of imports begin from.

None waits for libraries to be imported, or for the geocoder to be opened. It never looks at what a
stranger brought: that is for the processes that begin here, one for a step, with its bounds. It
knows no setting of the operator's, as little as they do. It ends when the server that started it
does, however that comes about, or when nothing was asked for a while.
"""

import contextlib
import gc
import json
import os
import select
import signal
import socket
import sys
import tempfile
from collections.abc import Sequence
from typing import Any, Final

from app.imports.child import LONGEST_ORDER, NOT_BEGUN
from app.imports.steps import prepare, take

IDLE: Final = 300.0
"""Seconds without a step after which it ends; the next step starts another."""
MOST_AT_ONCE: Final = 200
"""Steps; each holds two of the descriptors that a process may have, of which there may be 1 024."""


def serve(control: socket.socket) -> None:
    """Begin a process for each order, until nobody can ask any more.

    Parameters
    ----------
    control
        Keeps the ends of messages apart. An order is JSON and comes with two descriptors: where
        the step says what it has to say, and where this process tells its number, then its code.
    """
    running: dict[int, tuple[int, socket.socket]] = {}
    asked = control.fileno()
    while True:
        ready, _, _ = select.select([asked, *running], [], [], IDLE)
        if not ready and not running:
            return
        for ended in {*ready} & {*running}:
            _tell_end(*running.pop(ended))
            os.close(ended)
        if asked in ready:
            order, descriptors, _, _ = socket.recv_fds(control, LONGEST_ORDER, 2)
            if not order:
                return
            told, state = descriptors
            connection = socket.socket(fileno=state)
            sockets = [control, connection, *(other for _, other in running.values())]
            others = [*running, *(other.fileno() for other in sockets)]
            pid = _begin(order, told, others) if len(running) < MOST_AT_ONCE else None
            os.close(told)
            if pid is None:
                _send(connection, NOT_BEGUN)
                connection.close()
                continue
            running[os.pidfd_open(pid)] = (pid, connection)
            _send(connection, pid)


def _begin(order: bytes, told: int, others: Sequence[int]) -> int | None:
    """Divide for a step; None where nothing can begin, which costs no other step anything."""
    try:
        wanted = json.loads(order)
        prepare(wanted["arguments"])
        pid = os.fork()
    except Exception:  # noqa: BLE001 - an order that is no order ends nobody else's steps
        return None
    if not pid:
        for other in others:
            os.close(other)
        _become(wanted, told)
    # whoever ends it ends all that it started: told of the number, they may do so at once
    with contextlib.suppress(OSError):  # it may have ended already
        os.setpgid(pid, pid)
    return pid


def _tell_end(pid: int, connection: socket.socket) -> None:
    """Tell how a step ended, once what it may have left behind is ended too."""
    with contextlib.suppress(OSError):
        os.killpg(pid, signal.SIGKILL)  # until it is waited for its number is nobody else's
    _, status = os.waitpid(pid, 0)
    _send(connection, os.waitstatus_to_exitcode(status))
    connection.close()


def _send(connection: socket.socket, number: int) -> None:
    with contextlib.suppress(OSError):  # whoever asked may be gone
        connection.send(str(number).encode())


def _become(order: dict[str, Any], told: int) -> None:
    """Turn this process, just begun, into the step that was asked for; it does not return."""
    code = 1
    try:
        os.dup2(told, 1)
        sys.stdout = os.fdopen(1, "w", encoding="utf-8")
        os.environ.update(order["environment"])
        tempfile.tempdir = None
        code = take(order["arguments"])
        sys.stdout.flush()
    finally:
        os._exit(code)


if __name__ == "__main__":
    gc.collect()
    gc.freeze()  # what all share is not copied to be looked through
    serve(socket.socket(fileno=int(sys.argv[1])))
