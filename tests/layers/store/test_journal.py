"""The journal: whole, in order, and held while something is changed."""

import sqlite3
import threading

import pytest

from layers.model.schema import LayerError
from layers.store.journal import Change, Journal


def change(subject="couche:lieux", **more):
    told = {"who": "Ada", "kind": "adoption", "what": "Adopte."} | more
    return Change(subject=subject, before={}, after={"rows": 3}, **told)


@pytest.fixture
def journal(tmp_path):
    return Journal(tmp_path / "magasin" / "journal.sqlite")


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
    with pytest.raises(LayerError, match="ne peut pas être écrit"), Journal(path).noting():
        pytest.fail("nothing may be changed")
    with pytest.raises(LayerError, match="ne peut pas être lu"):
        Journal(path).lines()


def test_it_is_a_file_that_any_program_reads(journal):
    journal.note(change())
    with sqlite3.connect(journal.path) as database:
        assert database.execute("SELECT who, kind FROM journal").fetchall() == [("Ada", "adoption")]
    database.close()
