import json
import time

import pytest

from app.jobs import Jobs, Order, Phase

VERSION = Order("Version", ("--version",), "said")
REFUSED = Order("Refus", ("export", "couche", "piscines", "--format", "csv", "--sortie",
                          "{folder}/a.csv"), "a.csv")  # fmt: skip


@pytest.fixture
def jobs(tmp_path):
    return Jobs(tmp_path / "travaux")


def over(jobs, job_id):
    """Wait for a job; whatever the machine is busy with, it ends."""
    for _ in range(600):
        state = jobs.state(job_id)
        if not state.alive:
            return state
        time.sleep(0.1)
    raise AssertionError(state)


def folder_of(jobs, order):
    folder = jobs.folder / order.id
    folder.mkdir(parents=True)
    words = {**{f: getattr(order, f) for f in order.__slots__}, "words": list(order.words)}
    (folder / "order.json").write_text(json.dumps(words))
    return folder


def test_a_job_is_done_in_a_process_of_its_own_and_once(jobs):
    job_id = jobs.start(VERSION)
    state = over(jobs, job_id)
    assert state.phase is Phase.DONE
    assert "Atlas 62" in jobs.file(job_id).read_text()
    asked = (jobs.folder / job_id / "asked").read_text()
    assert jobs.start(VERSION) == job_id
    assert (jobs.folder / job_id / "asked").read_text() == asked


def test_a_command_that_fails_says_why(jobs):
    state = over(jobs, jobs.start(REFUSED))
    assert state.phase is Phase.FAILED
    assert state.message.startswith("Couche « piscines » inconnue")
    assert jobs.file(REFUSED.id) is None


def test_another_worker_sees_the_same_job(jobs):
    job_id = jobs.start(VERSION)
    jobs.cancel(job_id)
    assert over(Jobs(jobs.folder), job_id).phase in {Phase.CANCELLED, Phase.DONE}


def test_a_job_that_nobody_works_at_is_told_as_such(jobs):
    folder = folder_of(jobs, Order("Lot", (), "pages/*.zip", 6, "pages/*.pdf", "lot"))
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
        jobs.cancel(name)
    assert not (tmp_path / "cancel").exists()


def test_old_jobs_make_room(jobs, monkeypatch):
    monkeypatch.setattr("app.jobs.MOST_KEPT", 2)
    monkeypatch.setattr(Jobs, "_run", lambda *_: None)
    for number in range(5):
        folder = folder_of(jobs, Order(f"Travail {number}", (), "a"))
        (folder / "asked").write_text(str(number))
    jobs.start(VERSION)
    titles = {jobs.state(path.name).title for path in jobs.folder.iterdir()}
    assert titles == {"Version", "Travail 4", "Travail 3"}
