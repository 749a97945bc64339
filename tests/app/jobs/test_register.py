"""Jobs: done in the workshop, once, told to every worker; what goes wrong there ends one job."""

import json
import os
import signal
import threading
import time
from contextlib import suppress
from dataclasses import asdict, replace
from itertools import zip_longest

import pytest

from app.booklets.form import Form, order_page
from app.jobs import register
from app.jobs.folder import PRIVATE
from app.jobs.order import Order, Phase
from app.jobs.register import JobError, Jobs
from app.jobs.workshop import Workshop, is_held
from app.workshop import running
from app.workshop.runner import Runner

A, B = ("a", "1"), ("b", "1")
"""Two visitors behind one address."""
VERSION = Order("Version", ("--version",), "", "said")
REFUSED = Order("Refus", ("export", "couche", "piscines", "--format", "csv"), "a.csv", "a.csv")


@pytest.fixture
def jobs(tmp_path):
    return Jobs(tmp_path / "travaux", Workshop(tmp_path / "travaux"))


@pytest.fixture(scope="module")
def workshop(tmp_path_factory):
    """Give a workshop that is open for all tests of this file."""
    shared = Workshop(tmp_path_factory.mktemp("atelier"))
    yield shared
    shared.close()
    assert not is_held(shared.root / "atelier.lock")


@pytest.fixture
def done_jobs(workshop):
    return Jobs(workshop.root, workshop)


def over(jobs, job_id):
    """Wait for a job; whatever the machine is busy with, it ends."""
    for _ in range(1200):
        state = jobs.state(job_id)
        if not state.alive:
            return state
        time.sleep(0.05)
    raise AssertionError(state)


def folder_of(jobs, order):
    folder = jobs.folder / order.id
    folder.mkdir(parents=True)
    (folder / "order.json").write_text(json.dumps(asdict(order)))
    return folder


def test_a_job_is_done_in_a_process_of_its_own_and_once(done_jobs):
    job_id = done_jobs.start(VERSION)
    state = over(done_jobs, job_id)
    assert state.phase is Phase.DONE
    assert "Atlas 62" in done_jobs.file(job_id).read_text()
    asked = (done_jobs.folder / job_id / "asked").read_text()
    assert done_jobs.start(VERSION) == job_id
    assert (done_jobs.folder / job_id / "asked").read_text() == asked


def test_a_command_that_fails_says_why(done_jobs):
    state = over(done_jobs, done_jobs.start(REFUSED))
    assert state.phase is Phase.FAILED
    assert state.message.startswith("Couche « piscines » inconnue")
    assert done_jobs.file(REFUSED.id) is None


def test_a_title_may_hold_any_text(done_jobs):
    form = Form(place="commune:62193", title="{folder} --sortie=/x", layers=())
    order = order_page(form, "svg", "Calais", "1")
    assert over(done_jobs, done_jobs.start(order)).phase is Phase.DONE
    assert "{folder} --sortie=/x" in done_jobs.file(order.id).read_text()
    assert not (done_jobs.folder / order.id / "tmp").exists()


def test_another_worker_sees_the_same_job(done_jobs):
    job_id = done_jobs.start(replace(VERSION, title="Une autre"), A)
    other = Jobs(done_jobs.folder, Workshop(done_jobs.folder))
    other.cancel(job_id, "a")
    assert over(other, job_id).phase in {Phase.CANCELLED, Phase.DONE}
    assert other.workshop.is_open()


def test_a_disk_that_does_not_write_is_told(tmp_path):
    (tmp_path / "file").touch()
    jobs = Jobs(tmp_path / "file", Workshop(tmp_path / "file"))
    with pytest.raises(JobError, match="rien écrire") as caught:
        jobs.start(VERSION)
    assert str(tmp_path) not in str(caught.value)


def work(folder):
    """Stand for the command: what it does is in the order's words."""
    match json.loads((folder / "order.json").read_text())["words"]:
        case ["tuer"]:
            (folder / ".carte.pdf.1.part").write_text("moitié")
            os.kill(os.getpid(), signal.SIGKILL)
        case ["attendre"]:
            time.sleep(60)
        case ["dire"]:
            (folder / "fini").touch()
        case ["durer", _]:
            (folder / "fini").write_text(f"{time.monotonic_ns()} ")
            time.sleep(0.4)
            with (folder / "fini").open("a") as file:
                file.write(str(time.monotonic_ns()))


def run(jobs, *orders, askers=(), meanwhile=lambda _: None):
    """Let a runner do orders, until all are over."""
    ids = []
    for order, asker in zip_longest(orders, askers):
        folder = folder_of(jobs, order)
        ids.append(folder.name)
        if asker:
            want(jobs, folder.name, asker)
        jobs.workshop.ask(folder)
    root = jobs.workshop.root
    runner = Runner(root, jobs.workshop.queues, root.parent / "sessions", work)
    end = threading.Event()

    class Opening:
        """Stand for what is made ready; ends the runner when nothing waits."""

        def __iter__(self):
            return self

        def __next__(self):
            folders = [jobs.folder / one for one in ids]
            if all((one / "result.json").exists() or not one.exists() for one in folders):
                end.set()

    meanwhile(ids)
    runner.work(end, Opening())
    return [jobs.state(one) for one in ids]


