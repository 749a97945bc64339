"""The processes of a server that a benchmark started, found by whose children they are.

Not by their command lines: gunicorn gives its processes other names where it can.
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

ASIDE: Final = ("app.imports.steps", "app.workshop.runner", "resource_tracker", "atlas62-ecarts")
"""Of the command lines, or the names, of what works beside the server, and ends with its work."""


def children(process: int) -> list[int]:
    """Return the processes that a process has started, those of its children not."""
    found = []
    for each in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            parent = (each / "stat").read_text().rpartition(")")[2].split()[1]
            if each.name.isdecimal() and int(parent) == process:
                found.append(int(each.name))
    return sorted(found)


def workers(server: int) -> list[int]:
    """Return the processes that answer readers."""
    return [each for each in children(server) if not _is_aside(each)]


def family(process: int) -> Iterator[int]:
    """Yield a process and all that come from it."""
    yield process
    for child in children(process):
        yield from family(child)


def resident(process: int) -> float:
    """Return the resident megabytes of a process; 0 for one that is gone."""
    return _kilobytes(process, "status", "VmRSS:") / 1000


def proportional(process: int) -> float:
    """Return the megabytes of a process, what several share divided among them."""
    return _kilobytes(process, "smaps_rollup", "Pss:") / 1000


def descriptors(process: int) -> int:
    """Return how many files and connections a process holds open."""
    with suppress(OSError):
        return sum(1 for _ in Path(f"/proc/{process}/fd").iterdir())
    return 0


def _is_aside(process: int) -> bool:
    with suppress(OSError):
        line = "".join(Path(f"/proc/{process}/{file}").read_text() for file in ("cmdline", "comm"))
        return any(name in line for name in ASIDE)
    return True


def _kilobytes(process: int, file: str, name: str) -> int:
    with suppress(OSError, IndexError):
        return int(Path(f"/proc/{process}/{file}").read_text().partition(f"\n{name}")[2].split()[0])
    return 0
