"""What the server stands: many at once, a worker killed again and again, minutes of mixed use.

``make attack``, a quarter of an hour on loopback, with a store and a cache of its own;
``--minutes``, ``--kills`` and ``--readers`` make it shorter. Slow clients and hostile addresses are
in the tests.
"""

import argparse
import os
import random
import signal
import statistics
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import urllib3

from app.opening.data import open_catalogue
from app.settings import read_settings
from benchmarks.browser import serve_atlas
from benchmarks.readers import Reader, memory
from geo.perimeter import Level
from layers.indicators.counted import INDICATORS

PATIENCE: Final = 60.0
AT_ONCE: Final = 5
"""Importers, makers of booklets and of proposals, beside the readers."""
LIST: Final = b"commune;intitule;total\n" + b"".join(
    f"{name};Essai {number};{number}\n".encode()
    for number, name in enumerate(["Arras", "Lens", "Calais", "Boulogne-sur-Mer", "Liévin"] * 20)
)
EXPECTED: Final = frozenset({200, 202, 204, 303, 429, 503})
"""503 and 429 are said in words to whoever must wait: they are counted apart."""
SOAK_STEP: Final = 30.0
"""Seconds between two looks at the server."""


class Client(threading.Thread):
    """Somebody who does one thing again and again; notes what each answer took."""

    def __init__(self, address: str, act: "Act", until: float) -> None:
        super().__init__(daemon=True)
        self.waits: list[float] = []
        self.waited = 0
        self.errors: list[str] = []
        self.address, self._act, self._until = address, act, until
        self.cookie = ""
        self._pool = urllib3.PoolManager(timeout=PATIENCE, retries=False)

    def run(self) -> None:
        """Do it until the time is over."""
        while time.monotonic() < self._until:
            with suppress(ConnectionError):
                self._act(self)
            time.sleep(random.uniform(0.1, 0.5))  # noqa: S311 - nothing secret is drawn

    def ask(self, method: str, path: str, **more: object) -> urllib3.BaseHTTPResponse:
        """Ask, with the cookie that was given."""
        began = time.perf_counter()
        headers = {"Cookie": self.cookie, "Accept": "text/html"}
        try:
            answer = self._pool.request(
                method, self.address + path, headers=headers, redirect=False, **more
            )
        except urllib3.exceptions.HTTPError as error:
            self.errors.append(f"{path}: {type(error).__name__}")
            raise ConnectionError(path) from error
        self.waits.append(1000 * (time.perf_counter() - began))
        self.waited += answer.status in {429, 503}
        if answer.status not in EXPECTED:
            self.errors.append(f"{path}: {answer.status}")
        self.cookie = answer.headers.get("Set-Cookie", self.cookie).partition(";")[0]
        return answer


Act = Callable[[Client], object]


def bring(client: Client) -> None:
    """Bring a file, look at it, take it away."""
    sent = {"fichier": ("liste.csv", LIST, "text/csv")}
    page = client.ask("POST", "/donnees/fichiers", fields=sent).headers.get("Location")
    if page:
        client.ask("GET", page)
        client.ask("POST", f"{page}/retirer")


def print_page(client: Client) -> None:
    """Have a page of a booklet drawn."""
    place = random.choice(["epci:200090751", "epci:200072460", "territoire:calaisis"])  # noqa: S311
    order = {"lieu": place, "sortie": "svg"}
    page = client.ask("POST", "/livrets/travaux", fields=order).headers.get("Location")
    if page:
        client.ask("GET", page)


def propose(client: Client) -> None:
    """Ask where the next sites should go."""
    sites = random.randint(1, 5)  # noqa: S311
    client.ask("GET", f"/ecarts/communes.csv?service=mairies&proposer={sites}")


def look(client: Client) -> None:
    """Read a page."""
    pages = ("/", "/donnees", "/financements", "/choix/fiche?lieu=epci:200090751", "/aide")
    client.ask("GET", random.choice(pages))  # noqa: S311


ACTS: Final[dict[str, Act]] = {"imports": bring, "booklets": print_page, "proposals": propose}


