"""Memory that is given back: the C library keeps what was freed, arena by arena, unless told.

A worker with threads has an arena for each, and each keeps the most that its thread ever needed.
"""

import ctypes
import sys
from itertools import count
from typing import Final

_ARENA_MAX: Final = -8
_MMAP_THRESHOLD: Final = -3
"""Parameters of ``mallopt``, of glibc's malloc.h."""
ARENAS: Final = 2
LARGE: Final = 128 << 10
"""Bytes from which a block is given back when it is freed; glibc would raise that by itself."""
EVERY: Final = 100
"""Requests between two times at which what is free is given back: some milliseconds each."""

_requests = count(1)


def bound_arenas() -> None:
    """Let the threads of this process, and of those that it starts, share few arenas."""
    library = _glibc()
    if library is not None:
        library.mallopt(_ARENA_MAX, ARENAS)
        library.mallopt(_MMAP_THRESHOLD, LARGE)


def give_back(_error: BaseException | None = None) -> None:
    """Give back to the system what is free, once in a while; to be called after each request."""
    if next(_requests) % EVERY == 0 and (library := _glibc()) is not None:
        library.malloc_trim(0)


def _glibc() -> ctypes.CDLL | None:
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    return library if hasattr(library, "malloc_trim") else None
