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
import socket
import sys
import tempfile
from typing import Any, Final

from app.imports.steps import prepare, take

IDLE: Final = 300.0
"""Seconds without a step after which it ends; the next step starts another."""
LONGEST_ORDER: Final = 1 << 16
"""Bytes of an order: a step, names and paths."""


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
            wanted = json.loads(order)
            prepare(wanted["arguments"])
            pid = os.fork()
            if not pid:
                for held, (_, connection) in running.items():
                    os.close(held)
                    connection.close()
                control.close()
                _become(wanted, told)
            # whoever ends it ends all that it started: told of the number, they may do so at once
            os.setpgid(pid, pid)
            os.close(told)
            connection = socket.socket(fileno=state)
            running[os.pidfd_open(pid)] = (pid, connection)
            _send(connection, pid)


def _tell_end(pid: int, connection: socket.socket) -> None:
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
