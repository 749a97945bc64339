"""A job under way: its process, and what is left of it when that ends."""

import contextlib
import multiprocessing
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Final

from app.jobs.asked import Asked
from app.jobs.folder import LONGEST_REPORT, TEMPORARY
from app.jobs.order import Order
from app.jobs.queue import Queue

LONGEST: Final = {"page": 180.0, "lot": 4 * 3600.0}
"""Seconds that a job of each queue may take."""


def new_process(do: Callable[[Path], None], folder: Path) -> BaseProcess:
    """Return a process that begins from this one; where that cannot be it opens the data itself."""
    if sys.platform == "linux":
        return multiprocessing.get_context("fork").Process(target=do, args=(folder,))
    return multiprocessing.get_context("spawn").Process(target=do, args=(folder,))


@dataclass
class Running:
    """A job under way: what was asked, where, its folder, order and process."""

    asked: Asked
    queue: Queue
    order: Order
    process: BaseProcess
    until: float
    told: float
    cancelled: bool = False
    late: bool = False
    lost: bool = False

    @property
    def folder(self) -> Path:
        """Where it writes."""
        return Path(self.asked.folder)


def clear(folder: Path) -> None:
    """Take away what a job needed for a moment."""
    with contextlib.suppress(OSError):
        shutil.rmtree(folder / TEMPORARY, ignore_errors=True)
        for part in folder.rglob(".*.part"):
            part.unlink(missing_ok=True)


def result_of(job: Running) -> dict[str, Any]:
    """Return what is told of a job that has ended."""
    code = job.process.exitcode or 0
    error = _read(job.folder / "error").strip().removeprefix("Erreur\u00a0: ")
    if job.late:
        minutes = round(LONGEST[job.order.queue] / 60)
        error = f"Travail arrêté : il a pris plus de {minutes} minutes."
    elif code < 0:
        error = "Le dessin s’est interrompu, la mémoire a pu manquer : demandez-le de nouveau."
    return {
        "code": code,
        "cancelled": job.cancelled and code != 0,
        "said": _read(job.folder / "said"),
        # where it is on this machine is nobody's business
        "error": error.replace(f"{job.folder}{os.sep}", ""),
    }


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")[-LONGEST_REPORT:]
    except FileNotFoundError:
        return ""
