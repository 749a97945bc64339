"""Processes killed in the middle of their work: server, workshop, sandbox, adoption."""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from benchmarks.attack.clients import (
    HEAD,
    LIST,
    Act,
    Client,
    adopt_again,
    bring_and_adopt,
    bring_and_leave,
    let,
    look,
    print_again,
    row_of,
)
from benchmarks.processes import family, workers
from layers.model.layer import LayerError
from layers.store.adoptions import read_adoptions
from layers.store.tables import check_whole, read_rows

EACH: Final = (0.8, 1.6)
"""Seconds between two kills."""
STEP: Final = "app.imports.steps"
WORKSHOP: Final = "app.workshop.runner"
LONGEST: Final = 12.0
"""Seconds that one may take, where what is to be killed is rare."""
BEFORE: Final = 120.0
"""Seconds within which those who adopt have made their layers."""
WITHIN: Final = 0.15
"""Seconds of an adoption, of which a kill takes any."""
QUIET: Final = 20.0
"""Seconds after the last kill within which all that was begun has ended."""


def kill_all_kinds(address: str, server: int, folder: Path, times: int) -> None:
    """Kill workers among readers and importers, workshops that draw, steps of imports, adopters."""
    readers: list[Act] = [bring_and_leave, bring_and_leave, look, look]
    _kill("workers", address, times, readers, lambda: _one(workers(server)))
    _tell_left(folder)
    printers: list[Act] = [print_again] * 3
    drawn = _kill("workshops", address, times, [*printers, look], lambda: _drawing(server))
    _tell_left(folder)
    _tell_drawn(drawn)
    importers: list[Act] = [bring_and_adopt] * 3
    _kill(
        "steps of imports", address, times, [*importers, look], lambda: _one(_family(server, STEP))
    )
    _tell_left(folder)
    adopters: list[Act] = [adopt_again] * 3
    acts = [*adopters, look]
    clients = _kill(
        "pairs of workers in the middle of an adoption", address, times, acts,
        lambda: _adopting(server, folder),
    )  # fmt: skip
    _tell_left(folder)
    _tell_store(folder, {client.own for client in clients if client.own})


def _kill(
    what: str, address: str, times: int, acts: list[Act], choose: Callable[[], list[int]]
) -> list[Client]:
    chance = random.Random(times)  # noqa: S311 - nothing secret is drawn
    clients = let(address, acts, time.monotonic() + BEFORE + times * LONGEST)
    _wait_for_layers(clients)
    killed = 0
    while killed < times and not clients[0].over:
        time.sleep(chance.uniform(*EACH))
        found = choose()
        time.sleep(chance.uniform(0, WITHIN))
        for process in found:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        killed += bool(found)
    for client in clients:
        client.stop()
    for client in clients:
        client.join()
    time.sleep(QUIET)
    after = let(address, [look], time.monotonic() + 3)
    after[0].join()
    print(f"\n## {killed} {what} killed\n\n{HEAD}")
    print(row_of("while", clients))
    print(f"\n{sum(client.adopted for client in clients)} layers adopted meanwhile.\n\n{HEAD}")
    print(row_of("readers after", after), flush=True)
    return clients


def _wait_for_layers(clients: list[Client]) -> None:
    """Wait until all who adopt again and again have a layer: killed before, they would never."""
    until = time.monotonic() + BEFORE
    while time.monotonic() < until and any(
        client.act is adopt_again and not client.own for client in clients
    ):
        time.sleep(0.1)


def _one(found: list[int]) -> list[int]:
    return [random.choice(found)] if found else []  # noqa: S311 - nothing secret is drawn


def _family(server: int, words: str) -> list[int]:
    """Return the processes of a server in whose command line some words stand, the oldest first."""
    found = []
    for process in family(server):
        with suppress(OSError):
            if words in Path(f"/proc/{process}/cmdline").read_text():
                found.append(process)
    return found


def _drawing(server: int) -> list[int]:
    """Return the workshop, once it is at a job: that has a process of its own."""
    found = _family(server, WORKSHOP)
    return found[:1] if len(found) > 1 else []


def _adopting(server: int, folder: Path) -> list[int]:
    """Return all workers, once one of them is at an adoption: its copy is there."""
    copy = folder / ".atlas62.part.gpkg"
    until = time.monotonic() + 10
    while not copy.exists() and time.monotonic() < until:
        time.sleep(0.001)
    return workers(server) if copy.exists() else []


def _tell_left(folder: Path) -> None:
    """Say what is left of what was killed: no copy, no half, no table without an import."""
    left = [
        path
        for path in folder.rglob("*")
        if path.is_file() and (path.suffix == ".part" or "tmp" in path.relative_to(folder).parts)
    ]
    size = sum(path.stat().st_size for path in left) / 1e6
    print(f"\nTemporary files left: {len(left)} ({size:.1f} MB) {[p.name for p in left[:3]]}")


def _tell_drawn(clients: list[Client]) -> None:
    """Say what became of the pages that were asked for while their workshops were killed."""
    told = Counter(phase for client in clients for phase in client.phases)
    print(f"\nPages asked for, and what was told of them at last: {dict(told)}")


def _tell_store(folder: Path, told: set[str]) -> None:
    """Say whether the store and its backups are whole, and hold what was told as adopted."""
    store = folder / "atlas62.gpkg"
    if not store.exists():
        print("\nNothing was adopted.")
        return
    broken = []
    for path in (store, *sorted((folder / "sauvegardes").glob("*.gpkg"))):
        try:
            check_whole(path)
        except LayerError as error:
            broken.append(f"{path.name}: {error}")
    rows = {
        one.description.id: len(read_rows(store, one.description))
        for one in read_adoptions(store).values()
    }
    short = {layer: count for layer, count in rows.items() if count != LIST.count(b"\n") - 1}
    backups = len([*(folder / "sauvegardes").glob("*.gpkg")])
    print(f"\n{len(rows)} layers in the store, {backups} backups; broken: {broken or 'none'}")
    lost = sorted(told - set(rows))
    print(f"\nTold as adopted and lost: {lost or 'none'}; rows lost: {short or 'none'}")
