"""A store that cannot be read or written: the page says so, and forgets it when that is over."""

import errno
import sqlite3
from contextlib import closing

import pytest

from app.readers import context
from app.readers.context import Readers
from app.readers.sessions import Sessions
from app.server import create_app
from app.settings import Settings
from layers.store import condition
from layers.store.geopackage import GeoPackageStore
from tests.layers.store.test_geopackage import described, rows


@pytest.fixture
def store(tmp_path):
    return GeoPackageStore(tmp_path / "atlas62.gpkg", tmp_path / "sauvegardes")


def test_a_store_that_was_held_is_read_again(store, tmp_path, atlas, monkeypatch):
    readers = Readers(atlas, store, Sessions(tmp_path / "sessions"))
    now = [100.0]
    monkeypatch.setattr(context, "monotonic", lambda: now[0])
    store.adopt(described(), rows())
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("BEGIN EXCLUSIVE")
        assert "magasin" in readers.added()
        assert "lieux" not in readers.added()
    now[0] += 60
    assert readers.added() == {"lieux"}


def troubles(store):
    return " ".join(store.troubles())


def test_the_condition_of_a_store_is_told(store, monkeypatch):
    assert store.troubles() == ()
    store.adopt(described(), rows())
    assert store.troubles() == ()
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert "un autre programme le tient ; aucune couche" in troubles(store)
    monkeypatch.setattr(condition, "probe", refuse_to_write)
    assert "écriture refusée ; aucune couche" in troubles(store)
    monkeypatch.undo()
    monkeypatch.setattr(condition, "disk_usage", lambda _: type("Usage", (), {"free": 12_000_000}))
    assert "il reste 12 Mo sur le disque" in troubles(store)
    monkeypatch.undo()
    ahead = store.kept.folder / "atlas62-2999-01-01T000000.000000Z.gpkg"
    ahead.parent.mkdir(exist_ok=True)
    ahead.touch()
    assert f"sauvegarde datée de l’avenir ({ahead.name})" in troubles(store)


def refuse_to_write(*_):
    error = sqlite3.OperationalError("attempt to write a readonly database")
    error.sqlite_errorcode = sqlite3.SQLITE_READONLY
    raise error


def test_health_is_degraded_with_a_reason_and_a_full_disk_is_a_sentence(
    tmp_path, catalogue, monkeypatch
):
    settings = Settings(cache=tmp_path / "cache", store=tmp_path / "atlas62.gpkg")
    server = create_app(settings, catalogue).server
    client = server.test_client()
    assert client.get("/healthz").json["store"] == {"ok": True, "message": ""}
    monkeypatch.setattr(condition, "disk_usage", lambda _: type("Usage", (), {"free": 0}))
    health = client.get("/healthz").json
    assert health["status"] == "degraded"
    assert "il reste 0 Mo" in health["store"]["message"]
    assert str(tmp_path) not in health["store"]["message"]

    def fill(*_args, **_named):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("app.readers.sessions.Sessions.sweep", fill)
    answer = client.post("/donnees/fichiers", data={"fichier": (tmp_path / "x").open("w+b")})
    assert answer.status_code == 507
    assert "plus de place" in answer.text
