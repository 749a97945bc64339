"""How many questions of a hundred communes a service answers in a second, beside pygeoapi.

``python -m benchmarks.features --seconds 10 --pygeoapi /path/to/venv/bin/python``. Both are asked
the same: ``items?limit=100`` of the same layer, another page each time, compressed, by as many
clients; each server has two processes. The peer is a program of its own (its packages go with none
of ours): without ``--pygeoapi`` the Atlas alone is measured, and that is said.
"""

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Final

import urllib3

from benchmarks.browser import serve_atlas_process

LAYER: Final = "communes"
LIMIT: Final = 100
PAGES: Final = 8
"""Of the layer, asked for in turn."""
PATIENCE: Final = 30.0
START: Final = 90.0
"""Seconds that the peer may take to answer for the first time."""


class Client(threading.Thread):
    """Somebody who asks for one page after the other until the time is over."""

    def __init__(self, items: str, until: float, first: int) -> None:
        super().__init__(daemon=True)
        self.waits: list[float] = []
        self.errors = 0
        self._items, self._until, self._page = items, until, first
        self._pool = urllib3.PoolManager(timeout=PATIENCE)

    def run(self) -> None:
        """Ask."""
        while time.perf_counter() < self._until:
            began = time.perf_counter()
            offset = LIMIT * (self._page % PAGES)
            asked = f"{self._items}?f=json&limit={LIMIT}&offset={offset}"
            answer = self._pool.request("GET", asked, headers={"Accept-Encoding": "gzip"})
            self.waits.append(1000 * (time.perf_counter() - began))
            self._page += 1
            whole = answer.status == HTTPStatus.OK and answer.data.count(b'"Feature"') == LIMIT
            self.errors += not whole


def measure(items: str, seconds: float, clients: int) -> str:
    """Ask a service for so many seconds; return the cells of a row."""
    for page in range(PAGES):  # the first questions are not those that are meant
        warm = f"{items}?f=json&limit={LIMIT}&offset={LIMIT * page}"
        urllib3.request("GET", warm, timeout=PATIENCE)
    until = time.perf_counter() + seconds
    asking = [Client(items, until, first) for first in range(clients)]
    for client in asking:
        client.start()
    for client in asking:
        client.join()
    waits = sorted(wait for client in asking for wait in client.waits)
    errors = sum(client.errors for client in asking)
    late = waits[int(0.95 * (len(waits) - 1))]
    rate = len(waits) / seconds
    return f"{rate:.0f} | {statistics.median(waits):.0f} | {late:.0f} | {errors}"


@contextlib.contextmanager
def serve_peer(python: Path, layer: Path, port: int) -> Iterator[str]:
    """Serve a GeoJSON file by pygeoapi, two processes of gunicorn; yield its items' address."""
    folder = layer.parent
    address = f"http://127.0.0.1:{port}"
    config = {
        "server": {
            "bind": {"host": "127.0.0.1", "port": port}, "url": address, "mimetype":
            "application/json; charset=UTF-8", "encoding": "utf-8", "gzip": True,
            "languages": ["en-US"], "limits": {"default_items": 10, "max_items": 10_000},
            "map": {"url": "", "attribution": ""},
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": {"title": "peer", "description": "peer", "keywords": ["peer"],
                               "terms_of_service": "", "url": address},
            "license": {"name": "x", "url": address}, "provider": {"name": "x", "url": address},
            "contact": {"name": "x"},
        },
        "resources": {
            LAYER: {
                "type": "collection", "title": LAYER, "description": LAYER, "keywords": [LAYER],
                "links": [], "extents": {"spatial": {"bbox": [1, 49, 4, 52], "crs":
                "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}},
                "providers": [{"type": "feature", "name": "GeoJSON", "data": str(layer),
                               "id_field": "code"}],
            }
        },
    }  # fmt: skip
    (folder / "config.yml").write_text(json.dumps(config), encoding="utf-8")  # YAML holds JSON
    environment = os.environ | {
        "PYGEOAPI_CONFIG": str(folder / "config.yml"),
        "PYGEOAPI_OPENAPI": str(folder / "openapi.yml"),
    }
    pygeoapi = [str(python.parent / "pygeoapi"), "openapi", "generate", str(folder / "config.yml")]
    pygeoapi += ["--output-file", str(folder / "openapi.yml")]
    subprocess.run(pygeoapi, env=environment, check=True, capture_output=True)
    words = [str(python), "-m", "gunicorn", "--workers", "2", "--bind", f"127.0.0.1:{port}"]
    server = subprocess.Popen([*words, "pygeoapi.flask_app:APP"], env=environment)
    try:
        yield f"{address}/collections/{LAYER}/items"
    finally:
        server.terminate()
        server.wait()


def wait_for(address: str) -> None:
    """Wait until a server answers."""
    until = time.perf_counter() + START
    while time.perf_counter() < until:
        with contextlib.suppress(urllib3.exceptions.HTTPError):
            urllib3.request("GET", address, timeout=PATIENCE, retries=False)
            return
        time.sleep(0.5)
    raise SystemExit(f"{address} does not answer")


def main() -> None:
    """Print a row for each service."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--pygeoapi", type=Path, help="Python where pygeoapi and gunicorn are")
    parser.add_argument("--port", type=int, default=8765, help="of the peer")
    asked = parser.parse_args()
    print("| service | answers/s | median (ms) | p95 (ms) | wrong |")
    print("| --- | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        layer = Path(folder) / f"{LAYER}.geojson"
        with serve_atlas_process() as (address, _):
            items = f"{address}/api/collections/{LAYER}/items"
            print(f"| Atlas 62 | {measure(items, asked.seconds, asked.clients)} |")
            file = urllib3.request("GET", f"{address}/telecharger/{LAYER}.geojson")
            layer.write_bytes(file.data)
        if asked.pygeoapi is None:
            print("\npygeoapi was not asked: --pygeoapi names a Python that has it.")
            return
        with serve_peer(asked.pygeoapi, layer, asked.port) as peer:
            wait_for(peer)
            print(f"| pygeoapi | {measure(peer, asked.seconds, asked.clients)} |")


if __name__ == "__main__":
    main()
