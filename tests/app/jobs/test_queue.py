"""What every queue does, whether it stands in a file or in the PostgreSQL of several machines."""

import os
import pickle
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from app.jobs.huey_of_process import QueueDownError
from app.jobs.queue import Queue
from app.jobs.queue_place import QueuePlace

PROJECT = Path(__file__).parents[3]
A, B, C = ("a", "1"), ("b", "1"), ("c", "2")
"""Three visitors, of whom two come from one address."""


@pytest.fixture(params=["file", "postgresql"])
def place(request, tmp_path):
    """Give the place of a queue."""
    if request.param == "file":
        return QueuePlace(tmp_path / "etat" / "file.sqlite3")
    secret = tmp_path / "secret"
    secret.write_bytes(b"0" * 32)
    address = request.getfixturevalue("database").address()
    return QueuePlace(tmp_path / "file.sqlite3", address, secret)


@pytest.fixture
def queue(place):
    return Queue(place, "page")


def never(_):
    return False


def always(_):
    return True


def ask(queue, *names, asker=A):
    for name in names:
        assert queue.ask(name, f"/{name}", [asker])


def take_all(queue):
    taken = []
    while (one := queue.take("x")) is not None:
        taken.append(one.name)
    return taken


def test_what_is_asked_once_is_taken_once_and_known_until_it_is_over(queue, place):
    assert queue.ask("a", "/dossier/é", [A, B], {"step": "place", "heading": None})
    other = Queue(place, "page")
    assert not other.ask("a", "/ailleurs")
    assert [one.name for one in other.waiting()] == ["a"]
    one = other.take("machine 1")
    assert (one.folder, [*one.askers], one.what) == (
        "/dossier/é", [A, B], {"step": "place", "heading": None},
    )  # fmt: skip
    assert queue.take("machine 2") is None
    assert queue.waiting() == []
    assert queue.find("a").by == "machine 1"
    assert Queue(place, "lot").find("a") is None
    queue.forget("a")
    assert queue.find("a") is None
    assert not other.is_wanted(one)
    assert queue.all() == []
    ask(queue, "a")
    assert not queue.find("a").by


def test_visitors_take_turns_and_then_clients(queue):
    asked = [("a", A), ("b", A), ("c", A), ("d", B), ("e", C), ("f", A)]
    for name, asker in asked:
        ask(queue, name, asker=asker)
    assert [one.name for one in queue.waiting()] == [*"aedbcf"]
    assert take_all(queue) == [*"aedbcf"]


def test_turns_that_are_under_way_count_and_those_of_before_do_not(queue):
    ask(queue, "a", "b")
    for one in take_all(queue):
        queue.forget(one)
    ask(queue, "c")
    assert take_all(queue) == ["c"]
    ask(queue, "d", asker=A)
    ask(queue, "e", asker=C)
    assert take_all(queue) == ["e", "d"]  # c is still under way
    for name in "cde":
        queue.forget(name)
    ask(queue, "f", asker=A)
    ask(queue, "g", asker=C)
    assert take_all(queue) == ["f", "g"]


def test_what_two_want_has_the_better_turn(queue):
    ask(queue, "x", "y", "z")
    queue.want("z", C)
    for _ in range(20):
        queue.want("z", C)  # whoever asks again and again has no better turn
    assert len(queue._messages()) == 4
    assert [one.name for one in queue.waiting()] == ["x", "z", "y"]
    assert take_all(queue) == ["x", "z", "y"]


def test_what_was_left_is_put_back_once_and_then_given_up(queue):
    ask(queue, "a")
    first = queue.take("x")
    assert queue.put_back(never) == []
    assert queue.take("y") is None
    assert queue.put_back(always) == []
    second = queue.take("y")
    assert (second.name, second.begun, second.by) == ("a", 1, "y")
    assert not queue.beat(first)  # another one is at it
    assert queue.beat(second)
    assert [one.name for one in queue.put_back(always)] == ["a"]
    assert queue.all() == []
    assert not queue.beat(second)
    assert queue.take("z") is None
    with queue._huey() as huey:
        assert huey.storage.result_items() == {}  # nothing is left of it


def test_a_beat_is_seen_by_all(queue, place):
    ask(queue, "a")
    one = queue.take("x")
    before = Queue(place, "page").find("a").beat
    assert before <= time.time()
    time.sleep(0.01)
    assert queue.beat(one)
    assert Queue(place, "page").find("a").beat > before


