"""Minutes of mixed use: what the server holds stays level."""

import time
from pathlib import Path
from typing import Final

from benchmarks.attack.clients import HEAD, bring_and_adopt, let, look, row_of
from benchmarks.attack.crowd import DEAR
from benchmarks.processes import descriptors, family, proportional, resident, workers

TEMPORARY: Final = "tmp"
"""Folder of the temporary files of the server."""
STEP: Final = 30.0
"""Seconds between two looks at the server."""


def soak(address: str, server: int, folder: Path, minutes: float) -> None:
    """Use the server for a while, and look at what it holds."""
    began = time.monotonic()
    end = began + 60 * minutes
    clients = let(address, [*DEAR.values(), bring_and_adopt, look, look, look], end)
    print(f"\n## {minutes:g} minutes of use\n")
    print("| minute | MB of each worker | MB in all | descriptors | temporary files | MB on disk |")
    print("| ---: | --- | ---: | ---: | ---: | ---: |")
    while time.monotonic() < end:
        time.sleep(min(STEP, max(end - time.monotonic(), 0.1)))
        every = workers(server)
        each = ", ".join(f"{resident(process):.0f}" for process in every)
        held = sum(map(proportional, family(server)))
        opened = ", ".join(str(descriptors(process)) for process in every)
        left = sum(1 for path in (folder / TEMPORARY).rglob("*") if path.is_file())
        size = sum(_size(path) for path in folder.rglob("*")) / 1e6
        minute = (time.monotonic() - began) / 60
        told = f"{minute:.1f} | {each} | {held:.0f} | {opened} | {left} | {size:.0f}"
        print(f"| {told} |", flush=True)
    for client in clients:
        client.join()
    print(f"\n{HEAD}\n{row_of('all', clients)}", flush=True)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size if path.is_file() else 0
    except OSError:  # it is gone
        return 0
