"""``python -m app.imports.steps``: one step of an import, in the process of :mod:`.sandbox`."""

import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Final

import shapely

from app.imports.brought_file import FileImport
from app.imports.file_folder import SOURCE
from app.imports.file_kind import read_table
from app.imports.kept import keep_table
from app.imports.limits import BroughtFileError
from app.imports.patience import OutOfPatienceError, work_within
from app.imports.sandbox import GEOCODING_SECONDS, NO_MEMORY, REFUSED, Bounds, bound_process
from app.imports.summary import keep_summary, summarise
from app.jobs.processes import be_ended_first, end_with_parent
from app.opening.geocoding import local_geocoder, open_geocoding
from app.settings import Settings
from geo.reference.places import Reference
from geo.tables import DamagedReferenceError
from layers.brought.outlines import Settled, Settler, unsettled
from layers.brought.problems import BroughtError
from layers.catalogue.layers import Catalogue
from layers.deliberation.draft.error import DeliberationError
from layers.model.schema import LayerError
from layers.store.failure import FULL, explain
from layers.store.geopackage import GeoPackageStore
from layers.store.protocol import StoreError

SECONDS_EACH: Final = 1.0
"""Of processor time for one outline; an honest one of 20 000 vertices takes a tenth of that."""
SECONDS_IN_ALL: Final = 10.0
EXPECTED: Final = (BroughtError, BroughtFileError, DeliberationError, StoreError)
"""Refusals, whose message is a French sentence."""
NO_ROOM: Final = "Plus de place sur le disque du serveur : ce fichier n’est pas gardé."


def settle_within(settler: Settler, shapes: Sequence[shapely.Geometry]) -> list[Settled | None]:
    """Settle the outlines of a stranger, each within its time.

    Raises
    ------
    BroughtError
        All together take longer than they may.
    """
    try:
        return work_within(
            settler.settle, shapes, seconds_each=SECONDS_EACH, seconds_in_all=SECONDS_IN_ALL
        )
    except OutOfPatienceError as error:
        (rank,) = error.args
        raise BroughtError(
            f"Géométries : vérification abandonnée à la {rank + 1}ᵉ sur {len(shapes)} "
            f"({unsettled(shapes[rank])}), après {SECONDS_IN_ALL:g} secondes de calcul ; attendu "
            "des contours qui ne se croisent pas, simplifiés."
        ) from error


def _read(path: str, name: str, folder: str, part: str, heading: str) -> None:
    line = int(heading) if heading else None
    keep_table(read_table(Path(path), name, part, line), Path(folder))


def _take_in(  # noqa: PLR0913, PLR0917 - as the command line has them
    name: str, part: str, heading: str, folder: str, communes: str, finer: str
) -> None:
    """Read what a visitor brought, and what its page says of it."""
    job = _job(folder, communes, finer)
    line = int(heading) if heading else None
    keep_table(read_table(job.folder / SOURCE, name, part, line), job.folder)
    keep_summary(summarise(job.table, job.reference), job.folder)


def _place(folder: str, communes: str, finer: str, layer_id: str) -> None:
    _job(folder, communes, finer).place_here(settle_within, layer_id)


def _geocode(  # noqa: PLR0913, PLR0917 - as the command line has them
    folder: str, communes: str, finer: str, data: str, ban: str, cache: str
) -> None:
    """Place the rows, where that is not done yet, and geocode them for as long as a turn lasts."""
    job = _job(folder, communes, finer)
    if not job.chosen:
        job.place_here(settle_within)
    if job.progress().over:
        return
    settings = Settings(data=Path(data), ban=ban, cache=Path(cache))
    geocoding = open_geocoding(_catalogue(communes, finer, data, _newest(data)), settings)
    for _ in job.advance(geocoding.batch, GEOCODING_SECONDS):
        pass


def _newest(data: str) -> float:
    return max((path.stat().st_mtime for path in Path(data).rglob("*")), default=0.0)


@lru_cache(maxsize=1)
def _catalogue(communes: str, finer: str, data: str, newest: float) -> Catalogue:  # noqa: ARG001 - tells one state of the data from another
    reference = Reference.load(Path(communes), Path(finer) if finer else None)
    return Catalogue(reference, Path(data))


def prepare(words: Sequence[str]) -> None:
    """Make ready what of ours a step needs, in the process that it will begin from.

    Only the project's own data are read; what goes wrong is told by the step itself.
    """
    _, _, step, *arguments = words
    if step == "geocode":
        _, communes, finer, data, *_ = arguments
        with suppress(OSError, LayerError, DamagedReferenceError):
            _catalogue(communes, finer, data, _newest(data)).derive(local_geocoder).geocode("Arras")


def _make(folder: str, communes: str, finer: str, layer_id: str) -> None:
    _job(folder, communes, finer).make_here(layer_id, settle_within)


def _make_own(folder: str, communes: str, finer: str, layer_id: str, store: str) -> None:
    """Make the layer and put it among the visitor's own, once however often it is taken."""
    job = _job(folder, communes, finer)
    job.make_here(layer_id, settle_within)
    made = job.made
    GeoPackageStore(Path(store)).adopt(made.description, made.rows, replace=True)
    job.keep_result(layer_id, made, len(job.table.frame))


def _job(folder: str, communes: str, finer: str) -> FileImport:
    return FileImport(Path(folder), Reference.load(Path(communes), Path(finer) if finer else None))


def _read_act(path: str) -> None:
    from layers.deliberation.reader import read_file  # noqa: PLC0415 - no other step needs it

    sys.stdout.buffer.write(read_file(Path(path)).model_dump_json().encode())


STEPS: Final[Mapping[str, Callable[..., None]]] = {
    "read": _read,
    "take in": _take_in,
    "place": _place,
    "geocode": _geocode,
    "make": _make,
    "make own": _make_own,
    "act": _read_act,
}


def take(words: Sequence[str]) -> int:
    """Take a step in this process, which is its own; the exit code says if it was refused.

    Parameters
    ----------
    words
        Seconds and bytes that it may take, its name, what it needs.
    """
    end_with_parent()
    be_ended_first()
    seconds, memory, step, *arguments = words
    bound_process(Bounds(int(seconds), int(memory)))
    try:
        STEPS[step](*arguments)
    except EXPECTED as error:
        sys.stdout.buffer.write(str(error).encode())
        return REFUSED
    except MemoryError:
        return NO_MEMORY
    except OSError as error:
        if explain(error) != FULL:
            raise
        sys.stdout.buffer.write(NO_ROOM.encode())
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(take(sys.argv[1:]))
