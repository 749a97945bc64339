"""The map over a store that machines share: what another machine adopts is seen, a silence too."""

import subprocess
import sys
from dataclasses import replace

import pytest
from pydantic import SecretStr
from shapely.geometry import box

from app.map.atlas import Atlas
from app.opening.data import open_store
from app.readers.context import Readers
from app.readers.sessions import Sessions
from app.server import create_app
from app.settings import EMBEDDED_DATA, Settings
from layers.catalogue.layers import Catalogue
from layers.store.postgis import watch
from layers.store.postgis.shared import PostgisStore
from layers.store.protocol import StoreError
from tests.layers.store.test_geopackage import described, rows
from tests.postgresql import PASSWORD


def squares(count):
    shapes = [box(1.8 + n / 100, 50.9, 1.805 + n / 100, 50.905) for n in range(count)]
    return rows(count).set_geometry(shapes, crs="EPSG:4326")


def test_what_another_machine_adopts_is_seen_and_a_silence_leaves_what_was_read(
    database, tmp_path, catalogue, monkeypatch
):
    monkeypatch.setattr(watch, "PAUSE", 0.5)
    settings = Settings(
        cache=tmp_path / "cache", folder=tmp_path / "beside", store=SecretStr(database.address())
    )
    client = create_app(settings, catalogue).server.test_client()
    assert client.get("/api/collections/lieux").status_code == 404
    elsewhere = PostgisStore(database.address())
    areas = replace(described(), geometry="polygon")
    elsewhere.adopt(areas, squares(3))
    items = "/api/collections/lieux/items"
    assert len(client.get(items).json["features"]) == 3
    elsewhere.adopt(areas, squares(5), replace=True)
    assert len(client.get(items).json["features"]) == 5
    database.stop()
    try:
        assert len(client.get(items).json["features"]) == 5
        assert client.get("/donnees").status_code == 200
        assert client.get("/api/collections/communes").status_code == 200
        health = client.get("/healthz")
        assert health.json["status"] == "degraded"
        assert (
            "Magasin « atlas » (cette machine) : serveur injoignable"
            in health.json["store"]["message"]
        )
        assert PASSWORD not in health.text
    finally:
        database.start()
    watch_over = client.get("/healthz")
    while watch_over.json["status"] != "ok":
        watch_over = client.get("/healthz")
    elsewhere._watch.note_silence()
    elsewhere.remove("lieux")
    assert client.get("/api/collections/lieux").status_code == 404
    assert not (tmp_path / "beside" / "atlas62.gpkg").exists()


def test_a_map_that_starts_without_its_server_says_so_and_reads_it_once_it_is_there(
    database, tmp_path, reference, monkeypatch
):

    monkeypatch.setattr(watch, "PAUSE", 0.0)
    PostgisStore(database.address()).adopt(described(), rows())
    database.stop()
    try:
        store = PostgisStore(database.address())
        shared = Catalogue(reference, EMBEDDED_DATA, store=store)
        assert "injoignable" in shared.state("magasin").message
        readers = Readers(Atlas(shared), store, Sessions(tmp_path / "sessions"))
        assert "lieux" not in readers.catalogue.layers
    finally:
        database.start()
    assert len(readers.catalogue.load("lieux")) == 3
    assert shared.state("magasin").ok  # nothing keeps /healthz from being well again


def test_whoever_keeps_a_file_does_not_load_what_speaks_to_databases():
    code = (
        "import sys; from app.opening.data import open_store; from app.settings import "
        "read_settings; open_store(read_settings()); sys.exit('psycopg' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False)  # noqa: S603
    assert done.returncode == 0


def test_without_the_package_the_sentence_says_what_to_type(monkeypatch):
    monkeypatch.setitem(sys.modules, "layers.store.postgis.shared", None)
    with pytest.raises(StoreError, match=r"pip install 'atlas62\[postgis\]'"):
        open_store(Settings(store=SecretStr("postgresql:///atlas")))
