"""How fast and how right the geocoder is beside addok and rapidfuzz, on the same rows and texts.

``python -m benchmarks.geocoder``. addok has an environment of its own in ``.cache/`` and a Redis of
its own, which is installed where that is allowed; without them rapidfuzz is the only peer. The
texts are about the places that our weights were not fitted on. Every tool has a process of its own;
seconds are those of the processor, addok's with those of its Redis, so that other work on the
machine does not count.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from app.opening.geocoding import local_geocoder
from app.settings import EMBEDDED_DATA
from geo.geocoder.lookup import Geocoder
from geo.geocoder.trial.texts import Kind, is_tried, make_labelled, names_of, read_address
from geo.reference.places import Reference
from geo.reference.records import Commune
from layers.catalogue.layers import Catalogue

ROOT: Final = Path(__file__).parents[1]
ENVIRONMENT: Final = ROOT / ".cache" / "addok"
PACKAGES: Final = ("addok==1.3.2", "addok-fr==1.1.0", "addok-france==1.2.0", "setuptools<81")
SEED: Final = 62
LEVEL: Final = "commune et code postal"
KINDS: Final = (Kind.CLEAN, Kind.WORN, Kind.FREE)
PATIENCE: Final = 50
"""Tenths of a second that a Redis has to start."""

Cases = dict[str, list[tuple[str, str]]]
"""Kind of text → texts, each with the code of its commune."""


def main() -> None:
    """Measure every tool on the same texts and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=1000, help="of each kind")
    options = parser.parse_args()
    catalogue = Catalogue(Reference.load(EMBEDDED_DATA / "communes"), EMBEDDED_DATA)
    cases = make_cases(local_geocoder(catalogue), options.texts)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        write_work(work, cases, catalogue.reference)
        results = {
            "Atlas 62": run([sys.executable, "-m", "benchmarks.geocoder_tools", "atlas", folder]),
            "rapidfuzz": run(
                [sys.executable, "-m", "benchmarks.geocoder_tools", "rapidfuzz", folder]
            ),
        }
        if install_addok():
            with redis(work) as (socket, process):
                tool = [str(ENVIRONMENT / "bin" / "python"), str(ROOT / "benchmarks/addok_tool.py")]
                results["addok"] = run([*tool, folder], REDIS_SOCKET=socket)
                results["addok"]["peak"] += peak_of(process)
    print_table(cases, results)


def make_cases(geocoder: Geocoder, count: int) -> Cases:
    """Return texts of each kind; none needs a context, which addok cannot be given."""
    reference = geocoder.gazetteer.reference
    tried = [commune for commune in reference.communes.values() if is_tried(commune)]
    some = (tried * (count // len(tried) + 1))[:count]
    cases: Cases = {LEVEL: [(f"{c.postcodes[0]} {c.name}", c.code) for c in some]}
    cases.update({str(kind): [] for kind in KINDS})
    for case in make_labelled(geocoder.gazetteer, 12 * count, SEED, tried=True):
        wanted = cases.get(str(case.kind), [])
        if case.kind in KINDS and isinstance(case.place, Commune) and case.context is None:
            wanted.append((case.text, case.place.code))
    return {kind: found[:count] for kind, found in cases.items()}


def write_work(work: Path, cases: Cases, reference: Reference) -> None:
    """Write what each tool reads: the same names, postcodes and known addresses, and the texts."""
    texts = {kind: [text for text, _ in found] for kind, found in cases.items()}
    (work / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
    names = names_of(reference)
    lines = [
        (f"{code} {name}", commune.code)
        for commune in reference.communes.values()
        for name in dict.fromkeys(names[commune.code])
        for code in commune.postcodes
    ]
    (work / "names.json").write_text(json.dumps(lines), encoding="utf-8")
    documents = [
        document
        for commune in reference.communes.values()
        for document in _documents(commune, list(dict.fromkeys(names[commune.code])))
    ]
    (work / "documents.json").write_text("\n".join(map(json.dumps, documents)), encoding="utf-8")


def _documents(commune: Commune, names: list[str]) -> Iterator[dict[str, Any]]:
    """Yield the commune and the street of its town hall as addok has them."""
    hall = commune.town_hall
    shared = {
        "citycode": commune.code, "postcode": list(commune.postcodes),
        "context": "62, Pas-de-Calais, Hauts-de-France", "lat": hall.lat, "lon": hall.lon,
    }  # fmt: skip
    yield {
        **shared, "_id": commune.code, "id": commune.code, "type": "municipality", "name": names,
        "city": names, "importance": min(1, commune.population / 100_000),
    }  # fmt: skip
    number, _, street = read_address(commune).street.partition(" ")
    if not number.isdigit():
        number, street = "", f"{number} {street}".strip()
    if street:
        point = {"lat": hall.lat, "lon": hall.lon}
        yield {
            **shared, "_id": f"{commune.code}_s", "id": f"{commune.code}_s", "type": "street",
            "name": street, "city": names, "importance": 0.1,
            **({"housenumbers": {number: point}} if number else {}),
        }  # fmt: skip


def run(command: list[str], **variables: str) -> dict[str, Any]:
    """Run a tool and return what it prints on its last line."""
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **variables}, stdout=subprocess.PIPE, check=True
    )
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def install_addok() -> bool:
    """Tell whether addok and a Redis are there, after having tried to install them."""
    if subprocess.run([ROOT / "scripts/install-redis"], check=False).returncode:
        return False
    python = ENVIRONMENT / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", ENVIRONMENT], check=True)
    made = subprocess.run([python, "-m", "pip", "install", "-q", *PACKAGES], check=False)
    return made.returncode == 0


@contextmanager
def redis(work: Path) -> Iterator[tuple[str, int]]:
    """Run an empty Redis of our own on a socket; gives the socket and the process."""
    socket = str(work / "redis.sock")
    words = ("--port", "0", "--unixsocket", socket, "--save", "", "--dir", str(work))
    server = subprocess.Popen(["redis-server", *words], stdout=subprocess.DEVNULL)
    try:
        for _ in range(PATIENCE):
            if Path(socket).exists():
                break
            time.sleep(0.1)
        yield socket, server.pid
    finally:
        server.terminate()
        server.wait()


def peak_of(process: int) -> float:
    """Return the most memory that a process has held, MB; 0 where the system does not say."""
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def print_table(cases: Cases, results: dict[str, dict[str, Any]]) -> None:
    """Print speed and accuracy side by side, then start and memory; seconds are of processor."""
    tools = list(results)
    print("| texts | " + " | ".join(f"{tool} right | texts/s" for tool in tools) + " |")
    print("| --- |" + " ---: |" * (2 * len(tools)))
    for kind, found in cases.items():
        cells = []
        for tool in tools:
            answers = results[tool]["answers"][kind]
            right = sum(one == code for one, (_, code) in zip(answers, found, strict=True))
            speed = len(found) / results[tool]["seconds"][kind]
            cells.append(f"{right / len(found):.1%} | {speed:,.0f}")
        print(f"| {kind} ({len(found)}) | " + " | ".join(cells) + " |")
    print("\n" + "; ".join(
        f"{tool}: start {result['start']:.2f} s, peak {result['peak']:.0f} MB"
        for tool, result in results.items()
    ))  # fmt: skip


if __name__ == "__main__":
    main()
