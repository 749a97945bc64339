"""A store that another program holds, or that cannot be written: told within seconds, in French."""

import errno
import sqlite3
import time
from contextlib import closing, contextmanager

import pytest

from layers.store import backups as backups_module
from layers.store import tables, waiting
from layers.store.geopackage import GeoPackageStore
from layers.store.protocol import StoreError
from layers.store.waiting import Patience
from tests.layers.store.test_geopackage import described, ids, rows


@contextmanager
def held(path, how="EXCLUSIVE", journal=None):
    """Hold a file as a program that edits it does."""
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        if journal:
            other.execute(f"PRAGMA journal_mode = {journal}")
        other.execute(f"BEGIN {how}")
        yield other
        other.execute("ROLLBACK")


@pytest.fixture
def told():
    return []


@pytest.fixture
def store(tmp_path, told, monkeypatch):
    monkeypatch.setattr(waiting, "TOLD_AFTER", 0.2)
    made = GeoPackageStore(
        tmp_path / "atlas62.gpkg", tmp_path / "sauvegardes", Patience(0.6, told.append)
    )
    made.adopt(described(), rows())
    return made


@pytest.mark.parametrize("journal", [None, "DELETE"])
@pytest.mark.parametrize("change", ["adopt", "remove", "restore"])
def test_a_held_store_is_waited_for_and_told_then_nothing_is_changed(store, told, journal, change):
    store.adopt(described("second"), rows(1))
    kept = store.backups()
    do = {
        "adopt": lambda: store.adopt(described("autre"), rows(1)),
        "remove": lambda: store.remove("lieux"),
        "restore": lambda: store.restore(kept[0]),
    }
    with held(store.path, journal=journal):
        begun = time.monotonic()
        with pytest.raises(StoreError, match=r"^Magasin « atlas62.gpkg » : .*rien n’est changé\.$"):
            do[change]()
        assert time.monotonic() - begun < 3
    (sentence,) = told
    assert "un autre programme le tient ; on attend" in sentence
    assert store.backups() == kept
    assert ids(store) == ["lieux", "second"]


def test_what_is_let_go_in_time_is_changed(store, told, monkeypatch):
    with held(store.path) as other:
        monkeypatch.setattr(waiting, "PAUSE", 0.02)
        store._changes.patience = Patience(
            5, lambda _: other.execute("ROLLBACK; ") and told.append("dit")
        )
        store.adopt(described("autre"), rows(1))
        other.execute("BEGIN")
    assert ids(store) == ["lieux", "autre"]


def test_who_reads_a_file_that_is_held_alone_is_told_after_seconds(store):
    with held(store.path, journal="DELETE"):
        begun = time.monotonic()
        (layer,) = store.layers()
        assert time.monotonic() - begun < 5
    assert layer.id == "magasin"
    with pytest.raises(Exception, match="un autre programme le tient"):
        layer.read(None, None)
    assert ids(store) == ["lieux"]


def refuse(error):
    def fail(*_args, **_named):
        raise error

    return fail


def sqlite_error(code):
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("where", "error", "words"),
    [
        ((backups_module, "copy_database"), OSError(errno.ENOSPC, "No space"), "plus de place"),
        ((backups_module, "copy_database"), OSError(errno.EROFS, "Read-only"), "écriture refusée"),
        ((tables, "note_adoption"), sqlite_error(sqlite3.SQLITE_FULL), "plus de place"),
        ((tables, "note_adoption"), sqlite_error(sqlite3.SQLITE_READONLY), "écriture refusée"),
        ((tables.pyogrio, "write_dataframe"), tables.pyogrio.errors.DataSourceError("x"), "rien n"),
    ],
)
def test_a_disk_that_takes_nothing_loses_nothing(store, monkeypatch, where, error, words):
    kept, before = store.backups(), store.path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(*where, refuse(error))
        with pytest.raises(StoreError, match=words) as refused:
            store.adopt(described("autre"), rows(1))
    assert str(refused.value).endswith("rien n’est changé.")
    assert not {"space", "full", "Read-only", str(store.path.parent)} & {
        *str(refused.value).split()
    }
    assert (ids(store), store.backups(), store.path.read_bytes()) == (["lieux"], kept, before)
    assert not [*store.path.parent.rglob("*.part*")]
    store.adopt(described("autre"), rows(1))
    assert ids(store) == ["lieux", "autre"]


def test_a_change_that_was_made_is_not_said_to_have_failed(store, monkeypatch):
    monkeypatch.setattr("layers.store.backups.Path.unlink", refuse(OSError(errno.EROFS, "x")))
    store.kept.prune()
    monkeypatch.undo()
    calls = []

    def sweep(path):
        calls.append(path)
        if len(calls) > 1 and path.name.endswith(".part.gpkg"):
            raise OSError(errno.EIO, "x")

    monkeypatch.setattr("layers.store.changing.remove_database", sweep)
    store.adopt(described("autre"), rows(1))
    assert ids(store) == ["lieux", "autre"]
