"""Processes that draw for another one: they end with it, however it ends."""

import ctypes
import signal
import sys
from typing import Final

_PARENT_DEATH_SIGNAL: Final = 1


def end_with_parent() -> None:
    """Leave Ctrl-C to the process that was started, and end when it does (on Linux)."""
    # It reaches every process of a terminal.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)
