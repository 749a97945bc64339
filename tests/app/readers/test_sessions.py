"""Folders of visitors: what one worker makes or takes away disturbs no other worker."""

import os
import time

from app.jobs.folder import size_of
from app.readers.sessions import Session, Sessions


def test_a_folder_that_another_worker_is_making_is_not_swept_away(tmp_path):
    sessions = Sessions(tmp_path)
    half = tmp_path / ("0" * 64)
    half.mkdir()
    sessions.sweep()
    assert half.is_dir()
    day_before = time.time() - 25 * 3600
    os.utime(half, (day_before, day_before))
    sessions.sweep()
    assert not half.exists()


def test_what_is_swept_away_while_it_is_looked_at_counts_nothing(tmp_path, reference, monkeypatch):
    gone = Session(tmp_path / "parti")
    assert (gone.count(), [*gone.jobs(reference)], size_of(gone.folder)) == (0, [], 0)

    session = Session(tmp_path)
    jobs = [session.begin(reference) for _ in range(3)]
    (jobs[2].folder / "source").write_bytes(b"0" * 1000)
    walk = os.walk

    def sweep_meanwhile(folder, **more):
        for number, found in enumerate(walk(folder, **more)):
            if not number:
                jobs[0].forget()
            yield found

    monkeypatch.setattr("app.jobs.folder.os.walk", sweep_meanwhile)
    assert size_of(tmp_path) == 1000
