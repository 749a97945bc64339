"""The folder of a job: what its files say to the page that asks and the runner that works."""

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from app.jobs.order import Order
from app.jobs.turn_order import Asker
from geo.whole_file import write_whole

REMOVED: Final = "removed"
"""Says, in the folder of a job that is to stop, that it goes then."""
WANTED: Final = "wanted"
"""Folder, inside that of a job, of who wants it: a file a visitor, that holds their client."""
LONGEST_REPORT: Final = 6_000
"""Characters of what the command said."""
PRIVATE: Final = "livrets"
"""Folder, inside that of a visitor, of what shows layers of their own."""
TEMPORARY: Final = "tmp"
"""Folder, inside that of a job, of what its command needs for a moment."""


def wanted_by(folder: Path) -> list[Asker]:
    """Return who wants the job of a folder."""
    askers = []
    for path in (folder / WANTED).glob("*"):
        with suppress(OSError):
            askers.append((path.name, path.read_text(encoding="ascii")))
    return askers


def want(folder: Path, asker: Asker) -> None:
    """Write down that somebody wants the job of a folder, and that it is to go on."""
    visitor, client = asker
    (folder / WANTED).mkdir(exist_ok=True)
    (folder / WANTED / visitor).write_text(client, encoding="ascii")
    for name in ("cancel", REMOVED):
        (folder / name).unlink(missing_ok=True)


def size_of(folder: Path) -> int:
    """Return the bytes of all files in a folder."""
    total = 0
    # not rglob, which fails where a folder is taken away while it is looked through
    for inside, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                total += os.lstat(f"{inside}/{name}").st_size
    return total


def read_order(folder: Path) -> Order:
    """Return the order of a job's folder."""
    held: dict[str, Any] = json.loads((folder / "order.json").read_text(encoding="utf-8"))
    return Order(**{**held, "words": tuple(held["words"]), "layers": tuple(held["layers"])})


def read_json(path: Path) -> dict[str, Any] | None:
    """Return what a file holds, None when it is not there."""
    try:
        held: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return held


def write_json(path: Path, value: dict[str, Any]) -> None:
    """Write a file that is whole whenever somebody reads it; raises OSError."""
    write_whole(path, json.dumps(value))


def asked_at(folder: Path) -> float:
    """Return when the job of a folder was asked for, in seconds since 1970; 0 where unknown."""
    try:
        return float((folder / "asked").read_text())
    except (OSError, ValueError):
        return 0.0
