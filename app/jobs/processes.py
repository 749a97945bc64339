"""Processes that work for another one: they give way to readers, and end with who started them."""

import ctypes
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

_PARENT_DEATH_SIGNAL: Final = 1
_NAME: Final = 15
"""Parameters of ``prctl``, of linux/prctl.h."""
MOST: Final = 19
"""The last of the ranks of processes."""

BESIDE: Final[Mapping[str, Any]] = {} if sys.platform == "win32" else {"process_group": 0}
"""How to start a process that can be ended with its children: in a group of its own, not a session.

Linux gives each session an equal part of the processors (``sched_autogroup``): in one of its own,
however much it gave way, it would take as much as the server with all its readers.
"""


def end_with_parent() -> None:
    """Leave Ctrl-C to the process that was started, and end when it does (on Linux)."""
    # It reaches every process of a terminal.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)


def be_ended_first() -> None:
    """Be the process that the system ends, and not the server, when memory runs out (on Linux)."""
    if sys.platform == "linux":
        with suppress(OSError):  # a container may not let it be said
            Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def go_by_name(name: str) -> None:
    """Be listed by the system under a name of fifteen signs at most (on Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_NAME, name.encode())


def give_way(process: int, by: int) -> None:
    """Let a process, 0 for this one, come so many ranks after this one, where it can be."""
    if sys.platform == "win32":
        return
    with suppress(ProcessLookupError):  # it has ended already
        os.setpriority(os.PRIO_PROCESS, process, min(os.getpriority(os.PRIO_PROCESS, 0) + by, MOST))
