"""A workshop that ends, however it ends, loses no job: it, or another, takes it up again."""

import os
import signal
import threading
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.jobs.asked import Asked
from app.jobs.order import Order, Phase
from app.jobs.register import Jobs
from app.jobs.workshop import Workshop
from app.workshop import left
from app.workshop.left import Left, own_name
from app.workshop.runner import Runner

LONG = Order("Long", ("attendre",), "", "fini", queue="lot")
VERSION = Order("Version", ("--version",), "", "said")


@pytest.fixture
def jobs(tmp_path, monkeypatch):
    """Give jobs whose workshop is the runner of this process."""
    monkeypatch.setattr(Workshop, "wake", lambda _: None)
    return Jobs(tmp_path / "travaux", Workshop(tmp_path / "travaux"))


def work(folder):
    """Stand for the command: a long one waits to be told to end."""
    (folder / "begun").touch()
    while not (folder / "go").exists():
        time.sleep(0.01)
    (folder / "fini").touch()


def until(condition, seconds=30):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


class Open:
    """A runner in a thread of its own."""

    def __init__(self, jobs):
        root = jobs.workshop.root
        self.over = threading.Event()
        self.runner = Runner(root, jobs.workshop.queues, root.parent / "sessions", work)
        self.thread = threading.Thread(target=self.runner.work, args=(self.over, iter(())))
        self.thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()


def queue_of(jobs, kind="lot"):
    return next(queue for queue in jobs.workshop.queues if queue.kind == kind)


def test_what_a_killed_workshop_had_begun_is_done_by_the_next_at_once(jobs):
    jobs.start(LONG)
    (jobs.folder / LONG.id / "go").touch()
    assert queue_of(jobs).take(own_name(jobs.workshop.root))
    assert jobs.state(LONG.id).phase is Phase.RUNNING
    with Open(jobs):
        until(lambda: jobs.state(LONG.id).phase is Phase.DONE)
    assert jobs.workshop.jobs() == {}


def test_what_ends_its_workshop_twice_waits_for_somebody_to_ask_again(jobs):
    jobs.start(LONG)
    for _ in range(2):
        queue_of(jobs).take(own_name(jobs.workshop.root))
        with Open(jobs) as opened:
            opened.runner._begin = lambda: False
            until(lambda: not (one := jobs.workshop.find(LONG)) or not one.by)
    assert jobs.state(LONG.id).phase is Phase.STOPPED
    jobs.start(LONG)
    (jobs.folder / LONG.id / "go").touch()
    with Open(jobs):
        until(lambda: jobs.state(LONG.id).phase is Phase.DONE)


def test_a_workshop_that_is_closed_puts_its_job_back_as_if_it_had_not_begun(jobs, monkeypatch):
    monkeypatch.setattr("app.workshop.runner.ROUND", 0.02)
    jobs.start(LONG)
    with Open(jobs):
        until((jobs.folder / LONG.id / "begun").exists)
        time.sleep(0.2)
        assert jobs.state(LONG.id).phase is Phase.RUNNING  # nobody takes it for left
    state = jobs.state(LONG.id)
    assert state.phase is Phase.WAITING
    assert state.message == "Son tour vient dès qu’une place se libère."
    assert jobs.workshop.find(LONG).begun == 0


def test_the_job_of_a_machine_that_is_gone_is_taken_up_by_another(jobs, monkeypatch):
    monkeypatch.setattr(left, "LEFT_AFTER", 1.0)
    jobs.start(LONG)
    (jobs.folder / LONG.id / "go").touch()
    one = queue_of(jobs).take("a machine elsewhere")
    with Open(jobs):
        for _ in range(4):
            time.sleep(0.5)
            queue_of(jobs).beat(one)
        assert not (jobs.folder / LONG.id / "begun").exists()
        until(lambda: jobs.state(LONG.id).phase is Phase.DONE)


def test_a_workshop_that_was_taken_for_gone_stops_and_leaves_the_job_to_the_other(
    jobs, monkeypatch
):
    monkeypatch.setattr("app.workshop.runner.BEAT", 0.2)
    jobs.start(LONG)
    with Open(jobs) as opened:
        until((jobs.folder / LONG.id / "begun").exists)
        queue_of(jobs).put_back(lambda _: True)
        assert queue_of(jobs).take("a machine elsewhere")
        until(lambda: not opened.runner.running)
        time.sleep(0.5)
    assert jobs.workshop.find(LONG).by == "a machine elsewhere"
    assert not (jobs.folder / LONG.id / "result.json").exists()


def test_what_is_done_already_is_not_done_again(jobs):
    # its workshop was killed between the result and the queue
    jobs.start(LONG)
    folder = jobs.folder / LONG.id
    queue_of(jobs).take(own_name(jobs.workshop.root))
    (folder / "result.json").write_text('{"code": 0, "cancelled": false, "said": ""}')
    with Open(jobs):
        until(lambda: not jobs.workshop.jobs())
    assert not (folder / "begun").exists()
    assert jobs.state(LONG.id).phase is Phase.DONE


def test_those_that_wait_are_told_their_turn(jobs):
    orders = [replace(LONG, title=name) for name in "abc"]
    for order in orders:
        jobs.start(order, (order.title, order.title))
    told = [jobs.state(order.id).message for order in orders]
    first = "Son tour vient dès qu’une place se libère."
    assert told == [first, "2ᵉ de la file d’attente.", "3ᵉ de la file d’attente."]


def test_silence_is_counted_on_the_clock_of_who_listens():
    heard = Left("here")
    one = Asked("a", "/a", (), {}, "token", by="there", beat=1e12)  # a clock that is wrong
    assert not heard.of("lot", [one], 0.0)
    assert not heard.of("lot", [one], 59.0)
    assert not heard.of("page", [], 59.5)  # another queue
    assert heard.of("lot", [one], 61.0) == {"token"}
    assert not heard.of("lot", [replace(one, beat=1e12 + 1)], 62.0)
    assert not heard.of("lot", [replace(one, by="")], 500.0)
    assert heard.of("lot", [replace(one, by="here")], 500.0) == {"token"}


def test_a_workshop_keeps_its_name(tmp_path):
    assert own_name(tmp_path / "a") == own_name(tmp_path / "a") != own_name(tmp_path / "b")


def test_a_worker_does_not_take_what_its_server_started_for_alive_for_ever(tmp_path):
    # the lock of a process that divided was held by a thread that its workers have not
    ended = []
    workshop = Workshop(tmp_path)
    workshop._process = SimpleNamespace(
        poll=lambda: None, stdin=SimpleNamespace(close=lambda: ended.append("closed"))
    )
    workshop._starter = os.getpid() + 1
    assert not workshop.is_open()
    workshop.close()
    assert not ended


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="a warm process")
def test_a_job_survives_its_workshop_which_is_killed(tmp_path):
    workshop = Workshop(tmp_path)
    jobs = Jobs(tmp_path, workshop)
    try:
        jobs.start(VERSION)
        until(lambda: jobs.workshop.find(VERSION).by, 120)
        os.kill(workshop._process.pid, signal.SIGKILL)
        until(lambda: not workshop.is_open())
        until(lambda: jobs.state(VERSION.id).phase is Phase.DONE, 120)
    finally:
        workshop.close()
