"""Steps of an import: what they promise of time is kept, and a full disk is told."""

import errno
import sys

import pandas as pd
import pytest

from app.imports import brought_file, geocoded_rows, steps
from app.imports.brought_file import FileImport
from app.imports.file_folder import SOURCE
from app.imports.geocoded_rows import ASKED
from app.imports.sandbox import REFUSED
from geo.geocoder.place import Place


class Slow:
    """Geocodes at a pace, by a clock of its own."""

    def __init__(self, seconds_each):
        self.now = 0.0
        self.seconds_each = seconds_each

    def geocode_many(self, texts, context=None, progress=None):  # noqa: ARG002 - the protocol's
        self.now += self.seconds_each * len(texts)
        return [Place(text) for text in texts]


@pytest.fixture
def placing(tmp_path, reference, monkeypatch):
    def begin(seconds_each, rows=20_000):
        slow = Slow(seconds_each)
        monkeypatch.setattr(geocoded_rows, "monotonic", lambda: slow.now)
        table = pd.DataFrame({"line": range(rows), "text": [f"texte {n}" for n in range(rows)]})
        table.to_parquet(tmp_path / ASKED, index=False)
        return FileImport(tmp_path, reference), slow

    return begin


@pytest.mark.parametrize("seconds_each", [0.0001, 0.001, 0.03, 0.2])
def test_a_step_ends_soon_after_its_time(placing, seconds_each):
    job, slow = placing(seconds_each)
    for turn in (1, 2, 3):
        before = slow.now
        assert [*job.advance(slow, 1.5)] or job.progress().over
        assert slow.now - before <= 2.0
        assert job.progress().over or job.progress().done >= turn * 0.75 / seconds_each


def test_honest_texts_are_placed_in_few_steps(placing):
    job, slow = placing(0.001, rows=6_000)
    steps = [*job.advance(slow)]
    assert steps[-1].done == 6_000
    assert len(steps) <= 15


def test_a_step_that_finds_the_disk_full_says_so(monkeypatch, capfdbinary):
    def fill(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(steps, "bound_process", lambda _: None)
    monkeypatch.setattr(steps, "end_with_parent", lambda: None)
    monkeypatch.setattr(steps, "STEPS", {"read": fill})
    assert steps.take(["10", "1000000", "read"]) == REFUSED
    sys.stdout.flush()
    assert "Plus de place sur le disque" in capfdbinary.readouterr().out.decode()


def test_a_table_with_nothing_to_geocode_is_made_in_the_step_that_places_it(
    tmp_path,
    reference,
    read_here,  # noqa: ARG001 - reads in this process
    monkeypatch,
):
    job = FileImport(tmp_path, reference)
    (tmp_path / SOURCE).write_text("nom;lon;lat\nA;2.77;50.29\nB;2.63;50.52\n")
    job.read("points.csv")
    job.choose(job.guess_choice(), "points")
    with monkeypatch.context() as without:
        without.setattr(brought_file, "run_apart", None)
        assert [*job.make("points").rows["nom"]] == ["A", "B"]
    assert job.make("autres").description.id == "autres"