def test_what_is_put_back_unbegun_keeps_its_place_and_its_chances(queue):
    ask(queue, "a", "b", asker=A)
    ask(queue, "c", asker=C)
    one = queue.take("x")
    queue.leave(one)
    assert queue.find("a").begun == 0
    assert take_all(queue) == ["c", "a", "b"]


def test_a_long_one_has_its_next_turn_after_those_of_others(queue):
    ask(queue, "a", asker=A)
    ask(queue, "b", asker=C)
    one = queue.take("x")
    queue.again(one, {"step": "geocode"})
    assert queue.find("a").what == {"step": "geocode"}
    assert take_all(queue) == ["b", "a"]


def test_one_that_is_taken_away_while_it_is_handed_on_does_not_come_back(queue):
    ask(queue, "a")
    one = queue.take("x")
    queue.forget("a")
    queue.again(one, {"step": "geocode"})
    assert queue.find("a") is None
    assert queue.take("x") is None
    ask(queue, "a")
    assert queue.find("a").what == {}
    queue.over(one)  # what was asked since stays
    assert queue.take("x").name == "a"


def test_one_message_is_taken_by_one_of_many(queue, place):
    ask(queue, *map(str, range(12)))
    queues, taken = [Queue(place, "page") for _ in range(4)], []

    def take(each):
        taken.extend(take_all(each))

    threads = [threading.Thread(target=take, args=(each,)) for each in queues]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken, key=int) == [str(number) for number in range(12)]


TAKE_AND_DIE = """
import os, signal, sys
from pathlib import Path
from app.jobs import queue
from app.jobs.queue_place import QueuePlace
file, address, secret, when = sys.argv[1:]
ours = queue.Queue(QueuePlace(Path(file), address, Path(secret) if secret else None), "page")
if when == "between":
    ours._claim = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
ours.take("killed")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("when", ["between", "after"])
def test_what_a_killed_worker_took_is_lost_at_no_moment(queue, place, when):
    ask(queue, "a", "b")
    words = [sys.executable, "-c", TAKE_AND_DIE, str(place.file), place.address,
             str(place.secret or ""), when]  # fmt: skip
    subprocess.run(words, cwd=PROJECT, check=False)  # noqa: S603 - words of this file
    assert sorted(one.name for one in queue.all()) == ["a", "b"]
    assert queue.put_back(lambda one: one.by == "killed") == []
    assert sorted(take_all(queue)) == ["a", "b"]


class Harm:
    """Does something when it is read."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.mkdir, (self.path,)


def test_a_message_that_is_not_ours_is_never_read(queue, place, tmp_path):
    storage = place.open("page").storage
    storage.enqueue(pickle.dumps(Harm(str(tmp_path / "harm"))), 10)
    forged = QueuePlace(tmp_path / "autre" / "file.sqlite3").open("page").serializer
    storage.enqueue(forged.serialize(Harm(str(tmp_path / "harm"))), 10)
    ask(queue, "a")
    assert [one.name for one in queue.waiting()] == ["a"]
    assert queue.take("x").name == "a"
    assert not (tmp_path / "harm").exists()
    storage.close()


def test_what_another_secret_has_signed_is_forgotten_and_can_be_asked_again(queue, place):
    ask(queue, "a", "b")
    queue.take("x")
    (place.secret or place.file.with_name("secret")).write_bytes(b"1" * 32)
    anew = Queue(place, "page")
    assert anew.all() == []
    assert anew.find("b") is None
    ask(anew, "a", "b")
    assert take_all(anew) == ["a", "b"]


def test_the_secret_is_the_deployment_s_and_nobody_else_reads_it(tmp_path):
    place = QueuePlace(tmp_path / "etat" / "file.sqlite3")
    Queue(place, "page").ask("a", "/a")
    assert (tmp_path / "etat" / "secret").stat().st_mode & 0o077 == 0
    assert (tmp_path / "etat").stat().st_mode & 0o077 == 0


def test_a_place_that_cannot_be_reached_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        Queue(QueuePlace(tmp_path / "file" / "x"), "page").all()
    secret = tmp_path / "secret"
    secret.write_bytes(b"0" * 32)
    away = QueuePlace(tmp_path / "x", f"postgresql://chef:mot@/base?host={tmp_path}", secret)
    with pytest.raises(QueueDownError, match="ne répond pas") as caught:
        Queue(away, "page").ask("a", "/a")
    assert "mot@" not in str(caught.value)
    assert "mot@" not in repr(away)
