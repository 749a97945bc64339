"""The pages of all 20 EPCIs, beside geopandas and the atlas of QGIS in the same run.

``python -m benchmarks.booklets``; takes about a minute. geopandas draws outlines, fills and every
name at the middle of its commune, and saves a PDF: no scale, no legend, no sources, and names over
one another, which are counted. QGIS exports the atlas of a print layout, where it is installed:
:mod:`benchmarks.qgis_atlas`; it leaves out the names for which it has no room.
"""

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import matplotlib as mpl
import pypdfium2
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.figure import Figure

from app.exports.booklet.batch.pages import Batch, write_all
from app.exports.booklet.scene.request import PageRequest
from app.settings import EMBEDDED_DATA
from benchmarks.qgis_atlas import MISSING, find_qgis, measure_qgis
from geo.perimeter import DEPARTEMENT, Level, Perimeter
from geo.reference.places import Reference
from layers.catalogue.layers import Catalogue

INCH: Final = 25.4
A4: Final = (210 / INCH, 297 / INCH)


def plot(reference: Reference, place: Perimeter, path: Path) -> int:
    """Save the peer's page and return how many of its names lie over another."""
    communes = reference.outlines(Level.COMMUNE)
    own = communes[communes["code"].isin(reference.members(place))]
    figure = Figure(figsize=A4)
    canvas = FigureCanvasPdf(figure)
    axes = figure.add_subplot()
    communes.plot(ax=axes, color="#ece8de", edgecolor="#cdc6b6", linewidth=0.4)
    own.plot(ax=axes, color="#fdf8e6", edgecolor="#b5ab93", linewidth=0.5)
    west, south, east, north = own.total_bounds
    axes.set_xlim(west, east)
    axes.set_ylim(south, north)
    axes.set_axis_off()
    axes.set_title(reference.name_of(place))
    middles = own.geometry.representative_point()
    names = [
        axes.text(point.x, point.y, name, fontsize=6, ha="center", va="center")
        for point, name in zip(middles, own["name"], strict=True)
    ]
    figure.savefig(path)
    renderer = canvas.get_renderer() if hasattr(canvas, "get_renderer") else None
    boxes = [name.get_window_extent(renderer) for name in names]
    return sum(any(box.overlaps(other) for other in boxes if other is not box) for box in boxes)


def measure_peer(reference: Reference, folder: Path) -> tuple[float, list[int], int]:
    """Return seconds on one core, sizes of the files, and names over another."""
    start = time.perf_counter()
    sizes, covered = [], 0
    for place in reference.perimeters(Level.EPCI):
        path = folder / f"{place.code}.pdf"
        covered += plot(reference, place, path)
        sizes.append(path.stat().st_size)
    return time.perf_counter() - start, sizes, covered


def measure_ours(catalogue: Catalogue, folder: Path, workers: int) -> tuple[float, list[int]]:
    """Return seconds from nothing to the ZIP, processes started, and sizes of the files."""
    start = time.perf_counter()
    outcome = write_all(catalogue, Batch("epci", folder, PageRequest(DEPARTEMENT)), workers=workers)
    seconds = time.perf_counter() - start
    return seconds, [(folder / entry.file).stat().st_size for entry in outcome.entries]


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    workers = parser.parse_args().workers
    mpl.rcParams["pdf.fonttype"] = 42
    catalogue = Catalogue(Reference.load(EMBEDDED_DATA / "communes"), EMBEDDED_DATA)
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        ours = Path(scratch) / "ours"
        seconds, sizes = measure_ours(catalogue, ours, workers)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        unnamed = sum(map(count_unplaced, ours.glob("*.pdf")))
        cpu = used.ru_utime + used.ru_stime
        rows.append((f"Atlas 62, {workers} processes, ZIP included", seconds, cpu, sum(sizes),
                     max(sizes), used.ru_maxrss / 1024, 0, unnamed))  # fmt: skip
        before = time.process_time()
        peer, peer_sizes, covered = measure_peer(catalogue.reference, Path(scratch))
        rows.append(("geopandas plot and savefig, 1 process", peer, time.process_time() - before,
                     sum(peer_sizes), max(peer_sizes), None, covered, 0))  # fmt: skip
        program = find_qgis()
        if program:
            qgis = measure_qgis(catalogue, Path(scratch), program)
            rows.append((f"QGIS, atlas of {qgis.pages} pages, 1 process", qgis.seconds, qgis.cpu,
                         qgis.kilobytes * 1024, None, qgis.megabytes, 0, qgis.unnamed))  # fmt: skip
    write_table(rows)
    if not program:
        print(MISSING)


def count_unplaced(path: Path) -> int:
    """Return 1 where a page says itself that a name has no place."""
    with pypdfium2.PdfDocument(path) as document:
        return int("Sans place" in document[0].get_textpage().get_text_range())


def write_table(rows: Sequence[tuple[str, *tuple[float | None, ...]]]) -> None:
    """Print what was measured; sizes come in bytes."""
    print("| 20 EPCIs, A4 | seconds | CPU (s) | KB in all | largest page (KB) | memory (MB) "
          "| names over another | names left out |")  # fmt: skip
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, seconds, cpu, whole, largest, memory, covered, unnamed in rows:
        kilobytes = ["" if size is None else f"{size / 1024:.0f}" for size in (whole, largest)]
        held = "" if memory is None else f"{memory:.0f}"
        print(f"| {name} | {seconds:.1f} | {cpu:.1f} | {' | '.join(kilobytes)} | {held} "
              f"| {covered} | {unnamed} |")  # fmt: skip


if __name__ == "__main__":
    main()
