"""Work on what a stranger gave, one piece after another, each within its time.

A call into GEOS cannot be interrupted: it runs in a child of this process, which the system ends
when the timer of the piece is over. What was found before stays, and a new child goes on after it.
"""

import math
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final, NoReturn, TypeVar

from shapely.errors import ShapelyError

Given = TypeVar("Given")
Found = TypeVar("Found")
Work = Callable[[Sequence[Given]], Sequence[Found]]

CHUNK: Final = 256
"""Pieces that share a timer, until they prove to need one each."""
MOST_MEMORY: Final = 512 << 20
"""Bytes of addresses that a child may take beyond those that it begins with."""


class OutOfPatienceError(Exception):
    """All the time is spent; the argument is the rank of the piece at which it was."""


def work_within(
    work: Work[Given, Found],
    pieces: Sequence[Given],
    *,
    seconds_each: float,
    seconds_in_all: float,
) -> list[Found | None]:
    """Return what the work finds of each piece, None for one that takes too long or too much.

    Where the system knows no ``fork``, the bounds of the whole process alone apply.

    Parameters
    ----------
    work
        Gives one result a piece, in their order.
    seconds_each, seconds_in_all
        Of processor time.

    Raises
    ------
    OutOfPatienceError
        The pieces together take longer than they may.
    """
    if not hasattr(os, "fork"):
        return [*work(pieces)]
    results: list[Found | None] = [None] * len(pieces)
    left = [range(i, min(i + CHUNK, len(pieces))) for i in range(0, len(pieces), CHUNK)]
    begun = _spent()
    while left:
        seconds = seconds_in_all - (_spent() - begun)
        if seconds <= 0:
            raise OutOfPatienceError(left[0].start)
        for found in _in_a_child(work, pieces, left, seconds_each, seconds):
            done = left.pop(0)
            results[done.start : done.stop] = found
        if left:
            failed = left.pop(0)
            if len(failed) > 1:
                left[:0] = [range(i, i + 1) for i in failed]
    return results


def _in_a_child(
    work: Work[Given, Found],
    pieces: Sequence[Given],
    ranges: Sequence[range],
    seconds_each: float,
    seconds: float,
) -> Iterator[Sequence[Found | None]]:
    """Yield the results of each range for as long as a child lives."""
    reader, writer = Pipe(duplex=False)
    child = os.fork()
    if child == 0:
        reader.close()
        _work_and_leave(work, [pieces[r.start : r.stop] for r in ranges], writer,
                        seconds_each, seconds)  # fmt: skip
    writer.close()
    try:
        with suppress(EOFError):
            for _ in tuple(ranges):
                yield reader.recv()
    finally:
        reader.close()
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _work_and_leave(
    work: Work[Given, Found],
    chunks: Sequence[Sequence[Given]],
    writer: Connection,
    seconds_each: float,
    seconds: float,
) -> NoReturn:
    """Work in the child, which ends here whatever happens."""
    try:
        _bound(seconds)
        for chunk in chunks:
            signal.setitimer(signal.ITIMER_PROF, seconds_each)
            writer.send(_one_by_one(work, chunk))
    finally:
        os._exit(0)


def _one_by_one(work: Work[Given, Found], chunk: Sequence[Given]) -> Sequence[Found | None]:
    """Work on a chunk at once, or on each of its pieces where one of them cannot be worked on."""
    try:
        return work(chunk)
    except (ShapelyError, MemoryError, ValueError):
        if len(chunk) == 1:
            return [None]
        return [_one_by_one(work, [piece])[0] for piece in chunk]


def _bound(seconds: float) -> None:
    import resource  # noqa: PLC0415 - absent on Windows, which has no fork either

    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    limits = {resource.RLIMIT_CPU: math.ceil(seconds), resource.RLIMIT_CORE: 0}
    with suppress(OSError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        limits[resource.RLIMIT_AS] = pages * resource.getpagesize() + MOST_MEMORY
    for limit, most in limits.items():
        _, highest = resource.getrlimit(limit)
        allowed = most if highest == resource.RLIM_INFINITY else min(most, highest)
        resource.setrlimit(limit, (allowed, highest))


def _spent() -> float:
    """Return the seconds of processor time of the children that are gone."""
    times = os.times()
    return times.children_user + times.children_system
