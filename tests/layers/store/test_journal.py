"""The journal: whole, in order, and held while something is changed."""

import sqlite3
import threading

import pytest

from layers.model.schema import LayerError
from layers.store.journal import Change, FileJournal
from layers.store.postgis.journal import SharedJournal
from layers.store.postgis.shared import PostgisStore
from layers.store.protocol import StoreError
from tests.layers.store.test_geopackage import described, rows


def change(subject="couche:lieux", **more):
    told = {"who": "Ada", "kind": "adoption", "what": "Adopte."} | more
    return Change(subject=subject, before={}, after={"rows": 3}, **told)


@pytest.fixture(params=["file", "postgis"])
def journal(request, tmp_path):
    if request.param == "postgis":
        return SharedJournal(request.getfixturevalue("database").address())
    return FileJournal(tmp_path / "magasin" / "journal.sqlite")


def test_without_a_change_there_is_no_line(journal):
    assert journal.lines() == ()
    with journal.noting():
        pass
    assert journal.lines() == ()


def test_what_is_noted_comes_back_as_it_was_the_newest_first(journal):
    hostile = "Robert'); DROP TABLE journal;-- <script> \N{NO-BREAK SPACE}é"
    journal.note(change(who=hostile, what=hostile))
    journal.note(change("position:a/b", undoes=1))
    newest, first = journal.lines()
    assert (first.number, newest.number) == (1, 2)
    assert first.change == change(who=hostile, what=hostile)
    assert (first.undone, newest.undone) == (2, None)


def test_a_change_that_fails_is_not_noted(journal):
    def fail():
        with journal.noting() as noting:
            noting.change = change()
            raise ValueError("raté")

    with pytest.raises(ValueError, match="raté"):
        fail()
    assert journal.lines() == ()
    journal.note(change())
    assert len(journal.lines()) == 1


def test_the_newest_of_a_subject_is_one_that_still_holds(journal):
    for one in (change(), change("couche:autre"), change(), change(undoes=3)):
        journal.note(one)
    held = journal.newest_of("couche:lieux")
    assert held is not None
    assert held.number == 1
    assert journal.newest_of("couche:inconnue") is None


def test_two_changes_come_one_after_the_other(journal):
    order = []
    begun = threading.Event()

    def first():
        with journal.noting() as noting:
            begun.set()
            threading.Event().wait(0.2)
            order.append("first")
            noting.change = change(who="first")

    thread = threading.Thread(target=first)
    thread.start()
    begun.wait()
    with journal.noting() as noting:
        order.append("second")
        noting.change = change(who="second")
    thread.join()
    assert order == ["first", "second"]
    assert [line.change.who for line in journal.lines()] == ["second", "first"]


def test_a_journal_that_is_none_is_told_and_nothing_begins(tmp_path):
    path = tmp_path / "journal.sqlite"
    path.write_bytes(b"x" * 5000)
    with pytest.raises(LayerError, match="ne peut pas être écrit"), FileJournal(path).noting():
        pytest.fail("nothing may be changed")
    with pytest.raises(LayerError, match="ne peut pas être lu"):
        FileJournal(path).lines()


def test_it_is_a_file_that_any_program_reads(tmp_path):
    journal = FileJournal(tmp_path / "journal.sqlite")
    journal.note(change())
    with sqlite3.connect(journal.path) as database:
        assert database.execute("SELECT who, kind FROM journal").fetchall() == [("Ada", "adoption")]
    database.close()


def refused(noting, store):
    noting.change = change()
    store.adopt(described(), rows())


def lost(noting, database):
    noting.change = change()
    database.stop()


def test_a_journal_of_machines_is_held_while_the_store_beside_it_is_changed(database):
    journal, store = (make(database.address()) for make in (SharedJournal, PostgisStore))
    with journal.noting() as noting:
        store.adopt(described(), rows())  # the first change of both
        noting.change = change(what="nul\0 \ud800")
    with pytest.raises(StoreError), journal.noting() as noting:
        refused(noting, store)
    (line,) = journal.lines()
    assert (line.number, line.change.what) == (1, "nul ?")
    assert [*store.adoptions()] == ["lieux"]


def test_a_journal_whose_server_is_gone_lets_nothing_be_changed(database, tmp_path):
    away = SharedJournal(f"postgresql://atlas@/atlas?host={tmp_path}")
    with pytest.raises(LayerError, match=r"ne peut pas être écrit \(serveur inj"), away.noting():
        pytest.fail("nothing may be changed")
    with pytest.raises(LayerError, match="ne peut pas être lu"):
        away.lines()
    journal = SharedJournal(database.address())
    try:
        with pytest.raises(LayerError, match="regardez si celui"), journal.noting() as noting:
            lost(noting, database)
    finally:
        database.start()
    assert journal.lines() == ()
