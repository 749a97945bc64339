"""A server that is gone, refuses, or has no PostGIS: said in French, and no password with it."""

import time
import traceback

import pytest

from layers.model.schema import LayerError
from layers.store.postgis import states, watch
from layers.store.postgis.shared import PostgisStore
from layers.store.protocol import StoreError
from tests.layers.store.test_geopackage import described, ids, rows
from tests.postgresql import PASSWORD


def said_by(store):
    """Return all that a store says of itself, with the stories behind its refusals."""
    told = [store.name, repr(store), *store.troubles()]
    (layer,) = store.layers()
    for ask in (
        lambda: layer.read(None, None),
        store.adoptions,
        store.backups,
        lambda: store.adopt(described(), rows()),
        lambda: store.remove("x"),
    ):
        with pytest.raises((StoreError, LayerError)) as caught:
            ask()
        told += [str(caught.value), *traceback.format_exception(caught.value)]
    return "\n".join(told)


def test_a_wrong_password_is_told_and_not_printed(database):
    said = said_by(PostgisStore(database.address("un-autre-mot")))
    assert "mot de passe ou compte refusé ; rien n’est changé." in said
    assert "un-autre-mot" not in said


def test_a_server_that_never_was_is_told_and_its_password_is_not_printed(tmp_path):
    store = PostgisStore(f"postgresql://atlas:{PASSWORD}@/atlas?host={tmp_path}")
    assert store.version() == 0
    said = said_by(store)
    assert "Magasin « atlas » (cette machine) : serveur injoignable, ou base absente" in said
    assert PASSWORD not in said


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://atlas:{}@[serveur/atlas",
        "postgresql://atlas:{}@serveur:x/atlas?inconnu=1",
        "mysql://atlas:{}@serveur/atlas",
    ],
)
def test_an_address_that_is_none_is_refused_without_its_password(address):
    with pytest.raises(StoreError) as caught:
        PostgisStore(address.format(PASSWORD))
    assert "attendu postgresql://compte@serveur/base" in str(caught.value)
    assert PASSWORD not in "".join(traceback.format_exception(caught.value))


def test_a_database_without_postgis_is_told(database):
    with database.connect("postgres") as chief:
        chief.execute("CREATE DATABASE nue")
        chief.execute("GRANT CREATE ON DATABASE nue TO atlas")
    try:
        store = PostgisStore(database.address(base="nue"))
        assert store.layers() == ()
        assert "PostGIS n’est pas dans la base ; son administrateur y" in store.troubles()[0]
        with pytest.raises(StoreError, match=r"« CREATE EXTENSION postgis ».*rien n’est changé"):
            store.adopt(described(), rows())
        assert store.layers() == ()
        del store
    finally:
        with database.connect("postgres") as chief:
            chief.execute("DROP DATABASE nue WITH (FORCE)")


def test_a_server_that_goes_and_comes_back(database, monkeypatch):
    store, other = PostgisStore(database.address()), PostgisStore(database.address())
    store.adopt(described(), rows())
    (layer,) = store.layers()
    seen = store.version()
    database.stop()
    try:
        begun = time.monotonic()
        with pytest.raises(LayerError, match=r"couche « lieux » : serveur injoignable.*\.$"):
            layer.read(None, None)
        assert store._watch.is_silent()
        assert store.version() == seen  # what was read goes on being shown
        assert "serveur injoignable" in store.troubles()[0]
        with pytest.raises(StoreError, match=r"serveur injoignable.*; rien n’est changé"):
            store.adopt(described("autre"), rows())
        assert other.version() == 0
        assert time.monotonic() - begun < 3
    finally:
        database.start()
    monkeypatch.setattr(watch, "PAUSE", 0.0)
    for one in (store, other):
        one._watch.note_silence()
    assert store.version() != seen  # what failed meanwhile is read again
    assert store.version() == store.version() == other.version()
    assert len(layer.read(None, None)) == 3
    assert (ids(store), store.troubles()) == (["lieux"], ())


def test_a_server_that_goes_while_a_change_is_being_kept_leaves_nobody_sure(database, monkeypatch):
    store = PostgisStore(database.address())

    def follow_and_go(*change):
        states.follow(*change)
        database.stop()

    monkeypatch.setattr("layers.store.postgis.shared.follow", follow_and_go)
    try:
        with pytest.raises(StoreError, match=r"injoignable.* ; regardez si le changement est fait"):
            store.adopt(described(), rows())
    finally:
        database.start()


def test_a_server_that_is_read_only_is_told(database):
    try:
        with database.connect() as chief:
            chief.execute("ALTER ROLE atlas SET default_transaction_read_only TO on")
        (trouble,) = PostgisStore(database.address()).troubles()
        assert "écriture refusée ; aucune couche ne peut être adoptée" in trouble
    finally:
        with database.connect() as chief:
            chief.execute("ALTER ROLE atlas RESET default_transaction_read_only")


def test_nobody_waits_for_a_server_that_did_not_answer_just_now(tmp_path, monkeypatch):
    store = PostgisStore(f"postgresql://atlas@/atlas?host={tmp_path}")
    store.version()
    asked = []
    monkeypatch.setattr("psycopg.Connection.connect", lambda **_: asked.append(1))
    assert store.version() == 0
    assert "serveur injoignable" in store.troubles()[0]
    assert store.layers()[0].id == "magasin"
    assert asked == []


def test_a_server_that_takes_a_question_and_says_nothing_is_not_waited_for(database, monkeypatch):
    """As a pooler does that has lost its server: a page waited two minutes for it."""
    store = PostgisStore(database.address())
    store.adopt(described(), rows())
    seen = store.version()
    store._watch._line.connection.patience = 0.3
    with database.connect() as chief, chief.transaction():
        chief.execute("LOCK TABLE atlas62.etats IN ACCESS EXCLUSIVE MODE")
        monkeypatch.setattr(watch, "ANSWER", 0.3)
        begun = time.monotonic()
        assert store.version() == seen
        assert 0.5 < time.monotonic() - begun < 2
        assert "serveur injoignable" in store.troubles()[0]
    monkeypatch.setattr(watch, "PAUSE", 0.0)
    store._watch.note_silence()
    assert store.version() != seen
    assert ids(store) == ["lieux"]


def test_a_connection_that_the_server_closed_is_made_anew_without_a_word(database):
    store = PostgisStore(database.address())
    store.adopt(described(), rows())
    seen = store.version()
    with database.connect() as chief:
        chief.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'atlas'"
        )
    assert store.version() == seen
    assert store.troubles() == ()
