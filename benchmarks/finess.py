"""FINESS at its full size: the memory and the time that 700 MB of JSON cost.

``python -m benchmarks.finess``. The file is made up in the true form: 99 000 establishments, each
with the events and contracts that make it long.
"""

import gzip
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from layers.connectors.finess import CONNECTORS, read_establishments

ESTABLISHMENTS: Final = 99_000
ROOT: Final = Path(__file__).parents[1]


def main() -> None:
    """Make the file, and read it in a process of its own."""
    if len(sys.argv) > 1:
        read(Path(sys.argv[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "finess.json.gz"
        size = write(path)
        print(f"made: {size // 1_000_000} MB, {path.stat().st_size // 1_000_000} MB packed")
        command = [sys.executable, "-m", "benchmarks.finess", str(path)]
        subprocess.run(command, check=True, cwd=ROOT)


def write(path: Path) -> int:
    """Write the file, and return its size out of its archive, bytes."""
    size = 0
    with gzip.open(path, "wb", compresslevel=1) as file:
        size += file.write(b'{"generatedAt": "2026-11-29", "schemaVersion": "v1.0.0", "pmej": [')
        for number in range(ESTABLISHMENTS):
            body = {"ege": [_establishment(number)], "etatObjet": "A"}
            size += file.write((b"," if number else b"") + json.dumps(body, indent=1).encode())
        size += file.write(b"]}")
    return size


def _establishment(number: int) -> dict[str, object]:
    event = {
        "evenementId": str(number),
        "dateEnregistrement": "2023-03-15 11:21:01",
        "identifiantObjet1": str(number),
        "systemeMaitre": "01",
        "codeEvenement": "003",
    }
    place = {"coordonneeX": "50.43", "coordonneeY": "2.83", "cleInInteropBAN": "62498_1_00062"}
    address = {
        "usageAdresse": "03",
        "ligneQuatre": "62 AVENUE DE JASSERON",
        "cogCommune": "62498" if number % 100 < 3 else "59350",  # noqa: PLR2004 - a share of them
        "codePostal": "62300",
        "coordonneesGeographique": place,
    }
    return {
        "informationsGeneralesEGE": {"numFinessEge": f"{number:09}", "nomEgeLong": "EHPAD"},
        "categorieentiteGeographiqueExercice": "500",
        "adresse": [address],
        "evenement": [event] * 36,
        "etatObjet": "A",
        "dateDerniereMaj": "2026-11-18 00:00:00",
    }


def read(path: Path) -> None:
    """Read the établissements of the département, and tell what that costs."""
    before, begun = _peak(), time.process_time()
    rows = read_establishments(path, CONNECTORS[1], ("500",))
    seconds = time.process_time() - begun
    print(
        f"read: {len(rows)} rows, {seconds:.0f} s, {_peak() - before} MB more, {_peak()} MB in all"
    )


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