@pytest.fixture
def alone(monkeypatch):
    """Let a runner of this process be the only workshop."""
    monkeypatch.setattr(Workshop, "wake", lambda _: None)


@pytest.mark.usefixtures("alone")
def test_a_crash_and_a_limit_of_time_end_one_job_only(jobs, monkeypatch):
    monkeypatch.setitem(running.LONGEST, "page", 0.3)
    killed, late, fine = run(
        jobs, *(Order(w, (w,), "", "fini") for w in ("tuer", "attendre", "dire"))
    )
    assert killed.phase is Phase.FAILED
    assert killed.message.endswith("demandez-le de nouveau.")
    assert list((jobs.folder / killed.id).glob(".*.part")) == []
    assert late.phase is Phase.FAILED
    assert "Travail arrêté" in late.message
    assert fine.phase is Phase.DONE
    assert jobs.workshop.jobs() == {}


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(("queue", "most"), [("lot", 1), ("page", 2)])
def test_only_so_many_jobs_of_a_queue_run_at_a_time(jobs, queue, most):
    orders = [Order(n, ("durer", n), "", "fini", queue=queue) for n in "abcd"]
    states = run(jobs, *orders)
    assert {state.phase for state in states} == {Phase.DONE}
    spans = [tuple(map(int, jobs.file(one.id).read_text().split())) for one in states]
    at_once = [sum(begun <= now < ended for begun, ended in spans) for now, _ in spans]
    assert max(at_once) == most


@pytest.mark.usefixtures("alone")
def test_a_job_that_nobody_wants_any_more_is_dropped(jobs):
    begun = time.monotonic()
    dropped, fine = run(
        jobs,
        Order("Aperçu", ("attendre",), "", "fini"),
        Order("Un autre", ("dire",), "", "fini"),
        askers=[A],
        meanwhile=lambda ids: jobs.cancel(ids[0], "a"),
    )
    assert (dropped.phase, fine.phase) == (Phase.CANCELLED, Phase.DONE)
    assert time.monotonic() - begun < running.LONGEST["page"]


@pytest.mark.usefixtures("alone")
def test_what_shows_a_visitor_s_own_layers_does_not_outlive_the_workshop(jobs, tmp_path):
    own = Jobs(tmp_path / "sessions" / "v" / PRIVATE, jobs.workshop)
    assert run(own, Order("Le mien", ("dire",), "", "fini", owner="v"))[0] is None
    assert not any(path.is_dir() for path in own.folder.iterdir())


def test_a_job_that_nobody_works_at_is_told_as_such(jobs):
    folder = folder_of(jobs, Order("Lot", (), "pages", "pages/*.zip", 6, "pages/*.pdf", "lot"))
    (folder / "pages").mkdir()
    for name in "ab":
        (folder / "pages" / f"{name}.pdf").touch()
    state = jobs.state(folder.name)
    assert state.phase is Phase.STOPPED
    assert (state.done, state.pages) == (2, 6)


def test_only_what_is_a_job_is_read(jobs, tmp_path):
    (tmp_path / "order.json").write_text("{}")
    for name in ("..", "../..", "0" * 16, "", "a/b", "é" * 16):
        assert jobs.state(name) is None
        assert jobs.file(name) is None
        jobs.cancel(name, "a")
        jobs.remove(name, "a")
    assert not (tmp_path / "cancel").exists()
    left = jobs.folder / ("0" * 16)
    left.mkdir(parents=True)
    (left / "order.json").write_text('{"title": "D’une autre version"}')
    assert jobs.state(left.name) is None


@pytest.fixture
def asked(jobs, monkeypatch):
    """Give what makes a job that is over: its number says how long ago it was asked."""
    monkeypatch.setattr(Workshop, "ask", lambda *_: None)

    def make(number, asker, size=0):
        folder = folder_of(jobs, Order(f"Travail {number}", (), "", "a"))
        (folder / "asked").write_text(str(time.time() - number))
        (folder / "result.json").write_text('{"code": 0, "cancelled": false, "said": ""}')
        (folder / "a").write_bytes(b"0" * size)
        want(jobs, folder.name, asker)
        return folder

    return make


def want(jobs, job_id, asker):
    folder = jobs.folder / job_id / "wanted"
    folder.mkdir(exist_ok=True)
    (folder / asker[0]).write_text(asker[1])


def test_a_visitor_s_old_jobs_make_room_for_their_own_and_for_nobody_s(jobs, asked, monkeypatch):
    monkeypatch.setattr("app.jobs.register.MOST_KEPT", 2)
    for number, asker in enumerate((A, A, A, B, B, B), 1):
        asked(number, asker)
    jobs.start(VERSION, A)
    titles = {jobs.state(path.name).title for path in jobs.folder.iterdir() if path.is_dir()}
    assert titles == {"Version", *(f"Travail {number}" for number in (1, 4, 5, 6))}


