"""``python -m app.imports.steps``: one step of an import, in the process of :mod:`.sandbox`."""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

import shapely

from app.imports.brought_file import Job
from app.imports.file_kind import read_table
from app.imports.kept import keep_table
from app.imports.limits import BroughtFileError
from app.imports.patience import OutOfPatienceError, work_within
from app.imports.sandbox import REFUSED, bound_process
from geo.reference.places import Reference
from layers.brought.outlines import Settled, Settler, unsettled
from layers.brought.problems import BroughtError

SECONDS_EACH: Final = 1.0
"""Of processor time for one outline; an honest one of 20 000 vertices takes a tenth of that."""
SECONDS_IN_ALL: Final = 10.0


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


def _place(folder: str, communes: str, finer: str) -> None:
    _job(folder, communes, finer).place_here(settle_within)


def _make(folder: str, communes: str, finer: str, layer_id: str) -> None:
    _job(folder, communes, finer).make_here(layer_id, settle_within)


def _job(folder: str, communes: str, finer: str) -> Job:
    return Job(Path(folder), Reference.load(Path(communes), Path(finer) if finer else None))


STEPS: Final[Mapping[str, Callable[..., None]]] = {"read": _read, "place": _place, "make": _make}


def main() -> int:
    """Take the step that the arguments name; the exit code says whether it was refused."""
    step, *arguments = sys.argv[1:]
    bound_process()
    try:
        STEPS[step](*arguments)
    except (BroughtError, BroughtFileError) as error:
        sys.stdout.buffer.write(str(error).encode())
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main())
