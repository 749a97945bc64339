"""The queue of one kind of long work, over huey: who waits, who is at it, what was left.

huey hands a message to whoever comes first, and forgets it: one whose worker is killed is lost (its
documentation says so). So what was asked is noted beside the messages until it is over, whoever
takes it leaves a claim and says again and again that they are at it, and a sweep puts back what was
left. A message too many does no harm: nobody takes it, since what it means was claimed.
"""

import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import structlog
from huey.api import Huey
from huey.constants import EmptyData
from huey.exceptions import HueyException

from app.jobs.asked import Asked
from app.jobs.huey_of_process import HueyOfProcess
from app.jobs.queue_place import QueuePlace
from app.jobs.turn_order import NOBODY, Asker, priority_of

ASKED: Final = "asked:"
CLAIM: Final = "claim:"
NEXT: Final = "next:"
"""Beginnings of what is noted: of what was asked, who is at it, and what it has become."""
MOST_BEGUN: Final = 2
"""Times that work is begun, where whoever was at it goes away in the middle."""

log = structlog.get_logger("app.jobs.queue")


class Queue:
    """What waits and what is done, of one kind, seen alike by all processes.

    Parameters
    ----------
    place
        Where it is kept.
    kind
        Its name.

    Raises
    ------
    QueueDownError
        From every method: the place cannot be reached.
    """

    def __init__(self, place: QueuePlace, kind: str) -> None:
        self.place = place
        self.kind = kind
        self._huey = HueyOfProcess(place, kind)

    def ask(
        self,
        name: str,
        folder: str,
        askers: Sequence[Asker] = (),
        what: Mapping[str, Any] | None = None,
    ) -> bool:
        """Let work wait for its turn; tell whether it did not wait, nor was done, already."""
        token = secrets.token_hex(8)
        noted = {"folder": folder, "askers": [*askers], "what": dict(what or {}), "token": token}
        with self._huey() as huey:
            if not huey.put_if_empty(f"{ASKED}{name}", noted):
                return False
        self._send(name, token, self._best_rank(askers))
        return True

    def want(self, name: str, asker: Asker) -> None:
        """Give what waits the turn that one more asker has, where it is a better one."""
        one = self.find(name)
        if one is None or one.by:
            return
        rank = self._best_rank([asker])
        ranks = [task.priority for task in self._messages() if task.args == (name, one.token)]
        if rank > max(ranks, default=rank - 1):
            self._send(name, one.token, rank)

    def take(self, by: str) -> Asked | None:
        """Take what has the next turn, for somebody; None where nothing waits."""
        while True:
            try:
                with self._huey() as huey:
                    task = huey.dequeue()
            except (ValueError, HueyException) as error:
                log.warning("message refused", kind=self.kind, reason=str(error)[:200])
                continue
            if task is None:
                return None
            name, token = task.args
            taken = self._claim(name, token, by)
            if taken is not None:
                return replace(taken, rank=task.priority or 0.0)

    def _claim(self, name: str, token: str, by: str) -> Asked | None:
        claim = {"by": by, "beat": time.time()}
        with self._huey() as huey:
            one = self.find(name)
            if one is None or one.token != token:
                return None
            if not huey.put_if_empty(f"{CLAIM}{token}", claim):
                return None
        one = self.find(name)
        if one is None or one.token != token:  # taken away meanwhile
            self._forget(token)
            return None
        return one

    def beat(self, one: Asked) -> bool:
        """Say that whoever took it is still at it; tell whether it is still theirs."""
        claim = {"by": one.by, "beat": time.time()}
        with self._huey() as huey:
            held = _read(huey, f"{CLAIM}{one.token}")
            if not self.is_wanted(one) or (held is not None and held["by"] != one.by):
                return False
            huey.put(f"{CLAIM}{one.token}", claim)
        return True

    def is_wanted(self, one: Asked) -> bool:
        """Tell whether it was not taken away since it was asked."""
        with self._huey() as huey:
            noted = _read(huey, f"{ASKED}{one.name}")
        return noted is not None and noted["token"] == one.token

    def leave(self, one: Asked) -> None:
        """Put back what was taken and not begun, where it was."""
        with self._huey() as huey:
            huey.delete(f"{CLAIM}{one.token}")
        self._send(one.name, one.token, one.rank)

    def again(self, one: Asked, what: Mapping[str, Any], begun: int = 0) -> None:
        """Let what was taken wait for one more turn, as something else."""
        rank = self._best_rank(one.askers)
        with self._huey() as huey:
            huey.put(f"{NEXT}{one.token}", {"what": dict(what), "begun": begun})
            huey.delete(f"{CLAIM}{one.token}")
        if self.is_wanted(one):
            self._send(one.name, one.token, rank)
        else:
            self._forget(one.token)

    def over(self, one: Asked) -> None:
        """Forget what is done; what was asked under its name since stays."""
        if self.is_wanted(one):
            self.forget(one.name)
        self._forget(one.token)

    def forget(self, name: str) -> None:
        """Forget what is not to be done any more."""
        with self._huey() as huey:
            noted = _read(huey, f"{ASKED}{name}")
            if noted is not None:
                huey.delete(f"{ASKED}{name}")
                self._forget(noted["token"])

    def find(self, name: str) -> Asked | None:
        """Return what waits or is done under a name, None for nothing."""
        with self._huey() as huey:
            noted = _read(huey, f"{ASKED}{name}")
            if noted is None:
                return None
            beside = [_read(huey, f"{key}{noted['token']}") for key in (NEXT, CLAIM)]
        return Asked.of_notes(name, noted, *beside)

    def all(self) -> list[Asked]:
        """Return what waits and what is done, in no order."""
        with self._huey() as huey:
            rows = {key: _read(huey, key, row) for key, row in huey.storage.result_items().items()}
        return [
            Asked.of_notes(
                key.removeprefix(ASKED), noted,
                rows.get(f"{NEXT}{noted['token']}"), rows.get(f"{CLAIM}{noted['token']}"),
            )
            for key, noted in rows.items() if noted is not None and key.startswith(ASKED)
        ]  # fmt: skip

    def waiting(self) -> list[Asked]:
        """Return what nobody is at yet, in the order of its turns."""
        rows = {(one.name, one.token): one for one in self.all() if not one.by}
        turns = dict.fromkeys(task.args for task in self._messages())
        return [rows[turn] for turn in turns if turn in rows]

    def put_back(self, is_left: Callable[[Asked], bool]) -> list[Asked]:
        """Put back what was left, and what has lost its message.

        Parameters
        ----------
        is_left
            Tells of what somebody took whether they are at it no more.

        Returns
        -------
        list of Asked
            What was left so often that it is forgotten now.
        """
        spent = []
        sent = {task.args for task in self._messages()}
        for one in self.all():
            if not one.by:
                if (one.name, one.token) not in sent:  # killed between taking and claiming
                    self._send(one.name, one.token, self._best_rank(one.askers))
            elif is_left(one):
                if one.begun + 1 >= MOST_BEGUN:
                    self.over(one)
                    spent.append(one)
                else:
                    self.again(one, one.what, one.begun + 1)
        return spent

    def _send(self, name: str, token: str, rank: float) -> None:
        with self._huey() as huey:
            huey.enqueue(self._huey.turn(name, token, priority=rank))

    def _messages(self) -> list[Any]:
        with self._huey() as huey:
            return list(huey.pending())

    def _best_rank(self, askers: Sequence[Asker]) -> float:
        """Count one more turn of each asker; return the best rank that one of them has.

        Turns are counted from when something began to wait, those that are under way then too.
        """
        with self._huey() as huey:
            if not huey.pending_count():
                huey.storage.flush_counters()
                for one in self.all():
                    if one.by:
                        self._count(huey, one.askers)
            return max(self._count(huey, askers))

    @staticmethod
    def _count(huey: Huey, askers: Sequence[Asker]) -> list[float]:
        known = [*askers] or [NOBODY]
        visitors = {one: huey.storage.incr(f"v:{one}") for one in dict(known)}
        clients = {one: huey.storage.incr(f"c:{one}") for one in dict(known).values()}
        return [priority_of(visitors[one] - 1, clients[near] - 1) for one, near in known]

    def _forget(self, token: str) -> None:
        with self._huey() as huey:
            for key in (NEXT, CLAIM):
                huey.delete(f"{key}{token}")


def _read(huey: Huey, key: str, row: bytes | None = None) -> dict[str, Any] | None:
    """Return what is noted under a key, None for nothing; what was not signed by us is dropped."""
    found = huey.get_raw(key, peek=True) if row is None else row
    if found is EmptyData:
        return None
    try:
        noted: dict[str, Any] = huey.serializer.deserialize(bytes(found))
    except ValueError as error:
        log.warning("note refused", key=key, reason=str(error)[:200])
        huey.delete(key)
        return None
    return noted
