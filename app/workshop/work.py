"""The work of one job, in a process of its own that begins with the data open."""

import gc
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final

import app.commands.booklet
import app.commands.offline_map  # noqa: F401 - here, so that no job has to
from app.__main__ import main
from app.exports.booklet.page import draw_page
from app.exports.booklet.scene.request import PageRequest
from app.jobs.folder import TEMPORARY, read_order
from app.jobs.order import Order
from app.jobs.processes import end_with_parent
from app.opening.data import open_catalogue, open_store
from app.readers.opened import open_sessions
from app.readers.sessions import Session, seen_alone
from app.settings import read_settings
from geo.perimeter import DEPARTEMENT, Perimeter
from layers.catalogue.layers import Catalogue
from layers.model.layer import LayerError

MOST_MEMORY: Final = 6 << 30
"""Bytes of addresses, of which libraries reserve many more than they fill."""
POLITENESS: Final = 5
"""How much long work gives way to short."""
USUAL: Final = (Perimeter.parse("epci:200090751"), DEPARTEMENT)
"""Pages that are drawn once, for what the next ones find ready."""


class Opened:
    """The data of this process.

    Parameters
    ----------
    catalogue
        Layers and reference; None until they are wanted.
    version
        Of the store that they were opened with.
    """

    catalogue: Catalogue | None = None
    version: int = 0


def prepare() -> Iterator[None]:
    """Open the data, then make ready what pages have in common, a step at a time.

    What fails here is told by the job that meets it.
    """
    draw = [partial(_draw, place) for place in USUAL]
    steps: list[Callable[[], object]] = [_open, *draw, _load, gc.freeze]
    for step in steps:
        with suppress(Exception):
            step()
        yield


def work(folder: Path) -> None:
    """Do the job of a folder; the exit code is the command's."""
    order = read_order(folder)
    for name, number in (("said", 1), ("error", 2)):
        with (folder / name).open("wb") as told:
            os.dup2(told.fileno(), number)
    temporary = folder / TEMPORARY
    temporary.mkdir(exist_ok=True)
    tempfile.tempdir = str(temporary)
    end_with_parent()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if sys.platform == "linux":
        _bound(order)
    target = ("--sortie", str(folder / order.target)) if order.target else ()
    main.main([*order.words, *target], prog_name="atlas62", obj=seen_by(order))


def _bound(order: Order) -> None:
    """Bound the memory, and let short work go first."""
    import resource  # noqa: PLC0415 - absent on Windows

    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    if order.queue == "lot":
        os.nice(POLITENESS)


def _open() -> Catalogue:
    if Opened.catalogue is None:
        settings = read_settings()
        Opened.version = open_store(settings).version()
        Opened.catalogue = open_catalogue(settings)
    return Opened.catalogue


def _draw(place: Perimeter) -> None:
    page = draw_page(_open(), PageRequest(place))
    page.to_svg()
    page.to_pdf()


def _load() -> None:
    for layer_id in _open().layers:
        with suppress(LayerError):
            _open().load(layer_id)


def seen_by(order: Order) -> Catalogue:
    """Return the data as whoever asks sees them: with layers adopted since, and their own."""
    catalogue, settings = _open(), read_settings()
    store = open_store(settings)
    added = [] if store.version() == Opened.version else [*store.layers()]
    if order.owner:
        own = seen_alone(open_sessions(settings), Session(settings.sessions / order.owner))
        added += [layer for layer in own if layer.id in order.layers]
    return catalogue.with_layers(added) if added else catalogue
