"""The store on a disk of its own that is really full, or really closed: nothing is ever lost.

Mounting a disk needs rights that most machines give to no test: skipped there.
"""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing, suppress

import pytest

from layers.store.geopackage import GeoPackageStore, StoreError
from layers.store.tables import check_whole
from tests.layers.store.test_geopackage import described, ids, rows

SIZE = 4 << 20
PAGE = 4096


@pytest.fixture
def disk(tmp_path):
    place, mount = tmp_path / "disque", shutil.which("mount")
    place.mkdir()
    command = [mount, "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", place]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode:  # noqa: S603
        pytest.skip("this machine lets no test mount a disk")
    yield place
    subprocess.run([shutil.which("umount"), "-l", place], check=True)  # noqa: S603


@pytest.fixture
def store(disk):
    store = GeoPackageStore(disk / "atlas62.gpkg", disk / "sauvegardes")
    store.adopt(described("lieux"), rows(300))
    store.adopt(described("autres"), rows(3))
    return store


def fill(disk, left):
    """Fill a disk but for some bytes."""
    state = os.statvfs(disk)
    with (disk / "plein").open("wb") as file, suppress(OSError):
        file.write(b"0" * max(state.f_bavail * state.f_frsize - left, 0))


def state_of(store):
    """Return all that the store holds; also where no room is left for what readers share."""
    with closing(sqlite3.connect(store.path)) as database:
        database.execute("PRAGMA locking_mode = EXCLUSIVE")
        return [*database.iterdump()]


@pytest.mark.parametrize("pages", [0, 1, 10, 40, 80, 120, 160, 200, 260, 340])
def test_a_change_on_a_full_disk_is_made_or_not_made_and_said(store, disk, pages):
    before, backups = state_of(store), store.backups()
    fill(disk, pages * PAGE)
    said = ""
    try:
        store.adopt(described("plus"), rows(300))
    except StoreError as error:
        said = str(error)
    if said:
        assert "plus de place sur le disque" in said
        assert said.endswith("rien n’est changé.")
        assert (ids(store), state_of(store)) == (["lieux", "autres"], before)
        assert store.backups() == backups
    else:
        assert ids(store) == ["lieux", "autres", "plus"]
    assert any("il reste" in trouble for trouble in store.troubles())
    assert not [*disk.rglob("*.part*")]
    (disk / "plein").unlink()
    for path in (store.path, *map(store.kept.path_of, store.backups())):
        check_whole(path)
    store.adopt(described("encore"), rows(300))
    assert ids(store)[-1] == "encore"


def test_a_disk_that_was_closed_is_read_and_says_that_nothing_is_changed(store, disk):
    before = state_of(store)
    closed = [shutil.which("mount"), "-o", "remount,ro", disk]
    if subprocess.run(closed, capture_output=True, check=False).returncode:  # noqa: S603
        pytest.skip("this disk cannot be closed to writing")
    assert ids(store) == ["lieux", "autres"]
    assert len(store.layers()[0].read(None, None)) == 300
    with pytest.raises(StoreError, match=r"écriture refusée ; rien n’est changé\.$"):
        store.adopt(described("plus"), rows(3))
    assert any("écriture refusée" in trouble for trouble in store.troubles())
    subprocess.run([*closed[:2], "remount,rw", disk], check=True)  # noqa: S603
    assert state_of(store) == before
    store.adopt(described("plus"), rows(3))
    assert not any("refusée" in trouble for trouble in store.troubles())
