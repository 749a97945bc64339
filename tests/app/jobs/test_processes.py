"""What works beside the server gives way to its readers."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.imports import child
from app.jobs.processes import BESIDE, give_way
from app.jobs.workshop import Workshop

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no ranks, no sessions")

TELL = "import os; print(os.getsid(0), os.getpgid(0), os.getpid(), os.nice(0))"
LINES = "import sys; print(input())"


@pytest.mark.skipif(sys.platform != "linux", reason="a warm process")
def test_a_step_of_an_import_stays_in_the_session_of_the_server(monkeypatch, tmp_path):
    # in one of its own Linux would give it as much as the server with all its readers
    warm = child._Warm()
    monkeypatch.setattr(child, "_WARM", warm)
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(child.ROOT)}
    os.mkfifo(tmp_path / "liste.csv")  # whoever reads it waits
    asked = [str(tmp_path / "liste.csv"), "liste.csv", str(tmp_path), "", ""]
    step = child.begin_step(["60", str(4 << 30), "read", *asked], environment)
    beside = Path(f"/proc/{step._pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    step.kill()
    warm._end()
    assert int(beside[3]) == os.getsid(0)
    assert int(beside[2]) in {step._pid, int(beside[1])} - {os.getpgid(0)}
    assert int(beside[16]) == min(os.nice(0) + 15, 19)


def test_a_process_that_begins_from_nothing_stays_there_too():
    started = child.Started([sys.executable, "-c", TELL], dict(os.environ))
    code, told = started.wait(60)
    session, group, process, rank = map(int, told.split())
    assert code == 0
    assert session == os.getsid(0)
    assert group == process  # it can be ended with all that it started
    assert rank == min(os.nice(0) + 15, 19)


def test_the_workshop_stays_in_it_too_and_gives_way(tmp_path):
    workshop = Workshop(tmp_path)
    workshop.wake()
    try:
        process = workshop._process.pid
        assert os.getsid(process) == os.getsid(0)
        assert os.getpriority(os.PRIO_PROCESS, process) == min(os.nice(0) + 10, 19)
    finally:
        workshop.close()


def test_nobody_comes_before_the_one_that_started_it():
    words = [sys.executable, "-c", LINES]
    with subprocess.Popen(words, stdin=subprocess.PIPE, **BESIDE) as one:  # noqa: S603
        give_way(one.pid, 40)
        assert os.getpriority(os.PRIO_PROCESS, one.pid) == 19
        os.killpg(one.pid, signal.SIGKILL)
    give_way(one.pid, 1)  # it has gone: nothing
