"""Steps begin from a warm process: as apart from the server, from each other, as ever."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from app.imports import child
from app.imports.limits import BroughtFileError
from app.imports.sandbox import Bounds, read_apart, run_apart

PROJECT = Path(__file__).parents[3]
SERVER = """
import sys
from app.imports.sandbox import run_apart
run_apart("act", "lent.txt", [sys.argv[1]])
"""
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="pas de fork ici")


@pytest.fixture
def own(monkeypatch):
    """Start another warm process for this test."""
    warm = child._Warm()
    monkeypatch.setattr(child, "_WARM", warm)
    yield warm
    warm._end()


@pytest.fixture
def endless(tmp_path):
    """Give a file that is never read to its end."""
    path = tmp_path / "lent.txt"
    os.mkfifo(path)
    return path


@pytest.fixture
def read(tmp_path):
    def begin(text="nom;commune\nA;Arras\n"):
        path, folder = tmp_path / "lieux.csv", tmp_path / "dossier"
        path.write_text(text)
        folder.mkdir(exist_ok=True)
        return read_apart(path, "lieux.csv", folder).frame.shape

    return begin


def processes(parent, word):
    """Return the numbers of the processes that a process started, whose command has a word."""
    found = []
    for number in Path(f"/proc/{parent}/task/{parent}/children").read_text().split():
        command = Path(f"/proc/{number}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        if word in command:
            found.append(int(number))
    return found


def until(condition):
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, condition
        time.sleep(0.02)


def test_one_warm_process_serves_and_knows_no_setting(own, read, monkeypatch):
    monkeypatch.setenv("OPERATOR_SECRET", "do-not-tell")
    before = {*processes(os.getpid(), "fork_server")}
    assert [read() for _ in range(3)] == [(1, 2)] * 3
    (warm,) = {*processes(os.getpid(), "fork_server")} - before
    assert warm == own._process.pid
    assert "do-not-tell" not in Path(f"/proc/{warm}/environ").read_text()


def test_when_the_warm_process_is_killed_the_step_is_told_and_the_next_one_is_taken(
    own, read, endless
):
    assert read() == (1, 2)
    warm = own._process.pid
    threading.Timer(0.5, os.kill, (warm, signal.SIGKILL)).start()
    with pytest.raises(BroughtFileError, match="lecture abandonnée"):
        run_apart("act", "lent.txt", [str(endless)])
    assert read() == (1, 2)


def test_a_step_ends_with_the_server_that_asked_for_it(endless):
    server = subprocess.Popen([sys.executable, "-c", SERVER, str(endless)], cwd=PROJECT)  # noqa: S603
    until(lambda: processes(server.pid, "fork_server"))
    (warm,) = processes(server.pid, "fork_server")
    until(lambda: Path(f"/proc/{warm}/task/{warm}/children").read_text())
    step = Path(f"/proc/{warm}/task/{warm}/children").read_text().strip()
    server.kill()
    server.wait()
    until(lambda: not Path(f"/proc/{step}/cmdline").exists())
    until(lambda: not Path(f"/proc/{warm}/cmdline").exists())


def test_a_slow_step_is_ended_and_costs_no_other(own, read, endless):
    others = []
    thread = threading.Thread(target=lambda: others.extend(read() for _ in range(3)))
    thread.start()
    with pytest.raises(BroughtFileError, match="après 1 secondes"):
        run_apart("act", "lent.txt", [str(endless)], bounds=Bounds(1, 1 << 30))
    thread.join()
    assert others == [(1, 2)] * 3
    warm = own._process.pid
    until(lambda: not Path(f"/proc/{warm}/task/{warm}/children").read_text())


def test_where_nothing_forks_a_step_begins_from_nothing(read, monkeypatch):
    monkeypatch.setattr(child, "FORKS", False)
    monkeypatch.setattr(child, "_WARM", None)
    assert read() == (1, 2)


@pytest.mark.parametrize("forks", [True, False])
def test_no_code_is_taken_from_the_folder_that_one_is_in(read, monkeypatch, tmp_path, forks):
    # « atlas62 lire » in a folder of downloads that holds a « geo.py »
    monkeypatch.setattr(child, "FORKS", forks)
    warm = child._Warm()
    monkeypatch.setattr(child, "_WARM", warm)
    there = tmp_path / "downloads"
    there.mkdir()
    (there / "geo.py").write_text(f"open({str(tmp_path / 'taken')!r}, 'w')")
    monkeypatch.chdir(there)
    try:
        assert read() == (1, 2)
    finally:
        warm._end()
    assert not (tmp_path / "taken").exists()
