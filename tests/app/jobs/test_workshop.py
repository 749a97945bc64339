"""The workshop as a server opens it: before its workers begin, and again when it was killed."""

import subprocess
import sys
from typing import Final

WORKER: Final = """
import os, signal, sys, time
from pathlib import Path
from app.jobs.workshop import LOCK, Workshop, is_held

def until(held):
    for _ in range(600):
        if is_held(shop.root / LOCK) is held:
            return
        time.sleep(0.1)
    os._exit(3)

shop = Workshop(Path(sys.argv[1]))
shop.wake()
until(held=True)
told, tell = os.pipe()
worker = os.fork()
if not worker:
    os.read(told, 1)
    shop.wake()
    until(held=True)
    shop.close()
    os._exit(0)
os.kill(shop._process.pid, signal.SIGKILL)
until(held=False)
os.write(tell, b"1")
os._exit(os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]))
"""
"""A server that opens the workshop and then begins a worker; the workshop is killed."""


def test_a_worker_opens_again_what_its_parent_had_opened(tmp_path):
    words = [sys.executable, "-c", WORKER, str(tmp_path / "travaux")]
    done = subprocess.run(words, check=False)  # noqa: S603 - our own program
    assert done.returncode == 0
