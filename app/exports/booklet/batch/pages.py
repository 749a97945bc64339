"""All the pages of a kind: drawn in processes of their own, one by one into a folder, then a ZIP.

A page is written whole or not at all. A batch that was stopped goes on where it was when it is
asked for again with the same request: a journal in the folder says which pages are done.
"""

import hashlib
import multiprocessing
import os
import re
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from app.exports.booklet.batch.archive import Entry, write_archive
from app.exports.booklet.batch.journal import Journal
from app.exports.booklet.page import Page, draw_page
from app.exports.booklet.scene.request import PageError, PageRequest
from app.exports.formats import SaveError, save
from app.exports.paper import PaperError
from app.jobs.processes import end_with_parent
from app.opening.data import open_catalogue
from app.settings import read_settings
from geo.names import plain, sort_key
from geo.perimeter import Level, Perimeter, PlaceError
from geo.reference.places import Reference
from layers.catalogue.layers import Catalogue
from layers.french.wording import typeset
from layers.model.schema import LayerError

What = Literal["contrats", "epci", "communes"]
Progress = Callable[[int, int, str], None]
"""Told how many pages are done, of how many, and the title of the last one."""

WRITERS: Final[dict[str, Callable[[Page], bytes]]] = {
    "pdf": Page.to_pdf,
    "imprimeur": Page.to_printer_pdf,
    "svg": Page.to_svg,
    "png": Page.to_png,
}
_PATIENCE_S: Final = 0.2


