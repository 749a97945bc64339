import csv
import datetime as dt
import io
import zipfile

import pytest

from app.exports.booklet import Batch, PageRequest, write_all
from app.exports.formats import SaveError
from geo.perimeter import DEPARTEMENT

DAY = dt.date(2026, 1, 15)


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


def test_a_folder_that_cannot_be_made_is_told(catalogue, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SaveError, match="ne peut pas être créé"):
        write_all(catalogue, Batch("contrats", tmp_path / "file", PageRequest(DEPARTEMENT)))
