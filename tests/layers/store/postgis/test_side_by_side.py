"""Several machines at one store: two adopt at once, one is killed, one only reads."""

import os
import signal
import subprocess
import sys
import threading
import time

import psycopg
import pytest

from layers.store.postgis import layout
from layers.store.postgis.shared import PostgisStore
from layers.store.protocol import StoreError
from tests.layers.store.test_geopackage import described, ids, rows


@pytest.fixture
def store(database):
    return PostgisStore(database.address())


def test_two_that_adopt_at_once_lose_nothing_and_begin_with_nothing(database):
    failed = []

    def adopt(name):
        own = PostgisStore(database.address())
        try:
            for turn in range(4):
                own.adopt(described(f"{name}{turn % 2}"), rows(turn + 1), replace=True)
                own.add(described("tous"), rows(1), source=name)
        except StoreError as error:
            failed.append(error)

    threads = [threading.Thread(target=adopt, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    store = PostgisStore(database.address())
    wanted = {f"{name}{turn}": turn + 3 for name in "abc" for turn in range(2)}
    wanted |= {"tous": 1} | {f"tous_{number}": 1 for number in range(2, 13)}
    assert {one.id: len(one.read(None, None)) for one in store.layers()} == wanted


def test_whoever_waits_too_long_for_another_change_is_told(store, database, monkeypatch):
    store.adopt(described(), rows())
    monkeypatch.setattr(layout, "LOCK_SECONDS", 0.2)
    with database.connect() as other, other.transaction():
        other.execute("SELECT pg_advisory_xact_lock(%s)", (int.from_bytes(b"ATLAS62"),))
        with pytest.raises(StoreError, match="un autre programme le tient ; rien n’est changé"):
            store.adopt(described("autre"), rows())
    store.adopt(described("autre"), rows())


KILLED = """
import sys
from layers.store.postgis import tables
from layers.store.postgis.shared import PostgisStore
from tests.layers.store.test_geopackage import described, rows
store = PostgisStore(sys.argv[1])
if sys.argv[2] == "reading back":
    whole = tables._check
    def check(*all):
        print("prêt", flush=True)
        whole(*all)
        sys.stdin.read()
    tables._check = check
else:
    print("prêt", flush=True)
store.adopt(described("gros"), rows(20_000))
"""


@pytest.mark.parametrize("when", ["reading back", "0.05"])
def test_killed_in_the_middle_nothing_is_half_adopted(store, database, when):
    store.adopt(described(), rows())
    program = subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-c", KILLED, database.address(), when],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": "."},
    )  # fmt: skip
    assert program.stdout.readline() == "prêt\n".encode()
    time.sleep(0.2 if when == "reading back" else float(when))
    program.send_signal(signal.SIGKILL)
    program.communicate()
    assert ids(store) in (["lieux"], ["lieux", "gros"])
    assert when != "reading back" or ids(store) == ["lieux"]
    assert len(store.layers()[0].read(None, None)) == 3
    store.adopt(described("apres"), rows(1))  # whatever it held is let go
    assert ids(store)[-1] == "apres"
    with database.connect() as chief:
        found = chief.execute("SELECT count(*) FROM pg_tables WHERE tablename ~ '^couche_'")
        assert found.fetchone()[0] == len(ids(store))


def test_a_reader_sees_the_layers_of_before_or_of_after(store):
    store.adopt(described(), rows())
    (before,) = store.layers()
    store.adopt(described(), rows(5), replace=True)
    (after,) = store.layers()
    assert (len(before.read(None, None)), len(after.read(None, None))) == (3, 5)


def test_each_change_is_told_to_whoever_listens_and_a_refusal_is_not(store, database):
    with database.connect() as other:
        other.execute("LISTEN atlas62")
        store.adopt(described(), rows())
        with pytest.raises(StoreError):
            store.adopt(described(), rows())
        store.remove("lieux")
        told = [one.payload for one in other.notifies(timeout=0.3)]
    assert len(told) == 2
    assert told[-1] == str(store.version())


