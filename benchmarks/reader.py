"""How fast a deliberation is read, and in how much memory; for a PDF, beside pdfplumber.

``python -m benchmarks.reader FILE…``. Each file is read in a process of its own, so that its peak
of memory is its own. The peer of a PDF only draws the text out; the reader also reads it.
"""

import argparse
import importlib.util
import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

LINES_OF_A_PAGE: Final = 60
"""A text says nothing of its pages: so many lines are counted as one."""


def measure(path: Path, runs: int, *, peer: bool) -> dict[str, float]:
    """Read a file several times; the first does not count."""
    if peer:
        import pdfplumber  # noqa: PLC0415 - the peer, where it is installed

        def read() -> float:
            with pdfplumber.open(path) as document:
                return len([page.extract_text() for page in document.pages])
    else:
        from layers.deliberation.reader import read_document  # noqa: PLC0415 - not with the peer
        from layers.deliberation.text.source import open_document  # noqa: PLC0415

        def read() -> float:
            document = open_document(path)
            read_document(document)
            last = document.lines[-1]
            return last.page or last.number / LINES_OF_A_PAGE

    seconds = []
    pages = 0.0
    for _ in range(runs + 1):
        start = time.perf_counter()
        pages = read()
        seconds.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"pages": pages, "seconds": statistics.median(seconds[1:]), "peak": peak}


def measure_apart(path: Path, runs: int, *, peer: bool) -> dict[str, float]:
    """Measure in a process of its own."""
    words = [sys.executable, "-m", "benchmarks.reader", str(path), "--runs", str(runs), "--one"]
    words += ["--peer"] if peer else []
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> None:
    """Print one row a file and tool."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--peer", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(measure(asked.files[0], asked.runs, peer=asked.peer)))
        return
    print("| document | tool | pages | seconds | pages/s | peak (MB) |")
    print("| --- | --- | ---: | ---: | ---: | ---: |")
    has_peer = importlib.util.find_spec("pdfplumber") is not None
    for path in asked.files:
        for peer in (False, True) if path.suffix == ".pdf" and has_peer else (False,):
            found = measure_apart(path, asked.runs, peer=peer)
            tool = "pdfplumber, text only" if peer else "atlas62"
            rate = found["pages"] / found["seconds"]
            print(
                f"| {path.stem} | {tool} | {found['pages']:.0f} | {found['seconds']:.2f} "
                f"| {rate:.0f} | {found['peak']:.0f} |"
            )


if __name__ == "__main__":
    main()