@pytest.mark.usefixtures("asked")
def test_a_job_that_is_being_asked_for_is_not_swept_away_by_another_worker(jobs, monkeypatch):
    others = Jobs(jobs.folder, jobs.workshop)
    half, go_on = threading.Event(), threading.Event()
    write = register.write_whole

    def write_slowly(path, content):
        if path.name == "asked" and not half.is_set():
            half.set()
            assert go_on.wait(20)
        write(path, content)

    monkeypatch.setattr(register, "write_whole", write_slowly)
    threads = [threading.Thread(target=jobs.start, args=(VERSION, A))]
    threads[0].start()
    assert half.wait(20)
    threads.append(threading.Thread(target=others.start, args=(REFUSED, B)))
    threads[1].start()
    threads[1].join(1)
    go_on.set()
    for thread in threads:
        thread.join()
    assert jobs.state(VERSION.id)
    assert jobs.state(REFUSED.id)


def test_the_same_order_asked_by_many_at_once_waits_once(jobs, monkeypatch):
    monkeypatch.setattr(Workshop, "wake", lambda _: None)
    together = threading.Barrier(8)

    def start(number):
        together.wait()
        Jobs(jobs.folder, jobs.workshop).start(VERSION, (f"v{number}", str(number)))

    threads = [threading.Thread(target=start, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(jobs.workshop.jobs()) == 1
    assert all(jobs.is_wanted_by(VERSION.id, f"v{number}") for number in range(8))


def test_a_full_disk_of_others_refuses_and_evicts_nobody(jobs, asked, monkeypatch):
    monkeypatch.setattr("app.jobs.register.MOST_BYTES", 10_000)
    theirs, ours = asked(1, B, 6_000), asked(2, A, 6_000)
    jobs.start(VERSION, A)
    assert theirs.exists()
    assert not ours.exists()
    more = asked(3, B, 6_000)
    with pytest.raises(JobError, match="plus de place"):
        jobs.start(REFUSED, A)
    assert theirs.exists()
    assert more.exists()


def test_what_is_over_goes_after_a_day(jobs, asked):
    old, young = asked(25 * 3600, B), asked(23 * 3600, B)
    jobs.start(VERSION, A)
    assert not old.exists()
    assert young.exists()


@pytest.mark.usefixtures("alone")
def test_twenty_posts_of_one_visitor_refuse_them_and_not_the_others(jobs):
    for number in range(10):
        jobs.start(replace(VERSION, title=str(number)), A)
    for number in range(10, 20):
        with pytest.raises(JobError, match="Déjà 10 travaux à vous"):
            jobs.start(replace(VERSION, title=str(number)), A)
    jobs.start(replace(VERSION, title="du voisin"), B)
    for number in range(40):
        with suppress(JobError):
            jobs.start(replace(VERSION, title=f"sans témoin {number}"), (f"x{number}", "1"))
    assert len(jobs.workshop.jobs()) == 40
    jobs.start(replace(VERSION, title="d’ailleurs"), ("y", "2"))


@pytest.mark.usefixtures("alone")
def test_a_neighbour_s_job_is_done_before_the_second_of_a_crowd(jobs):
    orders = [Order(n, ("durer", n), "", "fini", queue="lot") for n in "abcde"]

    states = run(jobs, *orders, askers=[A, A, A, A, B])
    begun = [int(jobs.file(one.id).read_text().split()[0]) for one in states]
    assert sorted(range(5), key=begun.__getitem__) == [0, 4, 1, 2, 3]


@pytest.mark.usefixtures("alone")
def test_a_shared_job_stops_when_nobody_wants_it_and_a_stranger_stops_nothing(jobs):
    job_id = jobs.start(VERSION, A)
    assert jobs.start(VERSION, B) == job_id
    folder = jobs.folder / job_id
    for visitor in ("stranger", "a"):
        assert not jobs.cancel(job_id, visitor)
        assert not (folder / "cancel").exists()
    assert not jobs.is_wanted_by(job_id, "a")
    assert jobs.cancel(job_id, "b")
    assert (folder / "cancel").exists()
    jobs.start(VERSION, A)
    assert not (folder / "cancel").exists()


@pytest.mark.usefixtures("alone")
def test_what_a_visitor_takes_away_is_gone_even_while_it_is_done(jobs, asked):
    done = asked(1, A)
    jobs.remove(done.name, "b")
    assert [state.id for state in jobs.of_visitor("a")] == [done.name]
    jobs.remove(done.name, "a")
    assert jobs.of_visitor("a") == []
    assert not done.exists()


@pytest.mark.usefixtures("alone")
def test_what_is_taken_away_while_it_is_done_goes_when_it_has_stopped(jobs):
    def meanwhile(ids):
        jobs.remove(ids[0], "a")
        assert (jobs.folder / ids[0]).exists()

    dropped, fine = Order("Aperçu", ("attendre",), "", "fini"), Order("b", ("dire",), "", "fini")
    first, second = run(jobs, dropped, fine, askers=[A], meanwhile=meanwhile)
    assert first is None
    assert second.phase is Phase.DONE
