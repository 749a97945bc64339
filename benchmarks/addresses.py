"""The national base at the size of the département: time and memory to take, to open, to ask.

``python -m benchmarks.addresses``. 700 000 addresses are made up in the true form of the file: the
streets are named as those of the town halls, as often as French streets are named alike. Each
measure has a process of its own; memory is what its private pages grow by, and all of them.
"""

import argparse
import csv
import gzip
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from app.opening.geocoding import local_geocoder
from app.settings import EMBEDDED_DATA
from geo.geocoder.lookup import Geocoder
from geo.geocoder.streets import read_street
from geo.names import normalise
from geo.reference.places import Reference
from geo.reference.records import Commune
from layers.catalogue.layers import Catalogue
from layers.connectors.ban import ADDRESS_COLUMNS, CONNECTOR
from layers.connectors.facts import compose_facts
from layers.connectors.kept import KeptSource
from layers.connectors.taking import origin_of, take_file

SEED: Final = 62
HOUSES: Final = 23
"""Addresses of a street on average, as there are 30 000 streets."""
TEXTS: Final = 3_000
ABSENT: Final = 0.1
"""Share of the texts whose street the base does not have in their commune."""
ROOT: Final = Path(__file__).parents[1]


def main() -> None:
    """Make the file, then measure each step in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--addresses", type=int, default=700_000)
    parser.add_argument("--step", choices=("take", "without", "ask"))
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    if options.step == "take":
        take(options.folder, options.addresses)
    elif options.step:
        ask(options.folder, options.addresses, known=options.step == "ask")
    else:
        with tempfile.TemporaryDirectory() as folder:
            write_file(Path(folder) / "adresses-62.csv.gz", options.addresses)
            for step in ("take", "without", "ask"):
                command = [sys.executable, "-m", "benchmarks.addresses", "--step", step]
                more = ["--folder", folder, "--addresses", str(options.addresses)]
                subprocess.run([*command, *more], check=True, cwd=ROOT)


def write_file(path: Path, count: int) -> None:
    """Write addresses as the base has them."""
    reference = Reference.load(EMBEDDED_DATA / "communes")
    columns = ["id", *ADDRESS_COLUMNS, "x", "y", "cad_parcelles"]
    with gzip.open(path, "wt", compresslevel=1, encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, columns, restval="", delimiter=";")
        rows.writeheader()
        rows.writerows(make_rows(reference, count))


def make_rows(reference: Reference, count: int) -> Iterator[dict[str, str]]:
    """Yield addresses, more in larger communes, around their town halls."""
    draw = random.Random(SEED)  # noqa: S311 - rows of a measure
    names = street_names(reference)
    weights = [1 / (rank + 10) for rank in range(len(names))]
    people = sum(commune.population for commune in reference.communes.values())
    for commune in reference.communes.values():
        streets = max(5, round(count / HOUSES * commune.population / people))
        chosen = dict.fromkeys(draw.choices(names, weights, k=streets))
        houses = round(count * commune.population / people / len(chosen))
        for name in chosen:
            east, north = draw.gauss(0, 0.004), draw.gauss(0, 0.003)
            for house in range(houses):
                yield {
                    "id": f"{commune.code}_{house}",
                    "numero": str(house + 1),
                    "rep": "bis" if draw.random() < 0.03 else "",  # noqa: PLR2004 - about so many
                    "nom_voie": name,
                    "code_insee": commune.code,
                    "lon": f"{commune.town_hall.lon + east + house * 0.0001:.6f}",
                    "lat": f"{commune.town_hall.lat + north:.6f}",
                    "type_position": "entrée",
                }


def street_names(reference: Reference) -> list[str]:
    """Return names of streets, the usual ones first, then one in seven that are the only ones."""
    halls = [commune.town_hall.address or "" for commune in reference.communes.values()]
    found = [hall.partition(",")[0].lstrip("0123456789 ") for hall in halls]
    real = [name for name in found if read_street(normalise(name).split())]
    usual = sorted(dict.fromkeys(real), key=lambda name: -real.count(name))
    return usual + [f"Rue du Chemin {word}" for word in range(len(usual) * 6)]


def take(folder: Path, count: int) -> None:
    """Take the file as the command does, and tell what it costs."""
    reference = Reference.load(EMBEDDED_DATA / "communes")
    begun, before = time.process_time(), peak()
    connector = replace(CONNECTOR, feed=replace(CONNECTOR.feed, about=count), change=0.5)
    kept = KeptSource(folder / "sources", connector)
    kept.folder.mkdir(parents=True)
    path, at = folder / "adresses-62.csv.gz", datetime.now(UTC)
    taken = take_file(path, kept, reference, EMBEDDED_DATA, at)
    kept.keep(taken.files, origin_of(path, taken, kept, at), "")
    size = sum(len(content) for content in taken.files.values())
    print(
        f"taken: {taken.count} addresses, {time.process_time() - begun:.1f} s, "
        f"{peak() - before} MB more at the most, {size // 1_000_000} MB on the disk"
    )


def ask(folder: Path, count: int, *, known: bool) -> None:
    """Open the geocoder, with streets or without, and ask it for addresses."""
    sources = folder / ("sources" if known else "none")
    data = compose_facts(EMBEDDED_DATA, sources, folder / "facts")
    begun = time.process_time()
    catalogue = Catalogue(Reference.load(data / "communes"), data)
    geocoder = local_geocoder(catalogue)
    opened = time.process_time() - begun
    texts = make_texts(catalogue.reference, count)
    begun = time.process_time()
    found = geocoder.geocode_many([text for text, _ in texts])
    seconds = time.process_time() - begun
    exact = sum(place.precision in {"address", "street"} for place in found)
    print(
        f"{'with' if known else 'without'} streets: open {opened:.2f} s, "
        f"{len(texts) / seconds:.0f} texts/s, {exact / len(texts):.0%} to the street or the house, "
        f"{private()} MB of its own, {peak()} MB with what is mapped"
    )
    if known:
        tell_honesty(geocoder, catalogue.reference, count)


def make_texts(reference: Reference, count: int) -> list[tuple[str, Commune]]:
    """Return addresses of the file in several spellings; one in ten is in another commune."""
    draw = random.Random(SEED + 1)  # noqa: S311 - texts of a measure
    rows = [row for row in make_rows(reference, count) if row["numero"] == "3"]
    chosen = []
    for row in draw.sample(rows, min(TEXTS, len(rows))):
        code = row["code_insee"]
        if draw.random() < ABSENT:
            code = draw.choice([*reference.communes])
        commune = reference.communes[code]
        name = row["nom_voie"].replace("Rue", draw.choice(("Rue", "r.", "rue")))
        chosen.append((f"3, {name} {commune.postcodes[0]} {commune.name}", commune))
    return chosen


def tell_honesty(geocoder: Geocoder, reference: Reference, count: int) -> None:
    """Tell how often a commune that only street and postcode tell is right, and how sure it is."""
    texts = [(text.rpartition(c.name)[0], c) for text, c in make_texts(reference, count)]
    found = [(geocoder.geocode(text), commune) for text, commune in texts]
    for low, high in ((0.0, 0.3), (0.3, 0.6), (0.6, 0.8), (0.8, 0.9), (0.9, 1.01)):
        group = [(p, c) for p, c in found if p.commune_code and low <= p.confidence < high]
        if group:
            right = sum(place.commune_code == c.code for place, c in group) / len(group)
            mean = sum(place.confidence for place, _ in group) / len(group)
            print(f"street and postcode: {len(group)} said {mean:.0%}, right {right:.0%}")


def peak() -> int:
    """Return the most memory of this process, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def private() -> int:
    """Return the memory of this process alone, MB: what is mapped from a file can be given up."""
    lines = Path("/proc/self/smaps_rollup").read_text("ascii").splitlines()
    sizes = {line.split(":")[0]: line.split()[1] for line in lines[1:]}
    return (int(sizes["Private_Dirty"]) + int(sizes.get("Swap", 0))) // 1024


if __name__ == "__main__":
    main()
