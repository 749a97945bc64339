"""A server that is killed in the middle of an upload leaves nothing past the next start."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from unittest.mock import MagicMock

import pytest

from app.data.routes import serve_data
from app.imports.brought_file import FileImport
from app.imports.file_folder import SOURCE
from app.imports.turns import Turns
from app.readers.leftovers import sweep_halves, sweep_leftovers
from app.readers.sessions import Sessions
from app.settings import Settings
from layers.store.leftovers import sweep_store

PROJECT = Path(__file__).parents[3]
SERVER = """
import sys, time
from pathlib import Path
from app.imports import sandbox
from app.imports.child import Started
from app.imports.held import held
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


def test_half_written_records_go_wherever_a_killed_server_left_them(tmp_path):
    # thirteen of them lay in the folders of the server after thirty kills
    cache, store = tmp_path / "cache", tmp_path / "magasin" / "atlas62.gpkg"
    half = ".0123456789abcdef.part"
    places = [cache / "livrets" / "a", cache / "liens", cache / "connexions", store.parent,
              cache / "sessions" / "x" / "edits", store.parent / "sauvegardes"]  # fmt: skip
    held_job = cache / "sessions" / "x" / "job"
    for folder in (*places, held_job):
        folder.mkdir(parents=True, exist_ok=True)
        for name in (half, ".notes.part", "atlas62.gpkg"):
            (folder / name).touch()
            os.utime(folder / name, (time.time() - 3600, time.time() - 3600))
    (held_job / "held.lock").touch()
    young = cache / ".00000000000000aa.part"
    young.touch()
    sweep_halves(cache, store.parent)
    assert not any((folder / half).exists() for folder in places)
    assert young.exists()
    assert (held_job / half).exists()
    assert all((folder / ".notes.part").exists() for folder in places)
    assert all((folder / "atlas62.gpkg").exists() for folder in places)


def test_they_are_swept_at_the_start(monkeypatch):
    swept = []
    monkeypatch.setattr("app.data.routes.sweep_halves", lambda *folders: swept.append(folders))
    monkeypatch.setattr("app.data.routes.sweep_leftovers", lambda *_: None)
    monkeypatch.setattr("app.data.routes.sweep_store", lambda *_: None)
    settings = Settings()
    serve_data(MagicMock(), settings, MagicMock())
    assert swept == [(settings.cache, settings.store.parent)]