@contextmanager
def own_server() -> Iterator[tuple[str, Path]]:
    """Serve the map with a store and a cache of its own; yields its address and that folder."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.environ["ATLAS62_STORE"] = f"{folder}/atlas62.gpkg"
        os.environ["ATLAS62_CACHE"] = f"{folder}/cache"
        os.environ["TMPDIR"] = tempfile.tempdir = str(Path(folder) / "tmp")
        Path(tempfile.tempdir).mkdir()
        with serve_atlas() as address:
            yield address, Path(folder)
    tempfile.tempdir = None


def percentile(waits: list[float], share: float) -> float:
    """Return the wait that a share of all do not pass; 0 for none."""
    return sorted(waits)[min(int(share * len(waits)), len(waits) - 1)] if waits else 0.0


def row(name: str, waits: list[float], waited: int, errors: list[str]) -> str:
    """Return a row of the table."""
    median = statistics.median(waits) if waits else 0.0
    return (
        f"| {name} | {len(waits)} | {median:.0f} | {percentile(waits, 0.95):.0f} "
        f"| {waited} | {len(errors)} {sorted(set(errors))[:2] if errors else ''} |"
    )


HEAD: Final = (
    "| who | answers | median (ms) | p95 (ms) | told to wait | errors |\n"
    "| --- | ---: | ---: | ---: | ---: | --- |"
)


def crowd(address: str, readers: int) -> None:
    """Let readers come, with importers, booklets and proposals beside them."""
    reference = open_catalogue(read_settings()).reference
    choices = {
        "/choix/fiche": [{"lieu": str(place)} for place in reference.perimeters(Level.EPCI)],
        "/choix/theme": [{"indicateur": one.id, "niveau": str(Level.EPCI)} for one in INDICATORS],
    }
    people = [Reader(address, choices, 20, seed) for seed in range(readers)]
    for reader in people:
        reader.start()
    until = time.monotonic() + 30
    beside = {
        name: [Client(address, act, until) for _ in range(AT_ONCE)] for name, act in ACTS.items()
    }
    everyone = [client for clients in beside.values() for client in clients]
    for client in everyone:
        client.start()
    for thread in (*people, *everyone):
        thread.join()
    print(f"\n## {readers} readers, {AT_ONCE} of each beside them\n\n{HEAD}")
    waits = [wait for reader in people for kind in reader.waits.values() for wait in kind]
    print(row("readers", waits, 0, [error for reader in people for error in reader.errors]))
    _print_rows(beside)


def _print_rows(clients: dict[str, list[Client]]) -> None:
    for name, ones in clients.items():
        waits = [wait for client in ones for wait in client.waits]
        errors = [error for client in ones for error in client.errors]
        print(row(name, waits, sum(client.waited for client in ones), errors))


def processes(port: str) -> list[int]:
    """Return the processes of the server."""
    found = []
    for process in Path("/proc").iterdir():
        with suppress(OSError):
            if f"servir\0--port\0{port}" in (process / "cmdline").read_text():
                found.append(int(process.name))
    return sorted(found)


def workers_of(port: str) -> list[int]:
    """Return the processes of the server whose parent is one of them too."""
    every, found = processes(port), []
    for process in every:
        with suppress(OSError):
            words = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            if int(words[1]) in every:
                found.append(process)
    return found


def kill_workers(address: str, times: int) -> None:
    """Kill a worker again and again, while people bring files and read."""
    port = address.rpartition(":")[2]
    until = time.monotonic() + 2.0 * times
    clients = [Client(address, act, until) for act in (bring, bring, look, look)]
    for client in clients:
        client.start()
    killed = 0
    for _ in range(times):
        time.sleep(random.uniform(0.8, 1.6))  # noqa: S311
        workers = workers_of(port)
        if workers:
            os.kill(random.choice(workers), signal.SIGKILL)  # noqa: S311
            killed += 1
    for client in clients:
        client.join()
    time.sleep(2)
    after = Client(address, look, time.monotonic() + 3)
    after.run()
    broken = [error for client in clients for error in client.errors]
    print(f"\n## {killed} workers killed\n\n{len(broken)} requests went with them.\n\n{HEAD}")
    print(row("readers after", after.waits, after.waited, after.errors))


def soak(address: str, folder: Path, minutes: float) -> None:
    """Use the server for a while, and look at what it holds."""
    port = address.rpartition(":")[2]
    end = time.monotonic() + 60 * minutes
    acts = [*ACTS.values(), look, look, look]
    clients = [Client(address, act, end) for act in acts]
    for client in clients:
        client.start()
    print(f"\n## {minutes:g} minutes of use\n\n| minute | MB | descriptors | temporary files |")
    print("| ---: | ---: | ---: | ---: |")
    began = time.monotonic()
    while time.monotonic() < end:
        time.sleep(min(SOAK_STEP, max(end - time.monotonic(), 0.1)))
        opened = 0
        for process in processes(port):
            with suppress(OSError):
                opened += sum(1 for _ in Path(f"/proc/{process}/fd").iterdir())
        left = sum(1 for path in (folder / "tmp").rglob("*") if path.is_file())
        held = memory(f"servir\0--port\0{port}")
        print(f"| {(time.monotonic() - began) / 60:.1f} | {held:.0f} | {opened} | {left} |")
    named = defaultdict(list)
    for client in clients:
        client.join()
        named["all"].append(client)
    print(f"\n{HEAD}")
    _print_rows(named)


def main() -> None:
    """Attack a server of this machine, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--minutes", type=float, default=10)
    asked = parser.parse_args()
    with own_server() as (address, folder):
        crowd(address, asked.readers)
        kill_workers(address, asked.kills)
        soak(address, folder, asked.minutes)


if __name__ == "__main__":
    main()
