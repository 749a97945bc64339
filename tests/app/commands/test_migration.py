"""The store carried to a database and back, and what stays where it was when that fails."""

import os
import signal
import subprocess
import sys

import pytest
from click.testing import CliRunner

from app.__main__ import main
from layers.store.geopackage import GeoPackageStore
from layers.store.postgis.shared import PostgisStore
from tests.layers.store.test_contract import of_each_kind
from tests.layers.store.test_geopackage import described, ids, rows
from tests.postgresql import PASSWORD


@pytest.fixture
def origin(tmp_path, monkeypatch):
    store = GeoPackageStore(tmp_path / "atlas62.gpkg")
    store.adopt(*of_each_kind())
    store.add(described(), rows(), source="aa")
    monkeypatch.setenv("ATLAS62_STORE", str(store.path))
    return store


def migrate(*words):
    return CliRunner().invoke(main, ["store", "migrer", *words])


def test_there_and_back_all_is_the_same(origin, database, tmp_path, monkeypatch):
    done = migrate(database.address())
    assert done.exit_code == 0, done.output
    assert "Copié dans Magasin « atlas »" in done.output.replace("\xa0", " ")
    assert PASSWORD not in done.output
    shared = PostgisStore(database.address())
    assert shared.adoptions() == origin.adoptions()
    monkeypatch.setenv("ATLAS62_STORE", database.address())
    back = tmp_path / "retour" / "atlas62.gpkg"
    assert migrate(str(back)).exit_code == 0
    again = GeoPackageStore(back)
    assert again.adoptions() == origin.adoptions()
    for adoption in origin.adoptions().values():
        held, read = (one.read(adoption.description) for one in (origin, again))
        assert read.to_wkb().to_dict() == held.to_wkb().to_dict()


def test_what_is_there_is_kept_unless_it_is_to_be_replaced(origin, database):
    shared = PostgisStore(database.address())
    shared.adopt(described("ancienne"), rows(1))
    refused = migrate(database.address())
    assert refused.exit_code == 1
    assert "contient déjà ancienne ; ajoutez --remplacer" in refused.output.replace("\xa0", " ")
    assert ids(shared) == ["ancienne"]
    assert migrate(database.address(), "--remplacer").exit_code == 0
    assert ids(shared) == ids(origin)
    assert [*shared.open_backup(shared.backups()[0]).adoptions()] == ["ancienne"]


def test_what_a_file_cannot_keep_is_not_copied_otherwise(database, tmp_path, monkeypatch):
    shared = PostgisStore(database.address())
    description, frame = of_each_kind()
    frame.at[0, "words"] = ("un;deux",)
    shared.adopt(description, frame)
    monkeypatch.setenv("ATLAS62_STORE", database.address())
    refused = migrate(str(tmp_path / "a.gpkg"))
    assert refused.exit_code == 1
    assert "rien n’est changé" in refused.output
    assert "colonne « words », ligne 1" in refused.output.replace("\xa0", " ")
    assert not (tmp_path / "a.gpkg").exists()


def test_an_empty_store_is_not_copied(database, tmp_path, monkeypatch):
    monkeypatch.setenv("ATLAS62_STORE", str(tmp_path / "vide.gpkg"))
    assert "rien à copier" in migrate(database.address()).output


KILLED = """
import sys, time
from app.__main__ import main
import layers.store.postgis.shared as shared
def late(*all):
    print("prêt", flush=True)
    time.sleep(60)
shared.follow = late
main.main(["store", "migrer", sys.argv[1], "--remplacer"])
"""


@pytest.mark.usefixtures("origin")
def test_killed_in_the_middle_the_old_is_whole(database):
    shared = PostgisStore(database.address())
    shared.adopt(described("ancienne"), rows(1))
    program = subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-c", KILLED, database.address()],
        stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": "."},
    )  # fmt: skip
    assert program.stdout.readline() == "prêt\n".encode()
    program.send_signal(signal.SIGKILL)
    program.communicate()
    assert ids(shared) == ["ancienne"]
    assert migrate(database.address(), "--remplacer").exit_code == 0


def test_a_store_that_changes_while_it_is_copied_is_told(origin, database, monkeypatch):
    fill = PostgisStore.fill

    def fill_late(store, layers):
        fill(store, layers)
        origin.add(described("tard"), rows(1))

    monkeypatch.setattr(PostgisStore, "fill", fill_late)
    done = migrate(database.address())
    assert done.exit_code == 1
    assert "il a changé pendant la copie ; recommencez" in done.output.replace("\xa0", " ")