def test_a_forked_process_has_its_own_connection_and_leaves_that_of_its_parent(store, database):
    store.adopt(described(), rows())
    before = store.version()
    of_parent = store._watch._line.connection.info.backend_pid
    child = os.fork()
    if not child:
        seen = store.version(), ids(store)
        own = store._watch._line.connection.info.backend_pid
        os._exit(0 if seen == (before, ["lieux"]) and own != of_parent else 1)
    assert os.waitpid(child, 0)[1] == 0
    PostgisStore(database.address()).adopt(described("autre"), rows())
    with database.connect() as chief:
        count = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'atlas'"
        held = chief.execute(count).fetchone()
        assert store.version() > before
        assert chief.execute(count).fetchone() == held  # asked on the connection that was there


def test_tables_that_no_backup_has_go_and_a_reader_is_not_waited_for(store, database):
    for turn in range(6):
        store.adopt(described(), rows(turn + 1), replace=turn > 0, source="aa")
    store.adopt(described(), rows(9), replace=True)
    with database.connect() as chief:
        tables = chief.execute(
            "SELECT tablename FROM pg_tables WHERE tablename ~ '^couche_'"
        ).fetchall()
    states = [store.open_backup(backup).kept() for backup in store.backups()]
    kept = {f"couche_{one.table.number}" for held in states for one in held.values()}
    (today,) = store.layers()
    assert len(today.read(None, None)) == 9
    assert len(tables) == len(kept) + 1
    assert kept < {name for (name,) in tables}
    assert len(kept) < 6


def test_an_account_that_may_only_read_reads_and_says_that_it_may_not_write(store, database):
    store.adopt(described(), rows())
    with database.connect() as chief:
        chief.execute("DROP ROLE IF EXISTS lecteur")
        chief.execute("CREATE ROLE lecteur LOGIN PASSWORD 'x'")
        chief.execute("GRANT USAGE ON SCHEMA atlas62 TO lecteur")
        chief.execute("GRANT SELECT ON ALL TABLES IN SCHEMA atlas62 TO lecteur")
    reader = PostgisStore(f"postgresql://lecteur:x@/atlas?host={database.folder}")
    assert [len(one.read(None, None)) for one in reader.layers()] == [3]
    (trouble,) = reader.troubles()
    assert "écriture refusée : le compte n’a pas ce droit ; aucune couche" in trouble
    with pytest.raises(StoreError, match=r"écriture refusée.*rien n’est changé"):
        reader.adopt(described("autre"), rows())
    store.remove("lieux")
    with database.connect() as chief:
        chief.execute("DROP OWNED BY lecteur")
        chief.execute("DROP ROLE lecteur")


def test_a_description_that_was_damaged_is_said_in_its_place(store, database):
    store.adopt(described(), rows())
    with database.connect() as chief:
        chief.execute("UPDATE atlas62.couches SET description = '{'")
    (layer,) = store.layers()
    assert layer.id == "magasin"
    with pytest.raises(StoreError, match="descriptions illisibles"):
        store.adoptions()


def test_who_made_the_tables_by_hand_is_not_needed(database):
    """The first change makes all; a database whose account may not is told as such."""
    with database.connect() as chief:
        chief.execute("REVOKE CREATE ON DATABASE atlas FROM atlas")
    try:
        store = PostgisStore(database.address())
        assert "le compte n’a pas ce droit" in store.troubles()[0]
        with pytest.raises(StoreError, match="le compte n’a pas ce droit"):
            store.adopt(described(), rows())
        assert store.layers() == ()
    finally:
        with database.connect() as chief:
            chief.execute("GRANT CREATE ON DATABASE atlas TO atlas")
    with pytest.raises(psycopg.errors.UndefinedTable), database.connect() as chief:
        chief.execute("SELECT * FROM atlas62.etats")
