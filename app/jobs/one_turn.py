"""A turn that one thread has at a time, and for which few wait."""

from threading import BoundedSemaphore, Lock
from types import TracebackType
from typing import Self

from app.jobs.share import ShareError


class TurnError(ShareError):
    """So many wait for a turn that one more would keep readers waiting."""


class OneTurn:
    """To be held by whoever does what is dear.

    Ten threads of a process that compute at once are all ready as late as the last of ten, and
    whatever is asked beside them, however little, too.

    Parameters
    ----------
    most
        Threads that wait, the one that has its turn too.
    refusal
        What the others are told, a French sentence.
    after
        Seconds after which they may ask again.
    """

    def __init__(self, most: int, refusal: str, after: float) -> None:
        self._places = BoundedSemaphore(most)
        self._turn = Lock()
        self._refusal, self._after = refusal, after

    def __enter__(self) -> Self:
        """Wait for the turn; raises :class:`TurnError` where too many do."""
        if not self._places.acquire(blocking=False):
            raise TurnError(self._refusal, after=self._after, theirs=False)
        self._turn.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let the next one have it."""
        self._turn.release()
        self._places.release()
