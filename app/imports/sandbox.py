"""Reading in a process of its own: what a hostile file breaks or fills is thrown away with it."""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Final

import geopandas as gpd
import pandas as pd
import shapely

from app.imports.limits import BroughtFileError, where
from app.imports.reading import read_table
from app.imports.table import Table
from geo.whole_file import whole_file, write_whole
from layers.brought.problems import Problem

ROOT: Final = Path(__file__).parents[2]
CELLS: Final = "table.parquet"
ACCOUNT: Final = "table.json"
LINE: Final = "\0line"
SHAPE: Final = "\0shape"
"""Columns beside those of the file, under names that no file can give."""

REFUSED: Final = 3
LONGEST: Final = 120
"""Seconds that a reading may take."""
MOST_MEMORY: Final = 4 << 30
"""Bytes of addresses, of which libraries reserve many more than they fill."""
KEPT: Final = ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP", "LD_LIBRARY_PATH", "LANG")


def read_apart(path: Path, name: str, folder: Path, part: str = "") -> Table:
    """Read a file in another process, and keep what it holds in a folder.

    Raises
    ------
    BroughtFileError
        It cannot be read, or not within the bounds of time and memory.
    """
    command = [sys.executable, "-m", "app.imports.sandbox", str(path), name, str(folder), part]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, no shell
            command,
            env=_environment(),
            capture_output=True,
            timeout=LONGEST,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired as error:
        raise BroughtFileError(
            f"{where(name)} : lecture abandonnée après {LONGEST} secondes."
        ) from error
    if done.returncode == REFUSED:
        raise BroughtFileError(done.stdout.decode().strip())
    if done.returncode:
        raise BroughtFileError(
            f"{where(name)} : lecture impossible, fichier endommagé ou trop grand pour la mémoire."
        )
    return load_table(folder)


def keep_table(table: Table, folder: Path) -> None:
    """Write a table into a folder, for :func:`load_table`."""
    cells = table.frame.assign(**{LINE: table.frame.index})
    if table.geometry is not None:
        cells[SHAPE] = shapely.to_wkb(table.geometry.to_numpy())
    with whole_file(folder / CELLS) as part:
        cells.to_parquet(part, index=False)
    crs = None if table.geometry is None or table.geometry.crs is None else table.geometry.crs
    account = {
        "name": table.name,
        "problems": [asdict(problem) for problem in table.problems],
        "separator": table.separator,
        "part": table.part,
        "parts": table.parts,
        "crs": crs.to_wkt() if crs else None,
    }
    write_whole(folder / ACCOUNT, json.dumps(account))


def load_table(folder: Path) -> Table:
    """Return the table that was kept in a folder.

    Raises
    ------
    BroughtFileError
        It is no longer there.
    """
    try:
        account = json.loads((folder / ACCOUNT).read_text(encoding="utf-8"))
        cells = pd.read_parquet(folder / CELLS).astype(object)
    except (OSError, ValueError) as error:
        raise BroughtFileError("Ce fichier n’est plus là : apportez-le de nouveau.") from error
    lines = cells.pop(LINE).astype(int)
    geometry = None
    if SHAPE in cells:
        shapes = [None if shape is None else shape for shape in cells.pop(SHAPE)]
        geometry = gpd.GeoSeries.from_wkb(shapes, index=lines.to_numpy(), crs=account["crs"])
    frame = cells.where(cells.notna(), None).set_axis(lines.to_numpy(), axis="index")
    return Table(
        account["name"],
        frame,
        tuple(Problem(**problem) for problem in account["problems"]),
        account["separator"],
        account["part"],
        tuple(account["parts"]),
        geometry,
    )


def _environment() -> dict[str, str]:
    """Return what the other process may know: no setting, and few of GDAL's readers."""
    import pyogrio  # noqa: PLC0415

    from app.imports.geofile import DRIVERS  # noqa: PLC0415 - GDAL takes its time

    others = [driver for driver in pyogrio.list_drivers() if driver not in DRIVERS]
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {
        **kept,
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "GDAL_SKIP": ",".join(others),
        "OGR_SKIP": ",".join(others),
        "SHAPE_RESTORE_SHX": "YES",
        "ARROW_DEFAULT_MEMORY_POOL": "system",
        "OMP_NUM_THREADS": "1",
    }


def _bound() -> None:
    """Bound the memory and the time of this process, where the system can."""
    try:
        import resource  # noqa: PLC0415 - absent on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST))


def main() -> int:
    """Read the file that the arguments name; the exit code says whether it was refused."""
    path, name, folder, part = sys.argv[1:]
    _bound()
    try:
        keep_table(read_table(Path(path), name, part), Path(folder))
    except BroughtFileError as error:
        sys.stdout.write(str(error))
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main())
