"""What stands in a queue: who asked for it, what it is, who is at it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from app.jobs.turn_order import Asker


@dataclass(frozen=True, slots=True)
class Asked:
    """What waits, or what somebody is at.

    Parameters
    ----------
    name
        Of its folder: the same is asked once.
    folder
        Where its files are.
    askers
        Who asked.
    what
        More about it, for whoever does it.
    token
        Of this asking alone: what is noted of an earlier one counts no more.
    begun
        Times that it was begun and left.
    by, beat
        Who is at it, empty for nobody, and when they last said so, in seconds since 1970.
    rank
        Of the message that it was taken by.
    """

    name: str
    folder: str
    askers: Sequence[Asker]
    what: Mapping[str, Any]
    token: str
    begun: int = 0
    by: str = ""
    beat: float = 0.0
    rank: float = 0.0

    @classmethod
    def of_notes(
        cls,
        name: str,
        noted: Mapping[str, Any],
        following: Mapping[str, Any] | None,
        claim: Mapping[str, Any] | None,
    ) -> Self:
        """Make it of what is noted: when it was asked, since then, and by who is at it."""
        return cls(name, **{**noted, **(following or {}), **(claim or {})})
