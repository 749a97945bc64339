"""A process for one step of an import, begun from a warm one where the system can fork."""

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol

from app.jobs.processes import BESIDE, give_way

ROOT: Final = Path(__file__).parents[2]
FORKS: Final = sys.platform == "linux"
POLITENESS: Final = 15
"""By how many ranks whoever reads the map goes before."""


class Child(Protocol):
    """A process that was begun for one step."""

    def wait(self, seconds: float) -> tuple[int, str] | None:
        """Return its exit code and what it said; None where it has not ended by then."""

    def kill(self) -> None:
        """End it with all the processes that it started."""


class Started:
    """A process that begins from nothing.

    Parameters
    ----------
    command
        Program and arguments.
    environment
        All that it knows.
    """

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own program, no shell
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            **BESIDE,
        )
        give_way(self._process.pid, POLITENESS)

    def wait(self, seconds: float) -> tuple[int, str] | None:
        """Return its exit code and what it said; None where it has not ended by then."""
        try:
            told, _ = self._process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            return None
        return self._process.returncode, told.decode().strip()

    def kill(self) -> None:
        """End it with all the processes that it started."""
        if hasattr(os, "killpg"):
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.communicate()


class Forked:
    """A process that begins from the warm one.

    Parameters
    ----------
    told
        Where it writes what it says.
    state
        Where the warm process tells its number, then its exit code.
    """

    def __init__(self, told: int, state: socket.socket) -> None:
        self._told = os.fdopen(told, "rb")
        self._state = state
        number = state.recv(16)
        if not number:
            self._close()
            raise BrokenPipeError
        self._pid = int(number)
        self._said: list[bytes] = []
        # whatever it says is taken at once: a full pipe would hold it up
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        self._said.append(self._told.read())

    def wait(self, seconds: float) -> tuple[int, str] | None:
        """Return its exit code and what it said; None where it has not ended by then."""
        self._state.settimeout(seconds)
        try:
            code = self._state.recv(16)
        except TimeoutError:
            return None
        self._reader.join()
        self._close()
        # a warm process that was killed takes its own with it, and tells nothing
        return int(code or -signal.SIGKILL), b"".join(self._said).decode().strip()

    def kill(self) -> None:
        """End it with all the processes that it started."""
        with suppress(ProcessLookupError):
            os.killpg(self._pid, signal.SIGKILL)
        self._reader.join()
        self._close()

    def _close(self) -> None:
        self._told.close()
        self._state.close()


class _Warm:
    """The warm process of this one, started when it is first wanted."""

    def __init__(self) -> None:
        self._control: socket.socket | None = None
        self._environment: dict[str, str] = {}
        self._owner = 0
        self._starting = threading.Lock()
        atexit.register(self._end)

    def begin(self, arguments: Sequence[str], environment: Mapping[str, str]) -> Forked:
        base = {name: value for name, value in environment.items() if name not in OF_A_STEP}
        own = {name: value for name, value in environment.items() if name in OF_A_STEP}
        order = json.dumps({"arguments": arguments, "environment": own}).encode()
        with self._starting:
            try:
                return self._ask(order, base)
            except OSError:  # it may have ended, having had nothing to do
                self._end()
                return self._ask(order, base)

    def _ask(self, order: bytes, environment: dict[str, str]) -> Forked:
        control = self._control
        if control is None or (self._owner, self._environment) != (os.getpid(), environment):
            control = self._start(environment)
        reading, writing = os.pipe()
        here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            socket.send_fds(control, [order], [writing, there.fileno()])
        except OSError:
            os.close(reading)
            here.close()
            raise
        finally:
            os.close(writing)
            there.close()
        return Forked(reading, here)

    def _start(self, environment: dict[str, str]) -> socket.socket:
        self._end()
        control, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with there:
            process = subprocess.Popen(  # noqa: S603 - our own program, no shell
                [sys.executable, "-m", "app.imports.fork_server", str(there.fileno())],
                env=environment,
                pass_fds=[there.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                **BESIDE,
            )
        give_way(process.pid, POLITENESS)  # and all that begin from it
        self._control, self._environment, self._owner = control, environment, os.getpid()
        # whoever waits for a child leaves no dead one behind
        threading.Thread(target=process.wait, daemon=True).start()
        return control

    def _end(self) -> None:
        if self._control is not None:
            self._control.close()
            self._control = None


_WARM: Final = _Warm()
OF_A_STEP: Final = (
    "TMPDIR", "TEMP", "TMP", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "SSL_CERT_FILE",
    "SSL_CERT_DIR", "http_proxy", "https_proxy", "no_proxy", "ssl_cert_file", "ssl_cert_dir",
)  # fmt: skip
"""What one step may know and the next one not."""


def begin_step(arguments: Sequence[str], environment: Mapping[str, str]) -> Child:
    """Begin a step of :mod:`app.imports.steps`.

    Parameters
    ----------
    arguments
        Its bounds, its name, its own arguments.
    environment
        All that it knows.
    """
    if FORKS:
        return _WARM.begin(arguments, environment)
    return Started([sys.executable, "-m", "app.imports.steps", *arguments], environment)
