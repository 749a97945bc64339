"""Long steps wait for their turn: few at a time, in fair order, and none is lost."""

import threading
import time

import pytest
from filelock import FileLock

from app.imports.file_folder import HELD
from app.imports.held import held, is_held
from app.imports.limits import BroughtFileError
from app.imports.turns import Turns
from app.readers.sessions import Session


class Gate:
    """Steps that last until the gate is opened; how many are taken at one time."""

    def __init__(self):
        self.open = threading.Event()
        self.at_once = self.most = 0
        self.taken = []

    def __call__(self, job, _turn):
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        self.taken.append(job.folder.name)
        self.open.wait(20)
        self.at_once -= 1


@pytest.fixture
def gate():
    gate = Gate()
    yield gate
    gate.open.set()


@pytest.fixture
def jobs(tmp_path, reference):
    def begin(visitor, count):
        folder = tmp_path / visitor
        folder.mkdir(exist_ok=True)
        return [Session(folder).begin(reference) for _ in range(count)]

    return begin


def over(turns, jobs):
    for _ in range(1000):
        if all(turns.place(job) is None for job in jobs):
            return
        time.sleep(0.02)
    raise AssertionError([turns.place(job) for job in jobs])


def test_two_servers_take_two_steps_at_a_time_and_tell_the_place_of_the_others(
    tmp_path, reference, jobs, gate
):
    workers = [Turns(tmp_path / "tours", reference, gate) for _ in range(2)]
    brought = jobs("a", 6)
    for number, job in enumerate(brought):
        workers[number % 2].ask(job, "take in")
        time.sleep(0.002)
    for _ in range(500):
        places = [workers[0].place(job) for job in brought]
        if places == [0, 0, 1, 2, 3, 4]:
            break
        time.sleep(0.02)
    assert places == [0, 0, 1, 2, 3, 4]
    gate.open.set()
    over(workers[0], brought)
    assert gate.most == 2
    assert sorted(gate.taken) == sorted(job.folder.name for job in brought)


def test_a_step_whose_server_died_is_taken_again_but_not_for_ever(
    tmp_path, reference, jobs, monkeypatch
):
    (job,) = jobs("a", 1)
    taken = []

    def die(*_):
        taken.append(1)
        raise SystemExit

    monkeypatch.setattr("app.imports.turns.HOLDING", 0)
    monkeypatch.setattr(Turns, "wake", lambda _: None)
    dying = Turns(tmp_path / "tours", reference, die)
    dying.ask(job, "take in")
    for _ in range(2):
        with pytest.raises(SystemExit):
            dying._take_one()
        assert dying.place(job) == 0
        assert not job.refusal
    assert not dying._take_one()
    assert len(taken) == 2
    assert "interrompue" in job.refusal
    assert dying.place(job) is None


def test_what_another_is_at_is_taken_by_nobody_and_keeps_nobody_waiting(
    tmp_path, reference, jobs, monkeypatch
):
    taken = []
    monkeypatch.setattr("app.imports.turns.HOLDING", 0)
    monkeypatch.setattr(Turns, "wake", lambda _: None)
    turns = Turns(tmp_path / "tours", reference, lambda job, _: taken.append(job.folder.name))
    (first,), (second,) = jobs("a", 1), jobs("b", 1)
    turns.ask(first, "take in")
    turns.ask(second, "take in", client="2")
    with held(first.folder):
        assert turns._take_one()
        assert not turns._take_one()
        assert turns.place(first) == 1
        assert turns.queue.take("import")  # by a thread that is at it
        turns._put_back()
        assert turns.place(first) == 0
    assert turns._take_one()
    assert taken == [second.folder.name, first.folder.name]


def test_what_is_refused_or_fails_is_told_and_what_was_taken_away_is_nothing(
    tmp_path, reference, jobs
):
    def refuse(job, turn):
        if turn.part == "gone":
            job.forget()
            raise OSError("path of this machine")
        raise BroughtFileError("Fichier illisible.") if turn.part else KeyError("secret")

    turns = Turns(tmp_path / "tours", reference, refuse)
    told, failed, gone = jobs("a", 3)
    for job, part in ((told, "x"), (failed, ""), (gone, "gone")):
        turns.ask(job, "take in", part)
    over(turns, (told, failed, gone))
    assert told.refusal == "Fichier illisible."
    assert failed.refusal.startswith("La lecture s’est interrompue")
    assert not gone.folder.exists()


def test_a_long_step_has_several_turns_and_others_have_theirs_between(tmp_path, reference, jobs):
    taken = []

    def take(job, turn):
        taken.append((job.folder.parent.name, turn.step))
        assert turns.place(job) == 0
        long = job.folder == first.folder and taken.count((job.folder.parent.name, "geocode")) < 3
        return "geocode" if long else ""

    turns = Turns(tmp_path / "tours", reference, take)
    turns.root.mkdir()
    (first,), (second,) = jobs("a", 1), jobs("b", 1)
    with FileLock(turns.root / "place-1.lock"), FileLock(turns.root / "place-0.lock"):
        turns.ask(first, "place", client="1")
        turns.ask(second, "place", client="2")
    over(turns, (first, second))
    assert taken[0] == ("a", "place")
    assert ("b", "place") in taken[1:3]
    assert taken.count(("a", "geocode")) == 3
    assert not first.refusal


def test_what_is_stopped_while_it_is_taken_is_neither_refused_nor_goes_on(
    tmp_path, reference, jobs
):
    begun, stopped = threading.Event(), threading.Event()

    def take(_job, turn):
        begun.set()
        assert stopped.wait(20)
        if turn.client == "refused":
            raise BroughtFileError("Lecture abandonnée.")
        return "geocode"

    turns = Turns(tmp_path / "tours", reference, take)
    for client, job in zip(("refused", "follows"), jobs("a", 2), strict=True):
        begun.clear()
        stopped.clear()
        turns.ask(job, "geocode", client=client)
        assert begun.wait(20)
        turns.forget(job)
        stopped.set()
        while is_held(job.folder):
            time.sleep(0.01)
        assert turns.place(job) is None
        assert not job.refusal


def test_so_many_wait_and_no_more(tmp_path, reference, jobs, monkeypatch):
    monkeypatch.setattr("app.imports.turns.MOST_WAITING", 1)
    monkeypatch.setattr(Turns, "wake", lambda _: None)
    turns = Turns(tmp_path / "tours", reference, lambda *_: None)
    one, other = jobs("a", 2)
    turns.ask(one, "take in")
    turns.ask(one, "take in")
    with pytest.raises(BroughtFileError, match="attendent"):
        turns.ask(other, "take in")
    turns.forget(one)
    turns.ask(other, "take in")


def test_an_import_is_held_by_one_at_a_time_and_a_lock_makes_no_folder(jobs, tmp_path):
    (job,) = jobs("a", 1)
    with held(job.folder) as first, held(job.folder) as second:
        assert (first, second) == (True, False)
    with held(tmp_path / "absent") as ours:
        assert not ours
    assert not (tmp_path / "absent").exists()
    assert (job.folder / HELD).exists()
