import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import geopandas as gpd
import pyogrio
import pytest
from shapely.geometry import Point

from app.settings import EMBEDDED_DATA
from layers.catalogue.layers import Catalogue
from layers.model.layer import Source
from layers.model.schema import Field, LayerError
from layers.store.description import KEY, Description
from layers.store.geopackage import GeoPackageStore
from layers.store.protocol import StoreError
from layers.store.sqlite import copy_database

FIELDS = (
    KEY,
    Field("name", "Nom", "Nom.", nullable=True),
    Field("cost", "Coût", "Coût.", "money", unit="€", nullable=True),
    Field("seats", "Places", "Places.", "int", nullable=True),
    Field("commune_code", "Code commune", "Code."),
    Field("precision", "Précision", "Précision."),
)


def described(layer_id="lieux", title="Lieux"):
    source = Source("Fichier lieux.csv", "quelqu’un", "licence", "2026")
    return Description(layer_id, title, "point", FIELDS, (source,), "", "name", ("commune_code",))


def rows(count=3):
    return gpd.GeoDataFrame(
        {
            "line": [str(n) for n in range(count)],
            "name": [f"Lieu {n}" if n else None for n in range(count)],
            "cost": [None, *[float(n) + 0.1 for n in range(1, count)]],
            "seats": [None, *range(1, count)],
            "commune_code": "62193",
            "precision": "site",
        },
        geometry=[Point(1.85, 50.95)] * count,
        crs="EPSG:4326",
    )


@pytest.fixture
def store(tmp_path):
    return GeoPackageStore(tmp_path / "atlas62.gpkg", tmp_path / "sauvegardes")


def ids(store):
    return [layer.id for layer in store.layers()]


def test_what_is_adopted_is_a_layer_like_any_other(store, reference):
    store.adopt(described(), rows())
    catalogue = Catalogue(reference, EMBEDDED_DATA, store=store)
    assert next(reversed(catalogue.layers)) == "lieux"
    frame = catalogue.load("lieux")
    assert frame["name"].tolist()[1:] == ["Lieu 1", "Lieu 2"]
    assert str(frame["cost"].iloc[1]) == "1.10"
    assert frame["seats"].isna().tolist() == [True, False, False]
    layer = catalogue.layer("lieux")
    assert layer.title_of(frame.iloc[0].to_dict()) == "Ligne 0"
    assert layer.sources[0].producer == "quelqu’un"


def test_other_programs_open_the_file_as_it_is(store):
    store.adopt(described(), rows())
    store.adopt(described("autres"), rows(1))
    listed = dict(pyogrio.list_layers(store.path).tolist())
    assert listed == {"lieux": "Point", "autres": "Point", "atlas62_couches": None}
    assert len(pyogrio.read_dataframe(store.path, layer="lieux", bbox=(1, 50, 2, 51))) == 3
    with closing(sqlite3.connect(store.path)) as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_layer_is_replaced_only_when_that_is_asked(store):
    store.adopt(described(), rows())
    before = store.version()
    with pytest.raises(StoreError, match="déjà dans le magasin"):
        store.adopt(described(), rows(1))
    assert store.version() == before
    store.adopt(described(title="Lieux revus"), rows(1), replace=True)
    assert [layer.title for layer in store.layers()] == ["Lieux revus"]
    assert store.version() != before


def test_a_backup_is_made_before_each_change_and_brings_back_what_was(store):
    store.adopt(described(), rows())
    store.adopt(described("autres"), rows(1))
    store.remove("lieux")
    assert ids(store) == ["autres"]
    assert len(store.backups()) == 2
    store.restore(store.backups()[0])
    assert ids(store) == ["lieux", "autres"]
    store.restore(store.backups()[0])
    assert ids(store) == ["autres"]


def test_a_change_is_refused_when_its_backup_cannot_be_read_back(store, monkeypatch):
    store.adopt(described(), rows())
    kept = store.backups()

    def copy_badly(source, target, journal, **lasting):
        copy_database(source, target, journal, **lasting)
        if target.parent == store.path.parent / "sauvegardes":
            content = bytearray(target.read_bytes())
            content[5_000:20_000] = bytes(15_000)
            target.write_bytes(content)

    monkeypatch.setattr("layers.store.backups.copy_database", copy_badly)
    with pytest.raises(StoreError, match=r"rien n’est changé.*sauvegarde"):
        store.adopt(described("autre"), rows(1))
    monkeypatch.undo()
    assert ids(store) == ["lieux"]
    assert store.backups() == kept
    assert not [*store.path.parent.rglob("*.part")]


def test_what_is_not_there_is_said(store):
    with pytest.raises(StoreError, match="vide"):
        store.remove("lieux")
    store.adopt(described(), rows())
    with pytest.raises(StoreError, match="il contient : lieux"):
        store.remove("autres")


@pytest.mark.parametrize("damage", [b"", b"SQLite format 3\0", b"autre chose"])
def test_a_damaged_store_is_said_in_its_place_and_can_be_restored(store, reference, damage):
    store.adopt(described(), rows())
    store.adopt(described("autres"), rows(1))
    content = store.path.read_bytes()
    store.path.write_bytes(damage + content[len(damage) : 3000] if damage else b"")
    catalogue = Catalogue(reference, EMBEDDED_DATA, store=store)
    state = catalogue.state("magasin")
    assert not state.ok
    assert "atlas62.gpkg" in state.message
    with pytest.raises(StoreError, match="rien n’est changé"):
        store.adopt(described("encore"), rows())
    store.restore(store.backups()[0])
    assert ids(store) == ["lieux"]


def test_a_reader_sees_the_layers_of_before_or_of_after(store):
    store.adopt(described(), rows())
    with closing(sqlite3.connect(store.path)) as reader:
        reader.execute("BEGIN")
        seen = reader.execute("SELECT count(*) FROM lieux").fetchone()
        store.adopt(described(), rows(5), replace=True)
        assert reader.execute("SELECT count(*) FROM lieux").fetchone() == seen == (3,)
        reader.execute("ROLLBACK")
        assert reader.execute("SELECT count(*) FROM lieux").fetchone() == (5,)


KILLED = """
import sys
from pathlib import Path
from layers.store.geopackage import GeoPackageStore
from tests.layers.store.test_geopackage import described, rows
store = GeoPackageStore(Path(sys.argv[1]), Path(sys.argv[2]))
many = rows(8_000)
print("prêt", flush=True)
store.adopt(described("gros"), many)
"""


@pytest.mark.parametrize("delay", [0.0, 0.1])
def test_killed_in_the_middle_nothing_is_half_adopted(store, delay):
    store.adopt(described(), rows())
    program = subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-c", KILLED, store.path, store.path.parent / "sauvegardes"],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": "."},
    )
    assert program.stdout.readline() == "prêt\n".encode()  # it lives, and is about to adopt
    time.sleep(delay)
    program.send_signal(signal.SIGKILL)
    program.communicate()
    assert ids(store) in (["lieux"], ["lieux", "gros"])
    for layer in store.layers():
        assert len(layer.read(None, None)) == (8_000 if layer.id == "gros" else 3)
    store.adopt(described("apres"), rows(1))
    assert ids(store)[-1] == "apres"


def test_a_description_that_is_none_is_refused():
    with pytest.raises(LayerError):
        Description.from_record({"id": "x"})
