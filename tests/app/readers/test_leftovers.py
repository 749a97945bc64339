"""A server that is killed in the middle of an upload leaves nothing past the next start."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.imports.brought_file import SOURCE, FileImport
from app.imports.turns import Turns
from app.readers.leftovers import sweep_leftovers
from app.readers.sessions import Sessions
from layers.store.leftovers import sweep_store

PROJECT = Path(__file__).parents[3]
SERVER = """
import sys, time
from pathlib import Path
from app.imports import sandbox
from app.imports.child import Started
from app.imports.turns import held
folder = Path(sys.argv[1])
child = "import pathlib, sys, tempfile; from app.jobs.processes import end_with_parent; " \\
        "end_with_parent(); tempfile.mkstemp(); print('ready', flush=True); " \\
        "import time; time.sleep(60)"
with held(folder), sandbox._emptied(folder) as temporary:
    (folder / ".0123.part").write_bytes(b"0" * 1000)
    environment = sandbox._environment(temporary, network=False)
    sandbox._finish(Started([sys.executable, "-c", child], environment), 60, folder.exists)
"""


@pytest.fixture
def sessions(tmp_path):
    return Sessions(tmp_path / "sessions")


@pytest.fixture
def turns(tmp_path, reference):
    return Turns(tmp_path / "tours", reference, lambda *_: None)


def until(condition):
    for _ in range(600):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError(condition)


def test_a_killed_upload_leaves_nothing_and_a_live_one_is_left_alone(sessions, turns, tmp_path):
    _, session = sessions.start()
    job = session.begin(turns.reference)
    (job.folder / SOURCE).write_bytes(b"half")
    server = subprocess.Popen(  # noqa: S603 - words of this file
        [sys.executable, "-c", SERVER, str(job.folder)], cwd=PROJECT
    )
    try:
        until(lambda: list((job.folder / "tmp").glob("*")))
        sweep_leftovers(sessions, turns, tmp_path / "imports")
        assert list((job.folder / "tmp").iterdir())
        assert (job.folder / ".0123.part").exists()
        (child,) = children(server.pid)
    finally:
        os.kill(server.pid, signal.SIGKILL)
        server.wait()
    until(lambda: not Path(f"/proc/{child}/fd").exists() or state(child) == "Z")
    sweep_leftovers(sessions, turns, tmp_path / "imports")
    assert not job.folder.exists()


def children(pid):
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def state(pid):
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]


def test_what_is_finished_or_waits_stays(sessions, turns, tmp_path, monkeypatch):
    monkeypatch.setattr(Turns, "wake", lambda _: None)
    _, session = sessions.start()
    done, waiting, cut = (session.begin(turns.reference) for _ in range(3))
    (done.folder / "summary.json").write_text("{}")
    (done.folder / "tmp").mkdir()
    turns.ask(waiting, "take in")
    command = FileImport(tmp_path / "imports" / "abc", turns.reference)
    (command.folder / "tmp").mkdir(parents=True)
    sweep_leftovers(sessions, turns, tmp_path / "imports")
    assert [job.folder.exists() for job in (done, waiting, cut)] == [True, True, False]
    assert not (done.folder / "tmp").exists()
    assert list(command.folder.iterdir()) in ([], [command.folder / "held.lock"])


def test_a_killed_adoption_leaves_no_parts(tmp_path):
    store, backups = tmp_path / "atlas62.gpkg", tmp_path / "sauvegardes"
    backups.mkdir()
    kept = [store, backups / "atlas62-2026.gpkg"]
    parts = [tmp_path / ".atlas62.part.gpkg", tmp_path / ".atlas62.part.gpkg-journal",
             tmp_path / "..atlas62.part.gpkg.new", backups / ".atlas62.part",
             backups / "..atlas62.part.new", tmp_path / ".atlas62.gpkg.new"]  # fmt: skip
    for path in (*kept, *parts):
        path.touch()
    sweep_store(store, backups)
    assert all(path.exists() for path in kept)
    assert not any(path.exists() for path in parts)


def test_half_written_turns_go_and_one_that_is_being_written_stays(sessions, turns, tmp_path):
    turns.root.mkdir()
    old, young = turns.root / ".0a.part", turns.root / ".0b.part"
    for part in (old, young):
        part.touch()
    os.utime(old, (time.time() - 3600, time.time() - 3600))
    sweep_leftovers(sessions, turns, tmp_path / "imports")
    assert (old.exists(), young.exists()) == (False, True)
