"""Fifty readers at once: how long they wait, what fails, what memory the server keeps.

``python -m benchmarks.readers --readers 50 --steps 20``. The server is ``atlas62 servir`` with two
processes. Every other reader opens the map as it comes, the others follow a link to a view that
nobody has opened yet; then each chooses places and indicators, one second apart, as the page's
scripts do.
"""

import argparse
import random
import statistics
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode

import urllib3

from app.opening.data import open_catalogue
from app.settings import read_settings
from app.web.page_address import layout_url
from benchmarks.browser import serve_atlas_process
from benchmarks.processes import family, proportional
from geo.perimeter import Level
from layers.indicators.counted import INDICATORS

PAUSE: Final = 1.0
"""Seconds, on average, between two choices of a reader."""
PATIENCE: Final = 10.0


class Reader(threading.Thread):
    """Somebody who opens the map and chooses; notes what each answer took.

    Parameters
    ----------
    choices
        What is chosen, by the address of its answer: queries.
    """

    def __init__(
        self, address: str, choices: dict[str, list[dict[str, str]]], steps: int, seed: int
    ) -> None:
        super().__init__(daemon=True)
        self.waits: dict[str, list[float]] = defaultdict(list)
        self.errors: list[str] = []
        self._address, self._choices, self._steps = address, choices, steps
        self._chance = random.Random(seed)  # noqa: S311 - nothing secret is drawn
        self._linked = seed % 2 == 1
        # as browsers do when a connection that was kept is closed under a request
        again = urllib3.Retry(total=1, allowed_methods=None, raise_on_redirect=False)
        self._pool = urllib3.PoolManager(timeout=PATIENCE, retries=again)

    def run(self) -> None:
        """Open the map, then choose a step at a time."""
        time.sleep(self._chance.uniform(0, PAUSE))
        view = {key: value for path in self._choices for key, value in self._choose(path).items()}
        query = urlencode(view) if self._linked else ""
        kind = "page, a view of one's own" if self._linked else "page"
        for path in ("/", layout_url("/", query), "/_dash-dependencies"):
            self._ask(kind, path)
        for _ in range(self._steps):
            path = self._chance.choice(sorted(self._choices))
            self._ask(path, f"{path}?{urlencode(self._choose(path))}")
            time.sleep(self._chance.expovariate(1 / PAUSE))

    def _choose(self, path: str) -> dict[str, str]:
        return self._chance.choice(self._choices[path])

    def _ask(self, kind: str, path: str) -> None:
        began = time.perf_counter()
        asked = {"Accept-Encoding": "br"}
        try:
            answer = self._pool.request("GET", self._address + path, headers=asked)
        except urllib3.exceptions.HTTPError as error:
            self.errors.append(f"{path}: {type(error).__name__}")
            return
        self.waits[kind].append(1000 * (time.perf_counter() - began))
        if answer.status != HTTPStatus.OK:
            self.errors.append(f"{path}: {answer.status} {answer.data[:80]!r}")


def _percentile(waits: list[float], share: float) -> float:
    return sorted(waits)[min(int(share * len(waits)), len(waits) - 1)]


def _rows(readers: list[Reader]) -> Iterator[str]:
    kinds = list(dict.fromkeys(kind for reader in readers for kind in reader.waits))
    for kind in kinds:
        waits = [wait for reader in readers for wait in reader.waits[kind]]
        figures = (statistics.median(waits), _percentile(waits, 0.95), max(waits))
        yield f"| {kind} | {len(waits)} | {' | '.join(f'{figure:.0f}' for figure in figures)} |"


def main() -> None:
    """Let the readers come, and print what they met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--steps", type=int, default=20)
    asked = parser.parse_args()
    reference = open_catalogue(read_settings()).reference
    places = [*reference.perimeters(Level.EPCI), *reference.perimeters(Level.COMMUNE)]
    choices = {
        "/choix/fiche": [{"lieu": str(place)} for place in places],
        "/choix/theme": [{"indicateur": one.id, "niveau": str(Level.EPCI)} for one in INDICATORS],
    }
    with serve_atlas_process() as (address, server):
        before = sum(map(proportional, family(server)))
        readers = [Reader(address, choices, asked.steps, seed) for seed in range(asked.readers)]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
        after = sum(map(proportional, family(server)))
    errors = [error for reader in readers for error in reader.errors]
    print(f"{asked.readers} readers at once, {asked.steps} choices each.\n")
    print("| asked | answers | median (ms) | p95 (ms) | worst (ms) |")
    print("| --- | ---: | ---: | ---: | ---: |")
    print("\n".join(_rows(readers)))
    print(f"\n{len(errors)} errors {sorted(set(errors))[:3]}; {before:.0f} → {after:.0f} MB.")


if __name__ == "__main__":
    main()
