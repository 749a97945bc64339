"""Dear questions, one at a time in each process: the same one asked by many is answered once.

More of them at once would end no sooner, and hold the threads that readers need.
"""

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Final, Generic, TypeVar

from app.jobs.one_turn import OneTurn, TurnError
from app.jobs.share import ShareError
from layers.gaps.question import GapError

Found = TypeVar("Found")

MOST_WAITING: Final = 4
"""Threads of a process that wait for an answer, the one that looks for it too: a quarter of all."""
BUSY: Final = "Le serveur répond déjà aux questions d’autres : redemandez dans un instant."
AFTER: Final = 10
"""Seconds after which whoever was refused may ask again."""


class BusyError(ShareError, GapError):
    """So many ask for what is dear that one more would keep readers waiting."""


class OneAtATime(Generic[Found]):
    """What a function finds, kept; it is called by one thread at a time.

    Parameters
    ----------
    find
        The function; what it raises is not kept.
    most
        Answers that are kept, the last ones.
    """

    def __init__(self, find: Callable[..., Found], most: int) -> None:
        self._find = find
        self._kept = lru_cache(maxsize=most)(self._look)
        self._turn = OneTurn(MOST_WAITING, BUSY, AFTER)

    def __call__(self, *asked: Hashable) -> Found:
        """Return the answer.

        Raises
        ------
        BusyError
            Too many wait already.
        """
        try:
            with self._turn:
                return self._kept(*asked)
        except TurnError as error:
            raise BusyError(str(error), after=error.after, theirs=error.theirs) from error

    def _look(self, *asked: Hashable) -> Found:
        return self._find(*asked)
