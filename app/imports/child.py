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
LONGEST_ORDER: Final = 1 << 16
"""Bytes of what the warm process is asked for: a step, names and paths."""
LONGEST_ANSWER: Final = 32 << 20
"""Bytes of what a step may say; those of the longest deliberation are a tenth of that."""
BEGINNING: Final = 60.0
"""Seconds within which the warm process has begun a step; one that has not is stuck."""
NOT_BEGUN: Final = 0
"""What it tells in place of a number."""


class NotBegunError(Exception):
    """A step cannot be begun now: too much is asked for, or the system gives no more processes."""


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
        Memory that it writes what it says into, of a size that it cannot change.
    state
        Where the warm process tells its number, then its exit code.
    """

    def __init__(self, told: int, state: socket.socket) -> None:
        self._told = told
        self._state = state
        try:
            state.settimeout(BEGINNING)
            number = state.recv(16)
            if not number:
                raise BrokenPipeError  # noqa: TRY301 - closed as after any other error
            self._pid = int(number)
            if self._pid == NOT_BEGUN:
                raise NotBegunError  # noqa: TRY301
        except BaseException:
            self._close()
            raise

    def wait(self, seconds: float) -> tuple[int, str] | None:
        """Return its exit code and what it said; None where it has not ended by then."""
        self._state.settimeout(seconds)
        try:
            code = self._state.recv(16)
        except TimeoutError:
            return None
        # what it wrote ends where the next word would stand
        said = os.pread(self._told, os.lseek(self._told, 0, os.SEEK_CUR), 0)
        self._close()
        # a warm process that was killed takes its own with it, and tells nothing
        return int(code or -signal.SIGKILL), said.decode(errors="replace").strip()

    def kill(self) -> None:
        """End it with all the processes that it started."""
        with suppress(ProcessLookupError):
            os.killpg(self._pid, signal.SIGKILL)
        self._close()

    def _close(self) -> None:
        os.close(self._told)
        self._state.close()


def _memory_for_words() -> int:
    """Return a descriptor of memory of :data:`LONGEST_ANSWER`, taken up as it is written to."""
    import fcntl  # noqa: PLC0415 - absent on Windows, which has no such memory either

    memory = os.memfd_create("said", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    os.ftruncate(memory, LONGEST_ANSWER)
    fcntl.fcntl(memory, fcntl.F_ADD_SEALS, fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK)
    return memory


class _Warm:
    """The warm process of this one, started when it is first wanted."""

    def __init__(self) -> None:
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._environment: dict[str, str] = {}
        self._owner = 0
        self._starting = threading.Lock()
        atexit.register(self._end)

    def begin(self, arguments: Sequence[str], environment: Mapping[str, str]) -> Forked:
        base = {name: value for name, value in environment.items() if name not in OF_A_STEP}
        own = {name: value for name, value in environment.items() if name in OF_A_STEP}
        order = json.dumps({"arguments": arguments, "environment": own}).encode()
        if len(order) > LONGEST_ORDER:
            raise NotBegunError
        with self._starting:
            try:
                return self._ask(order, base)
            except OSError:  # it may have ended, having had nothing to do
                self._end()
            try:
                return self._ask(order, base)
            except OSError as error:
                self._end()
                raise NotBegunError from error

    def warm(self, environment: Mapping[str, str]) -> None:
        base = {name: value for name, value in environment.items() if name not in OF_A_STEP}
        with self._starting, suppress(OSError):  # the first step tries again
            self._start(base)

    def _ask(self, order: bytes, environment: dict[str, str]) -> Forked:
        control = self._control
        if control is None or (self._owner, self._environment) != (os.getpid(), environment):
            control = self._start(environment)
        try:
            memory = _memory_for_words()
            here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        except OSError as error:  # which is no fault of the warm process
            raise NotBegunError from error
        with there:
            try:
                socket.send_fds(control, [order], [memory, there.fileno()])
            except OSError:
                os.close(memory)
                here.close()
                raise
        return Forked(memory, here)

    def _start(self, environment: dict[str, str]) -> socket.socket:
        self._end()
        control, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with there:
            process = subprocess.Popen(  # noqa: S603 - our own program, no shell
                [sys.executable, "-P", "-m", "app.imports.fork_server", str(there.fileno())],
                env=environment,
                pass_fds=[there.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                **BESIDE,
            )
        give_way(process.pid, POLITENESS)  # and all that begin from it
        self._control, self._environment, self._owner = control, environment, os.getpid()
        self._process = process
        # whoever waits for a child leaves no dead one behind
        threading.Thread(target=process.wait, daemon=True).start()
        return control

    def _end(self) -> None:
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None and self._owner == os.getpid():
            self._process.kill()  # it may be stuck
            self._process = None


_WARM: Final = _Warm()
OF_A_STEP: Final = (
    "TMPDIR", "TEMP", "TMP", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "SSL_CERT_FILE",
    "SSL_CERT_DIR", "http_proxy", "https_proxy", "no_proxy", "ssl_cert_file", "ssl_cert_dir",
)  # fmt: skip
"""What one step may know and the next one not."""


def warm_up(environment: Mapping[str, str]) -> None:
    """Start the warm process before the first step is known, whose environment will be this."""
    if FORKS:
        _WARM.warm(environment)


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
    return Started([sys.executable, "-P", "-m", "app.imports.steps", *arguments], environment)
