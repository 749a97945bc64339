"""A step that does the worst it can costs itself, and no other step anything."""

import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from app.imports import child
from app.imports.limits import BroughtFileError
from app.imports.sandbox import run_apart

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="pas de fork ici")

STEPS = """
import os, resource, signal, subprocess, sys, time
if "app.imports.fork_server" in " ".join(sys.orig_argv):
    from app.imports import steps

    def tell():
        open_now = [os.readlink(f"/proc/self/fd/{n}") for n in os.listdir("/proc/self/fd")
                    if os.path.exists(f"/proc/self/fd/{n}")]
        print(len([name for name in open_now if "socket:" in name or "pidfd" in name]),
              resource.getrlimit(resource.RLIMIT_CORE)[0],
              open("/proc/self/oom_score_adj").read().strip(), os.environ.get("TMPDIR", "-"))

    steps.STEPS.update({
        "tell": tell,
        "wait": lambda: time.sleep(60),
        "write": lambda: [sys.stdout.write("x" * 1_000_000) for _ in range(200)],
        "fill": lambda: bytearray(2 << 30),
        "close": lambda: os.closerange(0, 1024),
        "end at once": lambda: os.kill(os.getpid(), signal.SIGKILL),
        "leave": lambda: os.fork() or time.sleep(60),
        "say no text": lambda: os.write(1, b"\\xff\\xfe"),
    })
"""


@pytest.fixture(scope="module")
def warm(tmp_path_factory):
    """Give a warm process that knows steps which harm."""
    folder = tmp_path_factory.mktemp("pas")
    (folder / "sitecustomize.py").write_text(STEPS)
    own = child._Warm()
    path = f"{folder}{os.pathsep}{child.ROOT}"
    own.base = {"PATH": os.environ["PATH"], "PYTHONPATH": path, "PYTHONUTF8": "1"}
    yield own
    own._end()


@pytest.fixture
def begin(warm):
    def begin_one(step, **environment):
        return warm.begin(["20", str(1 << 30), step], warm.base | environment)

    return begin_one


def end_of(step, seconds=20):
    """Return how a step ended; it must within some seconds."""
    until = time.monotonic() + seconds
    ended = None
    while ended is None:
        assert time.monotonic() < until, "the step did not end"
        ended = step.wait(0.5)
    return ended


def groups():
    """Return the groups of all processes of the system."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended meanwhile
            found.add(path.read_text().rpartition(")")[2].split()[2])
    return found


@pytest.mark.parametrize(
    ("step", "code"),
    [("write", 1), ("fill", 4), ("end at once", -signal.SIGKILL), ("leave", 0), ("say no text", 0)],
)
def test_what_a_step_does_ends_with_it(begin, step, code):
    beside = begin("wait")
    found, said = end_of(begin(step))
    assert (found, len(said) <= 32 << 20) == (code, True)
    assert beside.wait(0.1) is None  # and no other step with it
    beside.kill()


def test_a_step_that_closes_all_that_is_open_ends_alone(begin):
    beside = begin("wait")
    end_of(begin("close"))
    assert beside.wait(0.1) is None
    beside.kill()


def test_a_step_leaves_no_process_behind(begin):
    step = begin("leave")
    end_of(step)
    until = time.monotonic() + 10
    while str(step._pid) in groups():
        assert time.monotonic() < until, "a process of the step goes on"
        time.sleep(0.05)


def test_a_step_has_nothing_of_another_one(begin):
    beside = begin("wait", TMPDIR="/a/secret/place")
    code, said = end_of(begin("tell"))
    beside.kill()
    # no way to another step, no copy of its memory on the disk, ended before the server is
    assert (code, said) == (0, "0 0 1000 -")


def test_many_steps_at_once_all_have_their_answer(begin):
    many = [begin("tell") for _ in range(60)]
    assert {end_of(step)[0] for step in many} == {0}


@pytest.mark.parametrize("order", [b"{", b"[]", b'{"arguments": []}', b"\xff"])
def test_an_order_that_is_none_costs_no_step(begin, monkeypatch, order):
    beside = begin("wait")
    monkeypatch.setattr(child.json, "dumps", lambda _: order.decode("latin-1"))
    with pytest.raises(child.NotBegunError):
        begin("tell")
    monkeypatch.undo()
    assert beside.wait(0.1) is None
    beside.kill()
    assert end_of(begin("tell"))[0] == 0


def test_an_order_of_any_length_costs_no_step(begin, monkeypatch, warm):
    beside = begin("wait")
    monkeypatch.setattr(child, "_WARM", warm)
    monkeypatch.setattr("app.imports.sandbox._environment", lambda *_, **__: warm.base)
    for length in (70_000, 1_000_000):
        with pytest.raises(BroughtFileError, match="ne peut rien commencer"):
            run_apart("tell", "liste.csv", ["x" * length])
    assert beside.wait(0.1) is None
    beside.kill()


def test_a_warm_process_that_is_stuck_is_replaced(begin, warm, monkeypatch):
    assert end_of(begin("tell"))[0] == 0
    stuck = warm._process
    monkeypatch.setattr(child, "BEGINNING", 8.0)
    os.kill(stuck.pid, signal.SIGSTOP)
    assert end_of(begin("tell"))[0] == 0
    assert stuck.wait(10) == -signal.SIGKILL
