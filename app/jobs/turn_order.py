"""Fair turns: whoever asks for much waits behind those who ask for little."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

Asked = TypeVar("Asked")
Asker = tuple[str, str]
"""A visitor, and the client whose address they come from; a client may pose as many visitors."""


def in_turn(
    waiting: Sequence[Asked],
    running: Iterable[Asked],
    askers_of: Callable[[Asked], Sequence[Asker]],
) -> list[Asked]:
    """Put what waits in the order of its turns: the first of each visitor, then the second….

    What several want has the best rank that one of them gives it. Among equals, clients take turns
    in the same way; among equals there, who came first goes first.

    Parameters
    ----------
    waiting
        In the order in which it was asked.
    running
        What is under way, which counts for whoever wants it.
    askers_of
        Who wants it; an empty answer counts as one asker of its own.
    """
    visitors: Counter[str] = Counter()
    clients: Counter[str] = Counter()

    def rank(asked: Asked) -> tuple[int, int]:
        askers = askers_of(asked) or [("", "")]
        best = min((visitors[visitor], clients[client]) for visitor, client in askers)
        visitors.update({visitor for visitor, _ in askers})
        clients.update({client for _, client in askers})
        return best

    for asked in running:
        rank(asked)
    ranks = [(rank(asked), number) for number, asked in enumerate(waiting)]
    return [waiting[number] for _, number in sorted(ranks)]
