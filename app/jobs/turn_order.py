"""Fair turns: whoever asks for much waits behind those who ask for little."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeVar

Asked = TypeVar("Asked")
Asker = tuple[str, str]
"""A visitor, and the client whose address they come from; a client may pose as many visitors."""
NOBODY: Final[Asker] = ("-", "-")
"""Asks for what the program itself wants."""
MOST_REMEMBERED: Final = 500
_MORE_THAN_ANYBODY_HAS: Final = 1_000_000


def no_turns() -> deque[Sequence[Asker]]:
    """Return the memory of turns that were taken, which begins empty whenever nothing waits."""
    return deque(maxlen=MOST_REMEMBERED)


def in_turn(
    waiting: Sequence[Asked],
    taken: Iterable[Sequence[Asker]],
    askers_of: Callable[[Asked], Sequence[Asker]],
) -> list[Asked]:
    """Put what waits in the order of its turns: whoever had fewest turns first.

    What several want has the best rank that one of them gives it. Among equals, clients take turns
    in the same way; among equals there, who came first goes first.

    Parameters
    ----------
    waiting
        In the order in which it was asked.
    taken
        Whose turns were taken since something began to wait.
    askers_of
        Who wants it; an empty answer counts as one asker of its own.
    """
    visitors: Counter[str] = Counter()
    clients: Counter[str] = Counter()

    def rank(askers: Sequence[Asker]) -> tuple[int, int]:
        best = min((visitors[visitor], clients[client]) for visitor, client in askers)
        visitors.update({visitor for visitor, _ in askers})
        clients.update({client for _, client in askers})
        return best

    for askers in taken:
        rank(askers or [NOBODY])
    ranks = [(rank(askers_of(one) or [NOBODY]), number) for number, one in enumerate(waiting)]
    return [waiting[number] for _, number in sorted(ranks)]


def priority_of(visitor_turns: int, client_turns: int) -> float:
    """Return the priority of what is asked by one who had so many turns: the highest goes first.

    Whoever had fewest turns goes first. Among equals, clients take turns in the same way; among
    equals there, who came first goes first.

    Parameters
    ----------
    visitor_turns, client_turns
        Turns that the visitor, and all from their address, have asked for or had since something
        began to wait.
    """
    return -float(visitor_turns * _MORE_THAN_ANYBODY_HAS + client_turns)
