"""The peer: the atlas of QGIS over the same layers, exported by ``qgis_process``.

QGIS is Debian's (``apt-get install --no-install-recommends qgis``), or whatever ``qgis_process``
and PyQGIS are there. Our GeoPackages give it the layers with our styles.
"""

import os
import re
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pypdfium2

from app.exports.booklet.scene.request import DEFAULT_LAYERS
from app.exports.open_data import to_geopackage
from geo.perimeter import Level
from geo.reference.places import Reference
from layers.catalogue.layers import Catalogue

PROJECT: Final = Path(__file__).with_name("qgis_project.py")
PROGRAMS: Final = ("qgis_process.bin", "qgis_process")
"""Debian's wrapper passes an option that the program does not know: the program itself first."""
PYTHON: Final = "/usr/bin/python3"
LAYERS: Final = ("communes", "epcis", *DEFAULT_LAYERS[Level.EPCI])
PATIENCE_S: Final = 170
MISSING: Final = (
    "QGIS is not here, so its atlas is not measured: "
    "sudo apt-get install --no-install-recommends qgis"
)


@dataclass(frozen=True, slots=True)
class Atlas:
    """What QGIS made.

    Parameters
    ----------
    seconds, cpu, megabytes
        Of the export alone: the project is written before. Memory at its peak.
    pages, kilobytes
        One file holds all pages.
    unnamed
        Communes whose name stands nowhere on the page of their EPCI.
    """

    seconds: float
    cpu: float
    megabytes: float
    pages: int
    kilobytes: float
    unnamed: int


def find_qgis() -> str | None:
    """Return the program, None where QGIS or its Python module is not there."""
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if program is None or not Path(PYTHON).exists():
        return None
    module = subprocess.run([PYTHON, "-c", "import qgis.core"], capture_output=True, check=False)
    return program if module.returncode == 0 else None


def measure_qgis(catalogue: Catalogue, folder: Path, program: str) -> Atlas:
    """Write the layers and the project, then time the export of the atlas.

    Raises
    ------
    subprocess.CalledProcessError
        PyQGIS or QGIS failed.
    """
    for name in LAYERS:
        layer = catalogue.layer(name)
        (folder / f"{name}.gpkg").write_bytes(to_geopackage(layer, catalogue.load(name)))
    around = catalogue.reference.neighbour_land()
    around.to_file(folder / "around.gpkg", layer="around")
    surroundings = os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(folder)}
    subprocess.run([PYTHON, str(PROJECT), str(folder)], env=surroundings, check=True,
                   capture_output=True, timeout=PATIENCE_S)  # fmt: skip
    written = folder / "livrets.pdf"
    command = [
        program, "run", "native:atlaslayouttopdf", f"--project_path={folder / 'livrets.qgz'}",
        "--", "LAYOUT=Livrets", f"OUTPUT={written}", "TEXT_FORMAT=1",
    ]  # fmt: skip
    start = time.perf_counter()
    with subprocess.Popen(command, env=surroundings, stdout=-3, stderr=-3) as export:
        _, status, used = os.wait4(export.pid, 0)
    seconds = time.perf_counter() - start
    if not written.exists():
        raise subprocess.CalledProcessError(os.waitstatus_to_exitcode(status), command)
    pages, unnamed = _read(written, catalogue.reference)
    return Atlas(
        seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, pages,
        written.stat().st_size / 1024, unnamed,
    )  # fmt: skip


def _read(path: Path, reference: Reference) -> tuple[int, int]:
    """Return how many pages there are, and how many names they lack."""
    unnamed = 0
    with pypdfium2.PdfDocument(path) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    for place in reference.perimeters(Level.EPCI):
        text = next(
            (t for t in texts if f"Le territoire de la {reference.name_of(place)}" in t), ""
        )
        unnamed += sum(
            not re.search(rf"(?<![\w-]){re.escape(reference.communes[code].name)}(?![\w-])", text)
            for code in reference.members(place)
        )
    return len(texts), unnamed
