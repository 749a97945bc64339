"""The pages of all 20 EPCIs, beside a plain geopandas plot of the same land in the same run.

``python -m benchmarks.booklets``; takes about a minute. The peer draws outlines, fills and every
name at the middle of its commune, and saves a PDF: no scale, no legend, no sources, and names over
one another, which are counted.
"""

import argparse
import os
import resource
import statistics
import tempfile
import time
from pathlib import Path
from typing import Final

import matplotlib as mpl
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.figure import Figure

from app.exports.booklet import Batch, PageRequest, write_all
from app.settings import EMBEDDED_DATA
from geo.perimeter import DEPARTEMENT, Level, Perimeter
from geo.reference import Reference
from layers.catalogue import Catalogue

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
    with tempfile.TemporaryDirectory() as scratch:
        ours = Path(scratch) / "ours"
        seconds, sizes = measure_ours(catalogue, ours, workers)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        peer, peer_sizes, covered = measure_peer(catalogue.reference, Path(scratch))
    print("| 20 EPCIs, A4 | seconds | CPU (s) | median KB | largest KB | names over another |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    print(
        f"| Atlas 62, {workers} processes, ZIP included | {seconds:.1f} "
        f"| {used.ru_utime + used.ru_stime:.1f} | {statistics.median(sizes) / 1024:.0f} "
        f"| {max(sizes) / 1024:.0f} | 0 |"
    )
    print(
        f"| geopandas plot and savefig, 1 process | {peer:.1f} | | "
        f"{statistics.median(peer_sizes) / 1024:.0f} | {max(peer_sizes) / 1024:.0f} | {covered} |"
    )
    print(f"Memory of the largest of our processes: {used.ru_maxrss / 1024:.0f} MB.")
    print("qgis_process: an atlas wants a project made by QGIS itself, so it is not measured here.")


if __name__ == "__main__":
    main()
