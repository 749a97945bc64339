"""Jobs that a workshop had begun and is at no more: killed, or its machine gone."""

import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from app.jobs.asked import Asked
from geo.whole_file import write_whole

LEFT_AFTER: Final = 60.0
"""Seconds without a word from the workshop of another machine, after which its job is left."""
NAME: Final = "machine"
"""File, in the folder of a workshop, of the name that its jobs are taken under."""


def own_name(root: Path) -> str:
    """Return the name of the workshop of a folder, the same each time that it is opened.

    Whoever calls this holds the folder: no other workshop is open there.
    """
    path = root / NAME
    if not path.exists():
        root.mkdir(parents=True, exist_ok=True)
        write_whole(path, secrets.token_hex(8))
    return path.read_text(encoding="ascii")


class Left:
    """What is told apart: a job that is under way elsewhere, and one that was left.

    Parameters
    ----------
    name
        Of this workshop: what was taken under it and is not under way here was left by a workshop
        that ended before.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._heard: dict[tuple[str, str], tuple[float, float]] = {}

    def of(self, kind: str, rows: Iterable[Asked], now: float) -> frozenset[str]:
        """Return the tokens of what was left.

        Parameters
        ----------
        kind
            Of the queue.
        rows
            What stands in it and is not under way here.
        now
            Seconds of this machine's own clock, which that of no other machine is compared with:
            a beat counts as heard when it is another than before.
        """
        taken = [one for one in rows if one.by]
        heard = self._heard
        self._heard = {key: value for key, value in heard.items() if key[0] != kind}
        left = set()
        for one in taken:
            beat, since = heard.get((kind, one.token), (one.beat, now))
            self._heard[kind, one.token] = (one.beat, since if beat == one.beat else now)
            silent = now - self._heard[kind, one.token][1]
            if one.by == self._name or silent > LEFT_AFTER:
                left.add(one.token)
        return frozenset(left)