@dataclass(frozen=True, slots=True)
class Batch:
    """What is asked for.

    Parameters
    ----------
    what
        ``contrats``, ``epci`` or ``communes``.
    folder
        Where the pages, their journal and the ZIP go; made if it is not there.
    template
        A request whose perimeter is replaced by each one's.
    kind
        Key of :data:`WRITERS`.
    profile
        ICC profile of the printer's, for ``imprimeur``.
    """

    what: What
    folder: Path
    template: PageRequest
    kind: str = "pdf"
    profile: Path | None = None

    def write(self, page: Page) -> bytes:
        """Return the bytes of a page."""
        return page.to_printer_pdf(self.profile) if self.profile else WRITERS[self.kind](page)

    @property
    def ending(self) -> str:
        """Ending of the pages' names."""
        return "pdf" if self.kind == "imprimeur" else self.kind

    @property
    def archive(self) -> Path:
        """The ZIP."""
        suffix = "-imprimeur" if self.kind == "imprimeur" else ""
        return self.folder / f"livrets-{self.what}-{self.template.paper}{suffix}.zip"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a batch came to.

    Parameters
    ----------
    archive
        The ZIP; None when the batch was cancelled.
    entries
        The pages that are there, in the order of the table of contents.
    failures
        Name of a perimeter and the French sentence that says why it has no page.
    total
        Pages asked for.
    """

    archive: Path | None
    entries: tuple[Entry, ...]
    failures: tuple[tuple[str, str], ...]
    total: int


@dataclass(frozen=True, slots=True)
class _Task:
    name: str
    path: Path
    request: PageRequest
    weight: int
    group: str


def write_all(
    catalogue: Catalogue,
    batch: Batch,
    progress: Progress = lambda *_: None,
    cancelled: Callable[[], bool] = lambda: False,
    workers: int | None = None,
) -> Outcome:
    """Write all pages, then the ZIP with its table of contents.

    Parameters
    ----------
    cancelled
        Asked several times a second; once it says yes, the pages under way are finished and kept.
    workers
        Processes; by default as many as there are cores.

    Raises
    ------
    SaveError
        The folder cannot be written to.
    PaperError
        WeasyPrint cannot work on this machine, or a process that draws was ended from outside.
    """
    _make_folder(batch.folder)
    tasks = tasks_of(catalogue, batch)
    asked = (batch.what, batch.kind, batch.profile, batch.template)
    journal = Journal(batch.folder / f".{batch.archive.stem}.json", asked, batch.template.day)
    done = {task.name: entry for task in tasks if (entry := journal.entry(task.path))}
    failures: dict[str, str] = {}
    progress(len(done), len(tasks), "")
    missing = sorted((t for t in tasks if t.name not in done), key=lambda t: -t.weight)
    for task, result in _drawn(catalogue, batch, missing, cancelled, workers):
        if isinstance(result, Entry):
            done[task.name] = result
            journal.add(result)
        else:
            failures[task.name] = result
        progress(len(done) + len(failures), len(tasks), task.name)
    complete = len(done) + len(failures) == len(tasks)
    entries = tuple(done[task.name] for task in tasks if task.name in done)
    told = tuple((task.name, failures[task.name]) for task in tasks if task.name in failures)
    if complete:
        write_archive(batch.archive, batch.folder, entries, told)
    return Outcome(batch.archive if complete else None, entries, told, len(tasks))


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SaveError(f"Le dossier « {folder} » ne peut pas être créé.") from error


def tasks_of(catalogue: Catalogue, batch: Batch) -> list[_Task]:
    """Return what is to be drawn, in the order of the table of contents."""
    tasks = []
    for perimeter, contract in _perimeters(catalogue, batch.what):
        name = catalogue.reference.name_of(perimeter)
        stem = f"contrat-{contract}" if contract else str(perimeter).replace(":", "-")
        slug = "-".join(re.findall(r"[a-z0-9]+", plain(name)))
        file = f"{stem}.{batch.ending}" if contract else f"{stem}-{slug}.{batch.ending}"
        request = replace(batch.template, perimeter=perimeter, contract=contract)
        weight = len(catalogue.reference.members(perimeter))
        group = _group(catalogue.reference, perimeter)
        tasks.append(_Task(name, batch.folder / file, request, weight, group))
    return (
        sorted(tasks, key=lambda task: sort_key(task.name)) if batch.what == "communes" else tasks
    )


def _group(reference: Reference, perimeter: Perimeter) -> str:
    """Return the name of the EPCI of a commune, nothing for another place."""
    if perimeter.level is not Level.COMMUNE:
        return ""
    epci = Perimeter(Level.EPCI, reference.communes[perimeter.code].epci)
    return typeset(reference.name_of(epci))


def _perimeters(catalogue: Catalogue, what: What) -> Iterator[tuple[Perimeter, str | None]]:
    if what == "contrats":
        contracts = catalogue.load("contrats")
        for contract, place in zip(contracts["id"], contracts["perimeter"], strict=True):
            yield Perimeter.parse(place), contract
        return
    level = Level.EPCI if what == "epci" else Level.COMMUNE
    for perimeter in catalogue.reference.perimeters(level):
        yield perimeter, None


def _drawn(
    catalogue: Catalogue,
    batch: Batch,
    tasks: Sequence[_Task],
    cancelled: Callable[[], bool],
    workers: int | None,
) -> Iterator[tuple[_Task, Entry | str]]:
    """Draw tasks in processes; yield each with its entry, or why it has none, as it ends."""
    if not tasks:
        return
    count = min(workers or _cores(), len(tasks))
    with _pool(catalogue, count) as pool:
        waiting = list(tasks)
        running: dict[Future[Entry | str], _Task] = {}
        while running or waiting:
            # Few at a time, so that a cancelled batch ends soon.
            while waiting and len(running) < 2 * count and not cancelled():
                task = waiting.pop(0)
                running[pool.submit(_draw, task, batch)] = task
            if cancelled():
                waiting.clear()
                running = {future: t for future, t in running.items() if not future.cancel()}
            ended, _ = wait(running, timeout=_PATIENCE_S, return_when=FIRST_COMPLETED)
            for future in ended:
                yield running.pop(future), _result(future)


def _result(future: Future[Entry | str]) -> Entry | str:
    try:
        return future.result()
    except BrokenProcessPool as error:
        raise PaperError(
            "Un des processus qui dessinent s’est interrompu, la mémoire a pu manquer : la même "
            "demande reprend où elle en était."
        ) from error


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_OPENED: dict[str, Catalogue] = {}
"""In a process that draws: its catalogue, opened once."""


def _may_fork() -> bool:
    return sys.platform == "linux" and threading.active_count() == 1


def _pool(catalogue: Catalogue, count: int) -> ProcessPoolExecutor:
    """Return processes that begin from this one where that is safe, with the data open."""
    if _may_fork():
        _OPENED["catalogue"] = catalogue
        return ProcessPoolExecutor(count, multiprocessing.get_context("fork"), end_with_parent)
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(count, context, _open, (catalogue.data,))


def _open(data: Path) -> None:
    end_with_parent()
    settings = read_settings().model_copy(update={"data": data})
    _OPENED["catalogue"] = open_catalogue(settings)


def _draw(task: _Task, batch: Batch) -> Entry | str:
    """Draw and save one page; return the sentence where this page alone cannot be drawn."""
    try:
        page = draw_page(_OPENED["catalogue"], task.request)
        content = batch.write(page)
    except (PageError, PlaceError, LayerError) as error:
        return str(error)
    save(content, task.path, replace=True)
    digest = hashlib.sha256(content).hexdigest()
    return Entry(task.path.name, page.title, page.layout.frame.scale, digest, task.group)
