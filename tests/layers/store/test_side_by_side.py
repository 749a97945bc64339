"""Adopters and readers of one store, at the same time: threads of one process, and processes."""

import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from layers.store import changing
from layers.store.geopackage import GeoPackageStore
from tests.layers.store.test_geopackage import described, rows

ADOPTIONS = 200
PROCESSES, ADOPTERS, READERS = 2, 2, 2
"""Of each process so many threads."""


def adopt_many(store, name, count):
    """Adopt one of two layers again and again, with a number of rows that each row says."""
    for turn in range(count):
        size = 1 + turn % 9
        frame = rows(size).assign(name=str(size))
        store.adopt(described(f"{name}{turn % 2}"), frame, replace=True)


def read_all(store):
    """Read each layer; return how many, each of one adoption."""
    layers = store.layers()
    for layer in layers:
        frame = layer.read(None, None)
        said = set(frame["name"])
        if said != {str(len(frame))}:
            raise AssertionError(f"{layer.id}: {len(frame)} rows that say {said}")
    return len(layers)


def work(path, backups, name):
    """Adopt and read in threads of this process, until all is adopted; raise what failed."""
    changing.LOCK_SECONDS = 600  # who waits longest is a matter of chance, on a busy machine
    over, failed = threading.Event(), []
    store = GeoPackageStore(Path(path), Path(backups))

    def guarded(do):
        try:
            do()
        except BaseException as error:  # noqa: BLE001 - raised again by the main thread
            failed.append(error)

    def read():
        while not over.wait(0.05):  # lets the adopters have the interpreter
            read_all(store)

    share = ADOPTIONS // PROCESSES // ADOPTERS
    adopters = [
        threading.Thread(target=guarded, args=(lambda: adopt_many(store, name, share),))
        for _ in range(ADOPTERS)
    ]
    readers = [threading.Thread(target=guarded, args=(read,)) for _ in range(READERS)]
    for thread in (*adopters, *readers):
        thread.start()
    for thread in adopters:
        thread.join()
    over.set()
    for thread in readers:
        thread.join()
    if failed:
        raise failed[0]


def start(*words):
    code = "import sys; from tests.layers.store.test_side_by_side import work; work(*sys.argv[1:])"
    return subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-c", code, *words],
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": "."},
        text=True,
    )


@pytest.mark.long
def test_adopters_and_readers_side_by_side_lose_nothing(tmp_path):
    path, backups = tmp_path / "atlas62.gpkg", tmp_path / "sauvegardes"
    store = GeoPackageStore(path, backups)
    store.adopt(described("premier"), rows(1).assign(name="1"))
    programs = [start(path, backups, name) for name in ("a", "b")]
    said = [program.communicate()[1] for program in programs]
    assert [program.returncode for program in programs] == [0] * PROCESSES, "\n".join(said)
    assert read_all(store) == 1 + PROCESSES * 2
    for file in (path, *map(store.kept.path_of, store.backups())):
        with closing(sqlite3.connect(file)) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert read_all(GeoPackageStore(file)) >= 1
