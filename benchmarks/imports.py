"""Files that people bring, at their full size: time and memory from the file to the layer.

``python -m benchmarks.imports``. Two tables of made-up rows: 100 000 addresses of the département,
which the geocoder places, and 30 000 points with their own position. Each goes the whole way of
``atlas62 importer``, the reading of the project's data included, into a store of its own. The peer
of the points is GDAL's reader of delimited text, by geopandas, into a GeoPackage: it types, joins
and tells nothing. No such peer places addresses without a network.
"""

import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from typing import Final

import geopandas as gpd

from app.settings import Settings
from geo.reference.places import Reference

ADDRESSES: Final = 100_000
POINTS: Final = 30_000
SEED: Final = 62
ROOT: Final = Path(__file__).parents[1]
MEGABYTE: Final = 1 << 10
"""Kilobytes, which Linux counts the memory of a process in."""


def main() -> None:
    """Make the tables, take each in a process of its own, print the table."""
    if len(sys.argv) > 1:
        take_in(*sys.argv[1:])
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_tables(folder)
        load = " ".join(f"{one:.1f}" for one in os.getloadavg())
        print(f"load before: {load}")
        print("| | rows | s | s of processor | MB at the most |")
        print("| --- | ---: | ---: | ---: | ---: |")
        for what, file, rows in (
            ("addresses, atlas62", "adresses.csv", ADDRESSES),
            ("points, atlas62", "points.csv", POINTS),
            ("points, gdal", "points.csv", POINTS),
        ):
            command = [sys.executable, "-m", "benchmarks.imports", what, str(folder / file)]
            done = subprocess.run(command, check=True, cwd=ROOT, capture_output=True, text=True)
            print(f"| {what} | {rows:_} | {done.stdout.splitlines()[-1]} |".replace("_", " "))


def write_tables(folder: Path) -> None:
    """Write both tables."""
    random = Random(SEED)  # noqa: S311 - no secret is made of it
    communes = [*Reference.load(Settings().data / "communes").communes.values()]
    weights = [commune.population for commune in communes]
    with (folder / "adresses.csv").open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, delimiter=";")
        table.writerow(("Nom", "Adresse", "Code postal", "Ville", "Places"))
        for number, commune in enumerate(random.choices(communes, weights, k=ADDRESSES)):
            street = (random.choice(communes).town_hall.address or "").rpartition(",")[0]
            street = street.lstrip("0123456789 ,") or "rue de la Mairie"
            table.writerow((
                f"Lieu {number}", f"{random.randrange(1, 200)} {street}", commune.postcodes[0],
                commune.name.upper(), random.randrange(100),
            ))  # fmt: skip
    with (folder / "points.csv").open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, delimiter=";")
        table.writerow(("Nom", "longitude", "latitude", "Places"))
        for number, commune in enumerate(random.choices(communes, weights, k=POINTS)):
            hall = commune.town_hall
            east, north = random.gauss(0, 0.005), random.gauss(0, 0.003)
            table.writerow((
                f"Lieu {number}", f"{hall.lon + east:.6f}", f"{hall.lat + north:.6f}",
                random.randrange(100),
            ))  # fmt: skip


def take_in(what: str, file: str) -> None:
    """Take in one table; print seconds and megabytes, of this process or of those it began."""
    started = time.perf_counter()
    if what.endswith("gdal"):
        options = {"X_POSSIBLE_NAMES": "longitude", "Y_POSSIBLE_NAMES": "latitude"}
        rows = gpd.read_file(file, **options).set_crs("EPSG:4326")
        rows.to_file(Path(file).with_suffix(".gpkg"))
        whose = resource.RUSAGE_SELF
    else:
        store = Path(file).with_name(f"{Path(file).stem}-store") / "atlas62.gpkg"
        kept = {"ATLAS62_STORE": str(store), "ATLAS62_CACHE": str(store.with_name("cache"))}
        command = [sys.executable, "-m", "app", "importer", file]
        subprocess.run(command, check=True, env=os.environ | kept, stdout=subprocess.DEVNULL)
        whose = resource.RUSAGE_CHILDREN
    seconds = time.perf_counter() - started
    used = resource.getrusage(whose)
    busy = used.ru_utime + used.ru_stime
    print(f"{seconds:.1f} | {busy:.1f} | {used.ru_maxrss / MEGABYTE:.0f}")


if __name__ == "__main__":
    main()
