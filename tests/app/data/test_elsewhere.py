"""A step that another machine was asked for: it is waited for, then taken up here."""

from types import SimpleNamespace

import pytest

from app.data.elsewhere import Waiting, forget_waiting, note_waiting, waiting_of
from app.data.file_steps import FileSteps
from app.imports.brought_file import FileImport


@pytest.fixture
def job(tmp_path, reference):
    return FileImport(tmp_path, reference)


@pytest.fixture
def steps():
    """Give a machine that waits for nothing of its own, and what it is asked for."""
    asked = []
    turns = SimpleNamespace(place=lambda _: None, step=lambda _: "")
    return SimpleNamespace(turns=turns, asked=asked, ask=lambda _, waiting: asked.append(waiting))


def test_a_machine_waits_for_another_until_that_one_fell_silent(job, steps, monkeypatch):
    assert FileSteps.place(steps, job) is None
    note_waiting(job, Waiting("take in", "Feuille 2", "c", 3))
    assert FileSteps.place(steps, job) == 0
    assert FileSteps.step(steps, job) == "take in"
    assert steps.asked == []
    later = waiting_of(job).told + 600
    monkeypatch.setattr("app.data.elsewhere.time.time", lambda: later)
    assert FileSteps.place(steps, job) == 0
    (taken,) = steps.asked
    assert (taken.step, taken.part, taken.client, taken.heading) == ("take in", "Feuille 2", "c", 3)
    forget_waiting(job)
    assert FileSteps.place(steps, job) is None


def test_a_note_that_cannot_be_read_is_none(job):
    for text in ("", "[]", '{"autre": 1}'):
        (job.folder / "waits.json").write_text(text)
        assert waiting_of(job) is None
