import csv
import datetime as dt
import errno
import io
import os
import signal
import sys
import zipfile
from pathlib import Path

import pytest

from app.exports.booklet.batch import pages as batch_module
from app.exports.booklet.batch.archive import Entry, write_archive
from app.exports.booklet.batch.pages import Batch, write_all
from app.exports.booklet.scene.request import PageRequest
from app.exports.formats import SaveError
from app.exports.paper import PaperError
from geo.perimeter import DEPARTEMENT
from tests.known_totals import ALL_COMMUNES

DAY = dt.date(2026, 1, 15)


@pytest.fixture(autouse=True)
def begun_here(monkeypatch):
    """Let the processes that draw begin from this one: the data are open in it."""
    monkeypatch.setattr(batch_module, "_may_fork", lambda: sys.platform == "linux")


def test_a_batch_that_was_stopped_goes_on_and_ends_in_a_zip(catalogue, tmp_path):
    batch = Batch("contrats", tmp_path / "livrets", PageRequest(DEPARTEMENT, date=DAY), "svg")
    told = []

    def progress(done, total, _name):
        told.append((done, total))

    stopped = write_all(catalogue, batch, progress, lambda: len(told) > 2, workers=1)
    assert stopped.archive is None
    assert 0 < len(stopped.entries) < 6
    assert not batch.archive.exists()

    told.clear()
    outcome = write_all(catalogue, batch, progress, workers=1)
    assert told[0] == (len(stopped.entries), 6)
    assert told[-1] == (6, 6)
    assert len(outcome.entries) == 6
    assert outcome.failures == ()
    assert list(batch.folder.glob("*.part")) == []

    with zipfile.ZipFile(batch.archive) as archive:
        names = archive.namelist()
        rows = csv.reader(
            io.StringIO(archive.read("sommaire.csv").decode("utf-8-sig")), delimiter=";"
        )
        contents = archive.read("sommaire.html").decode()
    assert len(names) == 8
    assert [row[1] for row in list(rows)[1:]] == names[2:]
    assert all(f'href="{name}"' in contents for name in names[2:])
    assert "contrat-ct-ternois.svg" in names

    first = batch.archive.read_bytes()
    write_all(catalogue, batch, workers=1)  # nothing is left to draw
    assert batch.archive.read_bytes() == first


def asked(folder):
    return Batch("contrats", folder, PageRequest(DEPARTEMENT, date=DAY, layers=()), "svg")


def test_a_full_disk_is_told_and_what_is_missing_is_drawn_later(catalogue, tmp_path, monkeypatch):
    batch = asked(tmp_path)
    with monkeypatch.context() as full:

        def fail(path, content):
            with path.open("wb") as file:
                file.write(content[:100])
            raise OSError(errno.ENOSPC, "")

        full.setattr(Path, "write_bytes", fail)
        with pytest.raises(SaveError, match=r"contrat-ct-.* n’a pas été écrit : disque plein\."):
            write_all(catalogue, batch, workers=1)
        assert list(tmp_path.iterdir()) == []
    later = write_all(catalogue, batch, cancelled=lambda: any(tmp_path.glob("*.svg")), workers=1)
    assert later.entries


@pytest.mark.skipif(sys.platform != "linux", reason="ces processus ne s’y copient pas")
def test_a_process_that_is_killed_is_told_and_costs_its_page_only(catalogue, tmp_path, monkeypatch):
    batch = asked(tmp_path)
    drawn = batch_module.WRITERS["svg"]

    def die(page):
        if "Grand Calais" in page.title:
            os.kill(os.getpid(), signal.SIGKILL)
        return drawn(page)

    with monkeypatch.context() as short:
        short.setitem(batch_module.WRITERS, "svg", die)
        with pytest.raises(PaperError, match="reprend où elle en était"):
            write_all(catalogue, batch, workers=1)
    assert not batch.archive.exists()
    assert list(tmp_path.glob(".*.part")) == []
    kept = {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("*.svg")}
    assert kept
    assert write_all(catalogue, batch, workers=1).failures == ()
    assert all((tmp_path / name).stat().st_mtime_ns == when for name, when in kept.items())


def test_a_folder_that_cannot_be_made_is_told(catalogue, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SaveError, match="ne peut pas être créé"):
        write_all(catalogue, Batch("contrats", tmp_path / "file", PageRequest(DEPARTEMENT)))


def test_communes_are_in_the_order_of_a_dictionary_with_their_epci(catalogue, tmp_path):
    batch = Batch("communes", tmp_path, PageRequest(DEPARTEMENT, date=DAY))
    tasks = batch_module.tasks_of(catalogue, batch)
    names = [task.name for task in tasks]
    assert len(names) == ALL_COMMUNES
    assert names.index("Étaples") < names.index("Fléchin")
    assert {task.group for task in tasks if task.name == "Calais"} == {
        "CA Grand Calais Terres & Mers"
    }
    entries = [Entry("a.pdf", "Calais", 25_000, "", "=CA <b>"), Entry("b.pdf", "Lens", 20_000, "")]
    for entry in entries:
        (tmp_path / entry.file).touch()
    write_archive(tmp_path / "a.zip", tmp_path, entries, ())
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert "<td>=CA &lt;b&gt;</td>" in archive.read("sommaire.html").decode()
        assert ";'=CA <b>;" in archive.read("sommaire.csv").decode("utf-8-sig")
