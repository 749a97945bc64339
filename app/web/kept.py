"""Answers that are kept so that they are made once: all together so many bytes, and no more."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Final

from app.web.static_files import StaticFile

PACKED: Final = 4
"""A compressed answer takes at most one part in so many beside the answer itself."""
OVERHEAD: Final = 1_000
"""Bytes of the key and of what holds the answer."""


class Kept:
    """The last answers that were asked for; whoever sees the same may share them.

    Parameters
    ----------
    most_bytes
        Of all answers together.
    """

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._answers: OrderedDict[Hashable, StaticFile] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], StaticFile]) -> StaticFile:
        """Return the answer of a key, made now if it is not kept; what it raises is not kept."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
        made = make()
        with self._lock:
            if key not in self._answers:
                self._answers[key] = made
                self.bytes += _size(made)
            while self.bytes > self.most_bytes:
                _, old = self._answers.popitem(last=False)
                self.bytes -= _size(old)
        return made


def _size(file: StaticFile) -> int:
    return len(file.body) + len(file.body) // PACKED + OVERHEAD
