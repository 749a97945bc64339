"""Fair turns: whoever asks for much waits behind those who ask for little."""

from typing import Final

Asker = tuple[str, str]
"""A visitor, and the client whose address they come from; a client may pose as many visitors."""
NOBODY: Final[Asker] = ("-", "-")
"""Asks for what the program itself wants."""
_MORE_THAN_ANYBODY_HAS: Final = 1_000_000


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
